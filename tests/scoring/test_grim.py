"""Percentages and mean scores that no whole number of answers gives, against plain counting."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.grim import doubt, is_possible_score, stated
from okr_desk.scoring.likert import VALUES
from okr_desk.scoring.rounding import half_up

D = Decimal


@pytest.mark.parametrize(
    ("unit", "value", "n", "sentence"),
    [
        ("%", "95.3", 20, "20 份有效答卷得不出 95.3%，请核对份数或满意率。"),  # 19 of 20 is 95.0
        ("%", "95", 20, ""),
        ("%", "66.7", 3, ""),
        ("分", "80.2", 20, "20 份有效答卷得不出 80.2 分，请核对份数或得分。"),  # 1604 is no multiple of 10
        ("分", "80.5", 20, ""),
        ("分", "87.3", 44, ""),  # 3840 ÷ 44
        ("分", "99.9", 44, "44 份有效答卷得不出 99.9 分，请核对份数或得分。"),  # 4390 would take a level of 90
        ("分", "101", 44, "44 份有效答卷得不出 101 分，请核对份数或得分。"),
        ("场", "7", 44, ""),
        ("%", "95.3", 0, ""),
    ],
)
def test_what_can_be_and_what_cannot(unit: str, value: str, n: int, sentence: str) -> None:
    assert doubt(unit, D(value), n) == sentence


@given(st.integers(1, 7), st.integers(0, 1000))
def test_scores_agree_with_counting_all_ballots(n: int, tenths: int) -> None:
    score = D(tenths) / 10
    means = {D(sum(chosen)) / n for chosen in combinations_with_replacement(VALUES, n)}
    assert is_possible_score(score, n) == any(abs(mean - score) <= D("0.05") for mean in means)


@given(st.lists(st.integers(0, 60), min_size=5, max_size=5).filter(lambda counts: sum(counts) > 0))
def test_what_was_counted_is_always_possible(counts: list[int]) -> None:
    n = sum(counts)
    mean = sum((value * count for value, count in zip(VALUES, counts, strict=True)), D(0)) / n
    assert is_possible_score(half_up(mean, 1), n) and is_possible_score(half_up(mean, 2), n, places=2)


def test_other_scales_and_many_answers() -> None:
    assert is_possible_score(D("2.5"), 2, (D(5), D(4), D(3), D(2), D(1)))
    assert not is_possible_score(D("2.6"), 2, (D(5), D(4), D(3), D(2), D(1)))
    assert is_possible_score(D("67.17"), 3, (D(100), D("87.5"), D(75), D(50), D(0)), 2) is False
    assert is_possible_score(D("80.2"), 10_000) and not is_possible_score(D("100.1"), 10_000)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("有效答卷 60 份", 60),
        ("县热线通报，回访45件", 45),
        ("收回有效 1,200 份", 1200),
        ("2026年第5号通报", None),
        ("", None),
    ],
)
def test_the_number_that_a_note_states(text: str, n: int | None) -> None:
    assert stated(text) == n
