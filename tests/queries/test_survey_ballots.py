"""Single ballots are found by the number on the sheet, by branch, and where they have no number by their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import survey_ballots, survey_overview, surveys
from okr_desk.queries.survey_ballots import FoundBallots
from okr_desk.services import ballots
from tests.small_survey import PARTY, Surveyed, surveyed


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def find(town: Surveyed, number: int | None = None, *org_ids: int) -> FoundBallots:
    with town.small.store.read() as session:
        return survey_ballots.find(session, surveys.round_view(session, town.round), number, org_ids or None)


def test_by_number_and_by_branch(town: Surveyed) -> None:
    village, school = town.small.village, town.small.school
    town.store([town.ballot("12", number=7, group=PARTY), town.ballot("21", number=8)])
    town.store([town.ballot("11", school), town.ballot("22", school), town.ballot("33", school, void_reason="空白")])
    assert (find(town).total, find(town, None, village).total, find(town, None, school).total) == (5, 2, 3)
    (seven,) = find(town, 7).ballots
    assert (seven.number, seven.group, seven.answers, seven.row) == (7, PARTY, "12", 1)
    (third,) = find(town, 3).ballots
    assert (third.number, third.row, third.answers, third.void_reason) == (None, 3, "33", "空白")
    assert find(town, 7, school).total == 0 and find(town, 99).ballots == ()


def test_a_single_ballot_taken_back_stands_with_its_reason_and_its_batch_says_so(town: Surveyed) -> None:
    batch = town.store([town.ballot("11", number=1), town.ballot("22", number=2)])
    (one,) = find(town, 2).ballots
    office = town.small.office
    with town.small.store.write(office) as session:
        ballots.withdraw_ballot(session, office, one.id, "按错一题")
    (back,) = find(town, 2).ballots
    assert back.is_withdrawn and back.said == "按错一题" and town.result().ballots == 1
    with town.small.store.read() as session:
        (entry,) = survey_overview.entries(session, surveys.round_view(session, town.round))
    assert (entry.valid, entry.singly) == (2, 1)
    with town.small.store.write(office) as session:
        ballots.withdraw_batch(session, office, batch, "整批重录")
    assert find(town).total == 0
