"""Wilson's interval: published values, its referees, its bounds, and what a known population changes."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from okr_desk.errors import InputRefused
from okr_desk.scoring.intervals import effective_size, interval, pooled, wilson
from okr_desk.scoring.rounding import half_up

D = Decimal
DUST = D("1E-24")


@pytest.mark.parametrize(
    ("k", "n", "continuity", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:857, table I: methods 3 and 4
        (81, 263, False, "0.2553", "0.3662"),
        (15, 148, False, "0.0624", "0.1605"),
        (0, 20, False, "0", "0.1611"),
        (1, 29, False, "0.0061", "0.1718"),
        (81, 263, True, "0.2535", "0.3682"),
        (15, 148, True, "0.0598", "0.1644"),
        (0, 20, True, "0", "0.2005"),
        (1, 29, True, "0.0018", "0.1963"),
        # the same turned round
        (20, 20, False, "0.8389", "1"),
        (20, 20, True, "0.7995", "1"),
    ],
)
def test_published_intervals(k: int, n: int, continuity: bool, low: str, high: str) -> None:
    found = interval(k, n, level=D("0.95"), continuity=continuity)
    assert (half_up(found.low, 4), half_up(found.high, 4)) == (D(low), D(high))


@settings(deadline=None)
@given(st.data(), st.integers(1, 2000), st.sampled_from(["0.8", "0.9", "0.95", "0.99"]))
def test_wilson_is_that_of_statsmodels(data: st.DataObject, n: int, level: str) -> None:
    k = data.draw(st.integers(0, n))
    found = interval(k, n, level=D(level))
    low, high = proportion_confint(k, n, alpha=1 - float(level), method="wilson")
    assert isclose(found.low, low, abs_tol=1e-12) and isclose(found.high, high, abs_tol=1e-12)


counts = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.sampled_from([D("0.6"), D("0.9"), D("0.95")])


@given(counts, levels, st.booleans(), st.none() | st.integers(1, 900))
def test_limits_hold_the_rate_and_stay_within_what_is_possible(
    count: tuple[int, int], level: D, continuity: bool, population: int | None
) -> None:
    k, n = count
    found = interval(k, n, population, level, continuity)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    if population is not None and n < population:
        assert k / D(population) - DUST <= found.low
        assert found.high <= (population - n + k) / D(population) + DUST
    if found.census:
        assert found.low == found.estimate == found.high


@given(counts, levels, st.booleans(), st.none() | st.integers(1, 900))
def test_satisfied_and_not_mirror_each_other(
    count: tuple[int, int], level: D, continuity: bool, population: int | None
) -> None:
    k, n = count
    one, other = (interval(each, n, population, level, continuity) for each in (k, n - k))
    assert abs(one.low - (1 - other.high)) < DUST and abs(one.high - (1 - other.low)) < DUST


@given(counts, levels, st.none() | st.integers(1, 900))
def test_one_more_satisfied_answer_never_lowers_a_limit(
    count: tuple[int, int], level: D, population: int | None
) -> None:
    k, n = count
    if k < n:
        fewer, more = (interval(each, n, population, level) for each in (k, k + 1))
        assert fewer.low <= more.low and fewer.high <= more.high


@given(counts, levels, st.integers(1, 900), st.integers(1, 900))
def test_the_smaller_the_population_the_narrower(count: tuple[int, int], level: D, one: int, other: int) -> None:
    small, large = sorted((one, other))
    widths = [found.high - found.low for found in (interval(*count, p, level) for p in (small, large, None))]
    assert widths[0] - DUST <= widths[1] <= widths[2] + DUST


@given(counts)
def test_more_certainty_and_the_correction_widen(count: tuple[int, int]) -> None:
    usual, surer, corrected = interval(*count), interval(*count, level=D("0.95")), interval(*count, continuity=True)
    for wider in (surer, corrected):
        assert wider.low <= usual.low and usual.high <= wider.high


def test_the_finite_population_by_hand() -> None:
    """Methods A3: m = 70 × 299 ÷ 230 = 91, then Wilson's formula with a pocket calculator (z = 1.644854)."""
    found = interval(56, 70, 300)
    assert found.effective_n == effective_size(70, 300) == 91
    assert (half_up(found.low, 4), half_up(found.high, 4)) == (D("0.7228"), D("0.8599"))
    assert found.steps == (
        "比率 p＝k÷n＝56÷70＝0.8",
        "有效样本量 m＝n×（N－1）÷（N－n）＝70×（300－1）÷（300－70）＝91",
        "置信水平 90%，z≈1.644854",
        "中心 c＝（p＋z²÷2m）÷（1＋z²÷m）＝（0.8＋1.644854²÷（2×91））÷（1＋1.644854²÷91）≈0.791338",
        "半宽 h＝z÷（1＋z²÷m）×√（p（1－p）÷m＋z²÷4m²）≈0.068518",
        "威尔逊区间：下限 c－h＝0.791338－0.068518≈0.72282，上限 c＋h＝0.791338＋0.068518≈0.859856",
        "区间：0.72282 至 0.859856",
        "取 6 位小数只为便于阅读，计算和比较都用未取整的数。",
    )
    assert found.explained.value == found.estimate


def test_the_effective_size_may_be_any_number() -> None:
    between = wilson(D("0.8"), D("91.5"))
    assert wilson(D("0.8"), D(91)).low < between.low < wilson(D("0.8"), D(92)).low


def test_limits_never_contradict_the_answers() -> None:
    found = interval(3, 49, 50)
    assert found.low == D("0.06") and any("只能在 0.06 至 0.08 之间" in step for step in found.steps)


@pytest.mark.parametrize(("n", "said"), [(50, "普查：应测 50 人"), (53, "多于应测 50 人")])
def test_everybody_is_a_census(n: int, said: str) -> None:
    found = interval(40, n, 50)
    assert found.census and found.effective_n is None and found.low == found.high == found.estimate
    assert said in found.steps[1]


def test_the_correction_tells_its_formula() -> None:
    steps = interval(56, 70, continuity=True).steps
    assert any("带连续性校正" in step for step in steps) and any(
        step.startswith("下限＝（2mp＋z²－1") for step in steps
    )


def test_a_rough_effective_size_cannot_break_the_correction() -> None:
    """Below 1 ÷ p the root of the formula would be of a negative number."""
    found = wilson(D("0.1"), D(2), D("0.6"), continuity=True)
    assert 0 <= found.low <= found.high <= 1


@pytest.mark.parametrize(
    ("k", "n", "population", "hint"),
    [
        (0, 0, None, "没有答卷就没有满意率"),
        (1, -1, None, "须至少为 1"),
        (-1, 5, None, "不能为负数"),
        (6, 5, None, "核对两个数是否填反"),
        (5, 10**12 + 1, None, "过大"),
        (5, 5, 0, "应测总人数须至少为 1 人"),
    ],
)
def test_counts_that_cannot_be_are_refused(k: int, n: int, population: int | None, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        interval(k, n, population)


def test_four_quarters_are_one_sample_without_a_population() -> None:
    found = pooled([(13, 15), (12, 15), (14, 15), (13, 15)])
    assert (found.estimate, found.effective_n) == (interval(52, 60).estimate, 60)
    assert found.low == interval(52, 60).low and "13÷15＋12÷15＋14÷15＋13÷15" in found.steps[0]


@pytest.mark.parametrize("waves", [[], [(1, 2)] * 5])
def test_no_or_more_than_four_quarters_are_refused(waves: list[tuple[int, int]]) -> None:
    with pytest.raises(InputRefused, match="一至四个季度"):
        pooled(waves)


def test_a_quarter_that_cannot_be_is_refused_before_it_hides_in_the_sum() -> None:
    with pytest.raises(InputRefused, match="多于答卷数"):
        pooled([(16, 15), (1, 15)])
