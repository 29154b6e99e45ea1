"""Rounding for display: half-up, truncation near thresholds (methods B2, "threshold and rounding")."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.scoring.rounding import (
    NOTHING,
    display_near,
    exact_or,
    half_up,
    kept,
    percent,
    plain,
    truncated,
    wide,
    without_dust,
)

D = Decimal

numbers = st.decimals(-10_000, 10_000, places=6)
places = st.integers(0, 4)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
    ],
)
def test_a_tie_goes_away_from_zero_as_in_excel(value: str, digits: int, expected: str) -> None:
    assert half_up(D(value), digits) == D(expected)


@pytest.mark.parametrize(("value", "expected"), [("59.96", "59.9"), ("-59.96", "-59.9"), ("60", "60")])
def test_truncation_cuts_towards_zero(value: str, expected: str) -> None:
    assert truncated(D(value), 1) == D(expected)


@pytest.mark.parametrize(
    ("value", "digits", "thresholds", "expected"),
    [
        ("59.96", 1, ["60"], "59.9"),  # methods B2: 59.96 shows 59.9, not 60.0
        ("59.94", 1, ["60"], "59.9"),
        ("60", 1, ["60"], "60"),
        ("59.96", 1, [], "60"),
        ("-0.104", 2, ["-0.10"], "-0.11"),  # below the limit must read below it
        ("-0.10", 2, ["-0.10"], "-0.1"),
        ("0.7049", 2, ["0.704"], "0.71"),  # reached, so it must not read as missed
    ],
)
def test_what_is_shown_stands_on_the_side_of_the_threshold_where_the_number_is(
    value: str, digits: int, thresholds: list[str], expected: str
) -> None:
    assert display_near(D(value), digits, [D(one) for one in thresholds]) == expected


@given(numbers, places, st.lists(st.integers(-100, 100).map(lambda n: D(n) / 4), max_size=1))
def test_one_threshold_that_the_display_can_show_is_never_crossed(value: D, digits: int, thresholds: list[D]) -> None:
    shown = D(display_near(value, digits, thresholds))
    for threshold in thresholds:
        if value >= threshold or threshold == half_up(threshold, digits):
            assert (shown >= threshold) == (value >= threshold)


@given(numbers, places)
def test_half_up_stays_within_half_a_unit(value: D, digits: int) -> None:
    assert abs(half_up(value, digits) - value) <= D(1).scaleb(-digits) / 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("63.40", "63.4"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0.000001", "0.000001"),
        ("100", "100"),
    ],
)
def test_plain_numbers_have_no_exponent_and_no_trailing_zeros(value: str, expected: str) -> None:
    assert plain(D(value)) == expected


def test_plain_rounds_when_asked_and_shows_a_dash_for_nothing() -> None:
    assert plain(D("63.45"), 1) == "63.5"
    assert plain(D("-0.04"), 1) == "0"
    assert plain(None) == NOTHING


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("0.634", 0, "63%"),
        ("0.635", 0, "64%"),
        ("0.996", 0, "99%"),
        ("1", 0, "100%"),
        ("1.2", 0, "120%"),
        ("0.5549", 1, "55.5%"),
    ],
)
def test_percent_never_claims_the_whole_too_early(value: str, digits: int, expected: str) -> None:
    assert percent(D(value), digits) == expected


def test_percent_of_nothing_is_a_dash() -> None:
    assert percent(None) == NOTHING


def test_all_digits_when_they_end_in_time_else_rounded() -> None:
    assert exact_or(D("0.55"), 10) == "0.55"
    assert exact_or(D(1) / 3, 10) == "0.3333333333"
    assert exact_or(D(2) / 3, 10) == "0.6666666667"
    assert exact_or(None, 10) == NOTHING


def test_sums_and_products_are_exact_and_the_quotient_keeps_28_digits() -> None:
    long = D("0.12345678901234567890123456789")
    with wide():
        assert long * long * long != long**3 * D("1.0000000000000000000000000000001")
        assert (long * 3) / 3 == long
    assert kept(D(2) / 3) == D("0.6666666666666666666666666667")
    assert kept(D("89.9999")) == D("89.9999")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("9.999999999999999999999999999", "10"),
        ("59.99999999999999999999999998", "60"),
        ("7.500000000000000000000000003", "7.5"),
        ("89.99999999999", "89.99999999999"),
        ("3.333333333333333333333333333", "3.333333333333333333333333333"),
    ],
)
def test_only_the_dust_of_divisions_is_taken_off(value: str, expected: str) -> None:
    assert without_dust(D(value)) == D(expected)
