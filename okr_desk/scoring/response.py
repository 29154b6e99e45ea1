"""Who answered of those invited, and what the silent ones could change at worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.intervals import check_population
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.scoring.spelling import check_numbers

LOW_RESPONSE = Decimal("0.30")
"""Below this share of answers the evidence is grade C at most (methods A7)."""


@dataclass(frozen=True)
class WorstCase:
    """The rate (0..1) if all who stayed silent were dissatisfied, and if all were satisfied."""

    low: Decimal
    high: Decimal
    steps: Sequence[str]


def response_rate(answered: int, invited: int) -> Explained:
    """Answered ÷ invited, 0..1.

    Raises InputRefused for nobody invited and for more answers than invitations: then the true number of those who
    were reached is not known, and neither is the rate. Source: methods A7.
    """
    if invited < 1:
        raise InputRefused(_("邀请人数须至少为 1；不清楚就不填。"), "invited")
    if answered < 0:
        raise InputRefused(_("答卷数 n 不能为负数，请改正。"), "answered")
    if answered > invited:
        said = _("答卷 {answered} 份，多于邀请的 {invited} 人：请核对，或把邀请人数留空，按回收率不明处理。")
        raise InputRefused(said.format(answered=answered, invited=invited), "answered")
    check_population(invited)
    with wide():
        rate = kept(Decimal(answered) / invited)
    line = _("回收率 r＝{answered}÷{invited}{result}").format(answered=answered, invited=invited, result=result(rate))
    return Explained(rate, (line, *rounding_note(rate)))


def worst_case(rate: Decimal, response: Decimal) -> WorstCase:
    """From r·p to r·p + (1 − r), both of 0..1: silent people are never counted as satisfied or as the mean.

    Raises InputRefused for what is no share. Source: methods A7.
    """
    for name, share in (("rate", rate), ("response", response)):
        check_numbers(name, share)
        if not 0 <= share <= 1:
            raise InputRefused(_("{name} 请填 0 至 1 的数，例如 0.85。").format(name=name), name)
    with wide():
        low, high = kept(response * rate), kept(response * rate + (1 - response))

    def told() -> tuple[str, ...]:
        names = {"r": figure(response), "p": figure(rate)}
        return (
            _("未作答的人全不满意：r×p＝{r}×{p}{result}").format(**names, result=result(low)),
            _("未作答的人全满意：r×p＋（1－r）＝{r}×{p}＋（1－{r}）{result}").format(**names, result=result(high)),
            _("最坏情形：全体满意率在 {low} 至 {high} 之间。").format(low=plain(low, 6), high=plain(high, 6)),
        )

    return WorstCase(low, high, Steps(told))
