"""The exact limits of a rate in a finite population, for disputes: wider than Wilson's, but never below its level."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.distributions import LEVEL, check_level
from okr_desk.scoring.explained import Steps, rounding_sentence
from okr_desk.scoring.intervals import Interval, check_counts, check_population, interval, outcome, rate_note
from okr_desk.scoring.rounding import kept, percent, plain, wide

MOST_PEOPLE = 5000
"""Larger populations are refused: there Wilson's interval is as good, and the sums become long."""


def exact(successes: int, n: int, population: int | None, level: Decimal = LEVEL) -> Interval:
    """The rate k ÷ n with all rates of the population under which so many satisfied ones are not too surprising.

    Too surprising is a tail of (1 − level) ÷ 2 or less on either side. Raises InputRefused as `interval` does, without
    a population, and for one above `MOST_PEOPLE`. Source: methods A3 (hypergeometric interval).
    """
    check_counts(successes, n)
    check_population(population)
    check_level(level)
    if population is None:
        raise InputRefused(_("精确区间须填应测总人数，请补上。"), "population")
    if n >= population:
        return interval(successes, n, population, level)
    if population > MOST_PEOPLE:
        said = _("精确区间只用于 {most} 人以内；人数更多时与威尔逊区间相差很小，请改用威尔逊区间。")
        raise InputRefused(said.format(most=MOST_PEOPLE), "population")
    tail = Fraction((1 - level) / 2)
    least = _fewest(successes, n, population, tail)
    most = population - _fewest(n - successes, n, population, tail)
    with wide():
        rate, low, high = (kept(Decimal(a) / b) for a, b in ((successes, n), (least, population), (most, population)))

    def told() -> tuple[str, ...]:
        rule = _("精确区间（超几何分布），置信水平 {level}：逐一设想 {people} 人中有 K 人满意，从中不放回抽 {n} 人。")
        low_rule = _("满意不少于 {k} 人的概率大于 {tail} 的最小 K＝{least}，下限＝{least}÷{people}＝{low}")
        high_rule = _("满意不多于 {k} 人的概率大于 {tail} 的最大 K＝{most}，上限＝{most}÷{people}＝{high}")
        names: dict[str, object] = {
            "level": percent(level, 4),
            "people": population,
            "n": n,
            "k": successes,
            "tail": plain((1 - level) / 2),
            "least": least,
            "most": most,
            "low": plain(low, 6),
            "high": plain(high, 6),
        }
        sums = (rule.format(**names), low_rule.format(**names), high_rule.format(**names))
        return rate_note(successes, n), *sums, outcome(low, high), rounding_sentence()

    return Interval(rate, low, high, Decimal(n), level, Steps(told))


def _fewest(successes: int, n: int, population: int, tail: Fraction) -> int:
    """The smallest K with a probability above `tail` of drawing `successes` or more; it rises with K, so halve."""
    low, high = successes, population - n + successes
    while low < high:
        middle = (low + high) // 2
        if _ways(successes, n, middle, population) > tail * comb(population, n):
            high = middle
        else:
            low = middle + 1
    return low


def _ways(successes: int, n: int, marked: int, population: int) -> int:
    """In how many of the draws of n at least `successes` of the marked ones are, each from the one before."""
    first = max(successes, n - (population - marked))
    term = comb(marked, first) * comb(population - marked, n - first)
    total = term
    for x in range(first, min(n, marked)):
        term = term * (marked - x) * (n - x) // ((x + 1) * (population - marked - n + x + 1))
        total += term
    return total
