"""The table of moves, and what weights and origins come to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused, WrongState
from okr_desk.rules.indicators import PRECEDENCE, check_line, counting, differing
from okr_desk.rules.objectives import MOVES, Step, after, weight_notice
from okr_desk.terms import Accumulation, ApprovalState, Direction, Origin

D = Decimal
amounts = st.decimals(min_value=-1000, max_value=1000, places=2)


@pytest.mark.parametrize("state", ApprovalState)
@pytest.mark.parametrize("step", Step)
def test_only_the_moves_of_the_table_are_made(state: ApprovalState, step: Step) -> None:
    if (state, step) in MOVES:
        assert after(state, step, "O1") is MOVES[state, step]
    else:
        with pytest.raises(WrongState, match="O1"):
            after(state, step, "O1")


def test_nothing_leads_out_of_a_stop() -> None:
    assert not any(state is ApprovalState.STOPPED for state, _step in MOVES)


@given(st.lists(st.decimals(min_value=1, max_value=100, places=1), min_size=1, max_size=8))
def test_weights_are_told_exactly_when_they_do_not_sum(weights: list[Decimal]) -> None:
    assert bool(weight_notice("各目标", weights)) == (sum(weights) not in (1, 100))


@given(st.dictionaries(st.sampled_from(Origin), amounts), st.permutations(PRECEDENCE), amounts)
def test_the_first_in_order_counts_and_never_differs_from_itself(
    values: dict[Origin, Decimal], order: list[Origin], tolerance: Decimal
) -> None:
    chosen = counting(order, values)
    others = differing(order, values, abs(tolerance))
    assert (chosen is None) == (not values)
    assert chosen not in others
    assert all(abs(values[o] - values[chosen]) > abs(tolerance) for o in others if chosen is not None)


def test_equal_to_the_tolerance_agrees() -> None:
    values = {Origin.BRANCH: D("81.05"), Origin.DEPARTMENT: D("81")}
    assert differing(PRECEDENCE, values, D("0.05")) == ()
    assert differing(PRECEDENCE, values, D("0.049")) == (Origin.BRANCH,)


@given(amounts, amounts)
def test_a_line_must_lead_its_way(baseline: Decimal, target: Decimal) -> None:
    ways = {Direction.UP: target > baseline, Direction.DOWN: target < baseline}
    for direction, leads in ways.items():
        if leads:
            check_line(baseline, target, direction, Accumulation.POINT_IN_TIME)
        else:
            with pytest.raises(InputRefused):
                check_line(baseline, target, direction, Accumulation.POINT_IN_TIME)
