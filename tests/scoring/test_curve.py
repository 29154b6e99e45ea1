"""The curve beside a rule is the rule: at every place it shows what the rule gives."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.anchors import Point
from okr_desk.scoring.curve import MOST_COUNTED, Curve, curve, widened
from okr_desk.scoring.points_lines import Linear
from okr_desk.scoring.rule_text import rule_from_row

D = Decimal


def drawn(row: str, second: str | None = None) -> Curve:
    found = curve(rule_from_row(row), None if second is None else D(second))
    assert found is not None
    return found


def points(*pairs: tuple[object, object]) -> tuple[Point, ...]:
    return tuple((D(str(x)), D(str(y))) for x, y in pairs)


def test_a_straight_line_is_level_before_and_after_it() -> None:
    """到会率 72 → 85 of 4 points (domain 1.4, B08), a fifth of the way to spare on both sides."""
    assert drawn("linear b=72 t=85 max=4").pieces == (points(("69.4", 0), (72, 0), (85, 4), ("87.6", 4)),)


def test_a_falling_target_is_drawn_from_left_to_right_too() -> None:
    assert drawn("linear b=12 t=6 max=6").pieces == (points(("4.8", 6), (6, 6), (12, 0), ("13.2", 0)),)


def test_bands_jump_at_their_thresholds() -> None:
    """Domain 1.3 "TIER": 95:10, 90:8, 85:6."""
    assert drawn("ladder bands=95:10,90:8,85:6").pieces == (
        points((80, 0), (85, 0)),
        points((85, 6), (90, 6)),
        points((90, 8), (95, 8)),
        points((95, 10), (100, 10)),
    )


def test_percentage_points_go_down_in_steps_or_in_a_line() -> None:
    """Domain 1.3 "POINT-DED": below 100 the first begun point costs one (ceil) or nothing yet (floor)."""
    ceil, floor = (drawn(f"per-point max=2 t=100 rounding={how}") for how in ("ceil", "floor"))
    assert ceil.pieces[-3:] == (points((98, 0), (99, 0)), points((99, 1), (100, 1)), points((100, 2), (101, 2)))
    assert floor.pieces[-3:] == (points((98, 1), (99, 1)), points((99, 2), (100, 2)), points((100, 2), (101, 2)))
    (line,) = drawn("per-point max=2 t=100 rounding=proportional").pieces
    assert line[1:3] == points((98, 0), (100, 2))


def test_events_are_counted_until_nothing_is_left() -> None:
    """Domain 1.3 "DED": 5 less 0.5 each; one more event is drawn to show that nothing follows."""
    found = drawn("deduct max=5 each=0.5")
    assert found.is_counted
    assert [piece[0] for piece in found.pieces][:3] == list(points((0, 5), (1, "4.5"), (2, 4)))
    assert found.pieces[-1] == points((11, 0))


def test_places_begin_with_the_first() -> None:
    assert [piece[0] for piece in drawn("rank table=60,57").pieces] == list(points((1, 60), (2, 57), (3, 0)))


def test_the_first_and_the_satisfaction_have_to_be_known() -> None:
    assert curve(rule_from_row("to-first max=6")) is None
    assert drawn("to-first max=6", "0.8").pieces == (points((0, 0), ("0.8", 6)),)
    assert curve(rule_from_row("dual N=12 max=10 form=product")) is None
    (line,) = drawn("dual N=12 max=10 form=product", "91.4").pieces
    assert line[-1] == (D("14.4"), D("9.14"))
    assert drawn("dual N=12 max=10 form=product", "58").most == 0


@pytest.mark.parametrize("row", ["votes values=100,85", "yesno max=2", "deduct max=5 each=1,2"])
def test_what_is_no_single_number_has_no_curve(row: str) -> None:
    assert curve(rule_from_row(row)) is None


@pytest.mark.parametrize(
    "row", ["deduct max=5 each=0", "bonus each=0.01 cap=12", "bonus cap=3", "anchors points=1:0,2:1"]
)
def test_odd_rules_are_drawn_within_bounds(row: str) -> None:
    found = drawn(row)
    assert len(found.pieces) <= MOST_COUNTED + 1 and found.low < found.high


def test_less_is_better_in_proportion() -> None:
    """Methods B1 "ratio down": 0 gives the most, the target full points."""
    (line,) = drawn("ratio t=5 max=3 direction=down").pieces
    assert line[0] == (D(0), D(3)) and (D(5), D(3)) in line and line[-1] == (D("12.5"), D("1.2"))


def test_a_value_beyond_the_ends_is_reached() -> None:
    found = widened(drawn("linear b=72 t=85 max=4"), D(60), D(0))
    assert found.low == 60 and found.pieces[0][0] == (D(60), D(0))
    assert widened(found, D(99), D(4)).high == 99
    assert widened(found, D(80), D(2)) is found


amounts = st.decimals(-1000, 1000, places=2)


@given(amounts, amounts, st.decimals(0, 100, places=1))
def test_a_line_is_what_the_rule_gives(start: Decimal, aim: Decimal, full: Decimal) -> None:
    if start == aim:
        return
    rule = Linear(full, start, aim)
    found = curve(rule)
    assert found is not None
    for piece in found.pieces:
        assert all(before[0] < after[0] for before, after in pairwise(piece))
        assert all(rule.reach(x).points == y for x, y in piece)


def test_an_award_of_a_few_levels_has_a_dot_for_each_and_one_for_none() -> None:
    found = curve(rule_from_row("bonus levels=3,1,2 cap=2"))
    assert found is not None and found.is_counted
    assert [piece[0] for piece in found.pieces] == [(0, 0), (1, 1), (2, 2), (3, 2)]
