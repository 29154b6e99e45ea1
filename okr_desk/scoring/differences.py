"""Whether satisfaction rose: the interval of a difference decides, because most of what "went up" is chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.distributions import LEVEL, check_level, fair_tails, normal_tails
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_sentence
from okr_desk.scoring.intervals import ONE, ZERO, Interval, check_counts, level_note, wilson
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.terms import SurveyChange, label


@dataclass(frozen=True)
class Difference:
    """Now minus before in the unit of both (rates: 1 is 100 points of percent), its interval, and what it means.

    `z` is the pooled test (None in a census, for scores, for pairs and where all answers are alike), `p` its two-sided
    probability, of pairs McNemar's exact one. They are shown for readers who expect them; the interval decides.
    """

    difference: Decimal
    low: Decimal
    high: Decimal
    change: SurveyChange
    z: Decimal | None
    p: Decimal | None
    level: Decimal
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The difference, with its steps."""
        return Explained(self.difference, self.steps)


def difference(now: Interval, before: Interval, rates: bool = True) -> Difference:
    """The change between two rounds that asked different people, from the interval of each.

    `rates` is false for two scores of one scale. Different definitions, ways of asking or groups in the two rounds
    cannot be compared: that is the caller's to know. Raises InputRefused for intervals of different levels. Source:
    methods A6; Newcombe 1998, Stat Med 17:873, method 10.
    """
    if now.level != before.level:
        raise InputRefused(_("两次测评的置信水平不同，不能比较，请用同一水平。"), "level")
    with wide():
        moved = now.estimate - before.estimate
        down = ((now.estimate - now.low) ** 2 + (before.high - before.estimate) ** 2).sqrt()
        up = ((now.high - now.estimate) ** 2 + (before.estimate - before.low) ** 2).sqrt()
        found, low, high = kept(moved), kept(moved - down), kept(moved + up)
    z, p = _pooled(now, before) if rates else (None, None)
    change = _change(low, high)

    def told() -> tuple[str, ...]:
        row = _("{when}：{estimate}，区间 {low} 至 {high}{size}")
        rows = (
            row.format(
                when=when,
                estimate=plain(one.estimate, 6),
                low=plain(one.low, 6),
                high=plain(one.high, 6),
                size=_("（普查）") if one.effective_n is None else _("，m＝{m}").format(m=figure(one.effective_n)),
            )
            for when, one in ((_("本次（1）"), now), (_("基线（0）"), before))
        )
        return (
            *rows,
            level_note(now.level),
            _("差值 d＝{now}－{before}{result}").format(
                now=figure(now.estimate), before=figure(before.estimate), result=result(found)
            ),
            _("下限＝d－√（（p1－L1）²＋（U0－p0）²）{result}").format(result=result(low)),
            _("上限＝d＋√（（U1－p1）²＋（p0－L0）²）{result}").format(result=result(high)),
            *_pooled_note(z, p),
            _said(change, low, high),
            rounding_sentence(),
        )

    return Difference(found, low, high, change, z, p, now.level, Steps(told))


def paired(both: int, gained: int, lost: int, neither: int, level: Decimal = LEVEL) -> Difference:
    """The change of the rate where the same people were asked twice.

    `both` were satisfied each time, `gained` only now, `lost` only before. Raises InputRefused for negative counts and
    for nobody. Source: Newcombe 1998, Stat Med 17:2635, method 10; McNemar's exact test.
    """
    check_level(level)
    if min(both, gained, lost, neither) < 0:
        raise InputRefused(_("人数不能为负数，请改正。"), "both")
    n = both + gained + lost + neither
    check_counts(0, n)
    with wide():
        rates = Decimal(both + gained) / n, Decimal(both + lost) / n
        limits = tuple(wilson(rate, Decimal(n), level) for rate in rates)
        phi = _phi(both, gained, lost, neither)
        moved = Decimal(gained - lost) / n
        down = _joined(rates[0] - limits[0].low, limits[1].high - rates[1], phi)
        up = _joined(limits[0].high - rates[0], rates[1] - limits[1].low, phi)
        found, low, high = kept(moved), kept(moved - down), kept(moved + up)
        exact = fair_tails(lost, gained)
        p = kept(Decimal(exact.numerator) / exact.denominator)
    change = _change(low, high)

    def told() -> tuple[str, ...]:
        counts = _(
            "同一批 {n} 人两次作答：都满意 {both} 人，转为满意 {gained} 人，转为不满意 {lost} 人，都不满意 {neither} 人"
        )
        row = _("{when}满意率 {rate}，区间 {low} 至 {high}")
        rows = (
            row.format(when=when, rate=plain(rate, 6), low=plain(one.low, 6), high=plain(one.high, 6))
            for when, rate, one in zip((_("本次"), _("基线")), rates, limits, strict=True)
        )
        return (
            counts.format(n=n, both=both, gained=gained, lost=lost, neither=neither),
            *rows,
            level_note(level),
            _("差值 d＝（{gained}－{lost}）÷{n}{result}").format(gained=gained, lost=lost, n=n, result=result(found)),
            _("两次作答的相关 φ{result}").format(result=result(phi)),
            _("下限＝d－√（a²－2φab＋b²）{result}，其中 a＝p1－L1，b＝U0－p0").format(result=result(low)),
            _("上限＝d＋√（a²－2φab＋b²）{result}，其中 a＝U1－p1，b＝p0－L0").format(result=result(high)),
            _("麦克尼马尔精确检验：双侧 p{result}（供参考）").format(result=result(p)),
            _said(change, low, high),
            rounding_sentence(),
        )

    return Difference(found, low, high, change, None, p, level, Steps(told))


def _change(low: Decimal, high: Decimal) -> SurveyChange:
    if low > 0:
        return SurveyChange.ROSE
    return SurveyChange.FELL if high < 0 else SurveyChange.UNCONFIRMED


def _pooled(now: Interval, before: Interval) -> tuple[Decimal | None, Decimal | None]:
    """The usual test of two rates with one common rate, on effective sample sizes."""
    if now.effective_n is None or before.effective_n is None:
        return None, None
    with wide():
        sizes = now.effective_n, before.effective_n
        common = (now.estimate * sizes[0] + before.estimate * sizes[1]) / sum(sizes)
        variance = common * (1 - common) * (1 / sizes[0] + 1 / sizes[1])
        if common in (ZERO, ONE):
            return None, None
        z = kept((now.estimate - before.estimate) / variance.sqrt())
    return z, normal_tails(z)


def _pooled_note(z: Decimal | None, p: Decimal | None) -> tuple[str, ...]:
    if z is None or p is None:
        return ()
    return (_("合并比率的两样本检验：z{z}，双侧 p{p}（供参考，判断以区间为准）").format(z=result(z), p=result(p)),)


def _said(change: SurveyChange, low: Decimal, high: Decimal) -> str:
    where = {
        SurveyChange.ROSE: _("区间 {low} 至 {high} 全在 0 以上：{change}"),
        SurveyChange.FELL: _("区间 {low} 至 {high} 全在 0 以下：{change}"),
        SurveyChange.UNCONFIRMED: _("区间 {low} 至 {high} 包含 0：{change}，可能只是抽样的偶然。"),
    }[change]
    return where.format(low=plain(low, 6), high=plain(high, 6), change=label(change))


def _phi(both: int, gained: int, lost: int, neither: int) -> Decimal:
    """The correlation of the two answers; Newcombe takes half a person off a positive one, never below 0."""
    margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither)
    if margins == 0:
        return ZERO
    across = Decimal(both * neither - gained * lost)
    if across > 0:
        across = max(across - Decimal(both + gained + lost + neither) / 2, ZERO)
    return across / Decimal(margins).sqrt()


def _joined(one: Decimal, other: Decimal, phi: Decimal) -> Decimal:
    return max(one * one - 2 * phi * one * other + other * other, ZERO).sqrt()
