"""Geometry of the small bar."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okr_desk.charts.bars import Rect, bar

D = Decimal


def test_a_bar_of_60_of_100() -> None:
    made = bar(D("0.6"), D("0.75"), 100, 8, overhang=1)
    assert made.track == Rect(0, 1, 100, 6)
    assert made.fill == Rect(0, 1, 60, 6)
    assert (made.pace, made.baseline, made.target) == (75, 0, 100)
    assert not made.beyond and not made.below


def test_unreported_is_not_zero() -> None:
    assert bar(None, D("0.5"), 100, 8).fill is None
    zero = bar(D(0), D("0.5"), 100, 8).fill
    assert zero is not None and zero.width == 0


def test_past_the_target_and_behind_the_baseline_are_said() -> None:
    past = bar(D("1.4"), None, 100, 8)
    assert past.beyond and past.fill is not None and past.fill.width == 100 and past.pace is None
    back = bar(D("-0.2"), D(2), 100, 8)
    assert back.below and back.fill is not None and back.fill.width == 0 and back.pace == 100


@given(
    st.decimals(-5, 5, places=4),
    st.decimals(-5, 5, places=4),
    st.floats(1, 500),
    st.floats(1, 50),
    st.floats(0, 30),
)
def test_nothing_leaves_the_track(raw: Decimal, due: Decimal, width: float, height: float, over: float) -> None:
    made = bar(raw, due, width, height, over)
    assert made.fill is not None and 0 <= made.fill.width <= width
    assert made.pace is not None and 0 <= made.pace <= width
    assert made.track.height >= 0
