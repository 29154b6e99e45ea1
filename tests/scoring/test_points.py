"""Every rule of points: the vectors of the domain and of the methods, their steps, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from okr_desk.errors import InputRefused
from okr_desk.scoring.points import Rule, points
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint, YesNo
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio, kpi_anchors
from okr_desk.scoring.points_result import Group, Held, Points, Value
from okr_desk.scoring.rule_text import rule_and_value
from okr_desk.scoring.votes import Votes
from okr_desk.terms import Direction, PointRounding, PointsState

D = Decimal


def asked(row: str) -> Points:
    """The points of a row of words: kind, then key=value pairs."""
    kind, *pairs = row.split()
    rule, value = rule_and_value({"kind": kind, **dict(pair.split("=") for pair in pairs)})
    return points(rule, value)


def scored(row: str) -> D:
    found = asked(row)
    assert found.state is PointsState.SCORED and found.points is not None
    return found.points


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # domain 1.3, in its order
        ("linear b=30 t=36 v=34.5 max=10", "7.50"),
        ("linear b=12 t=6 v=9 max=6", "3.00"),
        ("ratio v=7 t=8 max=8", "7.00"),
        ("deduct max=5 each=0.5 count=3", "3.50"),
        ("deduct max=5 each=0.5 count=12", "0"),
        ("per-point max=25 t=90 v=87.4 rounding=ceil", "22"),
        ("per-point max=25 t=90 v=87.4 rounding=floor", "23"),
        ("per-point max=25 t=90 v=87.4 rounding=proportional", "22.4"),
        ("ladder bands=95:10,90:8,85:6 v=89.96", "6"),
        ("bonus each=15 count=2 cap=12", "12"),
        ("rank table=60,57,54,51,48 place=1", "60"),
        ("rank table=60,57,54,51,48 place=5", "48"),
        ("to-first max=6 v=0.8 values=0.8,0.6", "6.0"),
        ("to-first max=6 v=0.6 values=0.8,0.6", "4.5"),
        ("range lo=2 a=5 b=6 hi=12 v=5 max=1", "1"),
        ("range lo=2 a=5 b=6 hi=12 v=6 max=1", "1"),
        ("range lo=2 a=5 b=6 hi=12 v=7 max=1", "0.8333333333333333333333333333"),
        ("range lo=2 a=5 b=6 hi=12 v=10 max=1", "0.3333333333333333333333333333"),
        ("range lo=2 a=5 b=6 hi=12 v=2 max=1", "0"),
        ("dual form=product N=12 n=12 S=91.4 max=10", "9.14"),
        ("dual form=product N=12 n=20 S=58 max=10", "0"),
        ("dual form=product N=12 n=6 S=95 max=10", "4.75"),
        ("votes counts=18,5,2,0 values=100,85,70,50", "94.6"),
        # methods B2, "linear up" (cap 1.2: 96 -> 1.2), "linear down", "growth"
        ("linear b=60 t=90 v=50 max=1", "0"),
        ("linear b=60 t=90 v=75 max=1", "0.5"),
        ("linear b=60 t=90 v=96 max=1", "1"),
        ("linear b=60 t=90 v=96 max=1 cap=1.2", "1.2"),
        ("linear b=60 t=90 v=99 max=1 cap=1.2", "1.2"),
        ("linear b=20 t=8 v=25 max=1", "0"),
        ("linear b=20 t=8 v=14 max=1 direction=down", "0.5"),
        ("linear b=20 t=8 v=5 max=1", "1"),
        ("linear b=-10 t=5 v=-4 max=1", "0.4"),
        ("linear b=-10 t=5 v=0 max=1", "0.6666666666666666666666666667"),
        # methods B2, "anchors up" and "anchors down"
        ("anchors points=60:0,75:60,85:100,92:120 v=70", "40"),
        ("anchors points=60:0,75:60,85:100,92:120 v=88.5", "110"),
        ("anchors points=20:0,12:60,8:100,4:120 v=16", "30"),
        ("anchors points=20:0,12:60,8:100,4:120 v=0", "120"),
        # methods B1, "ratio up" and "ratio down": x = 0 -> cap, else t ÷ x
        ("ratio v=10 t=8 max=8 cap=1.2", "9.6"),
        ("ratio v=9 t=8 max=8 cap=1.2", "9"),
        ("ratio v=0 t=8 max=8", "0"),
        ("ratio v=4 t=2 max=6 direction=down", "3"),
        ("ratio v=1 t=2 max=6 direction=down", "6"),
        ("ratio v=1 t=2 max=6 direction=down cap=1.5", "9"),
        ("ratio v=0 t=2 max=6 direction=down cap=1.2", "7.2"),
        # methods B1, "deduction": several kinds, each with its cap
        ("deduct max=10 each=0.5,2 count=3,2", "4.5"),
        ("deduct max=10 each=0.5,2 count=9,9 cap=3,4", "3"),
        # domain 1.3 "TIER": ≥95, 90–94, 85–89, else 0; half-open
        ("ladder bands=85:6,95:10,90:8 v=95", "10"),
        ("ladder bands=95:10,90:8,85:6 v=94.999", "8"),
        ("ladder bands=95:10,90:8,85:6 v=90", "8"),
        ("ladder bands=95:10,90:8,85:6 v=84.99", "0"),
        # less is better: no accident full points, up to two 6, five and more nothing
        ("ladder bands=0:10,1:6,3:2,5:0 v=2", "6"),
        # domain 1.3 "BONUS": the same item at several levels takes the highest (X03: 县1/市2/省3)
        ("bonus awards=1,3,2 cap=3", "3"),
        ("bonus awards=1,3,2 cap=2.5", "2.5"),
        ("bonus each=1.5 count=1 cap=3", "1.5"),
        # domain 1.3 "RANK": ties share the better place, the next place is skipped
        ("rank table=60,57,54,51,48 values=95,90,90,80,70 v=90", "57"),
        ("rank table=60,57,54,51,48 values=95,90,90,80,70 v=80", "51"),
        ("rank table=60,57,54,51,48 values=95,90,85,80,70,60 v=60", "0"),
        ("rank table=60,57,54 values=3,1,2 v=1 direction=down", "60"),
        ("rank table=60,57,54 values=95,80 v=90", "57"),
        # all level at nothing: nobody is first
        ("to-first max=6 v=0 values=0,0,0", "0"),
        ("to-first max=6 v=0.6 first=0.8", "4.5"),
        ("to-first max=6 v=0.9 first=0.8", "6"),
        # the example of a printed sheet: 97.2 % of dues, a point for each point short
        ("per-point max=4 t=100 v=97.2 rounding=ceil", "1"),
        ("per-point max=4 t=100 v=97.2 rounding=ceil each=0.5", "2.5"),
        ("per-point max=4 t=100 v=90 rounding=floor", "0"),
        ("per-point max=4 t=100 v=99 rounding=ceil", "3"),
        ("per-point max=4 t=100 v=101 rounding=ceil", "4"),
        ("yesno max=2 v=yes", "2"),
        ("yesno max=2 v=否", "0"),
        # a spare line of 0 points
        ("ratio v=7 t=8 max=0", "0"),
        ("range lo=2 a=5 b=6 hi=12 v=13 max=4", "0"),
        ("range lo=2 a=5 b=6 hi=12 v=3.5 max=4", "2"),
    ],
)
def test_worked_by_hand(row: str, expected: str) -> None:
    assert scored(row) == D(expected)


@pytest.mark.parametrize(
    ("row", "steps"),
    [
        (
            "linear b=-10 t=5 v=-4 max=10",
            ("得分＝满分×（现值－基线）÷（目标－基线）", "10×（（－4）－（－10））÷（5－（－10））＝4"),
        ),
        (
            "linear b=60 t=90 v=96 max=10",
            (
                "得分＝满分×（现值－基线）÷（目标－基线）",
                "10×（96－60）÷（90－60）＝12",
                "超出部分照实显示，按最高 10 分计。",
            ),
        ),
        (
            "linear b=60 t=90 v=57 max=10",
            (
                "得分＝满分×（现值－基线）÷（目标－基线）",
                "10×（57－60）÷（90－60）＝－1",
                "结果低于 0，照实显示，计 0 分。",
            ),
        ),
        (
            "per-point max=4 t=100 v=97.2 rounding=ceil",
            (
                "达到 100% 计满分 4，每低 1 个百分点扣 1 分（向上取整），扣完为止。",
                "97.2% → 差 2.8 个百分点 → 扣 3 分（向上取整）→ 1 分",
                "4－3＝1",
            ),
        ),
        (
            "per-point max=4 t=100 v=90 rounding=ceil",
            (
                "达到 100% 计满分 4，每低 1 个百分点扣 1 分（向上取整），扣完为止。",
                "90% → 差 10 个百分点 → 扣 10 分（向上取整）→ 0 分",
                "4－10＝－6",
                "已扣完，计 0 分。",
            ),
        ),
        (
            "deduct max=10 each=0.5,2 count=9,1 cap=3,4",
            (
                "得分＝满分－每次扣分×次数，扣完为止",
                "0.5×9＝4.5",
                "扣 4.5 分超过上限，按 3 分扣。",
                "2×1＝2",
                "10－3－2＝5",
            ),
        ),
        (
            "deduct max=1 each=2 count=1",
            ("得分＝满分－每次扣分×次数，扣完为止", "2×1＝2", "1－2＝－1", "已扣完，计 0 分。"),
        ),
        (
            "ladder bands=95:10,90:8 v=89.96",
            ("分档（达到:分值）：95:10，90:8；按未取整的数比较。", "现值 89.96 不到最低一档 90，计 0 分。"),
        ),
        (
            "ladder bands=95:10,90:8 v=94",
            ("分档（达到:分值）：95:10，90:8；按未取整的数比较。", "现值 94 达到 90、不到 95，计 8 分。"),
        ),
        (
            "ladder bands=95:10,90:8 v=96",
            ("分档（达到:分值）：95:10，90:8；按未取整的数比较。", "现值 96 达到 95，计 10 分。"),
        ),
        (
            "rank table=60,57,54 values=95,90,90 v=90",
            (
                "名次分值（从第 1 名起）：60、57、54",
                "全组由好到差：95、90、90；本单位 90，排在前面的有 1 个，列第 2 名。",
                "并列 2 个，同取第 2 名，其后名次空出。",
                "第 2 名计 57 分。",
            ),
        ),
        (
            "rank table=60,57 values=3,2,1 v=1",
            (
                "名次分值（从第 1 名起）：60、57",
                "全组由好到差：3、2、1；本单位 1，排在前面的有 2 个，列第 3 名。",
                "名次表只到第 2 名，第 3 名计 0 分。",
            ),
        ),
        ("to-first max=6 v=0 values=0", ("得分＝满分×现值÷第一名的数值", "全组都是 0，没有第一名可比，计 0 分。")),
        ("bonus each=15 count=2 cap=12", ("加分不超过 12 分。", "15×2＝30", "超过上限，计 12 分。")),
        ("bonus awards=1,3 cap=3", ("加分不超过 3 分。", "1、3 中取最高，计 3 分；同一事项不累加。")),
        (
            "range lo=2 a=5 b=6 hi=12 v=9 max=4",
            ("5 至 6 计满分 4，到 2 或 12 计 0 分，其间按比例。", "4×（9－12）÷（6－12）＝2"),
        ),
        (
            "range lo=2 a=5 b=6 hi=12 v=1 max=4",
            ("5 至 6 计满分 4，到 2 或 12 计 0 分，其间按比例。", "现值 1 已到或超出 0 分界限 2，计 0 分。"),
        ),
        (
            "anchors points=60:0,75:60 v=75",
            ("折点（数值:分值）：60:0，75:60", "现值 75 正在折点上，计 60 分。"),
        ),
        (
            "anchors points=60:0,75:60 v=80",
            ("折点（数值:分值）：60:0，75:60", "现值 80 在折点之外，按端点 75 计 60 分。"),
        ),
        (
            "votes counts=1,0,2 values=100,85,70",
            ("得分＝各档（票数×分值）之和÷有效票数", "（1×100＋0×85＋2×70）÷3＝80"),
        ),
        ("ratio v=0 t=2 max=6 direction=down", ("得分＝满分×目标÷现值", "现值为 0，按最高分计。")),
        ("ratio v=4 t=2 max=6 direction=down", ("得分＝满分×目标÷现值", "6×2÷4＝3")),
        ("yesno max=2 v=1", ("已完成，计 2 分。",)),
        ("yesno max=2 v=0", ("未完成，计 0 分。",)),
    ],
)
def test_the_steps_can_be_done_again_by_hand(row: str, steps: tuple[str, ...]) -> None:
    assert asked(row).steps == steps


@pytest.mark.parametrize(
    "row",
    [
        "linear b=0 t=7 v=1 max=10",
        "ratio v=1 t=7 max=1",
        "range lo=0 a=7 b=8 hi=9 v=1 max=1",
        "to-first max=1 v=1 values=3",
        "votes counts=1,2 values=1,0",
        "anchors points=0:0,7:1 v=1",
        "deduct max=1 each=0.1234567 count=1",
        "per-point max=1 t=90 v=89.8765433 rounding=proportional",
        "bonus each=0.1234567 count=1 cap=1",
    ],
)
def test_a_number_that_goes_on_says_that_only_the_sentence_is_rounded(row: str) -> None:
    found = asked(row)
    assert "≈" in found.steps[-2] and "6 位小数" in found.steps[-1]
    assert found.explained.value == found.points and found.explained.steps == found.steps


@pytest.mark.parametrize(
    ("make", "field", "hint"),
    [
        # methods B1, "rejects at configuration", and B2
        (lambda: Linear(D(10), D(80), D(80)), "t", "请改用 range 规则"),
        (lambda: Linear(D(10), D(80), D(70), direction=Direction.UP), "target", "把方向改为“下降”"),
        (lambda: Linear(D(10), D(80), D(90), direction=Direction.DOWN), "target", "把方向改为“上升”"),
        (lambda: Linear(D(10), D(80), D(90), direction=Direction.AT_LEAST), "direction", "只能填 up"),
        (lambda: Linear(D(10), D(80), D(90), cap=D(0)), "cap", "满分的倍数"),
        (lambda: Linear(D(10), D(80), D(90), cap=D(11)), "cap", "满分的倍数"),
        (lambda: Linear(D(-1), D(80), D(90)), "max", "不能为负数"),
        (lambda: Linear(D("NaN"), D(80), D(90)), "max", "不是可用的数字"),
        (lambda: Linear(D(10), D("Infinity"), D(90)), "b", "不是可用的数字"),
        (lambda: Linear(D(10), D(80), D("1e15")), "t", "不是可用的数字"),
        (lambda: Ratio(D(10), D(0)), "t", "须大于 0"),
        (lambda: Ratio(D(10), D(-1)), "t", "须大于 0"),
        (lambda: Ratio(D(10), D(0), direction=Direction.DOWN), "t", "请改用 deduct 规则"),
        (lambda: Ratio(D(10), D(-1), direction=Direction.DOWN), "t", "须大于 0"),
        (lambda: Ratio(D(10), D(1), direction=Direction.BETWEEN), "direction", "只能填 up"),
        (lambda: Range(D(1), D(2), D(6), D(5), D(12)), "a", "下限 a 大于上限 b"),
        (lambda: Range(D(1), D(5), D(5), D(6), D(12)), "lo", "lo 须小于 a"),
        (lambda: Range(D(1), D(2), D(5), D(6), D(6)), "lo", "hi 须大于 b"),
        (lambda: AnchorLine(((D(1), D(2)),)), "points", "至少要有两个"),
        (lambda: AnchorLine(((D(1), D(2)), (D(2), D("1e20")))), "points", "不是可用的数字"),
        (lambda: AnchorLine(((D(1), D(2)), (D(2), D(3))), full=D(-1)), "full", "不能为负数"),
        (lambda: Ladder(()), "bands", "没有内容"),
        (lambda: Ladder(((D(90), D(8)), (D("90.0"), D(6)))), "bands", "界限相同"),
        (lambda: Ladder(((D("NaN"), D(8)),)), "bands", "不是可用的数字"),
        (lambda: Rank(()), "table", "没有内容"),
        (lambda: Rank((D(5), D(6))), "table", "后面的名次分值更高"),
        (lambda: Rank((D(5), D(-1))), "table", "不能为负数"),
        (lambda: Rank((D(5),), direction=Direction.AT_MOST), "direction", "只能填 up"),
        (lambda: ToFirst(D(-1)), "max", "不能为负数"),
        (lambda: Deduct(D(5), (D("-0.5"),)), "each", "不能为负数"),
        (lambda: Deduct(D(5), ()), "each", "没有填写"),
        (lambda: Deduct(D(5), (D(1),), (D(-1),)), "cap", "不能为负数"),
        (lambda: Deduct(D(5), (D(1),), (D(1), D(2))), "cap", "个数须与 each 相同"),
        (lambda: PerPoint(D(5), D(90), PointRounding.CEIL, D(-1)), "each", "不能为负数"),
        (lambda: PerPoint(D(5), D("NaN"), PointRounding.CEIL), "t", "不是可用的数字"),
        (lambda: Bonus(D(-1), D(1)), "cap", "不能为负数"),
        (lambda: Bonus(D(1), D(-1)), "each", "不能为负数"),
        (lambda: YesNo(D(-1)), "max", "不能为负数"),
        (lambda: Votes(()), "values", "没有填写"),
        (lambda: Votes((D(1), D(-1))), "values", "不能为负数"),
    ],
)
def test_a_rule_that_is_none_is_refused_when_it_is_set_up(make: object, field: str, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint) as refused:
        make()  # type: ignore[operator]
    assert refused.value.field == field


LINEAR = Linear(D(10), D(30), D(36))


@pytest.mark.parametrize(
    ("rule", "value", "hint"),
    [
        (Ratio(D(8), D(8)), D(-1), "v 不能为负数"),  # methods B1 and B2
        (LINEAR, D("NaN"), "v 填的“NaN”不是可用的数字"),  # methods B2
        (LINEAR, D("-Infinity"), "不是可用的数字"),
        (LINEAR, True, "不相配"),
        (YesNo(D(1)), D(1), "不相配"),
        (ToFirst(D(1)), D(1), "不相配"),
        (ToFirst(D(1)), Group(D(-1), (D(1),)), "v 不能为负数"),
        (ToFirst(D(1)), Group(D(1), (D(-1),)), "values 不能为负数"),
        (Rank((D(1),)), D(0), "从 1 起的整数"),
        (Rank((D(1),)), D("1.5"), "从 1 起的整数"),
        (Rank((D(1),)), Group(D("NaN"), (D(1),)), "v 填的"),
        (Rank((D(1),)), Group(D(1), (D("NaN"),)), "values 填的"),
        (Deduct(D(5), (D(1),)), (D(1), D(2)), "次数 count 的个数"),
        (Deduct(D(5), (D(1),)), D(-1), "count 不能为负数"),
        (Bonus(D(5), D(1)), D(-1), "count 不能为负数"),
        (Bonus(D(5), D(1)), (D(1),), "不相配"),
        (Bonus(D(5)), D(1), "不相配"),
        (Bonus(D(5)), (D(-1),), "awards 不能为负数"),
        (Votes((D(1),)), True, "不相配"),
        (Votes((D(1), D(2))), D(3), "不在各档分值 1 至 2 之间"),
        (Votes((D(1),)), (D(1), D(2)), "个数不同"),
        (Votes((D(1),)), (D("1.5"),), "须是整数"),
        (Votes((D(1),)), (D(-1),), "counts 不能为负数"),
    ],
)
def test_a_value_that_the_rule_cannot_take_is_refused(rule: Rule, value: Value, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        points(rule, value)


def test_missing_zero_and_not_applicable_are_three_things() -> None:
    """Methods B2: missing in an open and in a closed quarter, a real zero, not applicable."""
    zero, open_, closed = points(LINEAR, D(0)), points(LINEAR, None), points(LINEAR, None, closed=True)
    away = points(LINEAR, D(36), applies=False)
    assert (zero.points, zero.state) == (0, PointsState.SCORED)
    assert (open_.points, open_.state) == (None, PointsState.MISSING) and "待填" in open_.steps[0]
    assert (closed.points, closed.state) == (0, PointsState.MISSING) and "未报送" in closed.steps[0]
    assert (away.points, away.state) == (None, PointsState.NOT_APPLICABLE) and "不适用" in away.steps[0]
    assert {one.maximum for one in (zero, open_, closed, away)} == {10}


def test_without_a_valid_ballot_nothing_is_known() -> None:
    votes = Votes((D(100), D(50)))
    open_, closed = points(votes, (D(0), D(0))), points(votes, (D(0), D(0)), closed=True)
    assert (open_.points, open_.state) == (None, PointsState.MISSING)
    assert open_.steps[-1] == "没有有效票，不能计分，也不按 0 计。"
    assert (closed.points, closed.state) == (0, PointsState.MISSING)
    assert "未报送" in closed.steps[-1]


def test_no_award_is_a_real_zero() -> None:
    found = points(Bonus(D(3)), ())
    assert (found.points, found.steps[-1]) == (0, "没有可加分的奖项，计 0 分。")


@pytest.mark.parametrize(
    ("rule", "maximum"),
    [
        (LINEAR, 10),
        (AnchorLine(((D(60), D(0)), (D(92), D(120)))), 120),
        (AnchorLine(((D(0), D(0)), (D(5), D(-3)))), 0),
        (kpi_anchors(D(60), D(75), D(85), D(92)), 100),  # methods B1: (floor, pass, target, stretch)
        (Ladder(((D(85), D(6)), (D(95), D(10)))), 10),
        (Ladder(((D(3), D(-2)),)), 0),
        (Rank((D(60), D(57))), 60),
        (Bonus(D(12), D(15)), 12),
        (Votes((D(70), D(100))), 100),
    ],
)
def test_full_points(rule: Rule, maximum: int) -> None:
    assert rule.maximum == maximum


def test_the_usual_line_of_a_kpi_goes_on_above_its_full_points() -> None:
    found = points(kpi_anchors(D(60), D(75), D(85), D(92)), D("88.5"))
    assert (found.points, found.maximum) == (110, 100)


def test_thresholds_are_not_reached_by_the_last_digit() -> None:
    nearly = D("89.99999999999999999999999999999999")
    assert points(Ladder(((D(90), D(8)),)), nearly).points == 0
    assert points(PerPoint(D(25), D(90), PointRounding.CEIL), nearly).points == 24
    assert points(PerPoint(D(25), D(90), PointRounding.FLOOR), nearly).points == 25
    assert points(PerPoint(D(25), D(90), PointRounding.FLOOR), D("88.00000000000000000000000000000001")).points == 24


def test_a_dual_value_needs_a_dual_rule() -> None:
    with pytest.raises(InputRefused, match="不相配"):
        points(LINEAR, Held(D(1), D(90)))
