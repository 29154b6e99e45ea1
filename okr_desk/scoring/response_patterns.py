"""What the answers of one branch look like: shares and coefficients that `signals` compares with the peers.

A row is one sheet: the level of each item, 5 the best, None for 不了解. None as a result means: too little to tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from okr_desk.scoring.distributions import chi_square_below
from okr_desk.scoring.intervals import ONE, ZERO
from okr_desk.scoring.rounding import half_up, kept, wide

Rows = Sequence[Sequence[int | None]]
BEST = 5
LEAST_SHEETS = 8
"""With fewer sheets than this no pattern is read."""
SECONDS_PER_ITEM = Decimal("2.5")
BURST = timedelta(minutes=10)
LEAST_QUARTERS = 6
LEAST_COUNTS = 50


def all_best(rows: Rows, best: int = BEST) -> Decimal | None:
    """The share of sheets with the best level everywhere. Source: methods A8 "all fives"."""
    return _share(sum(all(one == best for one in row) for row in rows), len(rows))


def straight_lined(rows: Rows, best: int = BEST) -> Decimal | None:
    """The share of sheets with one level everywhere that is not the best; two items and more. Source: methods A8."""
    if not _several_items(rows):
        return None
    return _share(sum(_is_straight(row) and row[0] != best for row in rows), len(rows))


def duplicated(rows: Rows) -> Decimal | None:
    """How often two sheets, of those with differing levels, are the same: Σc(c−1) ÷ (m(m−1)). Source: methods A8."""
    varied = [tuple(row) for row in rows if not _is_straight(row)] if _several_items(rows) else []
    if len(varied) < LEAST_SHEETS:
        return None
    pairs = sum(count * (count - 1) for count in Counter(varied).values())
    return _share(pairs, len(varied) * (len(varied) - 1))


def cronbach_alpha(rows: Rows) -> Decimal | None:
    """How well the items of complete sheets hang together; near 0 when levels were put in at random.

    None also where all sheets have the same sum. Source: methods A8; Cronbach 1951.
    """
    whole = [[one for one in row if one is not None] for row in rows if None not in row]
    if not _several_items(rows) or len(whole) < LEAST_SHEETS:
        return None
    total = _scatter([sum(row) for row in whole])
    if total == 0:
        return None
    with wide():
        items = Decimal(len(whole[0]))
        return kept(items / (items - 1) * (1 - Decimal(sum(map(_scatter, zip(*whole, strict=True)))) / total))


def burst(times: Sequence[datetime]) -> Decimal | None:
    """The largest share of sheets handed in within any ten minutes. Source: methods A8."""
    ordered = sorted(times)
    most, first = 0, 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] > BURST:
            first += 1
        most = max(most, last - first + 1)
    return _share(most, len(ordered))


def too_fast(seconds: Sequence[Decimal], items: int) -> Decimal | None:
    """The share of sheets filled in faster than 2.5 seconds an item. Source: methods A8."""
    return _share(sum(one < SECONDS_PER_ITEM * items for one in seconds), len(seconds))


def too_regular(waves: Sequence[tuple[int, int]]) -> Decimal | None:
    """How rarely chance alone keeps quarters, each (satisfied, answered), so alike: a probability, small is odd.

    X² = Σ(k − n·p̄)² ÷ (n·p̄(1 − p̄)) against the left tail of χ² with one degree less than quarters. None for fewer
    than six quarters, and where all answers are alike: of these `all_best` tells. Source: methods A8.
    """
    satisfied, answered = sum(k for k, _n in waves), sum(n for _k, n in waves)
    if len(waves) < LEAST_QUARTERS or any(n < 1 for _k, n in waves) or satisfied in (0, answered):
        return None
    with wide():
        mean = Decimal(satisfied) / answered
        squares = sum(((k - n * mean) ** 2 / (n * mean * (1 - mean)) for k, n in waves), ZERO)
        return chi_square_below(squares, len(waves) - 1)


def is_possible(percentage: Decimal, n: int, places: int) -> bool:
    """Whether some whole number of n answers gives this percentage, rounded up, down or to even at the last place.

    Exact: an impossible percentage is an error in writing or counting, not a chance. Source: methods A8 "GRIM"; Brown
    and Heathers 2016.
    """
    if n < 1 or not 0 <= percentage <= 100:
        return False
    with wide():
        half, near = Decimal(5).scaleb(-places - 1), int(half_up(percentage * n / 100, 0))
        return any(abs(Decimal(100 * k) / n - percentage) <= half for k in (near - 1, near, near + 1) if 0 <= k <= n)


def last_digits(counts: Sequence[int]) -> Decimal | None:
    """How rarely last digits of counts are as uneven as these by chance: a probability, for information only.

    None for fewer than fifty counts or counts that do not span two orders of ten. Source: methods A8.
    """
    positive = [count for count in counts if count > 0]
    if len(positive) < LEAST_COUNTS or max(positive) < 100 * min(positive):
        return None
    seen = Counter(count % 10 for count in positive)
    with wide():
        expected = Decimal(len(positive)) / 10
        squares = sum(((seen[digit] - expected) ** 2 / expected for digit in range(10)), ZERO)
        return ONE - chi_square_below(squares, 9)


def variance(values: Sequence[Decimal]) -> Decimal:
    """The sample variance of two numbers and more."""
    mean = sum(values, ZERO) / len(values)
    return sum(((one - mean) ** 2 for one in values), ZERO) / (len(values) - 1)


def _scatter(values: Sequence[int]) -> int:
    """n·Σx² − (Σx)², the variance of whole numbers times n(n − 1): a ratio of two needs no division before its own."""
    return len(values) * sum(one * one for one in values) - sum(values) ** 2


def _share(part: int, whole: int) -> Decimal | None:
    if whole < LEAST_SHEETS:
        return None
    with wide():
        return kept(Decimal(part) / whole)


def _several_items(rows: Rows) -> bool:
    return bool(rows) and len(rows[0]) > 1


def _is_straight(row: Sequence[int | None]) -> bool:
    return row[0] is not None and len(set(row)) == 1
