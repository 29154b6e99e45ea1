"""What is chosen in the top bar when what can be chosen changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from okr_desk.queries import cycles, orgs
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk, Selection
from okr_desk.ui.top_bar import TopBar
from tests.small_township import Small, build

DAY = date(2026, 9, 25)
Offer = tuple[tuple[QuarterView, ...], tuple[OrgView, ...]]


@pytest.fixture
def offer(tmp_path: Path, clock: object) -> Iterator[Offer]:
    town: Small = build(tmp_path / "镇.okr", clock)  # type: ignore[arg-type]
    with town.store.read() as session:
        yield cycles.quarters(session), orgs.tree(session, DAY)
    town.store.close()


@pytest.fixture
def selection(qapp: object) -> Iterator[Selection]:
    parent = QObject()
    yield Selection(parent, lambda: DAY)


def states(quarters: tuple[QuarterView, ...], **by_number: QuarterState) -> list[QuarterView]:
    return [replace(q, state=by_number.get(f"q{q.number}", QuarterState.PLANNING)) for q in quarters]


def test_the_first_branches_make_room_for_all_of_the_township(qtbot: QtBot, bare_desk: Desk, offer: Offer) -> None:
    """Before the first import the township is the only organisation and so chosen; after it all are shown."""
    quarters, tree = offer
    bar = TopBar(bare_desk)
    qtbot.addWidget(bar)
    told: list[str] = []
    bare_desk.selection.org_changed.connect(lambda: told.append("org"))
    bare_desk.selection.offer(quarters, tree[:1])
    assert bar.org.text() == tree[0].short_name
    bare_desk.selection.offer(quarters, tree)
    assert bare_desk.selection.org is None and told == ["org"]
    assert bar.org.text() == f"{tree[0].short_name} · 全部支部"


def test_whoever_asks_for_the_township_sees_all_of_it(selection: Selection, offer: Offer) -> None:
    quarters, tree = offer
    selection.offer(quarters, tree)
    selection.choose_org(tree[1].id)
    assert selection.org == tree[1]
    selection.choose_org(tree[0].id)
    assert selection.org is None


def test_a_quarter_nobody_picked_follows_what_is_worked_on(selection: Selection, offer: Offer) -> None:
    quarters, tree = offer
    told: list[int] = []
    selection.quarter_changed.connect(lambda: told.append(selection.quarter.number if selection.quarter else 0))
    selection.offer(states(quarters), tree)
    assert selection.quarter is not None and selection.quarter.number == 3  # 25 September: the third is due next
    selection.offer(states(quarters, q1=QuarterState.CLOSED, q2=QuarterState.OPEN), tree)
    assert selection.quarter.number == 2 and told == [2]


def test_a_quarter_that_was_picked_stays(selection: Selection, offer: Offer) -> None:
    quarters, tree = offer
    selection.offer(states(quarters), tree)
    selection.choose_quarter(next(q.id for q in quarters if q.number == 1))
    selection.offer(states(quarters, q2=QuarterState.OPEN), tree)
    assert selection.quarter is not None and selection.quarter.number == 1
    selection.clear()
    selection.offer(states(quarters, q2=QuarterState.OPEN), tree)
    assert selection.quarter.number == 2


def test_forms_propose_today_or_the_last_day_that_is_taken(desk: Desk) -> None:
    """The demo lives on 2026-10-08, and its fourth quarter has not begun."""
    with desk.store.read() as session:  # type: ignore[union-attr]
        quarters = cycles.quarters(session)
    desk.selection.offer(quarters, ())
    assert desk.clock.today() == date(2026, 10, 8) and desk.selection.entry_day == date(2026, 9, 30)
    begun = [replace(one, state=QuarterState.OPEN) for one in quarters]
    desk.selection.offer(begun, ())
    assert desk.selection.entry_day == date(2026, 10, 8)
