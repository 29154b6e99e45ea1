"""Four quarters make a year as the scheme says; what is missing or does not apply is left out, never 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.points_result import Points
from okr_desk.scoring.year import fourth, year_points
from okr_desk.terms import Across, PointsState

D = Decimal


def scored(points: str, maximum: str = "4") -> Points:
    return Points(D(points), D(maximum), PointsState.SCORED, ("第一句", "第二句"))


MISSING = Points(None, D(4), PointsState.MISSING, ("待填",))
AWAY = Points(None, D(4), PointsState.NOT_APPLICABLE, ("不适用",))


@pytest.mark.parametrize(
    ("across", "expected", "maximum"),
    [(Across.CUMULATIVE, "9", "12"), (Across.AVERAGE, "3", "4"), (Across.LAST, "3", "4"), (Across.BEST, "4", "4")],
)
def test_each_way_of_making_a_year(across: Across, expected: str, maximum: str) -> None:
    """2, 4 and 3 of 4 each: worked out by hand."""
    quarters = [("一季度", scored("2")), ("二季度", scored("4")), ("三季度", scored("3"))]
    made = year_points(quarters, across)
    assert (made.points, made.maximum, made.state) == (D(expected), D(maximum), PointsState.SCORED)
    assert made.steps[0] == "各季得分：一季度 2，二季度 4，三季度 3"


def test_the_mean_tells_its_way() -> None:
    made = year_points([("一季度", scored("1")), ("二季度", scored("2"))], Across.AVERAGE)
    assert made.steps[1] == "全年按各季平均：（1＋2）÷2＝1.5"


def test_missing_and_not_applicable_quarters_are_left_out() -> None:
    quarters = [("一季度", scored("2")), ("二季度", MISSING), ("三季度", AWAY)]
    assert year_points(quarters, Across.AVERAGE).points == 2
    cumulative = year_points(quarters, Across.CUMULATIVE)
    assert (cumulative.points, cumulative.maximum) == (2, 8)  # the second quarter is owed, the third is not


def test_a_year_without_points() -> None:
    assert year_points([("一季度", AWAY)], Across.AVERAGE).state is PointsState.NOT_APPLICABLE
    assert year_points([], Across.LAST).state is PointsState.NOT_APPLICABLE
    nothing = year_points([("一季度", MISSING)], Across.BEST)
    assert (nothing.points, nothing.state) == (None, PointsState.MISSING)


def test_what_hangs_on_an_open_verdict_stays_provisional() -> None:
    open_ = Points(D(2), D(4), PointsState.SCORED, ("",), provisional=True)
    assert year_points([("一季度", open_), ("二季度", scored("4"))], Across.AVERAGE).provisional


def test_a_quarter_gives_a_fourth_of_the_year() -> None:
    """CZ-420: 320 a year are 80 a quarter (domain 1.2)."""
    made = fourth(scored("300", "320"))
    assert (made.points, made.maximum) == (75, 80)
    assert made.steps[-1] == "全年 320 分，每季计四分之一：300÷4＝75"
    assert fourth(MISSING).points is None and fourth(MISSING).maximum == 1


@given(st.lists(st.decimals(0, 4, places=2), min_size=1, max_size=4))
def test_every_way_stays_within_its_points(amounts: list[Decimal]) -> None:
    quarters = [(str(n), Points(one, D(4), PointsState.SCORED, ("",))) for n, one in enumerate(amounts)]
    for across in Across:
        made = year_points(quarters, across)
        assert made.points is not None and 0 <= made.points <= made.maximum
    lowest, best = min(amounts), max(amounts)
    mean = year_points(quarters, Across.AVERAGE).points
    assert mean is not None and lowest - D("1e-20") <= mean <= best + D("1e-20")


@given(st.lists(st.decimals(0, 4, places=2), min_size=4, max_size=4))
def test_four_fourths_are_the_mean_of_the_year(amounts: list[Decimal]) -> None:
    parts = [(str(n), fourth(Points(one, D(4), PointsState.SCORED, ("",)))) for n, one in enumerate(amounts)]
    made = year_points(parts, Across.CUMULATIVE)
    assert made.maximum == 4 and made.points == sum(amounts) / 4
