"""Rates and scores that the number of answers cannot give are refused where they are typed, asked where imported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused
from okr_desk.queries import import_standing
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.imports import FactKind, NumberFact, Place, Reading
from okr_desk.rules.indicators import BaselineDraft, TargetDraft, ValueDraft
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.services import approvals, checkins, import_plan, indicators, measured, objectives
from okr_desk.services.permits import SETUP
from okr_desk.terms import KrKind, Origin
from tests.small_survey import TWENTY, Surveyed, surveyed
from tests.small_township import metric, objective, percent
from tests.two_branches import LINKED

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    made.ballots(TWENTY)
    yield made
    made.small.store.close()


def record(town: Surveyed, value: str, origin: Origin = Origin.TOWNSHIP, note: str = "", of: int | None = None) -> None:
    small = town.small
    day = date(2026, 9, 28)
    draft = ValueDraft(small.village, of or town.score, small.quarters[3], D(value), day, origin, note)
    with small.store.write(small.office) as session:
        measured.record_value(session, small.office, draft)


def test_a_score_that_20_ballots_cannot_give_is_asked_about(town: Surveyed) -> None:
    with pytest.raises(InputRefused, match=r"20 份有效答卷得不出 80\.2 分.*在说明里写明依据") as caught:
        record(town, "80.2")
    assert caught.value.field == "value"
    record(town, "80.5")
    record(town, "80.2", note="另有口头反馈，按乡镇会议纪要折算")
    record(town, "80.2", Origin.DEPARTMENT)


def test_so_is_a_rate_and_one_without_any_ballots_is_taken(town: Surveyed) -> None:
    with pytest.raises(InputRefused, match=r"20 份有效答卷得不出 95\.3%"):
        record(town, "95.3", of=town.rate)
    record(town, "95", of=town.rate)
    small = town.small
    with small.store.write(small.office) as session:
        draft = ValueDraft(small.school, town.rate, small.quarters[3], D("95.3"), date(2026, 9, 28), Origin.TOWNSHIP)
        measured.record_value(session, small.office, draft)


def test_a_rate_by_groups_is_no_plain_share(town: Surveyed) -> None:
    town.populations(PopulationDraft(town.small.village, town.groups["党员"], 30, 10))
    record(town, "95.3", of=town.rate)
    with pytest.raises(InputRefused, match=r"得不出 80\.2 分"):
        record(town, "80.2")


def test_the_number_that_the_note_states_is_held_against_whoever_measured(town: Surveyed) -> None:
    """12345热线: 45 calls back, 44 content: 97.8 %; 97.0 is none of 45."""
    with town.small.store.write(SETUP) as session:
        hotline = indicators.create(session, SETUP, percent("F13", "12345热线满意率")).value
        attendance = town.small.attendance
    with pytest.raises(InputRefused, match="45 份有效答卷得不出 97%"):
        record(town, "97", Origin.DEPARTMENT, "县热线通报，回访 45 件", hotline)
    record(town, "97.8", Origin.DEPARTMENT, "县热线通报，回访 45 件", hotline)
    record(town, "97", Origin.TOWNSHIP, "有效 45 份", attendance)  # attendance is no satisfaction


def test_a_branch_is_asked_when_it_reports(town: Surveyed) -> None:
    small, office = town.small, town.small.office
    with small.store.write(office) as session:
        line = (small.village, town.score, 2026)
        indicators.set_baseline(session, office, BaselineDraft(*line, D(70), date(2025, 12, 31), "2025年测评"))
        indicators.set_target(session, office, TargetDraft(*line, D(90)))
        made = objectives.create(session, office, objective(small.village)).value
        key = metric(**{**LINKED, "kind": KrKind.SATISFACTION, "indicator_id": town.score, "title": "群众满意度"})
        key_result = objectives.create_key_result(session, office, made, key).value
        approvals.submit(session, office, [made])
        approvals.approve(session, office, [made])
    said = CheckInDraft(key_result, small.quarters[3], D("80.2"))
    with small.store.write(small.secretary) as session, pytest.raises(InputRefused, match=r"得不出 80\.2 分"):
        checkins.record(session, small.secretary, said)
    with small.store.write(small.secretary) as session:
        checkins.record(session, small.secretary, CheckInDraft(key_result, small.quarters[3], D("80.5")))


def test_an_import_lists_it_with_its_cell_and_writes_nothing(town: Surveyed) -> None:
    place = Place("04_季度实绩.xlsx", "2026Q3", "F7")
    with town.small.store.read() as session:
        stand = import_standing.standing(session)
    facts = tuple(
        NumberFact(FactKind.VALUE, "青石村党支部", code, 2026, 3, D(value), None, "", place)
        for code, value in (("F02", "80.2"), ("S02", "95"))
    )
    plan = import_plan.compare(Reading(facts=facts), stand, date(2026, 10, 8))
    assert [(one.place.cell, one.raw, one.proposal, one.reason) for one in plan.doubtful] == [
        ("F7", "80.2", "", "20 份有效答卷得不出 80.2 分，请核对份数或得分")
    ]
    assert [one.indicator for one in plan.will_write if isinstance(one, NumberFact)] == ["S02"]
