"""The sheet: the 320 + 100 of the domain, parts, dimensions, bonus and coverage; neutrality by property."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.blocks import Block, Line
from okr_desk.scoring.points import points
from okr_desk.scoring.points_events import Bonus
from okr_desk.scoring.points_lines import Linear
from okr_desk.scoring.rounding import half_up
from okr_desk.scoring.sheet import BonusTerms, sheet
from okr_desk.terms import Dimension
from tests.scoring.lines import MEETINGS, block, line

D = Decimal

CZ_420 = (
    # domain 1.2: the modules of the base, 320, and four flags, 100
    block(60, line("组织建设", 60, 55), name="组织建设", part="党建基础"),
    block(80, line("组织生活", 80, "76.5"), name="组织生活", part="党建基础"),
    block(60, line("党员管理", 60, 54), name="党员管理", part="党建基础"),
    block(40, line("班子建设", 40, 37), name="班子建设", part="党建基础"),
    block(40, line("宣传", 40, 38), name="宣传与意识形态", part="党建基础"),
    block(40, line("纪律", 40, 36), name="纪律作风", part="党建基础"),
    block(100, line("一至四季度", 100, 83), name="业绩亮旗"),
)


def test_320_and_100() -> None:
    """Domain 1.2: 296.5 + 83 = 379.5 of 420 → 90.36 %, with base and flag beside it."""
    found = sheet(CZ_420)
    assert (found.total.points, found.total.maximum, found.base) == (D("379.5"), 420, D("379.5"))
    assert found.percent is not None and half_up(found.percent, 2) == D("90.36")
    parts = {name: (one.points, one.maximum) for name, one in found.parts.items()}
    assert parts == {"党建基础": (D("296.5"), 320), "业绩亮旗": (83, 100)}
    assert found.steps[-4:] == (
        "各部分（得分／满分）：党建基础 296.5／320，业绩亮旗 83／100",
        "总分：296.5＋83＝379.5",
        "得分率：379.5÷420×100≈90.357143",
        "取 6 位小数只为便于阅读，计算和比较都用未取整的数。",
    )
    assert found.explained.value == D("379.5")


def hundred(base: object, flag: object) -> list[Block]:
    return [
        block(60, line("基础", 60, base, Dimension.BASIC), name="基础性"),
        block(25, line("融合", 25, flag, Dimension.FUSION), line("备选", 0, 0, Dimension.FUSION), name="融合性"),
        block(15, line("创新", 15, 15, Dimension.INNOVATION), name="创新性"),
    ]


def test_subtotals_by_dimension_follow_the_scaling_of_their_block() -> None:
    lines = (
        line("党员大会", 3, 3, Dimension.BASIC),
        line("联户", 3, 2, Dimension.FUSION),
        line("未报", 1, None, Dimension.FUSION),
        line("支委会", 3, "n/a", Dimension.BASIC),
    )
    found = sheet([block(10, *lines)])
    basic, fusion = found.dimensions[Dimension.BASIC], found.dimensions[Dimension.FUSION]
    assert Dimension.INNOVATION not in found.dimensions
    assert [half_up(x or D(0), 6) for x in (basic.points, basic.maximum, basic.reported)] == [D("4.285714")] * 3
    assert half_up(fusion.points or D(0), 6) == D("2.857143")
    assert [half_up(x, 6) for x in (fusion.maximum, fusion.reported)] == [D("5.714286"), D("4.285714")]
    assert found.total.maximum == 10


def bonus(value: object, cap: object = 3) -> Line:
    return Line("首创做法", points(Bonus(D(str(cap))), (D(str(value)),)))


def test_a_bonus_counts_on_top_up_to_its_cap() -> None:
    """Methods B1 "bonus": base + min(Σ bonus, cap); bonus ≤5 in domain 1.4."""
    found = sheet(hundred(54, 20), [bonus(3), bonus(3)])
    assert (found.base, found.bonus, found.total.points, found.percent) == (89, 5, 94, 94)
    assert "加分项：首创做法 3，首创做法 3；合计 6 分，上限 5 分，计 5 分。" in found.steps
    assert "总分：54＋20＋15＋加分 5＝94" in found.steps
    assert sheet(hundred(60, 25), [bonus(3)]).total.points == 103


@pytest.mark.parametrize(
    ("base", "vetoed", "total", "said"),
    [(20, False, "63", None), (16, False, "56", "基础得分率不到 60%"), (60, True, "100", "一票否决")],
)
def test_a_bonus_needs_a_base_of_60_and_no_veto(base: int, vetoed: bool, total: str, said: str | None) -> None:
    found = sheet(hundred(base, 25), [bonus(3)], vetoed=vetoed)
    assert found.total.points == D(total)
    assert said is None or any(said in step for step in found.steps)


def test_a_large_cap_is_warned_about_and_a_total_never_passes_full_points_and_cap() -> None:
    found = sheet(hundred(60, 25), [bonus(12, 12)], BonusTerms(cap=D(12)))
    assert found.total.points == 112 and "加分上限超过 10 分，请确认。" in found.steps
    stretch = Line("满意度", points(Linear(D(100), D(0), D(10), D("1.2")), D(12)))
    beyond = sheet([block(100, stretch)], [bonus(3)])
    assert (beyond.base, beyond.total.points) == (120, 105)
    assert beyond.steps[-3:-1] == ("总分：120＋加分 3＝123", "总分最高为满分与加分上限之和，计 105 分。")
    for wrong in (lambda: BonusTerms(cap=D(-1)), lambda: BonusTerms(least=D("NaN"))):
        with pytest.raises(InputRefused):
            wrong()


def test_an_open_quarter_is_judged_by_what_was_reported() -> None:
    found = sheet(hundred(54, None))
    assert (found.total.points, found.total.maximum, found.total.reported, found.percent) == (69, 100, 75, 92)
    assert "已报部分的满分为 75 分，共 100 分；未报的暂不计入。" in found.steps
    assert "得分率：69÷75×100＝92" in found.steps


def test_nothing_reported_gives_no_total_and_no_bonus() -> None:
    found = sheet([block(60, line("基础", 60, None), name="基础性")], [bonus(3)])
    assert (found.total.points, found.base, found.percent, found.bonus) == (None, None, None, 0)
    assert found.steps[-1] == "还没有得分。"
    only_spare = sheet([block(60, line("基础", 60, None), line("备选", 0, 0))])
    assert (only_spare.total.points, only_spare.percent) == (0, None)


def test_coverage_below_the_least_is_said() -> None:
    """Methods B2: coverage under 70 % → no tier, no rank."""
    most = sheet([block(7, line("党课", 7, 7)), block(3, line("小组会", 3, "n/a"), name="小组")])
    assert most.coverage == D("0.7") and most.steps[-1] == "适用分值占全部分值的 70%。"
    assert (most.total.points, most.total.maximum, most.percent) == (7, 7, 100)
    less = sheet([block("6.9999", line("党课", "6.9999", 5)), block("3.0001", *MEETINGS, name="小组")])
    assert less.steps[-1] == "适用分值占全部分值的 69.99%。"  # that there is no grade is said by the grade alone


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(InputRefused, match="还没有内容"):
        sheet([])


scores = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20)), min_size=1, max_size=6).map(
    lambda pairs: [line(f"项{n}", maximum, min(maximum, got)) for n, (maximum, got) in enumerate(pairs)]
)


@given(scores, st.integers(1, 100), st.integers(1, 20), st.integers(0, 6))
def test_a_line_that_does_not_apply_changes_nobodys_percent(
    lines: list[Line], full: int, away: int, place: int
) -> None:
    with_it = [*lines[:place], line("不适用", away, "n/a"), *lines[place:]]
    one, other = sheet([block(full, *lines)]), sheet([block(full, *with_it)])
    assert (one.percent, one.total.points) == (other.percent, other.total.points)
    assert other.coverage < one.coverage == 1


@given(st.lists(st.tuples(scores, st.integers(1, 60)), min_size=1, max_size=4))
def test_a_sheet_is_bounded_and_agrees_with_fractions(made: list[tuple[list[Line], int]]) -> None:
    found = sheet([block(full, *lines, name=f"块{n}") for n, (lines, full) in enumerate(made)])
    exact = sum(
        Fraction(full)
        * sum(Fraction(one.points.points or 0) for one in lines)
        / sum(Fraction(one.points.maximum) for one in lines)
        for lines, full in made
    )
    assert found.total.points is not None and found.percent is not None
    assert abs(Fraction(found.total.points) - exact) < Fraction(1, 10**19)
    assert 0 <= found.percent <= 100


def test_a_sum_that_goes_on_is_not_taken_for_one_beyond_the_limit() -> None:
    """10×26÷58＋10 and 6×35÷79＋4: 29 digits together, which a sum in 28 rounds up."""
    first = Line("到会率", points(Linear(Decimal(10), Decimal("77.4"), Decimal("83.2")), Decimal(80)))
    second = Line("满意度", points(Linear(Decimal(6), Decimal("82.3"), Decimal("90.2")), Decimal("85.8")))
    made = sheet([block(20, first, line("党费", 10, 10)), block(10, second, line("投诉", 4, 4), name="融合性")])
    assert half_up(made.total.points or Decimal(0), 6) == Decimal("21.140986")
    assert [step for step in made.steps if "最高" in step] == []
