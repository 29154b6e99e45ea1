"""The half-yearly mark of a member who looks after households: the mean of four parts, missing ones re-weighted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, result, rounding_note
from okr_desk.scoring.rounding import kept, plain, wide


def half_year(marks: Mapping[str, Decimal | None]) -> Explained:
    """The mean of what was given, each part with the same weight; None where nothing was given.

    `marks` are 0 to 100 by the name of the part, None: not given. The parts are those of 浙江 (驻村干部, 支委, 联系户,
    月度均分), which publish no weights. Source: domain 1.1 row 24.
    """
    given = {name: mark for name, mark in marks.items() if mark is not None}
    missing = [name for name, mark in marks.items() if mark is None]
    if not given:
        return Explained(None, (_("四项都没有评分，不能计分，也不按 0 计。"),))
    with wide():
        found = kept(sum(given.values(), Decimal(0)) / len(given))
    total = "＋".join(f"{name}{plain(mark)}" for name, mark in given.items())
    steps = [_("半年评分＝各项评分之和÷项数"), f"（{total}）÷{len(given)}{result(found)}", *rounding_note(found)]
    if missing:
        steps.append(_("缺{parts}，由其余 {n} 项平均。").format(parts=_("、").join(missing), n=len(given)))
    return Explained(found, tuple(steps))
