"""A planned file becomes ballots in one transaction with one entry of the trail; taken back in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.errors import InputRefused, NotAllowed
from okr_desk.exchange.ballot_columns import propose
from okr_desk.exchange.ballot_plan import plan
from okr_desk.exchange.ballots import read_ballots
from okr_desk.model import audit_check
from okr_desk.model.tables import Ballot, SurveyBatch
from okr_desk.queries import ballot_imports as known_now
from okr_desk.queries import surveys as surveys_now
from okr_desk.rules.ballot_imports import BallotPlan, QuestionKind
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.services import ballot_imports, ballots, surveys
from okr_desk.services.outcome import Topic
from tests.exchange.survey_files import sheet, write_csv
from tests.founded_township import Town
from tests.surveyed_township import surveyed

ROWS = [
    sheet(1, "青石村", "满意", "非常满意", "党员"),
    sheet(2, "龙泉村", "(空)", "(空)", "村民"),
    sheet(3, "青石村", "不满意", "满意", "群众", took="2秒"),
]


@pytest.fixture
def round_of(tmp_path: Path) -> Iterator[tuple[Town, int]]:
    town, round_id = surveyed(tmp_path / "镇.okr")
    yield town, round_id
    town.store.close()


def planned(town: Town, round_id: int, path: Path) -> BallotPlan:
    """A file against what stands now."""
    known = town.read(known_now.known, round_id)
    reading = read_ballots(path)
    return plan(reading, known, propose(reading, known))


def test_a_file_is_one_batch_and_one_entry(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    before = len(town.trail())
    path = write_csv(tmp_path / "三季度.csv", ROWS, "gb18030")
    made = planned(town, round_id, path)
    done = town.write("admin", ballot_imports.take, round_id, made)
    assert (done.value.counted, done.value.void, done.value.suspect, done.value.sent_back) == (2, 1, 1, 0)
    assert done.changes.topics == {Topic.SURVEYS}
    assert done.changes.orgs == {town.ids["青石村党支部"], town.ids["龙泉村党支部"]}
    with town.store.rows() as session:
        (batch,) = session.exec(select(SurveyBatch)).all()
        stored = session.exec(select(Ballot).order_by("id")).all()
    assert (batch.file_name, batch.sha256, batch.rows, batch.taken, batch.void, batch.suspect) == (
        "三季度.csv", made.reading.sha256, 3, 2, 1, 1,
    )  # fmt: skip
    assert [(b.answers, b.minute, b.seconds, b.void_reason, b.suspect) for b in stored] == [
        ("21", 481, 60, "", ""),
        ("--", 482, 60, "整份没有作答", ""),
        ("52", 483, 2, "", "作答过快（2 秒）"),
    ]
    entries = town.trail()[before:]
    assert [entry.table for entry in entries] == ["surveybatch"] and made.reading.sha256 in entries[0].after
    with town.store.read() as session:
        assert audit_check.first_fault(session) is None


def test_nothing_of_where_it_came_from_is_stored(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    path = write_csv(tmp_path / "三季度.csv", ROWS, "utf-8")
    town.write("admin", ballot_imports.take, round_id, planned(town, round_id, path))
    town.store.close()
    assert b"36.1.1." not in (tmp_path / "镇.okr").read_bytes()


def test_the_same_file_waits_until_the_first_is_taken_back(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    path = write_csv(tmp_path / "三季度.csv", ROWS, "utf-8")
    first = planned(town, round_id, path)
    batch = town.write("admin", ballot_imports.take, round_id, first).value.batch_id
    assert [one.kind for one in planned(town, round_id, path).questions] == [QuestionKind.TWIN]
    with pytest.raises(InputRefused, match="已经导入过"):
        town.write("admin", ballot_imports.take, round_id, first)  # prepared before the other came in
    more = write_csv(tmp_path / "再报.csv", [*ROWS, sheet(4, "青石村", "满意", "满意", "党员")], "utf-8")
    assert [one.text for one in planned(town, round_id, more).questions] == ["三季度.csv"]
    assert town.write("admin", ballots.withdraw_batch, batch, "传错了文件").value == 3
    assert planned(town, round_id, path).is_ready
    assert town.read(surveys_now.round_view, round_id).ballots == 0


def test_nothing_is_written_while_a_question_waits(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    path = write_csv(tmp_path / "三季度.csv", [*ROWS, sheet(4, "南村", "满意", "满意", "党员")], "utf-8")
    with pytest.raises(InputRefused, match="还有 1 处要您定"):
        town.write("admin", ballot_imports.take, round_id, planned(town, round_id, path))
    with town.store.rows() as session:
        assert session.exec(select(Ballot)).all() == []


def test_more_answers_than_people_are_asked_about(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    village = town.ids["青石村党支部"]
    town.write("admin", surveys.set_populations, round_id, [PopulationDraft(village, None, 1, None)])
    found = planned(town, round_id, write_csv(tmp_path / "三季度.csv", ROWS, "utf-8"))
    assert [(one.kind, one.text) for one in found.questions] == [(QuestionKind.OVER, "青石村党支部")]


def test_a_secretary_may_not(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    made = planned(town, round_id, write_csv(tmp_path / "三季度.csv", ROWS, "utf-8"))
    with pytest.raises(NotAllowed):
        town.write("secretary", ballot_imports.take, round_id, made)


def test_an_empty_plan_is_refused(round_of: tuple[Town, int], tmp_path: Path) -> None:
    town, round_id = round_of
    made = planned(town, round_id, write_csv(tmp_path / "三季度.csv", ROWS, "utf-8"))
    with pytest.raises(InputRefused, match="没有可以写入"):
        town.write("admin", ballot_imports.take, round_id, replace(made, ballots=()))
