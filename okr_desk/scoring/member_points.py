"""A member's points of a quarter: the base, bonuses up to their caps, less deductions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, figure, result
from okr_desk.scoring.rounding import plain

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Entered:
    """Points that were entered: signed, under the code of a rule ("" for a matter outside the list)."""

    code: str
    matter: str
    points: Decimal


@dataclass(frozen=True)
class PointsSum:
    """What a quarter comes to. `full`: sentences on the caps that are reached."""

    value: Decimal
    bonus: Decimal
    deduction: Decimal
    full: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def explained(self) -> Explained:
        """The points with their way."""
        return Explained(self.value, self.steps)


def quarter_points(
    base: Decimal, entries: Sequence[Entered], caps: Mapping[str, Decimal | None], bonus_cap: Decimal | None
) -> PointsSum:
    """Base plus bonuses less deductions; what is above the cap of a rule, or of all bonuses, does not count.

    Nothing is cut below 0: how far somebody fell is to be seen. Source: domain 1.1 row 22.
    """
    by_rule: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for one in entries:
        by_rule[one.code, "" if one.code else one.matter].append(one.points)
    names = {(one.code, "" if one.code else one.matter): one.matter for one in entries}
    steps = [_("本季积分＝基础分＋加分－扣分")]
    full: list[str] = []
    sums = {True: _ZERO, False: _ZERO}
    for key, points in by_rule.items():
        for is_bonus, chosen in ((True, [p for p in points if p > 0]), (False, [-p for p in points if p < 0])):
            if chosen:
                counted, said = _capped(names[key], chosen, caps.get(key[0]) if key[0] else None, full.append)
                sums[is_bonus] += counted
                steps.append(said if is_bonus else _("扣分：{said}").format(said=said))
    bonus, deduction = sums[True], sums[False]
    if bonus_cap is not None and bonus >= bonus_cap > 0:
        over = _("加分本季最多 {cap} 分，超出的 {over} 分不计")
        words = over if bonus > bonus_cap else _("加分本季最多 {cap} 分，已满")
        full.append(words.format(cap=plain(bonus_cap), over=plain(bonus - bonus_cap)))
        if bonus > bonus_cap:
            steps.append(_("加分合计 {sum} 分，本季最多计 {cap} 分。").format(sum=plain(bonus), cap=plain(bonus_cap)))
        bonus = min(bonus, bonus_cap)
    value = base + bonus - deduction
    steps.append(f"{figure(base)}＋{figure(bonus)}－{figure(deduction)}{result(value)}")
    return PointsSum(value, bonus, deduction, tuple(full), tuple(steps))


def _capped(
    name: str, points: Sequence[Decimal], cap: Decimal | None, note: Callable[[str], None]
) -> tuple[Decimal, str]:
    """What the entries of a rule count together, and the sentence on it."""
    total = sum(points, _ZERO)
    formula = "＋".join(plain(one) for one in points)
    said = f"{name} {formula}" + (f"＝{plain(total)}" if len(points) > 1 else "")
    if cap is not None and total >= cap:
        over = _("“{name}”本季最多 {cap} 分，超出的 {over} 分不计")
        words = over if total > cap else _("“{name}”本季最多 {cap} 分，已满")
        note(words.format(name=name, cap=plain(cap), over=plain(total - cap)))
        if total > cap:
            said = _("{said}，本规则本季最多 {cap} 分，计 {cap} 分").format(said=said, cap=plain(cap))
    return total if cap is None else min(total, cap), said
