"""Points by counting: deductions until nothing is left, bonuses up to a cap, percentage points, done or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring.explained import result, rounding_note
from okr_desk.scoring.points_result import (
    ONE,
    ZERO,
    Awards,
    Reached,
    Value,
    a_number,
    check_full,
    check_not_negative,
    other_kind,
)
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.scoring.spelling import check_numbers
from okr_desk.terms import PointRounding, label


@dataclass(frozen=True)
class Deduct:
    """Full points less so much for each event, until nothing is left; several kinds of event may count together.

    `each` has one entry for each kind of event, `caps` the most that each kind may take away (empty: no limit).
    Takes one count, or one for each kind. Raises InputRefused for negative entries, for caps of another number, and
    for counts that do not fit. Source: domain 1.3 "DED", methods B1 "deduction".
    """

    maximum: Decimal
    each: tuple[Decimal, ...]
    caps: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        check_full(self.maximum)
        check_not_negative("each", *self.each)
        check_not_negative("cap", *self.caps)
        if not self.each:
            raise InputRefused(_("每次扣几分 each 没有填写，请补上。"), "each")
        if self.caps and len(self.caps) != len(self.each):
            raise InputRefused(_("扣分上限 cap 的个数须与 each 相同，请改正。"), "cap")

    def reach(self, value: Value) -> Reached:
        """Points left after so many events."""
        counts = value if isinstance(value, tuple) else (a_number(value),)
        check_not_negative("count", *counts)
        if len(counts) != len(self.each):
            raise InputRefused(_("次数 count 的个数须与 each 相同，请改正。"), "count")
        with wide():
            lost = [each * count for each, count in zip(self.each, counts, strict=True)]
            taken = [min(one, cap) for one, cap in zip(lost, self.caps, strict=True)] if self.caps else lost
            left = kept(self.maximum - sum(taken, ZERO))
        return Reached(max(left, ZERO), lambda: self._told(counts, lost, taken, left))

    def _told(
        self, counts: tuple[Decimal, ...], lost: list[Decimal], taken: list[Decimal], left: Decimal
    ) -> tuple[str, ...]:
        steps = [_("得分＝满分－每次扣分×次数，扣完为止")]
        for each, count, one, less in zip(self.each, counts, lost, taken, strict=True):
            steps.append(f"{plain(each)}×{plain(count)}{result(one)}")
            if less < one:
                steps.append(_("扣 {lost} 分超过上限，按 {cap} 分扣。").format(lost=plain(one), cap=plain(less)))
        minus = "－".join(plain(one) for one in taken)
        steps.append(f"{plain(self.maximum)}－{minus}{result(left)}")
        if left < 0:
            steps.append(_("已扣完，计 0 分。"))
        return (*steps, *rounding_note(left))


@dataclass(frozen=True)
class PerPoint:
    """Full points from a standard on, less so much for each percentage point below it, until nothing is left.

    How broken points count is part of the rule. Proportional is the line of `anchors`; the two others jump, so the
    rule is a layer of its own. `target` and the value are in percent. Source: domain 1.3 "POINT-DED".
    """

    maximum: Decimal
    target: Decimal
    rounding: PointRounding
    each: Decimal = ONE

    def __post_init__(self) -> None:
        check_full(self.maximum)
        check_numbers("t", self.target)
        check_not_negative("each", self.each)

    def reach(self, value: Value) -> Reached:
        """Points of one value in percent."""
        x = a_number(value)
        if x >= self.target:
            reached = N_("{x}% 达到标准，计满分。")
            return Reached(self.maximum, lambda: (self._rule(), _(reached).format(x=plain(x))))
        with wide():
            short = self.target - x
            lost = self._counted(short) * self.each
            left = kept(self.maximum - lost)
        return Reached(max(left, ZERO), lambda: (self._rule(), *self._told(x, short, lost, left)))

    def _rule(self) -> str:
        return _("达到 {t}% 计满分 {full}，每低 1 个百分点扣 {each} 分（{rounding}），扣完为止。").format(
            t=plain(self.target), full=plain(self.maximum), each=plain(self.each), rounding=label(self.rounding)
        )

    def _told(self, x: Decimal, short: Decimal, lost: Decimal, left: Decimal) -> tuple[str, ...]:
        way = _("{x}% → 差 {short} 个百分点 → 扣 {lost} 分（{rounding}）→ {points} 分").format(
            x=plain(x),
            short=plain(short),
            lost=plain(lost),
            rounding=label(self.rounding),
            points=plain(max(left, ZERO)),
        )
        line = f"{plain(self.maximum)}－{plain(lost)}{result(left)}"
        gone = (_("已扣完，计 0 分。"),) if left < 0 else ()
        return way, line, *gone, *rounding_note(left)

    def _counted(self, short: Decimal) -> Decimal:
        if self.rounding is PointRounding.PROPORTIONAL:
            return short
        how = ROUND_CEILING if self.rounding is PointRounding.CEIL else ROUND_FLOOR
        return short.to_integral_value(rounding=how)


@dataclass(frozen=True)
class Bonus:
    """Extra points up to a cap: so much for each event, or the highest of several awards for one matter.

    With `each` it takes a count. Without, it takes the points of the awards for one matter, or `Awards` for several:
    the same matter honoured by several levels counts once, by the highest; different matters add up. `levels` are
    the only points that an award can be worth (empty: any). Raises InputRefused for negative entries and for other
    levels. Source: domain 1.3 "BONUS", 1.4 X03 and fact 3, methods B1 "bonus".
    """

    cap: Decimal
    each: Decimal | None = None
    levels: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        check_not_negative("cap", self.cap)
        if self.each is not None:
            check_not_negative("each", self.each)
        check_not_negative("levels", *self.levels)

    @property
    def maximum(self) -> Decimal:
        """The most that can be added."""
        return self.cap

    def reach(self, value: Value) -> Reached:
        """Points of so many events, or of these awards."""
        if self.each is None:
            return self._highest(value)
        count, each = a_number(value), self.each
        check_not_negative("count", count)
        with wide():
            sum_ = kept(each * count)
        return self._capped(sum_, lambda: f"{plain(each)}×{plain(count)}{result(sum_)}")

    def check_level(self, points: Decimal) -> None:
        """Refuse points that no award can be worth."""
        if self.levels and points not in self.levels:
            known = "、".join(plain(one) for one in self.levels)
            raise InputRefused(_("每项加分只能是 {levels} 分中的一种，请改正。").format(levels=known), "awards")

    def _highest(self, value: Value) -> Reached:
        if not isinstance(value, tuple | Awards):
            raise other_kind()
        matters = value.matters if isinstance(value, Awards) else (("", value),)
        for _name, given in matters:
            check_not_negative("awards", *given)
            for one in given:
                self.check_level(one)
        counted = [(name, given, max(given)) for name, given in matters if given]
        with wide():
            sum_ = kept(sum((most for _name, _given, most in counted), ZERO))
        return self._capped(sum_, lambda: self._awarded(counted, sum_))

    def _awarded(self, counted: list[tuple[str, tuple[Decimal, ...], Decimal]], sum_: Decimal) -> str:
        if not counted:
            return _("没有可加分的奖项，计 0 分。")
        parts = []
        for name, given, most in counted:
            several = _("{awards} 中取最高，计 {most} 分").format(
                awards="、".join(plain(one) for one in given), most=plain(most)
            )
            said = several if len(given) > 1 else _("计 {most} 分").format(most=plain(most))
            parts.append(_("“{matter}”{said}").format(matter=name, said=said) if name else said)
        line = _("；").join(parts)
        if len(counted) == 1:
            return _("{line}；同一事项不累加。").format(line=line)
        return _("{line}；同一事项不累加，不同事项相加：{sum}{result}").format(
            line=line, sum="＋".join(plain(most) for _name, _given, most in counted), result=result(sum_)
        )

    def _capped(self, sum_: Decimal, way: Callable[[], str]) -> Reached:
        def told() -> tuple[str, ...]:
            cap = _("加分不超过 {cap} 分。").format(cap=plain(self.cap))
            over = (_("超过上限，计 {cap} 分。").format(cap=plain(self.cap)),) if sum_ > self.cap else ()
            return cap, way(), *over, *rounding_note(sum_)

        return Reached(min(sum_, self.cap), told)


@dataclass(frozen=True)
class YesNo:
    """Full points when done, none when not. Source: domain 1.4, the rule "0/1"."""

    maximum: Decimal

    def __post_init__(self) -> None:
        check_full(self.maximum)

    def reach(self, value: Value) -> Reached:
        """Points of an answer."""
        if not isinstance(value, bool):
            raise other_kind()
        if value:
            return Reached(self.maximum, lambda: (_("已完成，计 {full} 分。").format(full=plain(self.maximum)),))
        return Reached(ZERO, lambda: (_("未完成，计 0 分。"),))
