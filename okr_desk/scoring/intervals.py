"""How far a rate of a sample may lie from that of all people: Wilson's interval with an effective sample size.

One engine for simple samples, finite populations, groups, weights and scores; without random numbers, so that the same
answers always print the same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.distributions import LEVEL, check_level, z_value
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_sentence
from okr_desk.scoring.rounding import kept, percent, plain, wide

ZERO, ONE = Decimal(0), Decimal(1)
MOST_ANSWERS = 10**12
"""Counts above this are a slip of the keyboard."""


@dataclass(frozen=True)
class Interval:
    """A rate (0..1) or a score with what the sample says about all people; limits belong to the interval.

    `effective_n` is the size of the simple sample that would be as exact; None in a census, where nothing was drawn
    and both limits are the estimate.
    """

    estimate: Decimal
    low: Decimal
    high: Decimal
    effective_n: Decimal | None
    level: Decimal
    steps: Sequence[str]

    @property
    def census(self) -> bool:
        """Whether all people answered."""
        return self.effective_n is None

    @property
    def explained(self) -> Explained:
        """The estimate, with its steps."""
        return Explained(self.estimate, self.steps)


@dataclass(frozen=True)
class Limits:
    """Bare limits with the sentences that lead to them."""

    low: Decimal
    high: Decimal
    steps: Sequence[str]


def interval(
    successes: int,
    n: int,
    population: int | None = None,
    level: Decimal = LEVEL,
    continuity: bool = False,
) -> Interval:
    """The rate k ÷ n with its interval, narrower where much of a known population answered.

    As many answers as people are a census. With the continuity correction the limits are wider. Raises InputRefused for
    counts that do not fit and a level outside 0.5..1. Source: methods A3; Wilson 1927, JASA 22:209; Newcombe 1998, Stat
    Med 17:857.
    """
    check_counts(successes, n)
    check_population(population)
    check_level(level)
    with wide():
        share = Decimal(successes) / n
    rate = kept(share)
    if population is not None and n >= population:
        whole = n, population
        return Interval(rate, rate, rate, None, level, Steps(lambda: (rate_note(successes, n), *census_note(*whole))))
    size = effective_size(n, population)
    limits = wilson(share, size, level, continuity)
    low, high, clipped = possible(limits, successes, n, population)

    def told() -> tuple[str, ...]:
        first = rate_note(successes, n), size_note(n, population)
        return *first, *limits.steps, *clipped, outcome(low, high), rounding_sentence()

    return Interval(rate, low, high, kept(size), level, Steps(told))


def wilson(share: Decimal, size: Decimal, level: Decimal = LEVEL, continuity: bool = False) -> Limits:
    """Wilson's limits of a share (0..1) for an effective sample size, which may be any number above 0.

    The continuity correction makes them wider; it is meant for counts. Source: methods A3; Newcombe 1998a, methods 3
    and 4.
    """
    z = z_value(level)
    if continuity:
        return _corrected(share, size, level)
    with wide():
        square = z * z
        divisor = 1 + square / size
        middle = (share + square / (2 * size)) / divisor
        half = z / divisor * (share * (1 - share) / size + square / (4 * size * size)).sqrt()
        low = ZERO if share <= 0 else kept(max(middle - half, ZERO))
        high = ONE if share >= 1 else kept(min(middle + half, ONE))

    def told() -> tuple[str, ...]:
        names = {"p": figure(share), "z": figure(z), "m": figure(size), "c": figure(middle), "h": figure(half)}
        return (
            level_note(level),
            _("中心 c＝（p＋z²÷2m）÷（1＋z²÷m）＝（{p}＋{z}²÷（2×{m}））÷（1＋{z}²÷{m}）{result}").format(
                **names, result=result(middle)
            ),
            _("半宽 h＝z÷（1＋z²÷m）×√（p（1－p）÷m＋z²÷4m²）{result}").format(result=result(half)),
            _("威尔逊区间：下限 c－h＝{c}－{h}{low}，上限 c＋h＝{c}＋{h}{high}").format(
                **names, low=result(low), high=result(high)
            ),
        )

    return Limits(low, high, Steps(told))


def effective_size(n: int, population: int | None) -> Decimal:
    """The effective sample size m of a simple sample: n, or n×(N−1)÷(N−n) of N people, of whom not all answered.

    Source: methods A3.
    """
    if population is None:
        return Decimal(n)
    with wide():
        return Decimal(n) * (population - 1) / (population - n)


def pooled(waves: Sequence[tuple[int, int]], level: Decimal = LEVEL) -> Interval:
    """Several quarters as one sample, each as (satisfied, answered), four at most: the way out of too few answers.

    No finite population, because the same people may have answered twice. Raises InputRefused for no or more than
    four quarters. Source: methods A3 "several quarters pooled" and A5.
    """
    if not 1 <= len(waves) <= 4:
        raise InputRefused(_("滚动合并须有一至四个季度的数据，请核对。"), "waves")
    for successes, n in waves:
        check_counts(successes, n)
    successes, n = sum(one for one, _n in waves), sum(n for _k, n in waves)
    found = interval(successes, n, None, level)

    def told() -> tuple[str, ...]:
        sum_ = _("＋").join(f"{one}÷{all_}" for one, all_ in waves)
        said = _(
            "滚动合并 {count} 个季度（满意数÷答卷数）：{sum}，分子、分母分别相加；同一人可能多次作答，不按人数校正。"
        )
        return said.format(count=len(waves), sum=sum_), *found.steps

    return Interval(found.estimate, found.low, found.high, found.effective_n, level, Steps(told))


def check_counts(successes: int, n: int) -> None:
    """Refuse counts that cannot be: no answers, negative numbers, more satisfied ones than answers."""
    if n < 1:
        raise InputRefused(_("答卷数 n 须至少为 1；没有答卷就没有满意率。"), "n")
    if successes < 0:
        raise InputRefused(_("满意的份数不能为负数，请改正。"), "successes")
    if successes > n:
        said = _("满意的份数 {k} 多于答卷数 {n}，请核对两个数是否填反。")
        raise InputRefused(said.format(k=successes, n=n), "successes")
    if n > MOST_ANSWERS:
        raise InputRefused(_("答卷数 n 过大，请核对。"), "n")


def check_population(population: int | None) -> None:
    """Refuse a population of nobody."""
    if population is not None and not 1 <= population <= MOST_ANSWERS:
        raise InputRefused(_("应测总人数须至少为 1 人；不知道就不填。"), "population")


def possible(
    limits: Limits, successes: int, n: int, population: int | None
) -> tuple[Decimal, Decimal, tuple[str, ...]]:
    """Limits that do not contradict what is sure: of N people, k are satisfied and n−k are not (methods A3)."""
    if population is None:
        return limits.low, limits.high, ()
    with wide():
        least, most = kept(Decimal(successes) / population), kept(Decimal(population - n + successes) / population)
    low, high = max(limits.low, least), min(limits.high, most)
    if (low, high) == (limits.low, limits.high):
        return low, high, ()
    said = _("已知 {k} 人满意、{against} 人不满意，{people} 人中的满意率只能在 {least} 至 {most} 之间，区间以此为限。")
    names = {"k": successes, "against": n - successes, "people": population}
    return low, high, (said.format(**names, least=plain(least, 6), most=plain(most, 6)),)


def rate_note(successes: int, n: int) -> str:
    """The rate and how it was reached."""
    with wide():
        share = Decimal(successes) / n
    return _("比率 p＝k÷n＝{k}÷{n}{result}").format(k=successes, n=n, result=result(share))


def census_note(n: int, population: int) -> tuple[str, ...]:
    """The sentences where everybody answered."""
    said = _("普查：应测 {population} 人全部作答，没有抽样误差，区间就是结果本身。").format(population=population)
    if n == population:
        return (said,)
    more = _("答卷 {n} 份，多于应测 {population} 人，请核对人数是否过时、有无重复答卷；按普查计。")
    return (more.format(n=n, population=population),)


def size_note(n: int, population: int | None) -> str:
    """How the effective sample size of a simple sample was reached."""
    if population is None:
        return _("有效样本量 m＝n＝{n}（没有填总人数，按总人数很多计）").format(n=n)
    return _("有效样本量 m＝n×（N－1）÷（N－n）＝{n}×（{people}－1）÷（{people}－{n}）{result}").format(
        n=n, people=population, result=result(effective_size(n, population))
    )


def level_note(level: Decimal) -> str:
    """The level with its quantile; always printed beside an interval."""
    return _("置信水平 {level}，z{result}").format(level=percent(level, 4), result=result(z_value(level)))


def outcome(low: Decimal, high: Decimal) -> str:
    """The limits once more, as the last word."""
    return _("区间：{low} 至 {high}").format(low=plain(low, 6), high=plain(high, 6))


def _corrected(share: Decimal, size: Decimal, level: Decimal) -> Limits:
    z = z_value(level)
    with wide():
        square, double, divisor = z * z, 2 * size * share, 2 * (size + z * z)
        under = square - 2 - 1 / size + 4 * share * (size * (1 - share) + 1)
        above = square + 2 - 1 / size + 4 * share * (size * (1 - share) - 1)
        low = (double + square - 1 - z * max(under, ZERO).sqrt()) / divisor
        high = (double + square + 1 + z * max(above, ZERO).sqrt()) / divisor
        low = ZERO if share <= 0 else kept(max(low, ZERO))
        high = ONE if share >= 1 else kept(min(high, ONE))

    def told() -> tuple[str, ...]:
        names = {"p": figure(share), "z": figure(z), "m": figure(size)}
        below = _("下限＝（2mp＋z²－1－z×√（z²－2－1÷m＋4p（m（1－p）＋1）））÷（2（m＋z²））{result}")
        over = _("上限＝（2mp＋z²＋1＋z×√（z²＋2－1÷m＋4p（m（1－p）－1）））÷（2（m＋z²））{result}")
        return (
            level_note(level),
            _("带连续性校正的威尔逊区间（更宽、更稳妥），p＝{p}，m＝{m}，z＝{z}：").format(**names),
            below.format(result=result(low)),
            over.format(result=result(high)),
        )

    return Limits(low, high, Steps(told))
