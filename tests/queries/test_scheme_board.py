"""The page's answer: which category is scored by what, and what keeps a draft from use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.queries import schemes as standing
from okr_desk.queries.scheme_board import SchemeBoard, board
from okr_desk.rules.schemes import SchemeDraft
from okr_desk.services import schemes
from okr_desk.terms import QuarterState, YearState
from tests.scored_township import Scored, scored


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


def read(town: Scored, year: int = 2026) -> SchemeBoard:
    with town.small.store.read() as session:
        return board(session, year)


def test_categories_with_branches_stand_in_the_order_of_the_office(town: Scored) -> None:
    found = read(town)
    assert [(one.category.name, one.scheme is not None) for one in found.rows] == [("农村", True), ("学校", False)]
    assert found.rows[0].in_use is not None and found.rows[0].draft is None
    assert found.is_open and not found.can_copy


def test_problems_are_those_of_the_draft(town: Scored) -> None:
    small = town.small
    with small.store.write(small.office) as session:
        schemes.create(session, small.office, read(town).rows[1].category.id, 2026, SchemeDraft("学校百分制"))
    row = read(town).rows[1]
    assert row.draft is not None and row.in_use is None
    assert [one.sentence for one in row.problems] == ["评分表还没有内容，请至少设一块。"] and row.stopping == 1
    with small.store.read() as session:
        assert row.known == standing.known(session, 2026, "学校")


def test_a_closed_year_and_one_that_is_missing_cannot_be_worked_on(town: Scored) -> None:
    assert read(town, 2025).state is YearState.CLOSED and not read(town, 2025).is_open
    assert read(town, 2030).state is None and not read(town, 2030).is_open


def test_a_year_can_start_from_the_last_as_long_as_something_is_missing(town: Scored) -> None:
    assert read(town, 2027).can_copy
    small = town.small
    with small.store.write(small.office) as session:
        schemes.copy_year(session, small.office, 2026, 2027)
    assert not read(town, 2027).can_copy


def test_only_quarters_that_are_not_frozen_take_a_new_version(town: Scored) -> None:
    town.state(3, QuarterState.OPEN)
    town.state(2, QuarterState.FROZEN)
    assert 3 in read(town).open_quarters and 2 not in read(town).open_quarters
