"""A usual rule can be taken over by a scheme, is refused in one sentence, and reads as one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules import library, usual_rule
from okr_desk.rules.indicators import IndicatorDraft, check_indicator
from okr_desk.scoring.rule_text import example, words_of
from okr_desk.terms import Dimension, Direction, RuleKind, label

D = Decimal
PLAIN = IndicatorDraft("B08", "党员到会率", "%", Direction.UP, Dimension.BASIC)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("linear", "直线计分：在基线计 0 分，到目标值计满分，其间按比例"),
        ("linear b=30 t=36", "直线计分：在 30 计 0 分，到 36 计满分，其间按比例"),
        ("ratio t=100", "比例计分：满分×现值÷100，不超过满分"),
        ("ratio direction=down", "比例计分：满分×目标值÷现值，不超过满分"),
        ("deduct each=0.5", "按次扣分：每次扣 0.5 分，扣完为止"),
        ("deduct each=1,2", "按次扣分：每次扣 1、2 分，扣完为止"),
        ("per-point rounding=ceil", "按百分点扣分：比目标值每低 1 个百分点扣 1 分（向上取整），扣完为止"),
        ("per-point t=90 each=2 rounding=按比例", "按百分点扣分：比 90 每低 1 个百分点扣 2 分（按比例），扣完为止"),
        ("ladder bands=80:2,90:3", "分档计分：达到 90 计 3 分，达到 80 计 2 分，不到最低一档计 0 分"),
        ("bonus", "加分：同一事项取最高一级，不累加，不超过满分"),
        ("bonus each=1.5", "加分：每次加 1.5 分，不超过满分"),
        ("rank table=60,57", "按名次计分：第 1 名起依次计 60、57 分"),
        ("to-first", "与第一名比：第一名计满分，其余按与第一名的比例"),
        ("range tol=1", "区间计分：等于目标值计满分，相差 1 及以上计 0 分，其间按比例"),
        ("range lo=60 a=95 b=100 hi=105", "区间计分：95 至 100 计满分，到 60 或 105 计 0 分，其间按比例"),
        ("dual", "场次×满意度：满分×场次完成率与满意度的几何平均，场次以目标值为满，多办不加分"),
        (
            "dual N=12 form=product",
            "场次×满意度：满分×场次完成率×满意度，满意度低于 60 计 0 分，场次以 12 场为满，多办不加分",
        ),
        ("ratio t=8 cap=1.2", "比例计分：满分×现值÷8，不超过满分的 1.2 倍"),
        ("rank table=5,4 direction=down", "按名次计分：数值小的在前，第 1 名起依次计 5、4 分"),
        ("deduct each=1,2 cap=3,4", "按次扣分：每次扣 1、2 分，最多扣 3、4 分，扣完为止"),
        ("bonus cap=3", "加分：同一事项取最高一级，不累加，不超过 3 分"),
        ("votes values=100,85", "票决计分：从好到差各档票分别计 100、85 分，按有效票平均"),
        ("anchors points=60:0,85:100", "折线计分：按折点（数值:分值）60:0，85:100 连线"),
        ("yesno", "是否计分：完成计满分，未完成计 0 分"),
        ("直线计分 b=30", "直线计分：在 30 计 0 分，到目标值计满分，其间按比例"),
        ("", ""),
    ],
)
def test_a_rule_reads_as_a_sentence(row: str, words: str) -> None:
    assert usual_rule.in_words(row) == words


@pytest.mark.parametrize("kind", RuleKind)
def test_every_kind_of_rule_has_words(kind: RuleKind) -> None:
    """The example of each, without the value that it judges."""
    values = {"v", "count", "awards", "place", "values", "first", "n", "S", "verdict", "counts"}
    keep = {"values"} if kind is RuleKind.VOTES else set()
    words = words_of(example(kind).split())
    row = " ".join([kind.value, *(f"{k}={v}" for k, v in words.items() if k != "kind" and k not in values - keep)])
    assert usual_rule.in_words(row).startswith(f"{label(kind)}：")


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"usual_rule": "直线"}, "usual_rule", "没有“直线”这种规则"),
        ({"usual_rule": "per-point"}, "usual_rule", "缺少参数 rounding"),
        ({"usual_rule": "linear 30"}, "usual_rule", "键=值"),
        ({"usual_rule": "deduct each=-1"}, "usual_rule", "each"),
        ({"usual_rule": "ladder bands=90:3", "usual_points": D(4)}, "usual_rule", "规则最高可得 3 分"),
        ({"usual_rule": "linear max=5", "usual_points": D(4)}, "usual_rule", "规则最高可得 5 分"),
        ({"usual_rule": "linear b=9 t=9"}, "usual_rule", "目标 t 与基线 b 相同"),
        (
            {"usual_rule": "linear", "usual_baseline": D(90), "usual_target": D(90)},
            "usual_target",
            "目标 t 与基线 b 相同",
        ),
        ({"usual_rule": "ratio", "usual_target": D(0)}, "usual_target", "须大于 0"),
        ({"usual_baseline": D(90), "usual_target": D(80)}, "usual_target", "方向是“上升”，目标却低于基线"),
        ({"usual_points": D(-1)}, "usual_points", "不能为负数"),
        ({"usual_points": D("NaN")}, "usual_points", "不是数字"),
        ({"usual_baseline": D("0.1234567")}, "usual_baseline", "最多保留 6 位小数"),
        ({"computed_from": "台" * 41}, "computed_from", "最多 40 个字"),
        ({"source": "据" * 121}, "source", "最多 120 个字"),
    ],
)
def test_what_no_line_could_be_scored_by_is_refused(more: dict[str, object], field: str, sentence: str) -> None:
    with pytest.raises(InputRefused) as refused:
        check_indicator(replace(PLAIN, **more))  # type: ignore[arg-type]
    assert sentence in refused.value.sentence
    assert refused.value.field == field


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"usual_rule": "linear"},
        {"usual_rule": "linear", "usual_target": D(0)},
        {"usual_rule": "linear", "usual_baseline": D(0)},
        {"usual_rule": "linear max=5"},
        {"usual_rule": "yesno", "usual_baseline": D(1), "usual_target": D(1), "usual_points": D(2)},
        {"usual_rule": "ladder bands=50:3,10:2", "usual_points": D(0)},
        {"usual_rule": "bonus cap=3"},
        {"usual_rule": "votes values=100,85,70,50"},
        {"usual_points": D(3)},
    ],
)
def test_what_is_open_may_stay_open(more: dict[str, object]) -> None:
    check_indicator(replace(PLAIN, **more))  # type: ignore[arg-type]


def test_every_usual_rule_of_the_seed_reads_as_a_sentence() -> None:
    assert [one.code for one in library.seed() if "：" not in usual_rule.in_words(one.usual_rule)] == []
