"""Ratings of departments by hand: missing items, raters with weights, process and result (domain 4.1)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.whistle_ratings import Rated, RatingRule, WhistleScore, department_score, whistle_score
from okr_desk.whistle_terms import ItemUse, RatedItem, Rater

P, R = ItemUse.PROCESS, ItemUse.RESULT
RULE = RatingRule(
    dict(zip(RatedItem, (P, P, R, P, P, R), strict=True)),
    Decimal("0.6"),
    {Rater.BRANCH: Decimal(40), Rater.RESIDENTS: Decimal(40), Rater.DELEGATES: Decimal(20)},
)


def rated(*levels: int | None, rater: Rater = Rater.BRANCH) -> Rated:
    return Rated(rater, {item: level for item, level in zip(RatedItem, levels, strict=True) if level})


def test_all_six_items() -> None:
    """4 5 5 4 4 4: process (80+100+80+80)/4 = 85, result (100+80)/2 = 90; 0.6·85 + 0.4·90 = 87."""
    found = whistle_score([rated(4, 5, 5, 4, 4, 4)], RULE)
    assert (found.process, found.result, found.total.value) == (85, 90, 87)
    assert found.total.steps[-1] == "得分＝0.6×85＋0.4×90＝87"


def test_a_missing_item_is_left_out_and_said() -> None:
    """- 5 5 4 4 4: process (100+80+80)/3 = 86.67, result 90."""
    found = whistle_score([rated(None, 5, 5, 4, 4, 4)], RULE)
    assert found.process == Decimal(260) / 3
    assert found.total.value == Decimal("0.6") * Decimal(260) / 3 + 36
    assert "没有评的：响应速度，不计入，其余按比例分摊。" in found.total.steps


def test_a_part_of_which_nothing_was_rated_leaves_all_to_the_other() -> None:
    found = whistle_score([rated(4, 4, None, 4, 4, None)], RULE)
    assert (found.result, found.total.value) == (None, 80)
    assert whistle_score([], RULE).total.value is None


def test_raters_weigh_and_those_who_said_nothing_do_not_count() -> None:
    """Branch 5 (40), residents 3 (40): (100·40 + 60·40)/80 = 80 on every item."""
    both = [rated(5, 5, 5, 5, 5, 5), rated(3, 3, 3, 3, 3, 3, rater=Rater.RESIDENTS)]
    assert whistle_score(both, RULE).total.value == 80
    assert whistle_score([*both, rated(*[None] * 6, rater=Rater.DELEGATES)], RULE).total.value == 80


def test_a_department_needs_three_whistles() -> None:
    one = whistle_score([rated(4, 5, 5, 4, 4, 4)], RULE)
    other = whistle_score([rated(5, 5, 4, 5, 5, 4)], RULE)  # process 100, result 80: 92
    few = department_score([one, other], RULE, 3)
    assert (few.value, few.steps) == (None, ("不足3次，不列",))
    enough = department_score([one, other, other], RULE, 3)
    assert enough.value == Decimal("0.6") * Decimal(285) / 3 + Decimal("0.4") * Decimal(250) / 3
    unrated = WhistleScore(whistle_score([], RULE).total, None, None)
    assert department_score([one, other, unrated], RULE, 3).value is None


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), min_size=6, max_size=6))
def test_a_score_lies_between_20_and_100(levels: list[int | None]) -> None:
    value = whistle_score([rated(*levels)], RULE).total.value
    assert value is None if not any(levels) else value is not None and 20 <= value <= 100
