"""How often the intervals hold the truth: exact enumeration for finite populations, seeded draws for scores and groups.

Prints the tables of methods A3, A5 and A6 as the program's own functions give them. A figure is the share of misses
beside the nominal one; nothing here is timed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from math import comb

import numpy as np

from benchmarks.measure import Figure
from okr_desk.scoring.differences import difference
from okr_desk.scoring.distributions import z_value
from okr_desk.scoring.exact_interval import exact
from okr_desk.scoring.intervals import Interval, effective_size, interval
from okr_desk.scoring.likert import likert
from okr_desk.scoring.sample_size import needed_counts
from okr_desk.scoring.strata import Stratum, grouped
from okr_desk.terms import SurveyChange

LEVEL = Decimal("0.95")
NOMINAL = 0.05
SEED = 20260903
DRAWS = 4000
POPULATIONS = ((50, 25), (100, 30), (100, 50), (300, 60), (1000, 100), (2000, 150))
DUST = 1e-12

Limits = tuple[float, float]

SCORES = {
    "very satisfied, 85 % fives": (0.85, 0.10, 0.03, 0.01, 0.01),
    "ordinary, 55 % fives": (0.55, 0.28, 0.11, 0.04, 0.02),
}
FIVE = tuple(Decimal(value) for value in (5, 4, 3, 2, 1))

DESIGNS: dict[str, tuple[tuple[int, int, float], ...]] = {
    "4 groups, 90 of 1000": ((400, 36, 0.85), (300, 27, 0.80), (200, 18, 0.90), (100, 9, 0.75)),
    "4 groups, 48 of 400 (two of 8)": ((160, 16, 0.85), (120, 16, 0.80), (70, 8, 0.90), (50, 8, 0.76)),
    "40 of 80 members (97 %), 20 of 900 villagers (75 %)": ((80, 40, 0.97), (900, 20, 0.75)),
    "near the ceiling (96.8 %), 50 of 600": ((300, 25, 0.97), (200, 15, 0.97), (100, 10, 0.96)),
    "10 of 980 content people, 10 of 20 others": ((980, 10, 0.95), (20, 10, 0.50)),
}
"""People, answers and true rate of each group. In the last a large group often speaks with one voice by chance."""


def figures() -> list[Figure]:
    """The tables on standard output, and the misses of what the program uses."""
    found = [*_finite_populations(), *_scores(), *_groups()]
    _verdicts()
    _changes()
    return found


def _finite_populations() -> list[Figure]:
    print("\nFinite populations, true rate 0.60 to 0.99, enumerated: average (worst) coverage of 95 % intervals\n")
    names = ("Wilson + FPC", "Wilson cc + FPC", "Agresti–Coull + FPC", "exact", "Wilson, no FPC", "normal + FPC")
    _head("N, n", *names)
    found = []
    for population, n in POPULATIONS:
        columns = [_enumerated(population, n, limits) for limits in _methods(population, n)]
        _row(f"{population}, {n}", *(f"{average:.3f} ({worst:.3f})" for average, worst in columns))
        found.append(Figure(f"misses of Wilson, {n} of {population}", 1 - columns[0][0], NOMINAL, "", 1.05, "nominal"))
        assert columns[3][1] >= 1 - NOMINAL - DUST, "an exact interval below its level is none"
    return found


def _methods(population: int, n: int) -> tuple[list[Limits], ...]:
    """The limits of each method for 0 … n satisfied answers."""
    every = range(n + 1)
    size, z = float(effective_size(n, population)), float(z_value(LEVEL))
    return (
        [_plain(interval(k, n, population, LEVEL)) for k in every],
        [_plain(interval(k, n, population, LEVEL, continuity=True)) for k in every],
        [_agresti_coull(k / n, size, z) for k in every],
        [_plain(exact(k, n, population, LEVEL)) for k in every],
        [_plain(interval(k, n, None, LEVEL)) for k in every],
        [_normal(k / n, size, z) for k in every],
    )


def _enumerated(population: int, n: int, limits: Sequence[Limits]) -> tuple[float, float]:
    whole = comb(population, n)
    found = []
    for marked in range(math.ceil(0.6 * population), math.floor(0.99 * population) + 1):
        truth = marked / population
        held = [k for k, (low, high) in enumerate(limits) if low - DUST <= truth <= high + DUST]
        found.append(sum(comb(marked, k) * comb(population - marked, n - k) for k in held) / whole)
    return sum(found) / len(found), min(found)


def _scores() -> list[Figure]:
    print(f"\nMean of a 5-level item, {DRAWS} draws: coverage / width of 95 % intervals\n")
    _head("population, n", "Wilson on the mean", "t")
    found = []
    for name, shares in SCORES.items():
        truth = sum(share * float(value) for share, value in zip(shares, FIVE, strict=True))
        for n in (15, 30, 60):
            ours: list[Limits] = []
            others: list[Limits] = []
            for counts in np.random.default_rng(SEED + n).multinomial(n, shares, DRAWS):
                levels = tuple(int(count) for count in counts)
                ours.append(_of_score(levels))
                others.append(_t_interval(levels, n))
            misses = 1 - _held(ours, truth)
            _row(f"{name}, {n}", *(f"{_held(each, truth):.3f} / {_width(each):.2f}" for each in (ours, others)))
            found.append(Figure(f"misses of the mean, {name}, n = {n}", misses, NOMINAL, "", 1.4, "nominal"))
    return found


def _groups() -> list[Figure]:
    print(f"\nGroups, {DRAWS} draws: coverage of 95 % intervals\n")
    _head("design", "Wilson, m from V", "normal", "unweighted Wilson", "median m ÷ n")
    found = []
    for name, design in DESIGNS.items():
        people, answers = sum(one[0] for one in design), sum(one[1] for one in design)
        satisfied = [round(size * rate) for size, _n, rate in design]
        truth = sum(satisfied) / people
        rng = np.random.default_rng(SEED)
        groups = [(good, size - good, n) for good, (size, n, _rate) in zip(satisfied, design, strict=True)]
        drawn = [tuple(int(rng.hypergeometric(*group)) for group in groups) for _draw in range(DRAWS)]
        results = [_grouped(design, counts) for counts in drawn]
        unweighted = [_simple(sum(counts), answers, people) for counts in drawn]
        ours, normal = [one[0] for one in results], [one[1] for one in results]
        coverages = [_held(each, truth) for each in (ours, normal, unweighted)]
        size = float(np.median([one[2] for one in results])) / answers
        _row(name, *(f"{rate:.3f}" for rate in coverages), f"{size:.2f}")
        found.append(Figure(f"misses of groups, {name}", 1 - coverages[0], NOMINAL, "", 1.6, "nominal"))
    return found


def _verdicts() -> None:
    print("\nVerdicts at 90 %, target 0.85, exact: 达成 / 无法判定 / 未达成 (in brackets: rate seen ≥ target)\n")
    truths = (0.75, 0.80, 0.85, 0.90, 0.93)
    _head("n", *(f"true {truth:.2f}" for truth in truths))
    for n in (15, 30, 60, 100, 200, 300):
        needed = needed_counts(n, Decimal("0.85"))
        reached = n + 1 if needed.reached is None else needed.reached
        missed = -1 if needed.missed is None else needed.missed
        cells = []
        for truth in truths:
            chances = _binomial(n, truth)
            yes, no = sum(chances[reached:]), sum(chances[: missed + 1])
            plain = sum(chance for k, chance in enumerate(chances) if 100 * k >= 85 * n)
            cells.append(f"{yes:.2f}/{1 - yes - no:.2f}/{no:.2f} ({plain:.2f})")
        _row(str(n), *cells)


def _changes() -> None:
    print("\nChance of calling an improvement, exact: 95 % / 90 % / “it went up”\n")
    moves = ((0.82, 0.82), (0.82, 0.86), (0.82, 0.90))
    _head("n", *(f"{before:.2f} → {now:.2f}" for before, now in moves))
    for n in (30, 60, 100):
        rose = [_rises(n, level) for level in (LEVEL, Decimal("0.90"))]
        cells = []
        for before, now in moves:
            first, second = np.array(_binomial(n, before)), np.array(_binomial(n, now))
            joint = np.outer(second, first)
            went_up = np.tril(np.ones((n + 1, n + 1), dtype=bool), -1)
            cells.append(" / ".join(f"{joint[where].sum():.3f}" for where in (*rose, went_up)))
        _row(str(n), *cells)


def _rises(n: int, level: Decimal) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    each = [interval(k, n, None, level) for k in range(n + 1)]
    called = [[difference(now, before).change is SurveyChange.ROSE for before in each] for now in each]
    return np.array(called, dtype=bool)


@cache
def _of_score(levels: tuple[int, ...]) -> Limits:
    found = likert(levels, FIVE, level=LEVEL).score
    return float(found.low), float(found.high)


@cache
def _simple(successes: int, n: int, population: int) -> Limits:
    return _plain(interval(successes, n, population, LEVEL))


def _grouped(design: Iterable[tuple[int, int, float]], counts: tuple[int, ...]) -> tuple[Limits, Limits, float]:
    return _of_groups(
        tuple(Stratum(str((size, n)), size, n, k) for (size, n, _rate), k in zip(design, counts, strict=True))
    )


@cache
def _of_groups(strata: tuple[Stratum, ...]) -> tuple[Limits, Limits, float]:
    found = grouped(strata, LEVEL).interval
    assert found is not None and found.effective_n is not None
    size, rate = float(found.effective_n), float(found.estimate)
    return _plain(found), _normal(rate, size, float(z_value(LEVEL))), size


def _plain(found: Interval) -> Limits:
    return float(found.low), float(found.high)


def _normal(rate: float, size: float, z: float) -> Limits:
    half = z * math.sqrt(rate * (1 - rate) / size)
    return rate - half, rate + half


def _agresti_coull(rate: float, size: float, z: float) -> Limits:
    return _normal((rate * size + z * z / 2) / (size + z * z), size + z * z, z)


def _t_interval(levels: tuple[int, ...], n: int) -> Limits:
    values = np.repeat([float(value) for value in FIVE], levels)
    half = T[n] * float(values.std(ddof=1)) / math.sqrt(n)
    return float(values.mean()) - half, float(values.mean()) + half


T = {15: 2.14479, 30: 2.04523, 60: 2.00100}
"""Student's 97.5 % quantiles for n − 1 degrees of freedom."""


def _binomial(n: int, rate: float) -> list[float]:
    return [comb(n, k) * rate**k * (1 - rate) ** (n - k) for k in range(n + 1)]


def _held(limits: Sequence[Limits], truth: float) -> float:
    return sum(low - DUST <= truth <= high + DUST for low, high in limits) / len(limits)


def _width(limits: Sequence[Limits]) -> float:
    return sum(high - low for low, high in limits) / len(limits)


def _head(*cells: str) -> None:
    _row(*cells)
    _row(*("---" for _cell in cells))


def _row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")
