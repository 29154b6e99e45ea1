"""One rate from several groups, so that asking only those who are content does not help.

Groups count by their people, not by their answers; the plain rate of all answers stands beside for comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.channels import kish_note
from okr_desk.scoring.distributions import LEVEL, check_level
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_sentence
from okr_desk.scoring.intervals import ONE, ZERO, Interval, check_counts, check_population, outcome, possible, wilson
from okr_desk.scoring.rounding import kept, percent, plain, wide

LARGE = Decimal("0.10")
"""From this share of the people on, a group is large; with fewer than `LEAST` answers it bars the overall rate."""
LEAST = 5
MOST_GAIN = Decimal("1.5")
"""Where a group shows no spread, what grouping may gain over the weights at most (see `_size`)."""


@dataclass(frozen=True)
class Stratum:
    """One group: its people, how many answered, how many of these are satisfied."""

    name: str
    population: int
    n: int
    successes: int


@dataclass(frozen=True)
class Grouped:
    """The rate over all groups; None, with the groups at fault in `barred`, where one cannot be published.

    `unweighted` is the plain rate of all answers, shown beside and None with it: it is no substitute.
    """

    interval: Interval | None
    unweighted: Decimal | None
    barred: tuple[str, ...]
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The rate over all groups, with its steps."""
        return Explained(None if self.interval is None else self.interval.estimate, self.steps)


_Part = tuple[Stratum, Decimal, Decimal]
"""A group with answers, its share of the people, its rate."""


def grouped(strata: Sequence[Stratum], level: Decimal = LEVEL) -> Grouped:
    """The rates of the groups, weighted by their people, with an interval for the population of all groups.

    A large group (10 % of the people) with fewer than five answers bars an overall rate, unless all of its people
    answered; so do small groups without any answer that are as large together. A small group that was not asked is
    else left out, the others stand for it. Raises InputRefused without groups or answers, for two groups of one name,
    and for counts that do not fit. Source: methods A2, A3 "stratified"; Franco et al. 2019 (effective sample size in
    Wilson's interval).
    """
    check_level(level)
    _check(strata)
    asked = [one for one in strata if one.n]
    silent = [one for one in strata if not one.n]
    barred = _barred(strata, silent)
    if barred:
        return Grouped(None, None, barred, Steps(lambda: (*_rows(strata), _barred_note(barred))))
    answered = sum(one.n for one in asked)
    with wide():
        whole = Decimal(sum(one.population for one in asked))
        parts = [(one, one.population / whole, Decimal(one.successes) / one.n) for one in asked]
        share = sum((one.population * rate for one, _weight, rate in parts), ZERO) / whole
        variance = sum((_variance(one, weight, rate) for one, weight, rate in parts), ZERO)
        unweighted = kept(Decimal(sum(one.successes for one in asked)) / answered)
    rate = kept(share)
    if not silent and all(one.n >= one.population for one in asked):
        interval = Interval(rate, rate, rate, None, level, (_("各组均为普查，没有抽样误差，区间就是结果本身。"),))
    else:
        interval = _interval(parts, share, variance, level)

    def told() -> tuple[str, ...]:
        sum_ = _("＋").join(f"{one.population}÷{plain(whole)}×{figure(rate_)}" for one, _weight, rate_ in parts)
        aside = _("“{name}”没有答卷，占比不足 {large}，总满意率未包含这一组。")
        return (
            *_rows(strata),
            *(aside.format(name=one.name, large=percent(LARGE)) for one in silent),
            _("总满意率＝各组（人数占比×满意率）之和＝{sum}{result}").format(sum=sum_, result=result(rate)),
            _("不加权（全部答卷直接相除）为 {unweighted}，只作对照。").format(unweighted=plain(unweighted, 6)),
            *interval.steps,
        )

    return Grouped(interval, unweighted, (), Steps(told))


@dataclass(frozen=True)
class _Size:
    """The effective sample size with the sentences that lead to it."""

    size: Decimal
    steps: Sequence[str]


def _interval(parts: Sequence[_Part], share: Decimal, variance: Decimal, level: Decimal) -> Interval:
    found = _size(parts, share, variance)
    limits = wilson(share, found.size, level)
    satisfied, answered = sum(one.successes for one, *_rest in parts), sum(one.n for one, *_rest in parts)
    people = sum(max(one.population, one.n) for one, *_rest in parts)
    low, high, clipped = possible(limits, satisfied, answered, people)

    def told() -> tuple[str, ...]:
        return (*found.steps, *limits.steps, *clipped, outcome(low, high), rounding_sentence())

    return Interval(kept(share), low, high, kept(found.size), level, Steps(told))


def _size(parts: Sequence[_Part], share: Decimal, variance: Decimal) -> _Size:
    """m = p(1 − p) ÷ V; Kish's from the weights where V is 0; bounded where V is blind for a group.

    A group of whom all gave one answer adds nothing to V, so ten content people of a large group and ten mixed ones of
    a tiny group would count as many hundreds. Without the bound the truth was held 36 % of the time instead of 95 %
    (benchmarks/coverage.py); designs without such a gap are not touched by it.
    """
    with wide():
        if variance == 0 or share in (ZERO, ONE):
            kish = 1 / sum((weight * weight / one.n for one, weight, _rate in parts), ZERO)
            return _Size(kish, Steps(lambda: (_("各组内部看不出差异，改用加权的有效样本量。"), kish_note(kish))))
        by_variance = share * (1 - share) / variance
        most = MOST_GAIN / sum((_by_weight(one, weight) for one, weight, _rate in parts), ZERO)
    blind = any(rate in (ZERO, ONE) and one.n < one.population for one, _weight, rate in parts)
    size = min(by_variance, most) if blind else by_variance

    def told() -> tuple[str, ...]:
        spread = _("方差 V＝各组 占比²×（1－n÷N）×p（1－p）÷（n－1）之和≈{variance}")
        rule = _("有效样本量 m＝p（1－p）÷V＝{p}×（1－{p}）÷{variance}{result}")
        names = {"p": figure(share), "variance": plain(variance, 10)}
        lines = spread.format(**names), rule.format(**names, result=result(by_variance))
        if size == by_variance:
            return lines
        bound = _("有的组答案完全一致，看不出组内差异：m 不超过 {gain}÷（各组 占比²×（1－n÷N）÷n 之和）{result}")
        return *lines, bound.format(gain=plain(MOST_GAIN), result=result(size))

    return _Size(size, Steps(told))


def _variance(one: Stratum, weight: Decimal, rate: Decimal) -> Decimal:
    """What one group adds; a census adds nothing, and neither does a single answer, of which no spread can be seen."""
    if one.n >= one.population or one.n == 1:
        return ZERO
    return weight * weight * (1 - Decimal(one.n) / one.population) * rate * (1 - rate) / (one.n - 1)


def _by_weight(one: Stratum, weight: Decimal) -> Decimal:
    """What a group adds to the variance when all groups spread alike; a census adds nothing."""
    return weight * weight * max(1 - Decimal(one.n) / one.population, ZERO) / one.n


def _barred(strata: Sequence[Stratum], silent: Sequence[Stratum]) -> tuple[str, ...]:
    large = LARGE * sum(one.population for one in strata)
    together = sum(one.population for one in silent) >= large
    return tuple(
        one.name
        for one in strata
        if (one.n < min(LEAST, one.population) and one.population >= large) or (together and not one.n)
    )


def _barred_note(names: Sequence[str]) -> str:
    said = _(
        "{names}占总人数 {large} 及以上（没有答卷的各组合并计算）而答卷不足 {least} 份，不公布总满意率，只列出各组。"
    )
    listed = _("、").join(_("“{name}”").format(name=name) for name in names)
    return said.format(names=listed, large=percent(LARGE), least=LEAST)


def _rows(strata: Sequence[Stratum]) -> tuple[str, ...]:
    people = sum(one.population for one in strata)
    return tuple(_row(one, people) for one in strata)


def _row(one: Stratum, people: int) -> str:
    share = percent(Decimal(one.population) / people, 1)
    if not one.n:
        return _("{name}：{people} 人（占 {share}），没有答卷").format(
            name=one.name, people=one.population, share=share
        )
    said = _("{name}：{people} 人（占 {share}），答卷 {n} 份，满意 {k} 份")
    row = said.format(name=one.name, people=one.population, share=share, n=one.n, k=one.successes)
    return row if one.n <= one.population else row + _("（答卷多于人数，请核对；按普查计）")


def _check(strata: Sequence[Stratum]) -> None:
    if not strata:
        raise InputRefused(_("没有分组数据，请至少填写一组。"), "strata")
    for one in strata:
        check_population(one.population)
        if one.n or one.successes:
            check_counts(one.successes, one.n)
    if len({one.name for one in strata}) < len(strata):
        raise InputRefused(_("有两组同名，请合并或改名。"), "strata")
    if not any(one.n for one in strata):
        raise InputRefused(_("各组都没有答卷，无法计算满意率。"), "n")
