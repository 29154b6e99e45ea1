"""Ballots and results as they leave the program: in the words of the questions, single ones for the office alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.exchange import export
from okr_desk.services import ballots, surveys
from tests.small_survey import PARTY, TWENTY, Surveyed, a_round, surveyed


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def test_a_ballot_is_told_in_the_words_of_the_questions(town: Surveyed) -> None:
    town.store(
        [
            town.ballot("10", group=PARTY, number=7, answered_on=date(2026, 9, 8), wish="修路灯"),
            town.ballot("-5"),
            town.ballot("--", void_reason="空白"),
        ]
    )
    where = {"org": "青石村党支部", "period": "2026Q3", "round": "3季度测评", "channel": "入户纸质"}
    assert export.rows(town.small.store, "ballots", "2026Q3") == [
        {
            **where, "group": "党员", "number": 7, "date": "2026-09-08", "服务态度": "非常满意", "总体评价": "不了解",
            "最希望解决的一件事": "修路灯",
        },
        {**where, "总体评价": "不满意"},
        {**where, "void": "空白"},
    ]  # fmt: skip
    assert export.rows(town.small.store, "ballots", "2026Q2") == []


def test_what_was_taken_back_does_not_leave(town: Surveyed) -> None:
    made, office = town.ballots(TWENTY), town.small.office
    with town.small.store.write(office) as session:
        ballots.withdraw_ballot(session, office, 1, "非本村居民")
    assert len(export.rows(town.small.store, "ballots")) == 19
    with town.small.store.write(office) as session:
        ballots.withdraw_batch(session, office, made, "整批作废")
    assert export.rows(town.small.store, "ballots") == []


def test_single_ballots_are_for_the_office_alone(town: Surveyed) -> None:
    town.ballots(TWENTY)
    small = town.small
    assert len(export.rows(small.store, "ballots", "", small.office)) == 20
    assert export.rows(small.store, "ballots", "", small.secretary) == []
    assert [row["score"] for row in export.rows(small.store, "surveys", "", small.secretary)] == ["80.5"]
    assert export.rows(small.store, "surveys", "", small.stranger) == []


def test_results_by_branch(town: Surveyed) -> None:
    town.ballots(TWENTY)
    (row,) = export.rows(town.small.store, "surveys", "2026Q3")
    found = town.result()
    assert found.score is not None
    assert (row["ballots"], row["answered"], row["score"], row["rate"], row["narrow"], row["evidence"]) == (
        20, 20, "80.5", "90", "75", "C",
    )  # fmt: skip
    assert str(found.score.low).startswith(str(row["low"])[:6]) and "verdict" not in row and "response" not in row


def test_ballots_as_a_workbook(town: Surveyed, tmp_path: Path) -> None:
    town.store([town.ballot("12", number=1, answered_on=date(2026, 9, 8))])
    records = export.rows(town.small.store, "ballots")
    sheet = openpyxl.load_workbook(export.write_xlsx(tmp_path / "答卷.xlsx", "ballots", records)).worksheets[0]
    assert sheet["A1"].value == "满意度答卷"
    assert [cell.value for cell in sheet[2]] == [
        "党支部", "季度", "测评", "测评方式", "编号", "填表日期", "服务态度", "总体评价",
    ]  # fmt: skip


def test_one_round_of_several(town: Surveyed) -> None:
    town.ballots(TWENTY)
    office = town.small.office
    with town.small.store.write(office) as session:
        second = surveys.open_round(
            session, office, a_round(town.definition, town.small.quarters[3], name="回访")
        ).value
    town.store([town.ballot("11")], second)
    store = town.small.store
    assert len(export.rows(store, "ballots", "2026Q3")) == 21
    assert {row["round"] for row in export.rows(store, "ballots", "2026Q3", of_round="回访")} == {"回访"}
    assert [row["round"] for row in export.rows(store, "surveys", of_round="3季度测评")] == ["3季度测评"]
    with pytest.raises(InputRefused, match="没有名为“三测”的测评；现有：3季度测评、回访"):
        export.rows(store, "surveys", of_round="三测")
    with pytest.raises(InputRefused, match="只用于导出 ballots 和 surveys"):
        export.rows(store, "orgs", of_round="回访")
