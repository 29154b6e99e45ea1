"""A baseline or target that changes leaves the quarters that are settled as they were judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Baseline, Target
from okr_desk.queries import board as boards
from okr_desk.queries import cycles, rollups
from okr_desk.rules.indicators import BaselineDraft, TargetDraft
from okr_desk.services import approvals, indicators, objectives
from okr_desk.terms import KrKind, QuarterState
from tests.scored_township import Scored, scored
from tests.small_township import bare, objective

D = Decimal


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Scored]:
    made = scored(tmp_path / "镇.okr", clock)
    small = made.small
    with small.store.write(small.office) as session:
        above = objectives.create(session, small.office, objective(small.village)).value
        linked = bare(KrKind.METRIC, indicator_id=small.attendance)
        objectives.create_key_result(session, small.office, above, linked)
        approvals.submit(session, small.office, [above])
        approvals.approve(session, small.office, [above])
    for number in (1, 2, 3):
        made.measure("B08", "78.5", number)
    yield made
    small.store.close()


def entered(town: Scored, day: date) -> None:
    """The first lines were entered on `day`."""
    with town.small.store.write(town.small.office) as session:
        for table in (Baseline, Target):
            for row in session.exec(select(table)):
                row.recorded_at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
                session.add(row)


def change(town: Scored) -> None:
    """In October the baseline becomes 70 and the target 95."""
    small = town.small
    key = (small.village, small.attendance, 2026)
    with small.store.write(small.office) as session:
        indicators.set_line(
            session,
            small.office,
            BaselineDraft(*key, D(70), date(2025, 12, 31), "核定后", "上年数据更正"),
            TargetDraft(*key, D(95), "县里提高要求"),
        )


def seen(town: Scored, number: int) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    """Baseline, target and progress on the board, and progress in the sweep."""
    small = town.small
    with small.store.read() as session:
        quarter = cycles.quarter(session, 2026, number)
        assert quarter is not None
        (kr,) = boards.board(session, small.village, 2026, number).key_results
        total = rollups.township(session, quarter).branches[small.village]
    return kr.baseline, kr.target, kr.progress.raw, total


@pytest.mark.parametrize("day", [date(2026, 1, 5), date(2026, 10, 8)])
def test_settled_quarters_keep_the_line_they_were_judged_by(town: Scored, day: date) -> None:
    """(78.5−72)÷(85−72) = 0.5 before; (78.5−70)÷(95−70) = 0.34 after. What came in late is the first there was."""
    entered(town, day)
    before = {number: seen(town, number) for number in (1, 2, 3)}
    points = {number: town.sheet(number).lines[0].points for number in (1, 2)}
    assert before[1] == (72, 85, D("0.5"), D("0.5"))
    change(town)
    assert {number: seen(town, number) for number in (1, 2)} == {number: before[number] for number in (1, 2)}
    assert {number: town.sheet(number).lines[0].points for number in (1, 2)} == points
    assert seen(town, 3) == (70, 95, D("0.34"), D("0.34"))


def test_a_quarter_that_is_open_follows_the_line(town: Scored) -> None:
    change(town)
    town.state(2, QuarterState.OPEN)
    assert seen(town, 2)[:2] == (70, 95)
    assert seen(town, 1)[:2] == (72, 85)
