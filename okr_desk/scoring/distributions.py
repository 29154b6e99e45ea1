"""Normal, binomial, hypergeometric and chi-square probabilities in decimals: the same digits on every PC.

No binary floating point takes part, because an interval of these decides whether a target was reached.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import comb

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.rounding import kept, plain, wide

LEVEL = Decimal("0.90")
"""Confidence of intervals and verdicts, two-sided (design, section 8)."""
LOWEST_LEVEL, HIGHEST_LEVEL = Decimal("0.5"), Decimal("0.999999")

_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798")
_SMALLEST = Decimal("1E-60")
_FARTHEST = 20
_HALF = Decimal("0.5")


def check_level(level: Decimal) -> None:
    """Refuse what cannot be the confidence of a two-sided interval: 90 instead of 0.90, a half and below, certainty."""
    if not (level.is_finite() and LOWEST_LEVEL < level <= HIGHEST_LEVEL):
        said = _("置信水平 level 须大于 {low}、不超过 {high}，一般填 0.90 或 0.95。")
        raise InputRefused(said.format(low=plain(LOWEST_LEVEL), high=plain(HIGHEST_LEVEL)), "level")


@lru_cache(maxsize=16)
def z_value(level: Decimal) -> Decimal:
    """The normal quantile of a two-sided level: 1.6448536… for 0.90, to 28 digits.

    Newton's steps from 0 rise to the root without passing it, because the normal distribution is concave there.
    Raises InputRefused as `check_level` does. Source: methods A3.
    """
    check_level(level)
    with wide():
        aim, found = (1 + level) / 2, Decimal(0)
        while True:
            step = (aim - _cumulative(found)) / _density(found)
            if abs(step) < _SMALLEST:
                return kept(found)
            found += step


def normal_tails(z: Decimal) -> Decimal:
    """The probability of being as far from 0 as `z` on either side; 0 from 20 on (below 1E-88)."""
    if abs(z) >= _FARTHEST:
        return Decimal(0)
    with wide():
        return kept(2 * (1 - _cumulative(abs(z))))


def chi_square_below(x: Decimal, degrees: int) -> Decimal:
    """The probability that a chi-square variable with so many degrees of freedom stays at or below `x`.

    The series of the incomplete gamma function; `x` from 0 to a few hundred, degrees 1 and more.
    """
    if x <= 0:
        return Decimal(0)
    with wide():
        half, power = x / 2, Decimal(degrees) / 2
        term = half**power * (-half).exp() / _gamma(degrees + 2)
        total, index = term, 0
        while term > total * _SMALLEST:
            index += 1
            term *= half / (power + index)
            total += term
        return kept(min(total, Decimal(1)))


def fair_tails(fewer: int, more: int) -> Fraction:
    """The exact two-sided p of so uneven a split of equally likely outcomes (McNemar's exact test), at most 1."""
    whole, least = fewer + more, min(fewer, more)
    return min(Fraction(2 * sum(comb(whole, i) for i in range(least + 1)), 2**whole), Fraction(1))


def hypergeometric(marked: int, population: int, n: int) -> list[Fraction]:
    """The exact probabilities of drawing 0, 1, … n marked ones when n are drawn from the population."""
    whole = comb(population, n)
    return [Fraction(comb(marked, x) * comb(population - marked, n - x), whole) for x in range(n + 1)]


def _density(x: Decimal) -> Decimal:
    return (-x * x / 2).exp() / (2 * _PI).sqrt()


def _cumulative(x: Decimal) -> Decimal:
    """For x of 0 and more: a series of positive terms, so that nothing cancels."""
    term = total = x
    index = 1
    while term > _SMALLEST:
        index += 2
        term *= x * x / index
        total += term
    return _HALF + _density(x) * total


def _gamma(doubled: int) -> Decimal:
    """Gamma of half of a whole number."""
    found = Decimal(1) if doubled % 2 == 0 else _PI.sqrt()
    at = Decimal(2 - doubled % 2) / 2
    while 2 * at < doubled:
        found *= at
        at += 1
    return found
