"""A rule that people wrote in their own words is kept in those of the program, and shown in theirs again."""

from __future__ import annotations

import pytest

from okr_desk.errors import InputRefused
from okr_desk.i18n import using
from okr_desk.rules import library, rule_words, usual_rule
from okr_desk.scoring.rule_shapes import SHAPES
from okr_desk.terms import RuleKind

PAIRS = [
    ("linear", "直线计分"),
    ("linear b=30 t=36 cap=1.2", "直线计分 基线=30 目标=36 封顶倍数=1.2"),
    ("ratio t=100 direction=down", "比例计分 目标=100 方向=下降"),
    ("per-point rounding=ceil", "按百分点扣分 取整=向上取整"),
    ("deduct each=0.5,1 cap=2,3", "按次扣分 每次=0.5,1 上限=2,3"),
    ("ladder bands=90:3,80:2", "分档计分 分档=90:3,80:2"),
    ("range tol=1", "区间计分 允许相差=1"),
    ("range lo=60 a=95 b=100 hi=105", "区间计分 零分下限=60 满分下限=95 满分上限=100 零分上限=105"),
    ("dual N=12 form=product gate=60", "场次×满意度 场次=12 算法=乘积 满意度门槛=60"),
    ("bonus each=1.5 cap=3", "加分 每次=1.5 上限=3"),
    ("rank table=5,4,3", "按名次计分 名次分=5,4,3"),
    ("to-first max=6", "与第一名比 满分=6"),
    ("votes values=100,85", "票决计分 各档分=100,85"),
    ("anchors points=60:0,85:5 full=4", "折线计分 折点=60:0,85:5 满分=4"),
    ("yesno", "是否计分"),
    ("", ""),
]


@pytest.mark.parametrize(("kept", "said"), PAIRS)
def test_kept_and_said_are_the_same_rule(kept: str, said: str) -> None:
    assert rule_words.spoken(kept) == said
    assert rule_words.canonical(said) == rule_words.canonical(kept) == kept
    assert rule_words.spoken(said) == said


@pytest.mark.parametrize(("kept", "said"), PAIRS)
def test_another_language_shows_it_as_it_is_kept(kept: str, said: str) -> None:
    with using("en"):
        assert rule_words.spoken(kept) == kept and rule_words.canonical(said) == kept


@pytest.mark.parametrize("kind", RuleKind)
def test_every_parameter_of_every_kind_has_a_name_of_its_own(kind: RuleKind) -> None:
    names = rule_words._names(kind)
    assert {key.word for key in SHAPES[kind].keys} <= set(names)
    assert len(set(names.values())) == len(names)


def test_the_seed_and_the_rules_to_begin_with_are_written_as_they_are_kept() -> None:
    rows = [one.usual_rule for one in library.seed()] + list(usual_rule.STARTS)
    assert [row for row in rows if rule_words.canonical(row) != row] == []
    assert {row.split()[0] for row in usual_rule.STARTS} == set(RuleKind)


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ("按次扣分　每次＝０.５", "deduct each=0.5"),
        ("deduct 每次=0.50", "deduct each=0.5"),
        ("按百分点扣分 rounding=向上取整", "per-point rounding=ceil"),
        ("区间计分 tol=1", "range tol=1"),
        ("直线计分 未知=1", "linear 未知=1"),
    ],
)
def test_both_ways_may_be_mixed(row: str, kept: str) -> None:
    assert rule_words.canonical(row) == kept


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("看情况", "没有“看情况”这种规则"),
        ("每次=1", "请先写规则的种类"),
        ("按次扣分 每次=1 each=2", "each 写了两次"),
        ("按次扣分 每次=很多", "不是可用的数字"),
        ("按百分点扣分 取整=四舍五入", "rounding 只能填"),
    ],
)
def test_what_cannot_be_read_is_refused(row: str, sentence: str) -> None:
    with pytest.raises(InputRefused, match=sentence):
        rule_words.canonical(row)
