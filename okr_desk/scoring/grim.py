"""Whether a percentage or a mean score can come from so many answers at all (GRIM): exact, without an error rate.

Source: methods A8 "impossible percentage (GRIM)"; Brown and Heathers 2016, SPPS 8:363.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import gcd

from okr_desk.i18n import _
from okr_desk.scoring.likert import VALUES
from okr_desk.scoring.response_patterns import is_possible
from okr_desk.scoring.rounding import half_up, plain, wide

SHARE, SCORE = "%", "分"
"""Units of a satisfied rate and of a score, as the library has them."""
MOST_EXACT = 3000
"""Answers up to which every sum that levels can give is known; beyond, only the grid of the sums is looked at."""
_STATED = re.compile(r"(?:有效|回访|收回|样本)\D{0,6}?(\d{1,6})\s*(?:份|件|票|张|人)")


def doubt(unit: str, value: Decimal, n: int, scores: Sequence[Decimal] = VALUES) -> str:
    """Why a value in percent or in points cannot come from n answers, in one sentence; empty where it can.

    The decimals that were written count: 95.5 stands for everything from 95.45 to 95.55. Other units say nothing.
    """
    if n < 1 or (unit == SHARE and is_possible(value, n, _places(value))):
        return ""
    if unit == SHARE:
        said = _("{n} 份有效答卷得不出 {value}%，请核对份数或满意率。")
    elif unit == SCORE and not is_possible_score(value, n, tuple(scores), _places(value)):
        said = _("{n} 份有效答卷得不出 {value} 分，请核对份数或得分。")
    else:
        return ""
    return said.format(n=n, value=plain(value))


def is_possible_score(score: Decimal, n: int, scores: Sequence[Decimal] = VALUES, places: int = 1) -> bool:
    """Whether n answers of these levels can have this mean, rounded either way at its last place.

    20 answers by 100/80/60/30/0 give sums that are multiples of 10, so that 80.2 (a sum of 1604) is none of them.
    """
    if n < 1 or not min(scores) <= score <= max(scores):
        return False
    factor, whole = _whole(tuple(scores))
    step, least = _step(whole), min(whole)
    with wide():
        half = Decimal(5).scaleb(-places - 1)
        low, high = (score - half) * n * factor, (score + half) * n * factor
        first = int(half_up((low - n * least) / step, 0)) - 1
        last = int(half_up((high - n * least) / step, 0)) + 1
        near = [k for k in range(first, last + 1) if low <= k * step + n * least <= high]
    if n > MOST_EXACT:
        return any(0 <= k <= n * (max(whole) - least) // step for k in near)
    sums = _sums(tuple((one - least) // step for one in whole), n)
    return any(k >= 0 and sums >> k & 1 for k in near)


def agrees(said: Decimal, counted: Decimal) -> bool:
    """Whether a written figure is the counted one, rounded either way at its last place."""
    with wide():
        return abs(said - counted) <= Decimal(5).scaleb(-_places(said) - 1)


def stated(text: str) -> int | None:
    """The number of valid answers that a note states (有效答卷 60 份, 回访 45 件); None where it states none."""
    found = _STATED.search(text.replace(",", ""))
    return int(found.group(1)) if found else None


@lru_cache(maxsize=64)
def _sums(levels: tuple[int, ...], n: int) -> int:
    """The sums that n answers can have, as the bits of a number; levels count from 0 in steps."""
    reached = 1
    for _answer in range(n):
        more = 0
        for level in levels:
            more |= reached << level
        reached = more
    return reached


def _whole(scores: tuple[Decimal, ...]) -> tuple[int, tuple[int, ...]]:
    """The scores as whole numbers, and by what they were multiplied."""
    places = max(_places(one) for one in scores)
    factor = 10**places
    return factor, tuple(int(one * factor) for one in scores)


def _step(whole: Sequence[int]) -> int:
    least = min(whole)
    return max(gcd(*(one - least for one in whole)), 1)


def _places(number: Decimal) -> int:
    """Decimals as written: 95.5 has one."""
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
