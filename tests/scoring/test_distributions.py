"""Normal, chi-square, binomial and hypergeometric probabilities against scipy, to the digits that scipy has."""

from __future__ import annotations

from decimal import Decimal
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from okr_desk.errors import InputRefused
from okr_desk.scoring.distributions import chi_square_below, fair_tails, hypergeometric, normal_tails, z_value

D = Decimal


def test_the_quantiles_of_the_methods() -> None:
    """Methods A3; the further digits are those of published tables (1.959963984540054235524594430520…)."""
    assert str(z_value(D("0.90"))).startswith("1.6448536")
    assert z_value(D("0.95")) == D("1.959963984540054235524594431")


@settings(deadline=None)
@given(st.decimals("0.501", "0.999999", places=6))
def test_quantiles_are_those_of_scipy(level: D) -> None:
    assert isclose(float(z_value(level)), -stats.norm.ppf((1 - float(level)) / 2), rel_tol=1e-9)


@pytest.mark.parametrize("level", ["0.5", "1", "90", "0", "-0.9", "NaN", "Infinity", "0.9999999"])
def test_a_level_that_is_none_is_refused(level: str) -> None:
    with pytest.raises(InputRefused, match="一般填"):
        z_value(D(level))


@pytest.mark.parametrize("z", ["0", "0.3", "1.96", "-1.96", "5", "12"])
def test_tails_are_those_of_scipy(z: str) -> None:
    assert isclose(float(normal_tails(D(z))), 2 * stats.norm.sf(abs(float(z))), rel_tol=1e-12)


def test_tails_end_somewhere() -> None:
    assert normal_tails(D(20)) == normal_tails(D(-400)) == 0


@settings(deadline=None)
@given(st.decimals("0.001", "80", places=3), st.integers(1, 40))
def test_chi_square_is_that_of_scipy(x: D, degrees: int) -> None:
    assert isclose(float(chi_square_below(x, degrees)), stats.chi2.cdf(float(x), degrees), rel_tol=1e-9, abs_tol=1e-300)


def test_chi_square_begins_at_nothing() -> None:
    assert chi_square_below(D(0), 5) == chi_square_below(D(-1), 5) == 0


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 60))
def test_fair_tails_are_the_binomial_test(fewer: int, more: int) -> None:
    expected = stats.binomtest(fewer, fewer + more).pvalue if fewer + more else 1.0
    assert isclose(float(fair_tails(fewer, more)), expected, rel_tol=1e-9)


@settings(deadline=None)
@given(st.data(), st.integers(2, 60))
def test_draws_without_return_are_those_of_scipy(data: st.DataObject, population: int) -> None:
    marked, n = data.draw(st.integers(0, population)), data.draw(st.integers(1, population))
    ours = hypergeometric(marked, population, n)
    theirs = stats.hypergeom.pmf(range(n + 1), population, marked, n)
    assert sum(ours) == 1
    assert all(isclose(float(a), b, rel_tol=1e-8, abs_tol=1e-14) for a, b in zip(ours, theirs, strict=True))
