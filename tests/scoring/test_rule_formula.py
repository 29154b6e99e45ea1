"""Rules in words: each kind says what a pencil needs, and what it says gives the points that the rule gives."""

from __future__ import annotations

import pytest

from okr_desk.errors import InputRefused
from okr_desk.scoring import rule_text
from okr_desk.scoring.rule_formula import formula
from okr_desk.scoring.rule_shapes import SHAPES
from okr_desk.terms import RuleKind, label


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("linear", "直线计分：得分＝满分×（实绩－基线）÷（目标值－基线），不低于 0 分，最高计满分"),
        ("linear b=0 cap=1.2", "直线计分：得分＝满分×（实绩－0）÷（目标值－0），不低于 0 分，最高计满分的 1.2 倍"),
        ("ratio", "比例计分：得分＝满分×实绩÷目标值，最高计满分"),
        ("ratio t=100", "比例计分：得分＝满分×实绩÷100，最高计满分"),
        ("ratio direction=down", "比例计分：得分＝满分×目标值÷实绩，最高计满分"),
        ("range tol=1", "区间计分：等于目标计满分，与目标相差 1 及以上计 0 分，其间按比例"),
        ("range lo=2 a=5 b=6 hi=12", "区间计分：5 至 6 计满分，到 2 或 12 计 0 分，其间按比例"),
        (
            "ladder bands=90:8,95:10,85:6",
            "分档计分：95 及以上计 10 分，90 及以上计 8 分，85 及以上计 6 分，其余计 0 分"
            "（分数线含本数，按未取整的数比较）",
        ),
        ("deduct each=0.5", "按次扣分：满分减去每次扣 0.5 分×次数，扣完为止"),
        ("deduct each=1,2 cap=2,4", "按次扣分：满分减去每次扣 1、2 分×次数，各类最多扣 2、4 分，扣完为止"),
        (
            "per-point rounding=ceil",
            "按百分点扣分：达到目标计满分，每低 1 个百分点扣 1 分，不足 1 个百分点按 1 个计（向上取整），扣完为止",
        ),
        (
            "per-point t=90 rounding=floor each=0.5",
            "按百分点扣分：达到 90%计满分，每低 1 个百分点扣 0.5 分，不足 1 个百分点不计（向下取整），扣完为止",
        ),
        ("bonus each=15", "加分：每次加 15 分，最多加到本项分值"),
        ("bonus cap=3", "加分：同一事项只取最高的一次，不累加，不同事项相加，最多加 3 分"),
        (
            "bonus levels=1,2,3",
            "加分：同一事项只取最高的一次（每项加 1、2、3 分），不累加，不同事项相加，最多加到本项分值",
        ),
        (
            "dual form=product",
            "场次×满意度：得分＝满分×（场次÷目标场次，不超过 1）×满意度÷100，满意度低于 60 不计分（正好 60 的计分）",
        ),
        (
            "dual N=12",
            "场次×满意度：得分＝满分×（场次÷12，不超过 1）的 0.4 次方×（满意度÷100）的 0.6 次方",
        ),
        ("yesno", "是否计分：完成计满分，未完成计 0 分"),
        (
            "rank table=60,57 direction=down",
            "按名次计分：同类支部由低到高排，从第 1 名起依次计 60、57 分，以后计 0 分；"
            "并列的同取前面的名次，其后名次空出",
        ),
        ("to-first", "与第一名比：得分＝满分×实绩÷同类支部第一名的实绩"),
    ],
)
def test_a_rule_in_words(row: str, said: str) -> None:
    assert formula(row) == said


@pytest.mark.parametrize("kind", list(RuleKind), ids=str)
def test_every_kind_can_be_said(kind: RuleKind) -> None:
    """The examples hold values too; what is left are the parameters, as a scheme keeps them."""
    words = rule_text.words_of(rule_text.example(kind).split())
    row = " ".join(
        (kind.value, *(f"{k}={v}" for k, v in words.items() if k != "kind" and k not in SHAPES[kind].values))
    )
    said = formula(row)
    assert said.startswith(label(kind) + "：") and "{" not in said


@pytest.mark.parametrize("row", ["", "nonsense", "ladder", "per-point", "linear b=x"])
def test_what_cannot_be_read_is_refused(row: str) -> None:
    with pytest.raises(InputRefused):
        formula(row)
