"""A rule never gives more points for what an indicator calls worse."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.rules import library, rule_direction, usual_rule
from okr_desk.scoring.line_rule import line_rule
from okr_desk.scoring.points import Rule
from okr_desk.terms import Direction

D = Decimal
UP, DOWN = Direction.UP, Direction.DOWN
HIGH, LOW = "指标是越高越好，", "指标是越低越好，"


def made(row: str, points: str = "10") -> Rule:
    return line_rule(row, D(points), D(30), D(36))


@pytest.mark.parametrize(
    ("row", "direction"),
    [
        ("linear", UP),
        ("linear b=12 t=6", DOWN),
        ("anchors points=60:0,85:10", UP),
        ("anchors points=20:0,12:6,8:10", DOWN),
        ("anchors points=8:10,20:0", DOWN),
        ("ladder bands=95:10,90:8,85:6", UP),
        ("ladder bands=0:10,3:6,6:0", DOWN),
        ("ladder bands=-5:10,3:6", DOWN),
        ("ratio t=8", UP),
        ("ratio t=8 direction=down", DOWN),
        ("rank table=10,8", UP),
        ("rank table=10,8 direction=down", DOWN),
        ("per-point rounding=ceil", UP),
        ("to-first", UP),
        ("deduct each=1", DOWN),
        ("deduct each=1", UP),
        ("range lo=2 a=5 b=6 hi=12", DOWN),
        ("yesno", UP),
    ],
)
def test_a_rule_that_goes_the_way_of_its_indicator(row: str, direction: Direction) -> None:
    """Methods B1 and B2: lower is better is a falling line, a falling ladder or a ratio turned round."""
    rule_direction.check(made(row), direction)


@pytest.mark.parametrize(
    ("row", "direction", "sentence", "field"),
    [
        ("linear", DOWN, LOW + "规则却从 30 升到 36 给分。请对调基线和目标值，或核对指标的方向。", "t"),
        ("linear b=12 t=6", UP, HIGH + "规则却从 12 降到 6 给分。请对调基线和目标值，或核对指标的方向。", "t"),
        ("anchors points=60:0,85:10", DOWN, LOW + "折线却是数越大分越高，请改正折点。", "points"),
        ("anchors points=20:0,8:10", UP, HIGH + "折线却是数越大分越低，请改正折点。", "points"),
        ("ladder bands=95:6,90:8", UP, HIGH + "分档却是“达到 90”计 8 分、“达到 95”只计 6 分，请改正分档。", "bands"),
        ("ladder bands=0:4,3:10", DOWN, LOW + "分档却是“达到 0”计 4 分、“达到 3”计 10 分，请改正分档。", "bands"),
        ("ladder bands=2:10,5:6", DOWN, LOW + "比最低一档 2 更低的反而计 0 分。最低一档请从 0 起。", "bands"),
        ("ratio t=8", DOWN, LOW + "规则却是数越大分越高，请把规则的方向改为“下降”。", "direction"),
        ("ratio t=8 direction=down", UP, HIGH + "规则却是数越小分越高，请把规则的方向改为“上升”。", "direction"),
        ("rank table=10,8", DOWN, LOW + "规则却是数越大分越高，请把规则的方向改为“下降”。", "direction"),
        (
            "per-point rounding=ceil",
            DOWN,
            LOW + "“按百分点扣分”却是数越大分越高，请改用“直线计分”或“按次扣分”。",
            "rule",
        ),
        ("to-first", DOWN, LOW + "“与第一名比”却是数越大分越高，请改用“直线计分”或“按次扣分”。", "rule"),
    ],
)  # fmt: skip
def test_a_rule_against_its_indicator_is_refused(row: str, direction: Direction, sentence: str, field: str) -> None:
    """Methods B2: "target below baseline, direction up" is a configuration error."""
    with pytest.raises(InputRefused) as refused:
        rule_direction.check(made(row, "8" if "90:8" in row else "10"), direction)
    assert (refused.value.sentence, refused.value.field) == (sentence, field)


def test_the_usual_rules_of_the_library_go_the_way_of_their_indicators() -> None:
    for one in library.seed():
        usual_rule.check(one.usual_rule, one.usual_points, one.usual_baseline, one.usual_target, one.direction)


def test_a_usual_rule_against_its_indicator_is_refused_in_plain_words() -> None:
    with pytest.raises(InputRefused, match="越低越好") as refused:
        usual_rule.check("ratio t=8", D(4), None, None, DOWN)
    assert refused.value.field == "usual_rule"
    usual_rule.check("linear", D(4), None, None, DOWN)
    with pytest.raises(InputRefused, match="“区间计分”"):
        usual_rule.check("linear", D(4), D(3), D(3), UP)
