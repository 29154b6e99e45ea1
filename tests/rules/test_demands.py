"""The table of moves of a demand: what it allows and, one by one, everything that it does not."""

from __future__ import annotations

from itertools import product

import pytest

from okr_desk.errors import WrongState
from okr_desk.register_terms import DemandAction, DemandState
from okr_desk.rules import demands as rules
from okr_desk.terms import label

ALLOWED = {(move.before, move.action): move.after for move in rules.MOVES}


@pytest.mark.parametrize(("state", "action"), list(product(DemandState, DemandAction)))
def test_every_pair_of_state_and_action(state: DemandState, action: DemandAction) -> None:
    if (state, action) in ALLOWED:
        assert rules.move_of(state, action).after is ALLOWED[state, action]
        return
    with pytest.raises(WrongState) as refused:
        rules.move_of(state, action)
    said = str(refused.value)
    assert said.startswith(f"这件诉求现在是“{label(state)}”，不能登记“{label(action)}”。") and said.endswith("。")
    for move in rules.legal(state):
        assert label(move.action) in said.split("。", 1)[1]


def test_every_state_is_reached_and_only_confirmed_is_an_end() -> None:
    assert {move.after for move in rules.MOVES} | {DemandState.REGISTERED} == set(DemandState)
    assert [state for state in DemandState if not rules.legal(state)] == [DemandState.CONFIRMED]


def test_the_way_of_a_demand_that_was_not_accepted_at_first() -> None:
    act = DemandAction
    way = [act.START, act.FINISH, act.NOT_ACCEPTED, act.FINISH, act.DECLINED, act.SATISFIED]
    states = [rules.state_after(way[:n]) for n in range(len(way) + 1)]
    assert [label(state) for state in states] == [
        "登记", "办理中", "办结待确认", "不认可退回办理", "办结待确认", "群众未表态", "群众已确认",
    ]  # fmt: skip


def test_only_the_resident_confirms() -> None:
    """Nothing that the branch does alone leads to 群众已确认; each of those moves asks how it was said."""
    assert all(move.way for move in rules.MOVES if move.after in (DemandState.CONFIRMED, DemandState.RETURNED))
