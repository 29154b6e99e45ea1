"""A usual rule can be taken over by a scheme, is refused in one sentence, and reads as one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules import library, rule_words, usual_rule
from okr_desk.rules.indicators import IndicatorDraft, check_indicator
from okr_desk.scoring.rule_formula import formula
from okr_desk.scoring.rule_text import example, words_of
from okr_desk.terms import Dimension, Direction, RuleKind, label

D = Decimal
PLAIN = IndicatorDraft("B08", "党员到会率", "%", Direction.UP, Dimension.BASIC)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("per-point t=90 each=2 rounding=按比例", "按百分点扣分：达到 90%计满分，每低 1 个百分点扣 2 分"),
        ("直线计分 b=30", "直线计分：得分＝满分×（实绩－30）÷（目标值－30）"),
        ("", ""),
    ],
)
def test_a_rule_reads_as_the_sum_that_is_printed_however_it_was_typed(row: str, words: str) -> None:
    said = usual_rule.in_words(row)
    assert said.startswith(words) and said == (formula(rule_words.canonical(row)) if row else "")


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
