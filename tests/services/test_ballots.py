"""Answers come in by sitting, file or count sheet, all or nothing; taken back they stay; the seal finds a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.model import audit_check
from okr_desk.model.tables import Ballot, SurveyBatch
from okr_desk.queries import surveys as standing
from okr_desk.rules.ballots import BallotDraft
from okr_desk.services import ballots
from okr_desk.services.ballots import BallotRow, BatchDraft
from okr_desk.services.outcome import Topic
from tests.small_survey import TWENTY, Surveyed, surveyed


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def batch(town: Surveyed, *drafts: BallotDraft, sha256: str = "a" * 64) -> BatchDraft:
    rows = tuple(BallotRow(draft, minute=600, seconds=30) for draft in drafts)
    return BatchDraft(town.round, "答卷.xlsx", sha256, len(rows), rows)


def record(town: Surveyed, draft: BatchDraft) -> int:
    with town.small.store.write(town.small.office) as session:
        return ballots.record_batch(session, town.small.office, draft).value


def fault(town: Surveyed) -> str | None:
    with town.small.store.read() as session:
        return audit_check.first_fault(session)


def test_a_sitting_is_one_batch_and_one_entry_in_the_trail(town: Surveyed) -> None:
    before = len(town.small.trail())
    town.ballots(TWENTY)
    (entry,) = town.small.trail()[before:]
    assert (entry.action, entry.table) == ("insert", "surveybatch")
    with town.small.store.rows() as session:
        (sitting,) = session.exec(select(SurveyBatch)).all()
        assert (sitting.rows, sitting.taken, sitting.void, sitting.file_name) == (20, 20, 0, "")
        assert len(session.exec(select(Ballot)).all()) == 20
    assert fault(town) is None


def test_it_announces_surveys_of_the_branch(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        made = ballots.record_ballots(session, office, town.round, [town.ballot("11")])
    assert made.changes.topics == {Topic.SURVEYS} and made.changes.orgs == {town.small.village}


@pytest.mark.parametrize(
    ("answers", "said"),
    [("16", "只能填 1 至 5"), ("1", "填了 1 道"), ("111", "填了 3 道"), ("--", "整份没有作答")],
)
def test_one_ballot_that_cannot_be_taken_refuses_the_sitting(town: Surveyed, answers: str, said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        town.store([town.ballot("11"), town.ballot(answers)])
    with town.small.store.rows() as session:
        assert not session.exec(select(Ballot)).all()


def test_an_empty_sitting_another_group_and_a_day_to_come_are_refused(town: Surveyed) -> None:
    with pytest.raises(InputRefused, match="还没有可以写入"):
        town.store([])
    with pytest.raises(InputRefused, match="没有这类人群"):
        town.store([replace(town.ballot("11"), group_id=999)])
    with pytest.raises(InputRefused, match="填表日期"):
        town.store([town.ballot("11", answered_on=date(2026, 10, 9))])


def test_the_same_file_is_taken_once_until_it_is_withdrawn(town: Surveyed) -> None:
    draft = batch(town, town.ballot("11"))
    first = record(town, draft)
    with pytest.raises(InputRefused, match=r"已经导入过（答卷\.xlsx，1 份）"):
        record(town, draft)
    with town.small.store.write(town.small.office) as session:
        assert ballots.withdraw_batch(session, town.small.office, first, "传错了文件").value == 1
    assert record(town, draft) != first


def test_a_ballot_changed_added_or_taken_out_by_another_program_is_found(town: Surveyed) -> None:
    town.ballots(TWENTY)
    assert fault(town) is None
    for statement in (
        "UPDATE ballot SET answers = '11' WHERE id = (SELECT max(id) FROM ballot)",
        "DELETE FROM ballot WHERE id = (SELECT max(id) FROM ballot)",
        "INSERT INTO ballot (round_id, batch_id, org_id, channel, answers, wish, void_reason, suspect)"
        " SELECT round_id, batch_id, org_id, channel, '11', '', '', '' FROM ballot WHERE id = 1",
    ):
        with town.small.store.write(town.small.office) as session:
            session.execute(text(statement))
        assert fault(town) == "第 1 批答卷与操作记录不符：写入以后被改动、增减过。"


def test_withdrawn_ballots_stay_with_their_reason_and_do_not_count(town: Surveyed) -> None:
    town.ballots(TWENTY)
    office = town.small.office
    with town.small.store.write(office) as session:
        with pytest.raises(InputRefused, match="写明理由"):
            ballots.withdraw_ballot(session, office, 20, " ")
        ballots.withdraw_ballot(session, office, 20, "非本村居民")
    with pytest.raises(WrongState, match="已经撤回"), town.small.store.write(office) as session:
        ballots.withdraw_ballot(session, office, 20, "再撤一次")
    found = town.result()
    assert (found.ballots, found.overall.levels) == (19, (10, 5, 3, 1, 0))
    assert fault(town) is None


def test_a_withdrawn_sitting_counts_nothing(town: Surveyed) -> None:
    made, office = town.ballots(TWENTY), town.small.office
    with town.small.store.write(office) as session:
        ballots.withdraw_batch(session, office, made, "整批作废")
    with town.small.store.read() as session:
        assert standing.round_view(session, town.round).ballots == 0
    with pytest.raises(WrongState, match="已经撤回"), town.small.store.write(office) as session:
        ballots.withdraw_batch(session, office, made, "再撤一次")


def test_a_count_sheet_must_add_up(town: Surveyed) -> None:
    office, good = town.small.office, town.sheet(TWENTY, unsure=2, blank=1)
    for wrong, said in (
        (replace(good, valid=24), "第 1 题各档加起来是 23 份，与有效 24 份不符"),
        (replace(good, returned=22), "有效不多于收回"),
        (replace(good, lines=good.lines[:1]), "不能缺题"),
        (replace(good, group_id=999), "没有这类人群"),
        (replace(good, lines=(replace(good.lines[0], counts=(10, 5, 3, 1, -1)), good.lines[1])), "不能为负数"),
    ):
        with pytest.raises(InputRefused, match=said), town.small.store.write(office) as session:
            ballots.record_count_sheet(session, office, wrong)


def test_a_count_sheet_taken_back_stays_and_does_not_count(town: Surveyed) -> None:
    office = town.small.office
    with town.small.store.write(office) as session:
        made = ballots.record_count_sheet(session, office, town.sheet(TWENTY)).value
    with town.small.store.read() as session:
        assert standing.round_view(session, town.round).sheets == 1
    with town.small.store.write(office) as session:
        ballots.withdraw_count_sheet(session, office, made, "重新计票")
    with pytest.raises(WrongState, match="已经撤回"), town.small.store.write(office) as session:
        ballots.withdraw_count_sheet(session, office, made, "再撤一次")
    with town.small.store.read() as session:
        assert standing.round_view(session, town.round).sheets == 0


def test_fifty_thousand_ballots_are_one_batch(town: Surveyed) -> None:
    one = town.ballot("12")
    made = record(town, batch(town, *([one] * 50_000)))
    with town.small.store.rows() as session:
        row = session.get(SurveyBatch, made)
        assert row is not None and (row.taken, row.void) == (50_000, 0)
    found = town.result()
    assert (found.ballots, found.overall.levels[1]) == (50_000, 50_000)
    assert found.score is not None and found.score.estimate == 80


def test_only_the_office_records_ballots(town: Surveyed) -> None:
    secretary = town.small.secretary
    with pytest.raises(NotAllowed), town.small.store.write(secretary) as session:
        ballots.record_ballots(session, secretary, town.round, [town.ballot("11")])
    with pytest.raises(NotAllowed), town.small.store.write(secretary) as session:
        ballots.record_count_sheet(session, secretary, town.sheet(TWENTY))
