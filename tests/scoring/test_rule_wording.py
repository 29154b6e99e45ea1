"""A rule row reads as an official would say it; what differs from branch to branch is named, not made up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.scoring import rule_text
from okr_desk.scoring.rule_wording import wording
from okr_desk.terms import RuleKind

D = Decimal


@pytest.mark.parametrize(
    ("row", "maximum", "said"),
    [
        ("linear", 4, "基线→目标值，直线计4分"),
        ("linear b=72 t=85", 4, "72→85，直线计4分"),
        ("linear b=12 t=6 cap=1.2", 6, "12→6，直线计6分，最高为满分的1.2倍"),
        ("ratio", 8, "达到目标值计8分，不足的按比例"),
        ("ratio t=5 direction=down", 3, "不超过5计3分，超过的按比例"),
        ("deduct each=0.5", 5, "5分，每次扣0.5分，扣完为止"),
        ("deduct each=1,2 cap=2,4", 6, "6分，每次扣1、2分，最多扣2、4分"),
        ("per-point t=90 rounding=ceil", 25, "达到90计25分，每低1个百分点扣1分（向上取整）"),
        ("per-point rounding=floor each=0.5", 4, "达到目标值计4分，每低1个百分点扣0.5分（向下取整）"),
        ("ladder bands=85:6,95:10,90:8", 10, "达到95计10分，达到90计8分，达到85计6分，其余0分"),
        ("bonus each=15", 12, "每次加15分，最多12分"),
        ("bonus", 3, "同一事项取最高一级，最多3分"),
        ("rank table=60,57,54", 60, "第1名起依次计60、57、54分"),
        ("to-first", 6, "第一名计6分，其余按比例"),
        ("range lo=2 a=5 b=6 hi=12", 1, "5至6计1分，到2或12计0分"),
        ("range tol=1", 3, "等于目标值计3分，相差1计0分，其间按比例"),
        ("dual N=12 form=product", 10, "10分×场次÷12×满意度，满意度低于60计0分"),
        ("dual", 4, "场次达到目标值且满意计4分，场次占0.4"),
        ("votes values=100,85,70,50", 100, "各档票依次计100、85、70、50分，取平均"),
        ("anchors points=60:0,75:60,85:100", 100, "60计0分，75计60分，85计100分，其间按直线"),
        ("yesno", 2, "完成计2分，未完成0分"),
        ("", 2, "还没有计分规则"),
    ],
)
def test_each_rule_in_words(row: str, maximum: int, said: str) -> None:
    assert wording(row, D(maximum)) == said


def test_the_lines_of_a_branch_take_the_place_of_their_names() -> None:
    """The example of the brief: 到会率 72 → 85, 4 points (domain 1.4, B08)."""
    assert wording("linear", D(4), D(72), D(85)) == "72→85，直线计4分"
    assert wording("linear t=90", D(4), D(72), D(85)) == "72→90，直线计4分"
    assert wording("range tol=1", D(3), None, D(5)) == "等于5计3分，相差1计0分，其间按比例"


@pytest.mark.parametrize("kind", RuleKind)
def test_no_kind_is_left_without_words(kind: RuleKind) -> None:
    values = rule_text.SHAPES[kind].values
    row = " ".join(word for word in rule_text.example(kind).split() if word.partition("=")[0] not in values)
    assert wording(row, D(10))


@pytest.mark.parametrize("row", ["直线", "ladder", "deduct each=两次", "per-point t=90"])
def test_what_cannot_be_read_is_refused(row: str) -> None:
    with pytest.raises(InputRefused):
        wording(row, D(4))
