"""Ballots per branch by the practical default of domain 3.3, and their spread over groups."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused
from okr_desk.scoring.invitations import invitations

D = Decimal


@pytest.mark.parametrize(
    ("people", "n", "given_out"),
    [
        (12, 12, 12),  # under 30 everybody is asked
        (29, 29, 29),
        (30, 24, 30),  # ±10 %: 24 answers; 24 ÷ 0.6 = 40, but there are only 30
        (50, 34, 50),
        (100, 50, 84),  # 50 ÷ 0.6 = 83.3
        (300, 60, 100),  # ±10 % would be 73: at most 60
        (5000, 60, 100),
    ],
)
def test_ballots_of_a_branch(people: int, n: int, given_out: int) -> None:
    """±10 % values from domain 3.3: 24, 34, 50, 73, 95 for 30, 50, 100, 300, 5000 households."""
    found = invitations([people], D("0.6"))
    assert (found.n, found.total) == (n, given_out)


def test_groups_share_by_size_and_a_large_one_is_never_left_out() -> None:
    """60 answers, 100 ballots for 300 people: 80 : 220 → 27 : 73; a tenth of 300 gets 9 for five answers at 60 %."""
    assert invitations([80, 220], D("0.6")).given == (27, 73)
    assert invitations([30, 270], D("0.6")).given == (10, 90)
    assert invitations([100, 400, 500], D("1")).given == (6, 24, 30)
    assert invitations([4, 296], D("0.6")).given == (1, 99)


def test_a_large_group_gets_enough_for_five_answers() -> None:
    """50 people of 500 are a tenth: 60 ballots at full response would be 6; at 10 % five answers take 50."""
    assert invitations([50, 450], D("0.1")).given == (50, 450)
    assert invitations([60, 540], D("0.5")).given == (12, 108)


def test_it_is_told_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(invitations([300], D("0.6")).steps) == [
        "±10 个百分点需要 73 份；每支部最多 60 份、最少 20 份，取 60 份。",
        "按回收率 60% 发放：60÷0.6，向上取整并按人群大小分摊，共 100 份。",
    ]
    assert list(invitations([12], D("0.6")).steps) == ["只有 12 人，不足 30 人：全部发到。"]


@pytest.mark.parametrize(("people", "response"), [([], "0.6"), ([0], "0.6"), ([10], "0"), ([10], "1.2")])
def test_what_cannot_be_is_refused(people: list[int], response: str) -> None:
    with pytest.raises(InputRefused):
        invitations(people, D(response))


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=6), st.integers(1, 100))
def test_nobody_is_asked_twice_and_enough_are_asked(people: list[int], response: int) -> None:
    found = invitations(people, D(response) / 100)
    assert all(0 <= one <= most for one, most in zip(found.given, people, strict=True))
    assert found.total * response >= min(found.n * 100, sum(people) * response)
