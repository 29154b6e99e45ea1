"""Blocks: scaling to full points, what is missing and what does not apply, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.scoring.blocks import Block, Line, block_points, check_sum
from okr_desk.scoring.points import points
from okr_desk.scoring.points_lines import Linear, Ratio
from okr_desk.scoring.points_result import Points
from okr_desk.scoring.rounding import half_up
from okr_desk.terms import PointsState
from tests.scoring.lines import MEETINGS, block, line

D = Decimal


def test_what_does_not_apply_drops_out_and_the_block_scales_to_its_full_points() -> None:
    """Domain 1.3 "N/A": 支委会 3 + 小组会 2 N/A of a block of 8; 3 of 3 reached → 8.0."""
    found = block_points(block(8, *MEETINGS, line("党员大会", 3, 3)))
    assert (found.total.points, found.total.maximum, found.total.reported) == (8, 8, 8)
    assert found.coverage == D("0.375")
    assert found.steps == (
        "组织生活（满分 8 分）",
        "支委会：不适用",
        "小组会：不适用",
        "党员大会：3 分（满分 3 分）",
        "不适用 2 项（支委会、小组会），其余各项满分 3 分，按这一块的满分折算。",
        "得分：8×3÷3＝8",
    )
    assert found.explained.value == 8


def test_what_is_missing_is_left_out_while_the_quarter_is_open_and_is_0_once_it_is_closed() -> None:
    """Methods B2: missing in an open and in a closed quarter."""
    open_ = block_points(block(8, line("党课", 5, 4), line("党员大会", 3, None)))
    assert (open_.total.points, open_.total.maximum, open_.total.reported) == (4, 8, 5)
    assert open_.steps[-2:] == ("未报 1 项（党员大会）。", "得分：4")
    silent = Line("党员大会", points(Ratio(D(3), D(1)), None, closed=True))
    closed = block_points(block(8, line("党课", 5, 4), silent))
    assert (closed.total.points, closed.total.reported, closed.coverage) == (4, 8, 1)
    assert closed.steps[-2:] == ("未报 1 项（党员大会）。", "得分：4＋0＝4")


def test_a_block_of_which_nothing_has_points_or_nothing_applies() -> None:
    silent = block_points(block(3, line("党员大会", 3, None)))
    assert (silent.total.points, silent.total.maximum, silent.total.reported) == (None, 3, 0)
    assert silent.steps[-1] == "还没有得分。"
    away = block_points(block(5, *MEETINGS))
    assert (away.total.points, away.total.maximum, away.coverage) == (None, 0, 0)
    assert "没有适用的计分项目" in away.steps[0]


def test_three_thirds_are_a_whole() -> None:
    third = Line("满意度", points(Linear(D(10), D(0), D(3)), D(1)))
    found = block_points(block(30, third, third, third))
    assert found.total.points == 10
    assert half_up(third.points.points or D(0), 6) == D("3.333333")


def test_a_block_that_goes_on_says_that_the_sentence_is_rounded() -> None:
    found = block_points(block(10, line("党课", 3, 1), line("小组会", 2, "n/a")))
    assert found.steps[-2:] == ("得分：10×1÷3≈3.333333", "取 6 位小数只为便于阅读，计算和比较都用未取整的数。")


def test_the_sum_of_the_lines_is_checked_when_a_block_is_set_up() -> None:
    check_sum("组织生活", D(8), [D(3), D(2), D(3)])
    with pytest.raises(InputRefused, match="“组织生活”各项满分合计 5 分，与这一块的满分 8 分不符"):
        check_sum("组织生活", D(8), [D(3), D(2)])
    with pytest.raises(InputRefused, match="满分全为 0"):
        check_sum("组织生活", D(8), [])
    found = block_points(block(10, line("党课", 5, 4)))
    assert found.total.points == 8
    assert "各项满分合计 5 分，不是 10 分，已按比例折算。" in found.steps


@pytest.mark.parametrize("bad", [block(8), block(8, line("备选", 0, 0)), block(0, line("党课", 5, 4))])
def test_full_points_that_are_all_0_are_refused(bad: Block) -> None:
    """Methods B2: all weights 0."""
    with pytest.raises(InputRefused, match="满分全为 0"):
        block_points(bad)


def test_a_scaled_sum_of_several_lines_stands_in_brackets() -> None:
    found = block_points(block(8, line("党课", 3, 2), line("党员大会", 3, 3), line("小组会", 2, "n/a")))
    assert found.steps[-2] == "得分：8×（2＋3）÷6≈6.666667"


def test_a_negative_block_is_refused() -> None:
    with pytest.raises(InputRefused, match="不能为负数"):
        block_points(block(-8, line("党课", 5, 4)))


def test_a_state_is_what_counts_not_the_points() -> None:
    reported = Points(D(1), D(3), PointsState.NOT_APPLICABLE, ())
    assert block_points(block(8, Line("支委会", reported), line("党课", 5, 5))).total.points == 8
