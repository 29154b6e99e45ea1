"""Scores of several parties as one: each party's percent by its weight; a part that was not given is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, figure, result
from okr_desk.scoring.rounding import kept, wide


@dataclass(frozen=True)
class PartyPart:
    """What one party gave, out of 100; `percent` None: it gave nothing, so that its weight falls to the others."""

    name: str
    weight: Decimal
    percent: Decimal | None


def composite(parts: Sequence[PartyPart]) -> Explained:
    """The mean by weight of the parties that scored, 0..100 and beyond where a bonus leads beyond.

    None where nobody did. An unused part is never 0 (issue "closed loop", 1): the others carry its weight.
    """
    given = [(one, one.percent) for one in parts if one.percent is not None and one.weight > 0]
    whole = sum((one.weight for one, _percent in given), Decimal(0))
    if not whole:
        return Explained(None, (_("没有任何一方评分，无法合成。"),))
    with wide():
        value = kept(sum((one.weight * percent for one, percent in given), Decimal(0)) / whole)
    terms = "＋".join(f"{figure(percent)}×{figure(one.weight)}" for one, percent in given)
    each = _("{name} {percent}，权重 {weight}")
    said = [each.format(name=one.name, percent=figure(percent), weight=figure(one.weight)) for one, percent in given]
    missing = [one.name for one in parts if one.percent is None and one.weight > 0]
    steps = [_("多方评分：{parts}").format(parts=_("；").join(said))]
    if missing:
        left_out = _("没有评分的不计入，权重由其余各方分摊：{names}。")
        steps.append(left_out.format(names=_("、").join(missing)))
    steps.append(f"（{terms}）÷{figure(whole)}{result(value)}")
    return Explained(value, tuple(steps))
