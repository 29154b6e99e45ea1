"""Activity × satisfaction: the table and the gates of methods A10, the product of domain 1.3, and their properties."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.activity import Dual, activity, unsurveyed
from okr_desk.scoring.points import points
from okr_desk.scoring.points_result import Held
from okr_desk.scoring.rounding import half_up
from okr_desk.terms import DualForm, PointsState, SurveyVerdict

D = Decimal


@pytest.mark.parametrize(
    ("done", "satisfaction", "expected"),
    [
        # methods A10, the table
        ("1", ".5", ".659754"),
        (".5", "1", ".757858"),
        ("1", ".2", ".380731"),
        (".2", "1", ".525306"),
        ("0", "1", "0"),
        ("1.8", ".5", ".659754"),
        ("1", "0", "0"),
    ],
)
def test_the_geometric_mean(done: str, satisfaction: str, expected: str) -> None:
    assert half_up(activity(D(done), D(satisfaction)).score, 6) == D(expected)


@pytest.mark.parametrize(
    ("satisfaction", "verdict", "score", "provisional", "said"),
    [
        ("0.9", None, "0.938740", False, "0.9^0.6"),
        ("0.9", SurveyVerdict.REACHED, "0.938740", False, "0.9^0.6"),
        ("0.9", SurveyVerdict.MISSED, "0.59", False, "最高计 0.59"),  # methods A10, gate
        ("0.2", SurveyVerdict.MISSED, "0.380731", False, "不变"),
        ("0.9", SurveyVerdict.OPEN, "0.938740", True, "标为暂定"),
        ("0.9", SurveyVerdict.NOT_JUDGED, "0.938740", True, "不予判定"),
    ],
)
def test_the_gate(satisfaction: str, verdict: SurveyVerdict | None, score: str, provisional: bool, said: str) -> None:
    found = activity(D(1), D(satisfaction), verdict=verdict)
    assert (half_up(found.score, 6), found.provisional) == (D(score), provisional)
    assert any(said in step for step in found.steps)
    assert found.explained.value == found.score


def test_the_steps_can_be_done_again() -> None:
    assert activity(D("1.8"), D("0.5")).steps == (
        "得分＝活动完成比例^权重×满意度^（1－权重），活动的权重为 0.4",
        "活动完成比例 1.8 超过 1，多办不加分，按 1 计。",
        "1^0.4×0.5^0.6≈0.659754",
        "取 6 位小数只为便于阅读，计算和比较都用未取整的数。",
    )


def test_without_a_survey_the_lower_limit_counts_once_then_nothing() -> None:
    """Methods A10, "no valid survey"."""
    first, second = unsurveyed(D(1), D("0.5"), False), unsurveyed(D(1), D("0.5"), True)
    never = unsurveyed(D(1), None, False)
    assert half_up(first.score, 6) == D(".659754") and "下限 0.5" in first.steps[0]
    assert (second.score, never.score) == (0, 0) and "按 0 计" in second.steps[0] and "按 0 计" in never.steps[0]
    assert first.provisional and second.provisional and never.provisional


@pytest.mark.parametrize(
    ("done", "satisfaction", "weight", "hint"),
    [
        ("-0.1", "0.5", "0.4", "activity 不能为负数"),
        ("1", "-0.5", "0.4", "satisfaction 不能为负数"),
        ("1", "85", "0.4", "0 至 1 的数"),
        ("1", "NaN", "0.4", "不是可用的数字"),
        ("1", "0.5", "0", "须大于 0、小于 1"),
        ("1", "0.5", "1", "须大于 0、小于 1"),
    ],
)
def test_what_is_no_share_is_refused(done: str, satisfaction: str, weight: str, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        activity(D(done), D(satisfaction), D(weight))


@pytest.mark.parametrize(
    ("held", "satisfaction", "expected"),
    [("12", "91.4", "9.14"), ("20", "58", "0"), ("6", "95", "4.75"), ("12", "60", "6"), ("12", "59.99", "0")],
)
def test_the_product(held: str, satisfaction: str, expected: str) -> None:
    """Domain 1.3 "DUAL"; the gate itself is passed at 60."""
    found = points(Dual(D(10), D(12), DualForm.PRODUCT), Held(D(held), D(satisfaction)))
    assert (found.points, found.maximum) == (D(expected), 10)
    assert found.steps[0].startswith("得分＝满分×场次完成比例×满意度÷100")


def test_the_product_tells_what_it_counts() -> None:
    found = points(Dual(D(10), D(12), DualForm.PRODUCT, gate=D(50)), Held(D(20), D(58)))
    assert (found.points, found.steps[1:]) == (
        D("5.8"),
        ("办了 20 场，应办 12 场；满意度 58。", "10×12÷12×58÷100＝5.8"),
    )


def test_the_product_says_that_it_does_not_look_at_the_verdict() -> None:
    found = points(Dual(D(10), D(12), DualForm.PRODUCT), Held(D(12), D(90), SurveyVerdict.MISSED))
    assert (found.points, found.provisional) == (9, False) and "乘积形式只看满意度，不看判定。" in found.steps


def test_the_mean_is_the_default_and_carries_its_gate_and_its_mark() -> None:
    rule = Dual(D(10), D(12))
    found = points(rule, Held(D(12), D(50)))
    assert found.points is not None and half_up(found.points, 5) == D("6.59754")
    assert found.state is PointsState.SCORED and not found.provisional
    assert points(rule, Held(D(20), D(90), SurveyVerdict.MISSED)).points == D("5.9")
    assert points(rule, Held(D(12), D(90), SurveyVerdict.OPEN)).provisional
    assert points(Dual(D(10), D(12), weight=D("0.5")), Held(D(12), D(25))).points == 5
    assert found.steps[0] == "办了 12 场，应办 12 场；满意度 50。"
    named = points(rule, Held(D(12), D(50), source="F02 群众满意度得分"))
    assert named.steps[0] == "办了 12 场，应办 12 场；满意度取“F02 群众满意度得分”，为 50。"


@pytest.mark.parametrize(
    ("target", "form", "weight", "gate", "hint"),
    [
        ("0", DualForm.MEAN, None, None, "N 须大于 0"),
        ("-1", DualForm.PRODUCT, None, None, "N 须大于 0"),
        ("12", DualForm.PRODUCT, "0.4", None, "weight 只用于 form=mean"),
        ("12", DualForm.MEAN, None, "60", "gate 只用于 form=product"),
        ("12", DualForm.PRODUCT, None, "101", "gate 是 0 至 100 分"),
        ("12", DualForm.MEAN, "1", None, "须大于 0、小于 1"),
    ],
)
def test_a_dual_rule_that_is_none_is_refused(
    target: str, form: DualForm, weight: str | None, gate: str | None, hint: str
) -> None:
    with pytest.raises(InputRefused, match=hint):
        Dual(D(10), D(target), form, None if weight is None else D(weight), None if gate is None else D(gate))


@pytest.mark.parametrize(
    ("held", "hint"),
    [
        (Held(D(-1), D(90)), "n 不能为负数"),
        (Held(D(1), D(101)), "S 是 0 至 100 分的满意度"),
        (Held(D(1), D(-1)), "S 不能为负数"),
        (D(1), "不相配"),
    ],
)
def test_a_value_outside_its_scale_is_refused(held: Held | D, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        points(Dual(D(10), D(12)), held)


shares = st.decimals(0, 1, places=3)
weights = st.decimals("0.05", "0.95", places=2)


@given(shares, shares, weights)
def test_between_the_two_and_never_above_what_satisfaction_allows(a: D, s: D, weight: D) -> None:
    """Methods A10, properties: min ≤ P ≤ max, P(x, x) = x, zero in either gives zero, P ≤ s^(1−w)."""
    found = activity(a, s, weight).score
    assert min(a, s) <= found <= max(a, s)
    assert activity(s, s, weight).score == s
    assert activity(D(0), s, weight).score == activity(a, D(0), weight).score == 0
    assert found <= activity(D(9), s, weight).score


@given(shares, shares, shares, weights)
def test_more_activity_or_satisfaction_never_scores_less(a: D, s: D, other: D, weight: D) -> None:
    low, high = sorted((a, other))
    assert activity(low, s, weight).score <= activity(high, s, weight).score
    assert activity(s, low, weight).score <= activity(s, high, weight).score


@given(shares, shares, shares, weights)
def test_not_asking_is_never_better_than_asking(a: D, low: D, rise: D, weight: D) -> None:
    """Methods A10: missing can never beat surveyed, when the survey lies at or above its lower limit."""
    surveyed = activity(a, min(low + rise, D(1)), weight).score
    assert unsurveyed(a, low, False, weight).score <= surveyed
    assert unsurveyed(a, low, True, weight).score == 0
