"""Ballots by hand (domain 5.5, 1.3 "VOTE", 0 fact 26): weights, classes that said nothing, the third."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.appraisal_terms import AppraisalItem, Voter
from okr_desk.errors import InputRefused
from okr_desk.scoring.appraisals import (
    Tally,
    Turnout,
    best_most,
    check_best,
    check_tally,
    check_turnout,
    item_score,
    mean,
    overall,
)

D = Decimal
WEIGHTS = {Voter.LEADERS: D(30), Voter.PEERS: D(20), Voter.MEMBERS: D(30), Voter.MASS: D(20)}
LEADERS = Tally(Voter.LEADERS, (18, 5, 2, 0))
PEERS = Tally(Voter.PEERS, (10, 10, 0, 0))
MASS = Tally(Voter.MASS, (0, 0, 10, 10))


def test_the_mean_of_a_class() -> None:
    """(18·100 + 5·85 + 2·70)/25 = 2365/25 = 94.6 (domain 1.3 "VOTE")."""
    assert mean(LEADERS) == D("94.6")
    assert mean(Tally(Voter.MASS, (0, 0, 0, 0))) is None


def test_classes_by_weight() -> None:
    """94.6·30 + 92.5·20 + 94.6·30 + 60·20 = 2838 + 1850 + 2838 + 1200 = 8726; ÷ 100 = 87.26."""
    found = item_score([LEADERS, PEERS, Tally(Voter.MEMBERS, (18, 5, 2, 0)), MASS], WEIGHTS)
    assert found.value == D("87.26")
    assert found.steps[0] == "领导（权重 30）：（18×100＋5×85＋2×70＋0×50）÷25＝94.6"
    assert found.steps[-1] == "得分＝（94.6×30＋92.5×20＋94.6×30＋60×20）÷100＝87.26"


def test_a_class_that_said_nothing_leaves_the_weights() -> None:
    """94.6·30 + 92.5·20 = 4688; ÷ 50 = 93.76."""
    found = item_score([LEADERS, PEERS, Tally(Voter.MASS, (0, 0, 0, 0))], WEIGHTS)
    assert found.value == D("93.76")
    assert "没有有效票的：群众，不计入，其余按权重分摊。" in found.steps


def test_one_class_alone_and_none() -> None:
    only = item_score([LEADERS], {**WEIGHTS, Voter.MASS: D(0)})
    assert only.value == D("94.6") and len(only.steps) == 1
    assert item_score([], WEIGHTS).value is None
    assert item_score([LEADERS], dict.fromkeys(Voter, D(0))).value is None
    assert overall({}).value is None
    assert overall({AppraisalItem.OVERALL: only}) is only


@pytest.mark.parametrize(("n", "most"), [(0, 0), (2, 0), (3, 1), (8, 2), (9, 3), (29, 9)])
def test_a_third_is_cut_off(n: int, most: int) -> None:
    assert best_most(n) == most


def test_one_too_many_is_refused() -> None:
    check_best(9, 29, "优秀")
    with pytest.raises(InputRefused) as refused:
        check_best(10, 29, "优秀")
    assert refused.value.sentence == (
        "“优秀”最多 9 人（评定等次的 29 人的三分之一，舍去小数），这样会有 10 人，请调整。"
    )


@pytest.mark.parametrize(
    ("of", "says"),
    [
        (Turnout(10, 11, 0), "领导：收回 11 张多于发出 10 张，请核对。"),
        (Turnout(10, 9, 10), "领导：废票 10 张多于收回 9 张，请核对。"),
        (Turnout(10, -1, 0), "领导：票数不能是负数，请改正。"),
    ],
)
def test_ballots_that_cannot_be(of: Turnout, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        check_turnout(of, "领导")
    assert refused.value.sentence == says


def test_more_votes_than_valid_ballots() -> None:
    check_turnout(Turnout(10, 9, 1), "领导")
    assert Turnout(10, 9, 1).valid == 8
    check_tally(Tally(Voter.MASS, (5, 3, 0, 0)), 8, "李旭昇 总体评价")
    for votes in ((5, 4, 0, 0), (-1, 0, 0, 0)):
        with pytest.raises(InputRefused) as refused:
            check_tally(Tally(Voter.MASS, votes), 8, "李旭昇 总体评价")
        assert refused.value.sentence.startswith("李旭昇 总体评价：")


@given(st.lists(st.tuples(st.sampled_from(Voter), st.tuples(*[st.integers(0, 60)] * 4)), max_size=6))
def test_a_score_stays_between_the_worths(given_: list[tuple[Voter, tuple[int, ...]]]) -> None:
    found = item_score([Tally(voter, votes) for voter, votes in given_], WEIGHTS).value
    assert found is None or 50 <= found <= 100
