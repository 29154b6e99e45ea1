"""Ballots and count sheets are counted into the same cells; void and withdrawn ones stay outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import survey_counts, surveys
from okr_desk.queries.survey_counts import CellCounts, ItemCounts, Returned
from okr_desk.services import ballots
from okr_desk.survey_terms import Channel
from tests.small_survey import PARTY, TWENTY, Surveyed, surveyed


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Surveyed]:
    made = surveyed(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def cells(town: Surveyed, *org_ids: int) -> tuple[CellCounts, ...]:
    with town.small.store.read() as session:
        return survey_counts.cells(session, surveys.round_view(session, town.round), org_ids or None)


def test_answers_of_each_question_with_unsure_and_blank_beside(town: Surveyed) -> None:
    town.store([town.ballot("12"), town.ballot("10"), town.ballot("5-"), town.ballot("-3")])
    (cell,) = cells(town)
    assert (cell.org_id, cell.group_id, cell.channel, cell.ballots) == (
        town.small.village, None, Channel.HOME_PAPER, 4,
    )  # fmt: skip
    assert cell.items == (ItemCounts((2, 0, 0, 0, 1), 0, 1), ItemCounts((0, 1, 1, 0, 0), 1, 1))
    assert [item.answered for item in cell.items] == [3, 2]


def test_cells_are_apart_by_group_and_channel_and_come_in_order(town: Surveyed) -> None:
    town.store(
        [
            town.ballot("11", group=PARTY),
            town.ballot("22", channel=Channel.PHONE),
            town.ballot("33", town.small.school),
            town.ballot("44"),
        ]
    )
    found = [(cell.org_id, cell.group_id, cell.channel) for cell in cells(town)]
    village, school = town.small.village, town.small.school
    assert found == [
        (village, None, Channel.HOME_PAPER),
        (village, None, Channel.PHONE),
        (village, town.groups[PARTY], Channel.HOME_PAPER),
        (school, None, Channel.HOME_PAPER),
    ]
    assert {cell.org_id for cell in cells(town, school)} == {school}


def test_a_count_sheet_stands_beside_ballots(town: Surveyed) -> None:
    town.ballots(TWENTY)
    office = town.small.office
    with town.small.store.write(office) as session:
        ballots.record_count_sheet(session, office, town.sheet((1, 1, 0, 0, 0), 1, 1, channel=Channel.HOME_PAPER))
        ballots.record_count_sheet(session, office, town.sheet((0, 0, 2, 0, 0)))
    home, meeting = cells(town)
    assert home.ballots == 24 and home.items[1] == ItemCounts((11, 6, 3, 1, 1), 1, 1)
    assert meeting.ballots == 2 and meeting.items[1].levels == (0, 0, 2, 0, 0)


def test_void_ballots_and_those_beyond_a_count_sheets_valid_ones_are_returned_but_not_counted(town: Surveyed) -> None:
    town.store([town.ballot("11"), town.ballot("--", void_reason="空白"), town.ballot("15", void_reason="撕毁")])
    office = town.small.office
    with town.small.store.write(office) as session:
        ballots.record_count_sheet(session, office, town.sheet(TWENTY))
    with town.small.store.read() as session:
        found = survey_counts.returned(session, town.round)
    assert found == {town.small.village: Returned(void=4)}
    assert sum(cell.ballots for cell in cells(town)) == 21


def test_nothing_came_in(town: Surveyed) -> None:
    with town.small.store.read() as session:
        assert survey_counts.returned(session, town.round) == {}
    assert cells(town) == ()
