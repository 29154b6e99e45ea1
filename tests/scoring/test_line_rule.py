"""A rule in a scheme leaves to the line and to the branch what is theirs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.scoring.line_rule import Needs, line_rule, needs, rule_kind
from okr_desk.scoring.points import points
from okr_desk.terms import RuleKind

D = Decimal


@pytest.mark.parametrize(
    ("row", "maximum", "baseline", "target", "value", "expected"),
    [
        ("linear", "10", "30", "36", "34.5", "7.5"),  # domain 1.3 LIN↑
        ("linear", "6", "12", "6", "9", "3"),  # domain 1.3 LIN↓
        ("ratio", "8", None, "8", "7", "7"),  # domain 1.3 RATIO
        ("ratio t=8", "8", None, None, "7", "7"),
        ("per-point rounding=ceil", "25", None, "90", "87.4", "22"),  # domain 1.3 POINT-DED
        ("ladder bands=95:10,90:8,85:6", "10", None, None, "89.96", "6"),  # domain 1.3 TIER
        ("range tol=1", "3", None, "5", "5", "3"),  # domain 1.4 B10: plan p, tolerance ±1
        ("range tol=2", "3", None, "5", "6", "1.5"),
        ("range tol=1", "3", None, "5", "7", "0"),
    ],
)
def test_the_branch_and_the_line_complete_the_rule(
    row: str, maximum: str, baseline: str | None, target: str | None, value: str, expected: str
) -> None:
    start, aim = (None if one is None else D(one) for one in (baseline, target))
    assert points(line_rule(row, D(maximum), start, aim), D(value)).points == D(expected)


def test_a_bonus_is_capped_by_the_line() -> None:
    assert points(line_rule("bonus each=15", D(12), None, None), D(2)).points == 12  # domain 1.3 BONUS
    assert points(line_rule("bonus", D(3), None, None), (D(1), D(2))).points == 2  # the highest only, never added


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("linear", Needs(True, True)),
        ("linear b=0", Needs(False, True)),
        ("ratio", Needs(False, True)),
        ("ratio t=100", Needs(False, False)),
        ("dual", Needs(False, True)),
        ("dual N=12", Needs(False, False)),
        ("range tol=1", Needs(False, True)),
        ("range lo=1 a=2 b=3 hi=4", Needs(False, False)),
        ("yesno", Needs(False, False)),
    ],
)
def test_what_a_rule_takes_from_the_branch(row: str, wanted: Needs) -> None:
    assert needs(row) == wanted


@pytest.mark.parametrize(
    ("row", "maximum", "baseline", "target", "sentence"),
    [
        ("", "4", None, None, "还没有写计分规则"),
        ("直线", "4", "1", "2", "没有“直线”这种规则"),
        ("linear", "4", None, "90", "还没有基线"),
        ("linear", "4", "60", None, "还没有目标值"),
        ("linear", "4", "90", "90", "目标 t 与基线 b 相同"),  # methods B2
        ("ladder bands=95:10,90:8", "12", None, None, "规则最高可得 10 分，与这一项的分值 12 分不符"),
        ("ladder bands=95:10,95:8", "10", None, None, "bands"),
        ("range tol=很多", "3", None, "5", "tol"),
        ("per-point", "4", None, "100", "rounding"),
    ],
)
def test_what_cannot_be_scored_is_refused_with_its_reason(
    row: str, maximum: str, baseline: str | None, target: str | None, sentence: str
) -> None:
    start, aim = (None if one is None else D(one) for one in (baseline, target))
    with pytest.raises(InputRefused) as refused:
        line_rule(row, D(maximum), start, aim)
    assert sentence in refused.value.sentence + refused.value.field


def test_the_kind_of_a_rule_that_cannot_be_read_is_unknown() -> None:
    assert rule_kind("是否计分") is RuleKind.YES_NO and rule_kind("per-point rounding=ceil") is RuleKind.PER_POINT
    assert rule_kind("") is None and rule_kind("nonsense") is None
