"""Patterns in the answers of one branch: by hand, with referees, and where too little is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from math import isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from okr_desk.scoring import response_patterns as patterns

D = Decimal
START = datetime(2026, 9, 3, 9, 0, tzinfo=UTC)
MIXED = [[5, 4, 5], [4, 4, 3], [5, 4, 5], [3, 2, 4], [5, 5, 4], [4, 3, 4], [2, 3, 3], [5, 4, 5]]


def test_shares_of_sheets() -> None:
    rows = [*MIXED, [5, 5, 5], [5, 5, 5], [4, 4, 4], [None, None, None]]
    assert patterns.all_best(rows) == D(2) / 12
    assert patterns.straight_lined(rows) == D(1) / 12
    assert patterns.all_best([[3, 3]] * 8, best=3) == 1 and patterns.straight_lined([[3, 3]] * 8, best=3) == 0


def test_a_row_with_an_unsure_item_is_not_all_best() -> None:
    assert patterns.all_best([[5, None, 5]] * 8) == 0


def test_duplicates_by_hand() -> None:
    """Three sheets 5-4-5 among eight that vary: 3×2 ÷ (8×7)."""
    assert patterns.duplicated([*MIXED, [5, 5, 5], [5, 5, 5]]) == D(6) / 56


@pytest.mark.parametrize("rows", [[], MIXED[:7], [[5], [4]] * 8, [[5, 5, 5]] * 20])
def test_too_little_for_duplicates_and_consistency(rows: list[list[int]]) -> None:
    assert patterns.duplicated(rows) is None and patterns.cronbach_alpha(rows) is None
    if len(rows) < 8 or len(rows[0]) < 2:
        assert patterns.straight_lined(rows) is None


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=8, max_size=30))
def test_alpha_is_that_of_the_covariance_matrix(rows: list[list[int]]) -> None:
    """α = k/(k−1) · (1 − trace ÷ sum of the covariance matrix)."""
    covariance = np.cov(np.array(rows, dtype=float), rowvar=False)
    found = patterns.cronbach_alpha([*rows, [None, 3, 3]])
    if found is None:
        assert abs(covariance.sum()) < 1e-9
    else:
        assert isclose(float(found), 1.5 * (1 - np.trace(covariance) / covariance.sum()), rel_tol=1e-6, abs_tol=1e-9)


def test_a_burst_is_ten_minutes_at_most() -> None:
    """Four sheets from 9:00 to 9:10, the others hours apart."""
    times = [START + timedelta(minutes=minutes) for minutes in (600, 0, 3, 9, 10, 200, 300, 400)]
    assert patterns.burst(times) == D("0.5")
    times[4] += timedelta(seconds=1)
    assert patterns.burst(times) == D("0.375")
    assert patterns.burst(times[:7]) is None


def test_fast_sheets_take_less_than_the_limit() -> None:
    """Ten items take 25 seconds."""
    seconds = [D(value) for value in ("24.9", "25", "3", "60", "70", "80", "90", "100")]
    assert patterns.too_fast(seconds, 10) == D("0.25")
    assert patterns.too_fast([], 10) is None


def test_regularity_by_hand() -> None:
    """57 of 60 six times: X² = 0, left tail 0; and scipy for quarters that vary."""
    assert patterns.too_regular([(57, 60)] * 6) == 0
    waves = [(50, 60), (52, 60), (49, 60), (51, 60), (50, 58), (47, 60)]
    mean = sum(k for k, _n in waves) / sum(n for _k, n in waves)
    squares = sum((k - n * mean) ** 2 / (n * mean * (1 - mean)) for k, n in waves)
    assert isclose(float(patterns.too_regular(waves) or 0), stats.chi2.cdf(squares, 5), rel_tol=1e-9)


@pytest.mark.parametrize("waves", [[(57, 60)] * 5, [(60, 60)] * 6, [(0, 60)] * 6, [(57, 60)] * 6 + [(0, 0)]])
def test_too_little_for_regularity(waves: list[tuple[int, int]]) -> None:
    assert patterns.too_regular(waves) is None


@pytest.mark.parametrize(
    ("percentage", "n", "places", "possible"),
    [
        # Brown and Heathers 2016: a mean of whole numbers can take only some values
        ("93.3", 15, 1, True),
        ("95.0", 15, 1, False),
        ("98.5", 60, 1, False),
        ("98.3", 60, 1, True),
        ("98", 60, 0, True),
        ("100", 7, 1, True),
        ("0", 7, 1, True),
        ("12.5", 8, 1, True),
        ("12", 8, 0, True),  # 12.5 to even
        ("13", 8, 0, True),  # 12.5 half-up
        ("101", 8, 0, False),
        ("-1", 8, 0, False),
        ("50", 0, 0, False),
    ],
)
def test_impossible_percentages(percentage: str, n: int, places: int, possible: bool) -> None:
    assert patterns.is_possible(D(percentage), n, places) is possible


@given(st.integers(1, 300), st.data(), st.integers(0, 2))
def test_a_true_percentage_is_never_called_impossible(n: int, data: st.DataObject, places: int) -> None:
    true = D(100 * data.draw(st.integers(0, n))) / n
    for how in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN):
        assert patterns.is_possible(true.quantize(D(1).scaleb(-places), how), n, places)


def test_last_digits() -> None:
    """Sixty counts that all end in 0 or 5 are not chance; the digits 0 to 9 six times each are no surprise."""
    uneven = patterns.last_digits([5 * step for step in range(1, 61)] + [1000])
    even = patterns.last_digits([*range(1, 61), 1000])
    assert uneven is not None and uneven < D("0.0001") and even is not None and even > D("0.99")
    assert patterns.last_digits(list(range(1, 50))) is None
    assert patterns.last_digits(list(range(50, 150))) is None
