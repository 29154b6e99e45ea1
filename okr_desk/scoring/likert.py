"""The score of a graded question, with its interval, its two rates and the share of those who are not sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.distributions import LEVEL, check_level
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_sentence
from okr_desk.scoring.intervals import (
    MOST_ANSWERS,
    ONE,
    ZERO,
    Interval,
    census_note,
    check_population,
    outcome,
    wilson,
)
from okr_desk.scoring.rounding import kept, percent, plain, wide
from okr_desk.scoring.spelling import check_numbers

VALUES = tuple(Decimal(value) for value in (100, 80, 60, 30, 0))
"""What the five levels count, best first (domain 3.3, methods A2)."""
WIDE_LEVELS = 3
"""Levels that the wide rate counts: with 基本满意. The narrow rate counts one fewer."""
MOST_UNSURE = Decimal("0.20")
"""Above this share of 不了解 the score is flagged (methods A2)."""
_PSEUDO = Decimal(1) / 16
_SPREAD_LEAST, _SPREAD_MOST = Decimal(1), Decimal(6)


@dataclass(frozen=True)
class Likert:
    """The score on the scale of the values, its interval, and both rates (0..1) with the counts behind them.

    `wide` and `narrow` are (satisfied, answered). `unsure` is the share of all sheets that answered 不了解.
    """

    score: Interval
    rate_wide: Decimal
    rate_narrow: Decimal
    wide: tuple[int, int]
    narrow: tuple[int, int]
    unsure: Decimal
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The score, with its steps."""
        return Explained(self.score.estimate, self.steps)


@dataclass(frozen=True)
class Spread:
    """What decides the interval of a mean: on 0..1 the mean and, in shares of one answer, how much each one tells."""

    mean: Decimal
    size: Decimal
    steps: Sequence[str]


def likert(
    counts: Sequence[int],
    values: Sequence[Decimal] = VALUES,
    unsure: int = 0,
    population: int | None = None,
    level: Decimal = LEVEL,
    wide_levels: int | None = None,
) -> Likert:
    """The mean of the values, weighted by the counts of the levels from best to worst.

    不了解 stays out of the divisor, its share is shown. The wide rate counts the first three of five levels, of fewer
    all but the last; `wide_levels` says otherwise. Raises InputRefused for counts that are negative, do not fit the
    values or are all 0, for values that do not fall, and as intervals do. Source: methods A2 and A3 "mean score";
    domain 3.3.
    """
    check_scale(counts, values)
    if unsure < 0:
        raise InputRefused(_("各档份数和“不了解”的份数不能为负数，请改正。"), "unsure")
    check_population(population)
    check_level(level)
    n, best, worst = sum(counts), values[0], values[-1]
    with wide():
        total = sum((count * value for count, value in zip(counts, values, strict=True)), ZERO)
        score = kept(total / n)
    interval = _interval(counts, values, unsure, population, level, score, total)
    widest = _wide_levels(len(values)) if wide_levels is None else wide_levels
    if not 0 < widest < len(values):
        raise InputRefused(_("满意率计入的档数须至少 1 档，且不能把各档全部计入。"), "wide_levels")
    wide_count, narrow_count = sum(counts[:widest]), sum(counts[: max(widest - 1, 1)])
    with wide():
        rates = kept(Decimal(wide_count) / n), kept(Decimal(narrow_count) / n)
        share = kept(Decimal(unsure) / (n + unsure))

    def told() -> tuple[str, ...]:
        sum_ = _("＋").join(f"{plain(value)}×{count}" for count, value in zip(counts, values, strict=True))
        line = _("得分＝各档（分值×份数）之和÷有效份数＝（{sum}）÷{n}{result}")
        rate = _("满意率（前 {levels} 档）＝{k}÷{n}{result}")
        narrow_levels = max(widest - 1, 1)
        return (
            line.format(sum=sum_, n=n, result=result(score)),
            rate.format(levels=widest, k=wide_count, n=n, result=result(rates[0])),
            rate.format(levels=narrow_levels, k=narrow_count, n=n, result=result(rates[1])),
            *_unsure_note(unsure, n, share),
            _("以下为得分的区间，分值从 {worst} 至 {best}。").format(worst=plain(worst), best=plain(best)),
            *interval.steps,
        )

    return Likert(interval, *rates, (wide_count, n), (narrow_count, n), share, Steps(told))


def spread(shares: Sequence[tuple[Decimal, Decimal]], size: Decimal) -> Spread:
    """The mean of values on 0..1 with given shares (of 1), and the effective sample size of so many answers.

    One pseudo-observation keeps a survey of nothing but best answers from having no width; no answer tells more than
    six, or less than one, of yes or no. Source: methods A3 "mean score".
    """
    with wide():
        mean = sum((value * share for value, share in shares), ZERO)
        squares = sum((share * (value - mean) ** 2 for value, share in shares), ZERO) * size
        variance = (squares + _PSEUDO) / size
        if mean in (ZERO, ONE):
            return Spread(mean, size, (_("全部在同一端，有效样本量 m＝n＝{n}").format(n=figure(size)),))
        ratio = mean * (1 - mean) / variance
        factor = min(max(ratio, _SPREAD_LEAST), _SPREAD_MOST)
        found = size * factor

    def told() -> tuple[str, ...]:
        bounded = () if factor == ratio else (_("倍数限于 1 至 6，取 {factor}。").format(factor=plain(factor)),)
        return (
            _("折成 0 至 1：均值 p＝{mean}，离差平方和 Q＝{squares}").format(
                mean=figure(mean), squares=figure(squares)
            ),
            _(
                "方差 s²＝（Q＋1÷16）÷n＝（{squares}＋0.0625）÷{n}{result}（加一份虚拟答卷，全答最好时区间也有宽度）"
            ).format(squares=figure(squares), n=figure(size), result=result(variance)),
            _("倍数＝p（1－p）÷s²{result}").format(result=result(ratio)),
            *bounded,
            _("有效样本量 m＝n×倍数＝{n}×{factor}{result}").format(
                n=figure(size), factor=figure(factor), result=result(found)
            ),
        )

    return Spread(mean, found, Steps(told))


def spread_interval(
    found: Spread,
    ends: tuple[Decimal, Decimal],
    score: Decimal,
    level: Decimal,
    possible: tuple[Decimal, Decimal] | None = None,
) -> Interval:
    """The interval of a score on the scale of its values (best, worst); `possible` are limits that are sure."""
    best, worst = ends
    limits = wilson(found.mean, found.size, level)
    with wide():
        low, high = (kept(worst + (best - worst) * one) for one in (limits.low, limits.high))
    if possible is not None:
        low, high = max(low, possible[0]), min(high, possible[1])

    def told() -> tuple[str, ...]:
        back = _("折回分值：下限＝{worst}＋（{best}－{worst}）×{low}，上限＝{worst}＋（{best}－{worst}）×{high}")
        names = {"worst": figure(worst), "best": figure(best), "low": figure(limits.low), "high": figure(limits.high)}
        return (*found.steps, *limits.steps, back.format(**names), outcome(low, high), rounding_sentence())

    return Interval(score, low, high, kept(found.size), level, Steps(told))


def check_scale(counts: Sequence[int], values: Sequence[Decimal]) -> None:
    """Refuse values that do not fall, and counts that do not fit them, are negative, too large or all 0."""
    check_numbers("values", *values)
    if len(values) < 2:
        raise InputRefused(_("各档分值 values 至少要有两档，例如 100,80,60,30,0。"), "values")
    if values[0] == values[-1] or any(after > before for before, after in pairwise(values)):
        raise InputRefused(_("各档分值 values 须从好到差依次降低，例如 100,80,60,30,0。"), "values")
    if len(counts) != len(values):
        said = _("份数 counts 有 {counts} 档，分值 values 有 {values} 档，请逐档对应填写。")
        raise InputRefused(said.format(counts=len(counts), values=len(values)), "counts")
    if any(count < 0 for count in counts):
        raise InputRefused(_("各档份数和“不了解”的份数不能为负数，请改正。"), "counts")
    if sum(counts) == 0:
        raise InputRefused(_("没有有效答卷，无法计算得分；请填写各档份数。"), "counts")
    if sum(counts) > MOST_ANSWERS:
        raise InputRefused(_("答卷份数过大，请核对。"), "counts")


def _interval(
    counts: Sequence[int],
    values: Sequence[Decimal],
    unsure: int,
    population: int | None,
    level: Decimal,
    score: Decimal,
    total: Decimal,
) -> Interval:
    n, best, worst = sum(counts), values[0], values[-1]
    if population is not None and n + unsure >= population:
        return Interval(score, score, score, None, level, census_note(n + unsure, population))
    with wide():
        shares = [((v - worst) / (best - worst), Decimal(c) / n) for c, v in zip(counts, values, strict=True)]
    found = spread(shares, Decimal(n))
    if population is None:
        return spread_interval(found, (best, worst), score, level)
    with wide():
        # Those who have not answered can all be at the one end or at the other.
        least, most = (kept((total + (population - n) * end) / population) for end in (worst, best))
    return spread_interval(_finite(found, n, population), (best, worst), score, level, (least, most))


def _finite(found: Spread, n: int, population: int) -> Spread:
    with wide():
        size = found.size * (population - 1) / (population - n)

    def told() -> tuple[str, ...]:
        said = _("按 {people} 人校正：m×（N－1）÷（N－n）＝{m}×（{people}－1）÷（{people}－{n}）{result}")
        return *found.steps, said.format(people=population, m=figure(found.size), n=n, result=result(size))

    return Spread(found.mean, size, Steps(told))


def _wide_levels(levels: int) -> int:
    return min(WIDE_LEVELS, levels - 1)


def _unsure_note(unsure: int, n: int, share: Decimal) -> tuple[str, ...]:
    if unsure == 0:
        return ()
    said = _("“不了解”{unsure} 份不计入分母，占全部 {all} 份的 {share}").format(
        unsure=unsure, all=n + unsure, share=percent(share, 1)
    )
    if share > MOST_UNSURE:
        most = percent(MOST_UNSURE)
        return (said, _("“不了解”超过 {most}：很多人不熟悉这项工作，得分请慎用。").format(most=most))
    return (said,)
