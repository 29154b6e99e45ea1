"""The line through agreed points: the design vectors, what is refused, order and bounds by property."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.anchors import Anchors

D = Decimal


def line(*points: tuple[object, object]) -> Anchors:
    return Anchors(tuple((D(str(x)), D(str(y))) for x, y in points))


UP = line((60, 0), (75, 60), (85, 100), (92, 120))
DOWN = line((20, 0), (12, 60), (8, 100), (4, 120))


@pytest.mark.parametrize(
    ("anchors", "values", "results"),
    [
        # methods B2, "anchors up" and "anchors down"
        (UP, "55,60,70,75,80,85,88.5,92,99", "0,0,40,60,80,100,110,120,120"),
        (DOWN, "25,20,16,12,10,8,6,4,0", "0,0,30,60,80,100,110,120,120"),
        # methods B2, "linear up" with a cap of 1.2, "linear down", "growth"
        (line((60, 0), (90, 1)), "50,60,75,90,96", "0,0,0.5,1,1"),
        (line((60, 0), (96, "1.2")), "96,99", "1.2,1.2"),
        (line((20, 0), (8, 1)), "25,20,14,8,5", "0,0,0.5,1,1"),
        (line((-10, 0), (5, 1)), "-10,-4,5,8", "0,0.4,1,1"),
        # a flat stretch is allowed, also one that falls
        (line((0, 5), (10, 5), (20, 0)), "5,15,30", "5,2.5,0"),
    ],
)
def test_design_vectors(anchors: Anchors, values: str, results: str) -> None:
    assert [anchors.at(D(x)) for x in values.split(",")] == [D(y) for y in results.split(",")]


def test_a_repeating_fraction_keeps_28_digits() -> None:
    assert line((-10, 0), (5, 1)).at(D(0)) == D("0.6666666666666666666666666667")  # methods B2: .666667


def test_a_long_number_just_below_a_point_is_not_taken_for_it() -> None:
    assert line((0, 0), (1, 10)).at(D("0.99999999999999999999")) == D("9.9999999999999999999")


@pytest.mark.parametrize(
    ("points", "hint"),
    [
        ([], "至少要有两个"),
        ([(60, 0)], "至少要有两个"),
        ([(60, 0), (60, 10)], "依次排列"),
        ([(60, 0), (80, 10), (70, 20)], "依次排列"),
        ([(80, 0), (60, 10), (70, 20)], "依次排列"),
        ([(60, 0), (70, 10), (80, 5)], "不能有升有降"),
        ([(60, 10), (70, 0), (80, 5)], "不能有升有降"),
        ([(60, 0), ("NaN", 10)], "不能用的数字"),
        ([(60, 0), (70, "Infinity")], "不能用的数字"),
    ],
)
def test_a_line_that_is_none_is_refused_when_it_is_set_up(points: list[tuple[object, object]], hint: str) -> None:
    with pytest.raises(InputRefused, match=hint) as refused:
        line(*points)
    assert refused.value.field == "points"


def test_the_stretch_and_the_ends_are_told_apart() -> None:
    assert UP.stretch(D(70)) == ((60, 0), (75, 60))
    assert DOWN.stretch(D(10)) == ((12, 60), (8, 100))
    assert [UP.stretch(D(x)) for x in (50, 60, 75, 99)] == [None] * 4
    assert [UP.point_or_end(D(x))[0] for x in (50, 75, 99)] == [60, 75, 92]
    assert [DOWN.point_or_end(D(x))[0] for x in (0, 12, 25)] == [4, 12, 20]
    assert (UP.highest, DOWN.highest) == (120, 120)


lines = st.lists(st.integers(-500, 500), min_size=2, max_size=6, unique=True).flatmap(
    lambda xs: st.lists(st.integers(0, 100), min_size=len(xs), max_size=len(xs)).map(
        lambda ys: list(zip(sorted(xs), sorted(ys), strict=True))
    )
)
values = st.decimals(-600, 600, places=3)


@given(lines, st.booleans(), values, values)
def test_monotone_bounded_and_the_same_from_either_end(
    points: list[tuple[int, int]], falling: bool, one: D, other: D
) -> None:
    anchors = line(*([(-x, y) for x, y in points] if falling else points))
    low, high = sorted((one, other), reverse=falling)
    assert points[0][1] <= anchors.at(low) <= anchors.at(high) <= points[-1][1]
    assert Anchors(anchors.points[::-1]).at(one) == anchors.at(one)


@given(lines, values)
def test_equal_to_the_sum_in_fractions(points: list[tuple[int, int]], x: D) -> None:
    found, exact = line(*points).at(x), Fraction(x)
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= exact <= x1:
            expected = y0 + (y1 - y0) * (exact - x0) / (x1 - x0)
            assert abs(Fraction(found) - expected) <= Fraction(1, 10**24)
            return
    assert found == (points[0][1] if exact < points[0][0] else points[-1][1])
