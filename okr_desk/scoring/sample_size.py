"""How many people to ask, and whether so many answers could prove a target at all: said while the target is set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.distributions import LEVEL, z_value
from okr_desk.scoring.explained import Steps, figure, result
from okr_desk.scoring.intervals import check_counts, check_population, interval, level_note
from okr_desk.scoring.rounding import percent, plain, wide

PLANNING_LEVEL = Decimal("0.95")
"""The level of the national tables of sample sizes (design, section 8); verdicts use their own."""
CENSUS_BELOW = 50
"""With fewer people than this, ask all of them."""
LEAST_ANSWERS = 15
"""With fewer answers no percentage is published and no verdict given."""


@dataclass(frozen=True)
class SampleSize:
    """How many answers are needed, how many people to invite for them, and whether asking all is better."""

    n: int
    invite: int
    census_advised: bool
    steps: Sequence[str]


@dataclass(frozen=True)
class Needed:
    """Of n answers: from how many satisfied ones on the target is reached, up to how many it is missed; None: never."""

    reached: int | None
    missed: int | None


@dataclass(frozen=True)
class Plan:
    """What so many answers can prove about a target; `smallest` is how many suffice if all of them are satisfied.

    None for `smallest`: no number of answers proves it, only a census of a known population.
    """

    needed: Needed
    smallest: int | None
    steps: Sequence[str]

    @property
    def provable(self) -> bool:
        """Whether the target can be proved at all with so many answers."""
        return self.needed.reached is not None


def sample_size(
    margin: Decimal,
    population: int | None = None,
    level: Decimal = PLANNING_LEVEL,
    expected: Decimal = Decimal("0.5"),
    response: Decimal | None = None,
) -> SampleSize:
    """The answers needed for a margin of error (0.05 is ±5 points), rounded up, and the invitations for them.

    `expected` is the rate that is likely (0.5: nothing is known, the most answers), `response` the share of those
    invited who will answer. Raises InputRefused for a margin, rate or response outside 0..1. Source: methods A4;
    Cochran 1977; Krejcie and Morgan 1970 round to nearest instead.
    """
    check_population(population)
    _check_share(margin, _("误差 margin 须大于 0、小于 1，例如 0.05 表示上下 5 个百分点。"), "margin")
    _check_share(expected, _("预计比率 p 须大于 0、小于 1；不清楚就填 0.5。"), "p")
    if response is not None and response != 1:
        _check_share(response, _("预计回收率 response 须大于 0、不超过 1，例如 0.6。"), "response")
    z = z_value(level)
    with wide():
        first = z * z * expected * (1 - expected) / (margin * margin)
        exact = first if population is None else first / (1 + (first - 1) / population)
        n = max(_up(exact), 1)
        wanted = _up(n / (response or Decimal(1)))
    n = n if population is None else min(n, population)
    invite = wanted if population is None else min(wanted, population)

    def told() -> tuple[str, ...]:
        names = {"z": figure(z), "p": figure(expected), "e": figure(margin)}
        start = _("n₀＝z²×P（1－P）÷e²＝{z}²×{p}×（1－{p}）÷{e}²{result}").format(**names, result=result(first))
        finite = _("按 {people} 人校正：n＝n₀÷（1＋（n₀－1）÷N）{result}")
        corrected = () if population is None else (finite.format(people=population, result=result(exact)),)
        return (
            level_note(level),
            start,
            *corrected,
            _("向上取整，需要有效答卷 {n} 份").format(n=n),
            *_invite_note(n, wanted, invite, response, population),
            *_census_advice(population),
        )

    return SampleSize(n, invite, population is not None and population < CENSUS_BELOW, Steps(told))


def needed_counts(n: int, target: Decimal, population: int | None = None, level: Decimal = LEVEL) -> Needed:
    """Of n answers, the satisfied ones that prove a rate (0..1) reached, and those that prove it missed.

    Source: methods A5, "needed counts".
    """
    check_counts(0, n)
    check_rate_target(target)
    reached = _first(n, lambda k: interval(k, n, population, level).low >= target)
    open_from = _first(n, lambda k: interval(k, n, population, level).high >= target)
    return Needed(reached, open_from - 1 if open_from else None)


def smallest_proving(target: Decimal, population: int | None = None, level: Decimal = LEVEL) -> int | None:
    """The fewest answers that prove a rate (0..1) when all of them are satisfied; None where no number of them does.

    Source: methods A4: n ≥ z²τ ÷ (1 − τ), for a known population turned back through n(N−1)÷(N−n).
    """
    check_rate_target(target)
    check_population(population)
    if target == 1:
        return population
    z = z_value(level)
    with wide():
        size = z * z * target / (1 - target)
        if population is None:
            return _up(size)
        # Satisfied people who answered are satisfied people: that alone proves n ÷ N.
        return min(_up(size * population / (population - 1 + size)), _up(target * population))


def plan(n: int, target: Decimal, population: int | None = None, level: Decimal = LEVEL) -> Plan:
    """What n answers can say about a target rate (0..1), to be shown while the target is being set.

    Raises InputRefused for a target outside 0..1 and for counts that do not fit. Source: methods A4 and decision 4.
    """
    needed = needed_counts(n, target, population, level)
    smallest = smallest_proving(target, population, level)

    def told() -> tuple[str, ...]:
        return level_note(level), *needed_notes(n, target, needed, smallest)

    return Plan(needed, smallest, Steps(told))


def needed_notes(n: int, target: Decimal, needed: Needed, smallest: int | None) -> tuple[str, ...]:
    """What n answers can prove, in sentences."""
    rate = percent(target, 2)
    found = []
    if needed.reached is None:
        found.append(_("{n} 份答卷即使全部满意，也不能证明满意率达到 {rate}。").format(n=n, rate=rate))
        if smallest is not None:
            least = max(smallest, LEAST_ANSWERS)
            found.append(_("全部满意时，至少要 {n} 份答卷才能证明。").format(n=least))
    else:
        said = _("{n} 份答卷中满意达到 {k} 份，才能证明满意率达到 {rate}。")
        found.append(said.format(n=n, k=needed.reached, rate=rate))
    if needed.missed is not None:
        said = _("满意不超过 {k} 份，可判定未达到 {rate}。")
        found.append(said.format(k=needed.missed, rate=rate))
    if n < LEAST_ANSWERS:
        found.append(too_few_note())
    return tuple(found)


def too_few_note() -> str:
    """Why so few answers get no percentage."""
    return _("答卷不足 {n} 份，只报份数，不报百分比，不予判定。").format(n=LEAST_ANSWERS)


def size_to_decide(share: Decimal, target: Decimal, level: Decimal = LEVEL) -> Decimal | None:
    """The effective sample size from which a rate that stays at `share` is told from the target; None: never.

    Wilson's interval holds τ as long as (p − τ)² ≤ z²τ(1 − τ) ÷ m, so m = z²τ(1 − τ) ÷ (p − τ)². All on 0..1.
    """
    if share == target:
        return None
    z = z_value(level)
    with wide():
        return z * z * target * (1 - target) / (share - target) ** 2


def answers_for(size: Decimal, population: int | None) -> int:
    """The answers of a simple sample with this effective size, rounded up; at most the population."""
    with wide():
        return _up(size if population is None else size * population / (population - 1 + size))


def check_rate_target(target: Decimal) -> None:
    """Refuse a target that is no share, 85 instead of 0.85 above all."""
    if not (target.is_finite() and 0 < target <= 1):
        raise InputRefused(_("满意率目标 target 须大于 0、不超过 1，例如 85% 填 0.85。"), "target")


def _first(n: int, holds: Callable[[int], bool]) -> int | None:
    """The first count of 0..n for which something holds that, once true, stays true."""
    if not holds(n):
        return None
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _up(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _check_share(value: Decimal, sentence: str, field: str) -> None:
    if not (value.is_finite() and 0 < value < 1):
        raise InputRefused(sentence, field)


def _invite_note(n: int, wanted: int, invite: int, response: Decimal | None, population: int | None) -> tuple[str, ...]:
    if response is None:
        return (_("没有填预计回收率，邀请人数按全部收回计：{invite} 人").format(invite=invite),)
    line = _("邀请人数＝{n}÷{response}，向上取整为 {wanted} 人").format(n=n, response=plain(response), wanted=wanted)
    if population is not None and wanted > population:
        most = _("总共只有 {people} 人：请全部邀请，并设法提高回收率。").format(people=population)
        return line, most
    return (line,)


def _census_advice(population: int | None) -> tuple[str, ...]:
    if population is None or population >= CENSUS_BELOW:
        return ()
    return (_("总人数不足 {n} 人，建议普查，全部作答。").format(n=CENSUS_BELOW),)
