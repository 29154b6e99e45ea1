"""The exact interval of a finite population: its definition by scipy, its coverage, and what it refuses."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from okr_desk.errors import InputRefused
from okr_desk.scoring.distributions import hypergeometric
from okr_desk.scoring.exact_interval import MOST_PEOPLE, exact

D = Decimal


@settings(deadline=None)
@given(st.data(), st.integers(2, 60), st.sampled_from(["0.9", "0.95"]))
def test_the_definition_with_a_loop_over_all_populations(data: st.DataObject, population: int, level: str) -> None:
    """Methods A3: L = min{K: P(X ≥ k | K) > α/2} ÷ N, U = max{K: P(X ≤ k | K) > α/2} ÷ N.

    A tail of exactly 1 ÷ 20 is not above it, but scipy's may be in its last digit.
    """
    n = data.draw(st.integers(1, population - 1))
    k = data.draw(st.integers(0, n))
    tail = (1 - float(level)) / 2 + 1e-9
    every = range(k, population - n + k + 1)
    least = min(K for K in every if stats.hypergeom.sf(k - 1, population, K, n) > tail)
    most = max(K for K in every if stats.hypergeom.cdf(k, population, K, n) > tail)
    found = exact(k, n, population, D(level))
    assert (round(found.low * population), round(found.high * population)) == (least, most)


@pytest.mark.parametrize(("population", "n"), [(50, 25), (100, 30)])
def test_it_never_covers_less_than_its_level(population: int, n: int) -> None:
    found = [exact(k, n, population, D("0.95")) for k in range(n + 1)]
    for marked in range(population + 1):
        truth = D(marked) / population
        inside = [one.low <= truth <= one.high for one in found]
        assert sum(p for p, is_in in zip(hypergeometric(marked, population, n), inside, strict=True) if is_in) >= 0.95


def test_its_steps_name_the_two_populations() -> None:
    found = exact(28, 30, 100)
    assert found.steps[2:4] == (
        "满意不少于 28 人的概率大于 0.05 的最小 K＝83，下限＝83÷100＝0.83",
        "满意不多于 28 人的概率大于 0.05 的最大 K＝98，上限＝98÷100＝0.98",
    )
    assert found.effective_n == 30


def test_a_census_is_a_census() -> None:
    assert exact(28, 30, 30).census


def test_a_large_township_still_answers_at_once() -> None:
    found = exact(900, 1000, MOST_PEOPLE)
    assert found.low < D("0.9") < found.high


@pytest.mark.parametrize(
    ("population", "hint"), [(None, "须填应测总人数"), (MOST_PEOPLE + 1, "只用于 5000 人以内"), (0, "须至少为 1")]
)
def test_what_it_cannot_answer_is_refused(population: int | None, hint: str) -> None:
    with pytest.raises(InputRefused, match=hint):
        exact(28, 30, population)
