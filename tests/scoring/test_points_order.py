"""Order and bounds of the points rules by property: better never earns less, and nothing leaves its limits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.points import Rule, points
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio
from okr_desk.scoring.points_result import Group, Value
from okr_desk.scoring.votes import Votes
from okr_desk.terms import Direction, PointRounding

D = Decimal

values = st.decimals(0, 200, places=2)
some = st.decimals(0, 60, places=1)
apart = st.lists(st.integers(-50, 150), min_size=4, max_size=4, unique=True).map(lambda x: [D(n) for n in sorted(x)])

RULES = st.one_of(
    st.builds(lambda m, x, c: Linear(m, x[0], x[1], c), some, apart, st.sampled_from([D(1), D("1.2")])),
    st.builds(lambda m, t, c: Ratio(m, t, c), some, st.integers(1, 150).map(D), st.sampled_from([D(1), D("1.2")])),
    st.builds(lambda m, t, r, e: PerPoint(m, t, r, e), some, values, st.sampled_from(PointRounding), some),
    st.builds(lambda e, c: Bonus(c, e), some, some),
    st.builds(
        lambda x, y: Ladder(tuple(zip(x, y, strict=True))), apart, st.lists(some, min_size=4, max_size=4).map(sorted)
    ),
    st.builds(
        lambda x, y: AnchorLine(tuple(zip(x, y, strict=True))),
        apart,
        st.lists(some, min_size=4, max_size=4).map(sorted),
    ),
)


def number(rule: Rule, value: Value) -> D:
    found = points(rule, value)
    assert found.points is not None and found.steps
    return found.points


@given(RULES, values, values)
def test_more_never_earns_less_and_stays_within_the_maximum(rule: Rule, one: D, other: D) -> None:
    low, high = number(rule, min(one, other)), number(rule, max(one, other))
    most = rule.maximum * rule.cap if isinstance(rule, Linear | Ratio) else rule.maximum
    assert 0 <= low <= high <= most


@given(some, apart, values, values, st.integers(1, 80).map(D))
def test_less_is_better_where_it_is_meant(full: D, x: list[D], one: D, other: D, target: D) -> None:
    low, high = sorted((one, other))
    for rule in (
        Linear(full, x[1], x[0], direction=Direction.DOWN),
        Ratio(full, target, direction=Direction.DOWN),
        Deduct(full, (D("0.5"),)),
        Deduct(full, (D("0.5"),), (D(3),)),
    ):
        assert 0 <= number(rule, high) <= number(rule, low) <= full


@given(some, apart, values)
def test_a_range_is_bounded_and_full_inside(full: D, x: list[D], value: D) -> None:
    rule = Range(full, x[0], x[1], x[2], x[3])
    assert 0 <= number(rule, value) <= full
    assert number(rule, x[1]) == number(rule, x[2]) == full
    assert number(rule, x[0]) == number(rule, x[3]) == 0


@given(
    st.lists(values, min_size=1, max_size=8),
    some,
    st.lists(some, min_size=1, max_size=8).map(lambda t: sorted(t)[::-1]),
)
def test_a_better_value_in_the_group_never_earns_less(group: list[D], full: D, table: list[D]) -> None:
    members = tuple(group)
    for rule in (ToFirst(full), Rank(tuple(table))):
        earned = [number(rule, Group(own, members)) for own in sorted(group)]
        assert earned == sorted(earned)
        assert earned[0] >= 0 and earned[-1] <= rule.maximum
    assert number(Rank(tuple(table)), Group(max(group), members)) == table[0]


@given(st.lists(st.tuples(st.integers(0, 40), some), min_size=1, max_size=6).filter(lambda v: any(n for n, _ in v)))
def test_votes_lie_between_the_worst_and_the_best_answer(ballots: list[tuple[int, D]]) -> None:
    worth = [value for _count, value in ballots]
    found = number(Votes(tuple(worth)), tuple(D(count) for count, _value in ballots))
    assert min(worth) <= found <= max(worth)


@given(some, st.decimals(50, 100, places=3), st.decimals(40, 110, places=3))
def test_the_three_roundings_stand_in_order_and_agree_with_fractions(full: D, target: D, value: D) -> None:
    short = max(Fraction(target) - Fraction(value), Fraction(0))
    for rounding, counted in (
        (PointRounding.CEIL, Fraction(ceil(short))),
        (PointRounding.PROPORTIONAL, short),
        (PointRounding.FLOOR, Fraction(floor(short))),
    ):
        assert Fraction(number(PerPoint(full, target, rounding), value)) == max(Fraction(full) - counted, 0)
