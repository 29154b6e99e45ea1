"""What a round is likely to show before it is held: the chance of each verdict, and of seeing a rise that is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import comb

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.differences import difference
from okr_desk.scoring.distributions import LEVEL, z_value
from okr_desk.scoring.explained import Explained, Steps
from okr_desk.scoring.intervals import ONE, ZERO, Interval, interval, level_note
from okr_desk.scoring.rounding import kept, percent, plain, wide
from okr_desk.scoring.sample_size import LEAST_ANSWERS, check_rate_target, needed_counts, smallest_proving
from okr_desk.terms import SurveyChange, SurveyVerdict, label

MOST_PLANNED = 2000
"""Rounds larger than this are not planned with exact sums; they see nearly everything anyway."""
USUAL_POWER = Decimal("0.8")


@dataclass(frozen=True)
class Chances:
    """The chance of each verdict if the rate of all people is what one supposes; the three make 1."""

    reached: Decimal
    open: Decimal
    missed: Decimal
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The chance of being told that the target was reached."""
        return Explained(self.reached, self.steps)


def verdict_chances(n: int, target: Decimal, truth: Decimal, level: Decimal = LEVEL) -> Chances:
    """The chances of the verdicts on n answers of very many people of whom a share `truth` is satisfied, all exact.

    Raises InputRefused for a truth outside 0..1, for more than 2000 answers, and as `needed_counts` does. Source:
    methods A5, "operating characteristics".
    """
    _check(n, truth)
    needed = needed_counts(n, target, None, level)
    chances = _binomial(n, truth)
    with wide():
        reached = ZERO if needed.reached is None else kept(sum(chances[needed.reached :], ZERO))
        missed = ZERO if needed.missed is None else kept(sum(chances[: needed.missed + 1], ZERO))
        rest = kept(ONE - reached - missed)

    def told() -> tuple[str, ...]:
        said = _("若全体满意率确为 {truth}，测 {n} 份，对照目标 {target}：{reached}{a}，{open}{b}，{missed}{c}。")
        return level_note(level), said.format(
            truth=percent(truth, 1),
            n=n,
            target=percent(target, 1),
            reached=label(SurveyVerdict.REACHED),
            open=label(SurveyVerdict.OPEN),
            missed=label(SurveyVerdict.MISSED),
            a=_chance(reached),
            b=_chance(rest),
            c=_chance(missed),
        )

    return Chances(reached, rest, missed, Steps(told))


def answers_for_power(
    target: Decimal, truth: Decimal, power: Decimal = USUAL_POWER, level: Decimal = LEVEL
) -> int | None:
    """The fewest answers from which on "reached" is said with this chance; None: not with 2000.

    Chances go up and down a little from one n to the next, therefore "from which on". Raises InputRefused for a truth
    that is not above the target. Source: methods A5, "n for 80 % power".
    """
    _check(1, truth)
    check_rate_target(target)
    if truth <= target:
        raise InputRefused(_("设想的满意率须高于目标，否则再多的答卷也不能判定达成。"), "truth")
    if truth == 1:
        return max(smallest_proving(target, None, level) or LEAST_ANSWERS, LEAST_ANSWERS)
    last = max((n for n, chance in _reach(target, truth, level) if chance < power), default=0)
    return max(last + 1, LEAST_ANSWERS) if last < MOST_PLANNED else None


def chance_of_rise(before: Decimal, n_before: int, now: Decimal, n_now: int, level: Decimal = LEVEL) -> Explained:
    """The chance that a rise from one true rate to another is confirmed by two rounds of different people, exact.

    Raises InputRefused for rates outside 0..1 and for more than 2000 answers. Source: methods A6, "power".
    """
    _check(n_before, before)
    _check(n_now, now)
    firsts, seconds = ([interval(k, n, None, level) for k in range(n + 1)] for n in (n_before, n_now))
    with wide():
        above = _tails(_binomial(n_now, now))
        chance = ZERO
        # The more were satisfied before, the more must be now: so the boundary is walked once.
        needed = 0
        for first, weight in zip(firsts, _binomial(n_before, before), strict=True):
            while needed <= n_now and not _rose(seconds[needed], first):
                needed += 1
            chance += weight * above[needed]
        chance = kept(chance)
    said = _("若全体满意率由 {before} 变为 {now}，两次各测 {m}、{n} 份，判为“{rose}”的可能为 {chance}。")
    line = said.format(
        before=percent(before, 1),
        now=percent(now, 1),
        m=n_before,
        n=n_now,
        rose=label(SurveyChange.ROSE),
        chance=_chance(chance),
    )
    return Explained(chance, (level_note(level), line))


def _rose(now: Interval, before: Interval) -> bool:
    return now.estimate > before.estimate and difference(now, before, rates=False).change is SurveyChange.ROSE


def _reach(target: Decimal, truth: Decimal, level: Decimal) -> Iterator[tuple[int, Decimal]]:
    """For n = 1, 2, … the chance of enough satisfied answers, each from the one before.

    k are enough where (k − nτ)² ≥ z²nτ(1 − τ) above the target, which is Wilson's lower limit turned round. `tail` is
    the chance of k and more, `mass` that of k − 1.
    """
    with wide():
        square = z_value(level) ** 2 * target * (1 - target)
        needed, tail, mass = 1, ZERO, ONE
        for n in range(1, MOST_PLANNED + 1):
            tail += truth * mass
            mass *= (1 - truth) * n / (n - needed + 1)
            while needed <= n and (needed < n * target or (needed - n * target) ** 2 < n * square):
                mass *= (n - needed + 1) * truth / (needed * (1 - truth))
                tail -= mass
                needed += 1
            yield n, tail


def _binomial(n: int, rate: Decimal) -> list[Decimal]:
    with wide():
        return [comb(n, k) * _power(rate, k) * _power(1 - rate, n - k) for k in range(n + 1)]


def _power(base: Decimal, exponent: int) -> Decimal:
    return base**exponent if exponent else ONE


def _tails(chances: Sequence[Decimal]) -> list[Decimal]:
    """The chance of so many or more, for 0 … n and for n + 1."""
    found = [ZERO]
    for chance in reversed(chances):
        found.append(found[-1] + chance)
    return found[::-1]


def _chance(chance: Decimal) -> str:
    return plain(chance * 100, 0) + "%"


def _check(n: int, rate: Decimal) -> None:
    if not (rate.is_finite() and 0 <= rate <= 1):
        raise InputRefused(_("设想的满意率请填 0 至 1 的数，例如 0.85。"), "truth")
    if not 1 <= n <= MOST_PLANNED:
        raise InputRefused(_("计划的答卷数须在 1 至 {most} 之间。").format(most=MOST_PLANNED), "n")
