"""The reason of a line in one sentence: the sum a person can do again, without what holds for every line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.queries.schemes import LineView
from okr_desk.queries.score_lines import LineScore
from okr_desk.scoring.line_rule import line_rule
from okr_desk.scoring.points import points
from okr_desk.scoring.points_result import Value
from okr_desk.scoring.year import fourth
from okr_desk.terms import Across, Dimension, Direction

D = Decimal


def score(rule: str, maximum: str, value: Value, *own: str, quarter: bool = False) -> LineScore:
    """A line with (baseline, target) of its own; `quarter`: a fourth of the year's points."""
    baseline, target = (D(own[0]), D(own[1])) if own else (None, None)
    line = LineView(
        1, 1, "B14", "按期换届", "", Dimension.BASIC, Direction.UP, D(maximum), rule, None, Across.CUMULATIVE
    )
    made = points(line_rule(rule, D(maximum), baseline, target), value)
    return LineScore(line, baseline, target, None, None, None, (), fourth(made) if quarter else made)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (score("yesno", "2", True), "已完成，计 2 分。"),
        (score("yesno", "16", True, quarter=True), "已完成，计 16 分；全年 16 分，每季计四分之一：16÷4＝4"),
        (score("linear", "7", D(1), "0", "3"), "7×（1－0）÷（3－0）≈2.333333"),  # that digits were cut is said once
        (score("ladder bands=95:10,90:8", "10", D(91)), "现值 91 达到 90、不到 95，计 8 分。"),
        (
            score("ladder bands=95:10,90:8", "10", D(91), quarter=True),
            "现值 91 达到 90、不到 95，计 8 分；全年 10 分，每季计四分之一：8÷4＝2",
        ),
    ],
)
def test_reasons(one: LineScore, reason: str) -> None:
    assert one.reason == reason
