"""Verdicts on a target: the counts of methods A5, equality, too few answers, and how many more would decide."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.intervals import interval, pooled
from okr_desk.scoring.likert import VALUES
from okr_desk.scoring.verdicts import judge, judge_rate, judge_score
from okr_desk.terms import SurveyVerdict

D = Decimal
REACHED, MISSED, OPEN, NOT_JUDGED = SurveyVerdict
COUNTS = (32, 20, 5, 2, 1)


@pytest.mark.parametrize(
    ("k", "n", "verdict", "needed"),
    [
        # methods A5: n = 60 → 56 / 46, n = 100 → 91 / 79, n = 300 → 266 / 244
        (56, 60, REACHED, 56),
        (55, 60, OPEN, 56),
        (47, 60, OPEN, 56),
        (46, 60, MISSED, 56),
        (91, 100, REACHED, 91),
        (90, 100, OPEN, 91),
        (79, 100, MISSED, 91),
        (80, 100, OPEN, 91),
        (266, 300, REACHED, 266),
        (244, 300, MISSED, 266),
        (15, 15, OPEN, None),
        (14, 14, NOT_JUDGED, None),
    ],
)
def test_the_counts_of_the_methods(k: int, n: int, verdict: SurveyVerdict, needed: int | None) -> None:
    found = judge_rate(k, n, D("0.85"))
    assert (found.verdict, found.needed) == (verdict, needed)


def test_a_census_reaches_a_target_by_equality() -> None:
    assert judge_rate(17, 20, D("0.85"), 20).verdict is REACHED
    missed = judge_rate(16, 20, D("0.85"), 20)
    assert missed.verdict is MISSED and missed.needed == 17
    assert missed.steps[-1] == "普查结果与目标 0.85 直接比较：未达成。"


@pytest.mark.parametrize(
    ("k", "n", "last"),
    [
        (56, 60, ("下限 0.859552 不低于目标 0.85：达成（有统计支持）。",)),
        (46, 60, ("上限 0.843766 低于目标 0.85：未达成（有统计支持）。",)),
        (
            54,
            60,
            (
                "目标 0.85 落在区间 0.81808 至 0.947403 之内，答卷 60 份：无法判定。",
                "照目前的结果，大约还差 78 份答卷才能判定；也可合并近四个季度一并看。",
            ),
        ),
        (51, 60, ("结果恰好等于目标，再多的答卷也难以判定；可合并近四个季度一并看。",)),
    ],
)
def test_the_last_word(k: int, n: int, last: tuple[str, ...]) -> None:
    assert judge_rate(k, n, D("0.85")).steps[-len(last) :] == last


def test_the_answers_that_are_missing_decide() -> None:
    """54 of 60 is .90; z²·.85·.15 ÷ .05² = 137.98, so 138 answers at .90 and 78 more than 60."""
    found = judge_rate(54, 60, D("0.85"))
    assert found.more == 78
    assert interval(1242, 1380).low > D("0.85") and judge_rate(124, 138, D("0.85")).verdict is OPEN
    assert judge_rate(125, 138, D("0.85")).verdict is REACHED


def test_in_a_known_population_fewer_are_missing() -> None:
    assert judge_rate(54, 60, D("0.85"), 200).more == 22
    assert judge_rate(54, 60, D("0.85"), 10**6).more == 78


def test_too_few_answers_give_a_count_and_no_rate() -> None:
    found = judge_rate(10, 12, D("0.85"))
    assert found.steps == (
        "答卷 12 份，满意 10 份。",
        "结论：不予判定。答卷不足 15 份，只报份数，不报百分比，不予判定。",
        "至少还差 3 份答卷。",
    )
    assert found.more == 3 and found.explained.value == found.interval.estimate


def test_an_obstacle_is_named() -> None:
    found = judge_rate(60, 60, D("0.85"), obstacle="村民组没有测。")
    assert (found.verdict, found.more) == (NOT_JUDGED, None)
    assert found.steps[-1] == "结论：不予判定。村民组没有测。"


def test_a_score_is_judged_on_its_own_scale() -> None:
    """Likert by hand in test_likert: 86, interval 81.1468 to 89.7615."""
    assert judge_score(COUNTS, D("81.1")).verdict is REACHED
    assert judge_score(COUNTS, D("89.8")).verdict is MISSED
    found = judge_score(COUNTS, D("82.8"))
    assert found.verdict is OPEN and found.needed is not None
    # p = .828 + 1.644854·√(.828·.172 ÷ 175.73) = .874826
    assert abs(found.needed - D("87.4826")) < D("0.0001")
    assert found.steps[-3] == "按现有份数和离散程度，得分约达到 87.48 才能证明达到 82.8。"


def test_more_answers_of_the_same_kind_decide_on_a_score() -> None:
    found = judge_score(COUNTS, D("82.8"))
    # m needed = z²·.828·.172 ÷ .032² = 376.27, one answer tells 2.9288: 128.5 answers, 69 more
    assert found.more == 69
    assert judge_score(COUNTS, D("82.8"), population=200).more is not None
    assert judge_score(tuple(3 * count for count in COUNTS), D("82.8")).verdict is REACHED
    assert judge_score(COUNTS, D(86)).more is None


def test_a_score_that_no_answers_prove() -> None:
    found = judge_score((20, 0, 0, 0, 0), D("99.9"))
    assert found.verdict is OPEN and found.needed is None
    assert any("即使得分为 100 也不能证明达到 99.9" in step for step in found.steps)
    assert judge_score(COUNTS, D(100)).needed is None


def test_a_census_of_scores_needs_the_target_itself() -> None:
    found = judge_score(COUNTS, D("86"), population=60)
    assert (found.verdict, found.needed) == (REACHED, 86)


def test_a_score_of_few_answers_is_not_judged() -> None:
    found = judge_score((6, 3, 1, 0, 0), D(80))
    assert (found.verdict, found.needed, found.more) == (NOT_JUDGED, None, 5)
    assert found.steps[0] == "有效答卷 10 份。" and len(found.steps) == 3


@pytest.mark.parametrize(("target", "hint"), [("0", "大于 0、不超过 100"), ("101", "同一尺度"), ("NaN", "同一尺度")])
def test_a_target_off_the_scale_is_refused(target: str, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        judge_score(COUNTS, D(target), VALUES)


def test_a_target_in_percent_is_refused() -> None:
    with pytest.raises(InputRefused, match="例如 85% 填"):
        judge_rate(56, 60, D(85))


def test_four_quarters_together_decide_what_one_could_not() -> None:
    """Methods A5: rolling four quarters are the way out of 无法判定."""
    quarters = [(14, 15), (15, 15), (14, 15), (15, 15)]
    assert all(judge_rate(k, n, D("0.85")).verdict is OPEN for k, n in quarters)
    assert judge(pooled(quarters), 60, D("0.85")) is REACHED


@given(st.integers(15, 120), st.data(), st.decimals("0.05", "1", places=2), st.none() | st.integers(1, 200))
def test_one_more_satisfied_answer_never_worsens_a_verdict(
    n: int, data: st.DataObject, target: D, population: int | None
) -> None:
    k = data.draw(st.integers(0, n - 1))
    order = [MISSED, OPEN, REACHED]
    fewer, more = (judge_rate(each, n, target, population) for each in (k, k + 1))
    assert order.index(fewer.verdict) <= order.index(more.verdict)
    assert (fewer.verdict is REACHED) == (fewer.needed is not None and k >= fewer.needed)
    assert (fewer.more is None) or fewer.verdict is OPEN
