"""Rules as words: what is written is read again as the same rule, and what is wrong is named."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk import i18n
from okr_desk.errors import InputRefused
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.points import Rule, points
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint, YesNo
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio
from okr_desk.scoring.rule_text import example, mapping_of, row_of, rule_and_value, rule_from, rule_from_row, words_of
from okr_desk.scoring.votes import Votes
from okr_desk.terms import Direction, DualForm, PointRounding, RuleKind

D = Decimal


def words(row: str) -> dict[str, str]:
    kind, *pairs = row.split()
    return {"kind": kind, **dict(pair.split("=", 1) for pair in pairs)}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("linear b=30 t=36 max=10", Linear(D(10), D(30), D(36))),
        (
            "linear b=20 t=8 max=10 cap=1.2 direction=down",
            Linear(D(10), D(20), D(8), D("1.2"), Direction.DOWN),
        ),
        ("ratio t=8 max=8 direction=down", Ratio(D(8), D(8), direction=Direction.DOWN)),
        ("deduct max=5 each=0.5,1 cap=2,3", Deduct(D(5), (D("0.5"), D(1)), (D(2), D(3)))),
        ("per-point max=25 t=90 rounding=floor each=0.5", PerPoint(D(25), D(90), PointRounding.FLOOR, D("0.5"))),
        ("ladder bands=95:10,90:8", Ladder(((D(95), D(10)), (D(90), D(8))))),
        ("bonus cap=3", Bonus(D(3))),
        ("bonus cap=12 each=15", Bonus(D(12), D(15))),
        ("rank table=60,57 direction=down", Rank((D(60), D(57)), Direction.DOWN)),
        ("to-first max=6", ToFirst(D(6))),
        ("range lo=2 a=5 b=6 hi=12 max=1", Range(D(1), D(2), D(5), D(6), D(12))),
        ("dual N=12 max=10", Dual(D(10), D(12))),
        ("dual N=12 max=10 form=product gate=50", Dual(D(10), D(12), DualForm.PRODUCT, gate=D(50))),
        ("votes values=100,85", Votes((D(100), D(85)))),
        ("anchors points=60:0,85:100 full=90", AnchorLine(((D(60), D(0)), (D(85), D(100))), D(90))),
        ("yesno max=2", YesNo(D(2))),
    ],
)
def test_words_and_rule_stand_for_each_other(row: str, rule: Rule) -> None:
    assert rule_from(words(row)) == rule_from_row(row) == rule
    assert mapping_of(rule) == words(row)
    assert row_of(rule) == row


@pytest.mark.parametrize("kind", RuleKind)
def test_every_kind_has_an_example_that_works(kind: RuleKind) -> None:
    rule, value = rule_and_value(words(example(kind)))
    assert points(rule, value).points is not None
    assert rule_from(mapping_of(rule)) == rule


def test_official_words_full_width_signs_and_spaces_are_read() -> None:
    found = rule_from({"kind": "按百分点扣分", "max": " ２５ ", "t": "９０．５", "rounding": "向上取整"})
    assert found == PerPoint(D(25), D("90.5"), PointRounding.CEIL)
    assert rule_from({"kind": "LADDER", "bands": "９５：１０，９０：８"}) == Ladder(((D(95), D(10)), (D(90), D(8))))
    with i18n.using("en"):
        assert rule_from({"kind": "与第一名比", "max": "6"}) == ToFirst(D(6))
        assert rule_from({"kind": "per-point", "max": "6", "t": "1", "rounding": "rounded up"}).maximum == 6


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("veto max=1", "没有“veto”这种规则，可用的有 linear（直线计分）"),
        ("linear b=30 t=36", "缺少参数 max，请补上，例如：linear b=30 t=36 v=34.5 max=10"),
        ("linear b=30 t=36 max=10 m=3", "linear 规则没有参数“m”，可写的有 b、t、max、cap、direction"),
        ("linear b=30 t=36 max=10 v=3", "没有参数“v”"),
        ("linear b=高 t=36 max=10", "b 填的“高”不是可用的数字"),
        ("linear b=95% t=36 max=10", "b 填的“95%”不是可用的数字"),
        ("linear b= t=36 max=10", "b 填的“”不是可用的数字"),
        ("linear b=1e99 t=36 max=10", "不是可用的数字"),
        ("linear b=30 t=36 max=10 direction=at_least", "direction 只能填 up（上升）、down（下降）"),
        ("linear b=30 t=36 max=10 direction=不低于", "direction 只能填"),
        ("per-point max=25 t=90", "缺少参数 rounding"),
        ("per-point max=25 t=90 rounding=half", "rounding 只能填 ceil（向上取整）、floor（向下取整）"),
        ("ladder bands=95-10", "bands 要成对填写"),
        ("ladder bands=95:ten", "bands 填的“ten”"),
        ("ladder bands=95:10:9", "bands 填的“10:9”"),
        ("rank table=60,,54", "table 填的“”"),
        ("dual N=12 max=10 form=sum", "form 只能填 mean（几何平均）、product（乘积）"),
        ("anchors points=60:0", "至少要有两个"),
    ],
)
def test_what_is_wrong_with_a_rule_is_named(row: str, hint: str) -> None:
    with pytest.raises(InputRefused) as refused:
        rule_from(words(row))
    assert hint in refused.value.sentence


def test_a_rule_without_a_kind_is_refused() -> None:
    with pytest.raises(InputRefused, match="没有“”这种规则"):
        rule_from({"max": "1"})
    for row in ("", "max=1"):
        with pytest.raises(InputRefused, match="请先写规则的种类"):
            rule_from_row(row)


def test_a_row_is_read_with_its_full_width_signs_and_any_spaces() -> None:
    assert rule_from_row("　ratio   t＝８\tmax=8 ") == Ratio(D(8), D(8))
    assert words_of(["linear", " b = 3 "]) == {"kind": "linear", "b": "3"}


@pytest.mark.parametrize(
    ("row", "hint"), [("ratio t", "“t”看不明白"), ("ratio =8", "“=8”看不明白"), ("ratio t=8 t=9", "t 写了两次")]
)
def test_what_is_no_pair_is_named(row: str, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        rule_from_row(row)


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("linear b=30 t=36 max=10", "缺少参数 v"),
        ("linear b=30 t=36 max=10 V=3", "没有参数“V”，可写的有 b、t、max、cap、direction、v"),
        ("yesno max=1 v=maybe", "v 请填 yes 或 no"),
        ("deduct max=5 each=1", "缺少参数 count"),
        ("votes values=1,2", "缺少参数 counts"),
        ("bonus cap=3 count=2", "缺少参数 each"),
        ("bonus cap=3", "缺少参数 awards"),
        ("bonus cap=3 each=1", "缺少参数 count"),
        ("bonus cap=3 each=1 awards=1,2", "each 与 awards 只能填一个"),
        ("rank table=3,2", "缺少参数 v"),
        ("rank table=3,2 v=1", "缺少参数 values"),
        ("rank table=3,2 place=1 v=1", "place 与 v 只能填一个"),
        ("rank table=3,2 place=1 values=1", "place 与 values 只能填一个"),
        ("to-first max=6 v=1 first=1 values=1", "first 与 values 只能填一个"),
        ("to-first max=6 v=1", "缺少参数 values"),
        ("to-first max=6 place=1", "没有参数“place”"),
        ("dual N=12 max=10 S=90", "缺少参数 n"),
        ("dual N=12 max=10 n=9", "缺少参数 S"),
        ("dual N=12 max=10 n=9 S=90 verdict=x", "verdict 只能填 reached（达成）、missed（未达成）"),
    ],
)
def test_what_is_wrong_with_a_value_is_named(row: str, hint: str) -> None:
    with pytest.raises(InputRefused) as refused:
        rule_and_value(words(row))
    assert hint in refused.value.sentence


numbers = st.decimals(0, 1000, places=4)
lists = st.lists(numbers, min_size=1, max_size=5)


@given(
    numbers, lists, st.lists(numbers, min_size=2, max_size=6, unique=True).map(sorted), st.sampled_from(PointRounding)
)
def test_any_rule_survives_being_written_down(full: D, some: list[D], rising: list[D], rounding: PointRounding) -> None:
    pairs = tuple((x, D(n)) for n, x in enumerate(rising))
    rules: list[Rule] = [
        Linear(full, rising[1], rising[0], direction=Direction.DOWN),
        Ratio(full, rising[1] + 1),
        Deduct(full, tuple(some), tuple(some)),
        PerPoint(full, rising[0], rounding),
        Ladder(pairs),
        AnchorLine(pairs),
        Bonus(full, some[0]),
        Rank(tuple(sorted(some, reverse=True))),
        ToFirst(full),
        Range(full, rising[0], rising[1], rising[1], rising[1] + 1),
        Dual(full, rising[1], weight=D("0.3")),
        Votes(tuple(some)),
        YesNo(full),
    ]
    for rule in rules:
        assert rule_from(mapping_of(rule)) == rule_from_row(row_of(rule)) == rule
