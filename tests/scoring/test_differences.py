"""Change between two rounds: Newcombe's published intervals, the verdicts, and pairs."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from okr_desk.errors import InputRefused
from okr_desk.scoring.differences import difference, paired
from okr_desk.scoring.intervals import interval
from okr_desk.scoring.likert import likert
from okr_desk.scoring.rounding import half_up
from okr_desk.terms import SurveyChange

D = Decimal
AT_95 = D("0.95")


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:873, table II: method 10
        ((56, 70), (48, 80), "0.0524", "0.3339"),
        ((9, 10), (3, 10), "0.1705", "0.8090"),
        ((6, 7), (2, 7), "0.0582", "0.8062"),
        ((5, 56), (0, 29), "-0.0381", "0.1926"),
        ((0, 10), (0, 20), "-0.1611", "0.2775"),
        ((0, 10), (0, 10), "-0.2775", "0.2775"),
        ((10, 10), (0, 20), "0.6791", "1"),
        ((10, 10), (0, 10), "0.6075", "1"),
    ],
)
def test_published_differences(now: tuple[int, int], before: tuple[int, int], low: str, high: str) -> None:
    found = difference(interval(*now, level=AT_95), interval(*before, level=AT_95))
    assert (half_up(found.low, 4), half_up(found.high, 4)) == (D(low), D(high))


rounds = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)
@given(rounds, rounds)
def test_the_interval_is_that_of_statsmodels(now: tuple[int, int], before: tuple[int, int]) -> None:
    found = difference(interval(*now), interval(*before))
    low, high = confint_proportions_2indep(*now, *before, method="newcomb", alpha=0.1)
    assert isclose(found.low, low, abs_tol=1e-10) and isclose(found.high, high, abs_tol=1e-10)


@settings(deadline=None)
@given(rounds, rounds)
def test_the_pooled_test_is_that_of_statsmodels(now: tuple[int, int], before: tuple[int, int]) -> None:
    found = difference(interval(*now), interval(*before))
    if found.z is None or found.p is None:
        assert {now[0] == 0, before[0] == 0} == {True} or (now[0], before[0]) == (now[1], before[1])
        return
    z, p = proportions_ztest([now[0], before[0]], [now[1], before[1]])
    assert isclose(found.z, z, rel_tol=1e-9, abs_tol=1e-12) and isclose(found.p, p, rel_tol=1e-7, abs_tol=1e-80)


@given(rounds, rounds)
def test_turning_the_rounds_round_turns_the_sign(now: tuple[int, int], before: tuple[int, int]) -> None:
    one, other = difference(interval(*now), interval(*before)), difference(interval(*before), interval(*now))
    assert abs(one.low + other.high) < D("1E-24") and abs(one.high + other.low) < D("1E-24")
    assert -1 <= one.low <= one.difference <= one.high <= 1


@pytest.mark.parametrize(
    ("now", "before", "change", "said"),
    [
        # methods, decision 3: 82 % → 86 % of 100 answers proves nothing
        ((86, 100), (82, 100), SurveyChange.UNCONFIRMED, "包含 0：变化不能确认"),
        ((95, 100), (82, 100), SurveyChange.ROSE, "全在 0 以上：提升"),
        ((70, 100), (82, 100), SurveyChange.FELL, "全在 0 以下：下降"),
    ],
)
def test_the_interval_decides(now: tuple[int, int], before: tuple[int, int], change: SurveyChange, said: str) -> None:
    found = difference(interval(*now), interval(*before))
    assert found.change is change and any(said in step for step in found.steps)


def test_the_steps_can_be_done_again() -> None:
    assert difference(interval(56, 70), interval(48, 80)).steps == (
        "本次（1）：0.8，区间 0.710871 至 0.866802，m＝70",
        "基线（0）：0.6，区间 0.508062 至 0.685396，m＝80",
        "置信水平 90%，z≈1.644854",
        "差值 d＝0.8－0.6＝0.2",
        "下限＝d－√（（p1－L1）²＋（U0－p0）²）≈0.076564",
        "上限＝d＋√（（U1－p1）²＋（p0－L0）²）≈0.313645",
        "合并比率的两样本检验：z≈2.650172，双侧 p≈0.008045（供参考，判断以区间为准）",
        "区间 0.076564 至 0.313645 全在 0 以上：提升",
        "取 6 位小数只为便于阅读，计算和比较都用未取整的数。",
    )


def test_two_censuses_differ_by_what_they_differ() -> None:
    found = difference(interval(41, 50, 50), interval(40, 50, 50))
    assert (found.low, found.high, found.z, found.p) == (D("0.02"), D("0.02"), None, None)
    assert found.change is SurveyChange.ROSE and "（普查）" in found.steps[0]


def test_scores_differ_in_points_and_have_no_test_of_rates() -> None:
    found = difference(likert((50, 8, 2, 0, 0)).score, likert((32, 20, 5, 2, 1)).score, rates=False)
    assert found.change is SurveyChange.ROSE and 9 < found.difference < 11 and found.z is None
    assert found.explained.value == found.difference


def test_rounds_of_different_levels_are_refused() -> None:
    with pytest.raises(InputRefused, match="置信水平不同"):
        difference(interval(5, 10), interval(5, 10, level=AT_95))


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:2635, method 10
        ((36, 12, 2, 0), "0.0569", "0.3404"),
        ((36, 14, 0, 0), "0.1528", "0.4167"),
        # Fagerland, Lydersen, Laake, chapter 8: Bentur et al. 2009, published to three places
        ((1, 1, 7, 12), "-0.5069", "-0.0256"),
    ],
)
def test_published_pairs(table: tuple[int, int, int, int], low: str, high: str) -> None:
    found = paired(*table, AT_95)
    assert (half_up(found.low, 4), half_up(found.high, 4)) == (D(low), D(high))


tables = st.tuples(*[st.integers(0, 60)] * 4).filter(any)


@given(tables)
def test_pairs_keep_their_bounds_and_their_mirror(table: tuple[int, int, int, int]) -> None:
    both, gained, lost, neither = table
    found, turned = paired(*table), paired(both, lost, gained, neither)
    assert -1 <= found.low <= found.difference <= found.high <= 1
    assert abs(found.low + turned.high) < D("1E-24") and found.p == turned.p


@settings(deadline=None)
@given(tables)
def test_the_exact_test_of_pairs_is_that_of_statsmodels(table: tuple[int, int, int, int]) -> None:
    both, gained, lost, neither = table
    if gained + lost:
        expected = mcnemar([[both, gained], [lost, neither]], exact=True).pvalue
        assert isclose(paired(*table).p or 0, expected, rel_tol=1e-9)


def test_pairs_tell_their_way() -> None:
    found = paired(36, 12, 2, 0, AT_95)
    assert found.change is SurveyChange.ROSE and found.z is None and half_up(found.p or D(0), 4) == D("0.0129")
    assert found.steps[0] == "同一批 50 人两次作答：都满意 36 人，转为满意 12 人，转为不满意 2 人，都不满意 0 人"
    assert found.steps[4] == "差值 d＝（12－2）÷50＝0.2"


def test_pairs_see_what_independent_rounds_do_not() -> None:
    """40 of 60 and 46 of 60: nobody turned away, so the change is sure only when the same people were asked."""
    assert paired(40, 6, 0, 14).change is SurveyChange.ROSE
    assert difference(interval(46, 60), interval(40, 60)).change is SurveyChange.UNCONFIRMED


@pytest.mark.parametrize(("table", "hint"), [((0, 0, 0, 0), "至少为 1"), ((1, -1, 0, 0), "不能为负数")])
def test_pairs_that_cannot_be_are_refused(table: tuple[int, int, int, int], hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        paired(*table)
