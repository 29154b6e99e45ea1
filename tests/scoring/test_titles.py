"""Marks of titles by hand: means of parties, several peers, weights 10/30/60."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.titles import Marks, mean_of, title_score
from okr_desk.title_terms import Strength, TitleParty

D = Decimal
WEIGHTS = {TitleParty.SELF: D(10), TitleParty.PEERS: D(30), TitleParty.UPPER: D(60)}


def marks(party: TitleParty, *points: int) -> Marks:
    return Marks(party, {strength: D(mark) for strength, mark in zip(Strength, points, strict=False)})


ALL = [
    marks(TitleParty.SELF, 96, 94, 95, 95),
    marks(TitleParty.PEERS, 90, 90, 88, 92),
    marks(TitleParty.PEERS, 86, 84, 85, 85),
    marks(TitleParty.UPPER, 88, 90, 86, 88),
]


def test_three_parties() -> None:
    """Self 95, peers (90 + 85)/2 = 87.5, upper 88: 95·10 + 87.5·30 + 88·60 = 950 + 2625 + 5280 = 8855; ÷ 100."""
    found = title_score(ALL, WEIGHTS)
    assert found.value == D("88.55")
    assert (
        found.steps[1]
        == "互评：政治功能强 88、支部班子强 87、党员队伍强 86.5、作用发挥强 88.5，平均＝87.5（2 家的平均）"
    )
    assert found.steps[-1] == "总分＝（95×10＋87.5×30＋88×60）÷100＝88.55"
    assert mean_of(ALL, TitleParty.PEERS, Strength.MEMBERS) == D("86.5")


def test_all_have_to_mark() -> None:
    found = title_score(ALL[:3], WEIGHTS)
    assert (found.value, found.steps) == (None, ("还没有评分的：上级考评，三方都评了才有总分。",))
    assert title_score(ALL[3:], {**dict.fromkeys(TitleParty, D(0)), TitleParty.UPPER: D(60)}).value == 88
    assert title_score(ALL, dict.fromkeys(TitleParty, D(0))).value is None


def test_a_strength_left_out_and_a_party_without_weight() -> None:
    only = [marks(TitleParty.UPPER, 80, 90), marks(TitleParty.SELF, 100)]
    found = title_score(only, {TitleParty.SELF: D(0), TitleParty.PEERS: D(0), TitleParty.UPPER: D(1)})
    assert found.value == 85 and found.steps[1] == "上级考评：政治功能强 80、支部班子强 90，平均＝85"


@given(st.lists(st.tuples(*[st.integers(0, 100)] * 4), min_size=1, max_size=5))
def test_the_total_lies_between_the_marks(peers: list[tuple[int, ...]]) -> None:
    given_ = [ALL[0], ALL[3], *(marks(TitleParty.PEERS, *points) for points in peers)]
    every = [mark for one in given_ for mark in one.points.values()]
    found = title_score(given_, WEIGHTS).value
    assert found is not None and min(every) <= found <= max(every)
