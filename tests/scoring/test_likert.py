"""The score of a graded question: the formula of 2008, the interval of the mean by hand, rates and refusals."""

from __future__ import annotations

from decimal import Decimal
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.distributions import z_value
from okr_desk.scoring.intervals import interval, wilson
from okr_desk.scoring.likert import VALUES, likert
from okr_desk.scoring.rounding import half_up

D = Decimal
COUNTS = (32, 20, 5, 2, 1)


def test_the_score_by_hand() -> None:
    """Domain 3.3: (100×32 + 80×20 + 60×5 + 30×2 + 0×1) ÷ 60 = 86; wide 57 ÷ 60, narrow 52 ÷ 60."""
    found = likert(COUNTS, unsure=3)
    assert (found.score.estimate, found.rate_wide, half_up(found.rate_narrow, 6)) == (86, D("0.95"), D("0.866667"))
    assert (found.wide, found.narrow, half_up(found.unsure, 6)) == ((57, 60), (52, 60), D("0.047619"))
    assert found.explained.value == 86


def test_the_interval_by_hand() -> None:
    """Methods A3: u = .86, Q = Σn(u_v−.86)² = 2.404, s̃² = (2.404+.0625)/60, m = 60×.86×.14/s̃² = 175.73."""
    found = likert(COUNTS).score
    size = 60 * 0.86 * 0.14 / ((2.404 + 0.0625) / 60)
    z = float(z_value(D("0.9")))
    middle = (0.86 + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * sqrt(0.86 * 0.14 / size + z * z / (4 * size * size))
    assert found.effective_n is not None
    assert [float(found.effective_n), float(found.low), float(found.high)] == pytest.approx(
        [size, 100 * (middle - half), 100 * (middle + half)], rel=1e-12
    )
    assert (half_up(found.low, 4), half_up(found.high, 4)) == (D("81.1468"), D("89.7615"))


def test_its_steps_can_be_done_again() -> None:
    assert likert(COUNTS, unsure=3, population=300).steps[:10] == (
        "得分＝各档（分值×份数）之和÷有效份数＝（100×32＋80×20＋60×5＋30×2＋0×1）÷60＝86",
        "满意率（前 3 档）＝57÷60＝0.95",
        "满意率（前 2 档）＝52÷60≈0.866667",
        "“不了解”3 份不计入分母，占全部 63 份的 4.8%",
        "以下为得分的区间，分值从 0 至 100。",
        "折成 0 至 1：均值 p＝0.86，离差平方和 Q＝2.404",
        "方差 s²＝（Q＋1÷16）÷n＝（2.404＋0.0625）÷60≈0.041108（加一份虚拟答卷，全答最好时区间也有宽度）",
        "倍数＝p（1－p）÷s²≈2.928847",
        "有效样本量 m＝n×倍数＝60×2.928847≈175.730793",
        "按 300 人校正：m×（N－1）÷（N－n）＝175.730793×（300－1）÷（300－60）≈218.931279",
    )


def test_yes_and_no_are_a_rate() -> None:
    """Two levels at the ends: one answer tells one answer, bounded below by 1 because of the pseudo-observation."""
    found, rate = likert((40, 20), (D(1), D(0))), interval(40, 60)
    assert found.score.effective_n == 60
    assert (found.score.low, found.score.high) == (rate.low, rate.high)
    assert any("倍数限于 1 至 6，取 1" in step for step in found.steps)


def test_nobody_tells_more_than_six() -> None:
    found = likert((0, 0, 60, 0, 0)).score
    assert found.effective_n == 360 and any("取 6" in step for step in found.steps)


@pytest.mark.parametrize("counts", [(40, 0, 0, 0, 0), (0, 0, 0, 0, 40)])
def test_answers_all_at_one_end_keep_a_width(counts: tuple[int, ...]) -> None:
    found = likert(counts).score
    assert found.effective_n == 40 and found.high - found.low > 5


def test_many_unsure_ones_are_flagged() -> None:
    assert any("“不了解”超过 20%" in step for step in likert(COUNTS, unsure=16).steps)
    assert not any("“不了解”超过 20%" in step for step in likert(COUNTS, unsure=15).steps)


@pytest.mark.parametrize("population", [60, 63, 50])
def test_everybody_asked_is_a_census(population: int) -> None:
    found = likert(COUNTS, unsure=3, population=population).score
    assert found.census and found.low == found.high == 86


def test_a_score_never_contradicts_the_answers() -> None:
    """59 of 60 answered: the last one can move the mean by at most its own share."""
    found = likert((59, 0, 0, 0, 0), population=60).score
    assert found.low >= D(5900) / 60


@pytest.mark.parametrize(
    ("counts", "values", "levels", "wide", "narrow"),
    [
        # three levels, methods A2 (a province in 2008); four; two
        ((6, 3, 1), (100, 75, 55), None, 9, 6),
        ((6, 2, 1, 1), (100, 80, 60, 0), None, 9, 8),
        ((6, 4), (100, 0), None, 6, 6),
        ((5, 1, 1, 1, 1, 1), (6, 5, 4, 3, 2, 1), 4, 8, 7),
    ],
)
def test_which_levels_the_rates_count(
    counts: tuple[int, ...], values: tuple[int, ...], levels: int | None, wide: int, narrow: int
) -> None:
    found = likert(counts, [D(value) for value in values], wide_levels=levels)
    assert (found.wide[0], found.narrow[0]) == (wide, narrow)


@pytest.mark.parametrize(
    ("counts", "values", "unsure", "hint"),
    [
        ((0, 0, 0, 0, 0), VALUES, 5, "没有有效答卷"),
        ((1, -1, 0, 0, 0), VALUES, 0, "不能为负数"),
        (COUNTS, VALUES, -1, "不能为负数"),
        ((1, 2), VALUES, 0, "份数 counts 有 2 档，分值 values 有 5 档"),
        ((1,), (D(1),), 0, "至少要有两档"),
        ((1, 2), (D(1), D(1)), 0, "从好到差依次降低"),
        ((1, 2, 3), (D(2), D(0), D(1)), 0, "从好到差依次降低"),
        ((1, 2), (D(1), D("NaN")), 0, "不是可用的数字"),
        ((10**12, 1, 0, 0, 0), VALUES, 0, "过大"),
    ],
)
def test_what_is_no_scale_is_refused(
    counts: tuple[int, ...], values: tuple[Decimal, ...], unsure: int, hint: str
) -> None:
    with pytest.raises(InputRefused, match=hint):
        likert(counts, values, unsure)


@pytest.mark.parametrize("levels", [0, 5])
def test_a_rate_that_counts_none_or_all_is_refused(levels: int) -> None:
    with pytest.raises(InputRefused, match="计入的档数"):
        likert(COUNTS, wide_levels=levels)


five = st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(any)


@given(five, st.none() | st.integers(1, 500))
def test_bounds_and_mirror(counts: list[int], population: int | None) -> None:
    evenly = [D(value) for value in (100, 75, 50, 25, 0)]
    found, turned = (likert(each, evenly, population=population).score for each in (counts, counts[::-1]))
    assert 0 <= found.low <= found.estimate <= found.high <= 100
    assert abs(found.low - (100 - turned.high)) < D("1E-20")


@given(five, st.integers(1, 500), st.integers(1, 500))
def test_narrower_with_a_smaller_population(counts: list[int], one: int, other: int) -> None:
    small, large = sorted((one, other))
    widths = [found.high - found.low for found in (likert(counts, population=p).score for p in (small, large, None))]
    assert widths[0] - D("1E-20") <= widths[1] <= widths[2] + D("1E-20")


@given(five)
def test_an_answer_tells_between_one_and_six(counts: list[int]) -> None:
    found = likert(counts).score
    assert found.effective_n is not None and sum(counts) <= found.effective_n <= 6 * sum(counts)
    assert found.low >= 100 * wilson(found.estimate / 100, D(sum(counts))).low - D("1E-20")
