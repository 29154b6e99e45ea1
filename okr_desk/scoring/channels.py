"""One result from several ways of asking by their agreed weights, for instance 70 % at home and 30 % on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.distributions import LEVEL, check_level
from okr_desk.scoring.explained import Steps, result, rounding_sentence
from okr_desk.scoring.intervals import ZERO, Interval, check_counts, outcome, wilson
from okr_desk.scoring.likert import VALUES, check_scale, spread, spread_interval
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.scoring.spelling import check_numbers


@dataclass(frozen=True)
class Channel:
    """One way of asking with its agreed weight (any unit) and the counts of its answers from best to worst.

    A channel of a rate has two counts: satisfied ones and the others.
    """

    name: str
    weight: Decimal
    counts: tuple[int, ...]

    @property
    def n(self) -> int:
        """All answers of the channel."""
        return sum(self.counts)


def weighted_rate(channels: Sequence[Channel], level: Decimal = LEVEL) -> Interval:
    """The rates (0..1) of several channels by their weights.

    Raises InputRefused without channels, for a weight that is not above 0, and for counts that do not fit. Source:
    methods A3 "weighted, no strata sizes"; Kish 1965 (effective sample size of weights).
    """
    check_level(level)
    _check_weights(channels)
    for one in channels:
        check_counts(one.counts[0], one.n)
    with wide():
        whole = sum((one.weight for one in channels), ZERO)
        share = sum((one.weight * one.counts[0] / one.n for one in channels), ZERO) / whole
        # A sum of quotients may pass 1 in its last digit.
        share = min(share, Decimal(1))
    size = _kish(channels)
    limits = wilson(share, size, level)

    def told() -> tuple[str, ...]:
        sums = [f"{one.counts[0]}÷{one.n}" for one in channels]
        end = outcome(limits.low, limits.high)
        return _sum_note(channels, sums, share), kish_note(size), *limits.steps, end, rounding_sentence()

    return Interval(kept(share), limits.low, limits.high, kept(size), level, Steps(told))


def weighted_score(channels: Sequence[Channel], values: Sequence[Decimal] = VALUES, level: Decimal = LEVEL) -> Interval:
    """The scores of several channels by their weights, on the scale of the values (best to worst).

    The interval is that of one weighted mean: Kish's size stands for the number of answers. Raises InputRefused without
    channels, for a weight that is not above 0, and as `likert` does. Source: domain 3.3 "weighted channels"; methods A3
    "mean score" and "weighted, no strata sizes".
    """
    check_level(level)
    _check_weights(channels)
    for one in channels:
        check_scale(one.counts, values)
    best, worst = values[0], values[-1]
    with wide():
        whole = sum((one.weight for one in channels), ZERO)
        means = [sum((c * v for c, v in zip(one.counts, values, strict=True)), ZERO) / one.n for one in channels]
        score = sum((one.weight * mean for one, mean in zip(channels, means, strict=True)), ZERO) / whole
        shares = [
            (
                (value - worst) / (best - worst),
                sum((one.weight * one.counts[i] / one.n for one in channels), ZERO) / whole,
            )
            for i, value in enumerate(values)
        ]
    size = _kish(channels)
    found = spread_interval(spread(shares, size), (best, worst), kept(score), level)

    def told() -> tuple[str, ...]:
        sums = [plain(mean, 6) for mean in means]
        return _sum_note(channels, sums, score), kish_note(size, "n"), *found.steps

    return Interval(found.estimate, found.low, found.high, found.effective_n, level, Steps(told))


def kish_note(size: Decimal, letter: str = "m") -> str:
    """How weights become an effective sample size."""
    said = _("有效样本量 {m}＝（每份权重之和）²÷（每份权重²之和）{result}，每份权重＝本组权重÷本组答卷数")
    return said.format(m=letter, result=result(size))


def _kish(channels: Sequence[Channel]) -> Decimal:
    with wide():
        whole = sum((one.weight for one in channels), ZERO)
        return whole * whole / sum((one.weight * one.weight / one.n for one in channels), ZERO)


def _sum_note(channels: Sequence[Channel], sums: Sequence[str], found: Decimal) -> str:
    whole = sum((one.weight for one in channels), ZERO)
    terms = _("＋").join(f"{plain(one.weight)}×{sum_}" for one, sum_ in zip(channels, sums, strict=True))
    said = _("各渠道按权重合成：（{sum}）÷{whole}{result}")
    return said.format(sum=terms, whole=plain(whole), result=result(found))


def _check_weights(channels: Sequence[Channel]) -> None:
    if not channels:
        raise InputRefused(_("没有渠道数据，请至少填写一个渠道。"), "channels")
    for one in channels:
        check_numbers("weight", one.weight)
        if one.weight <= 0:
            raise InputRefused(_("渠道“{name}”的权重须大于 0，请改正。").format(name=one.name), "weight")
