"""What a rule refuses reaches people in the words of the fields, never in those of a row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules.rule_sentences import plainly_of
from okr_desk.scoring.line_rule import line_rule

D = Decimal


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("linear", "目标与基线相同，无法计分。请改用“区间计分”，或另填基线。"),
        ("deduct each=-1", "“每次扣分”不能为负数，请改正。"),
        ("bonus each=-1", "“每次加分”不能为负数，请改正。"),
        ("deduct", "“每次扣分”没有填写，请补上。"),
        ("per-point t=90", "“零头怎样算”没有填写，请补上。"),
        ("ratio t=9 tol=1", "“比例计分”里没有“tol”这一项，请删去。"),
        ("range lo=5 a=2 b=3 hi=9", "计 0 分的界限须在满分区间之外，请改正。"),
        (
            "直线",
            "没有“直线”这种规则，可用的有：直线计分、比例计分、按次扣分、按百分点扣分、分档计分、加分、按名次计分、"
            "与第一名比、区间计分、场次×满意度、票决计分、折线计分、是否计分。",
        ),
    ],
)
def test_what_a_row_refuses_is_said_by_its_fields(row: str, sentence: str) -> None:
    with pytest.raises(InputRefused) as refused:
        line_rule(row, D(4), D(7), D(7))
    assert plainly_of(row, refused.value.sentence) == sentence
