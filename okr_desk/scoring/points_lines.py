"""Points along a line: straight, in proportion, inside a range, and through agreed points; all on `anchors`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring.anchors import Anchors, Point
from okr_desk.scoring.explained import figure, result, rounding_note
from okr_desk.scoring.points_result import (
    ONE,
    ZERO,
    Reached,
    Value,
    a_number,
    check_full,
    check_not_negative,
    check_up_or_down,
)
from okr_desk.scoring.progress import check_metric
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.scoring.spelling import check_numbers
from okr_desk.terms import Direction

MOST_CAP = Decimal(10)


@dataclass(frozen=True)
class Linear:
    """Full points on the way from baseline to target, by a straight line; a falling target works as a rising one.

    Anchors (baseline, 0) and (target, maximum), drawn on to `cap` times the maximum. `direction` only checks that the
    target lies on its right side. Raises InputRefused when the target equals the baseline. Source: domain 1.3 "LIN",
    methods B1 "linear" and B2.
    """

    maximum: Decimal
    baseline: Decimal
    target: Decimal
    cap: Decimal = ONE
    direction: Direction | None = None

    def __post_init__(self) -> None:
        check_full(self.maximum)
        _check_cap(self.cap)
        check_numbers("b", self.baseline)
        check_numbers("t", self.target)
        if self.baseline == self.target:
            raise InputRefused(_("目标 t 与基线 b 相同，无法计分。请改用 range 规则，或另填底线值。"), "t")
        if self.direction is not None:
            check_up_or_down(self.direction)
            check_metric(self.baseline, self.target, self.direction)

    def reach(self, value: Value) -> Reached:
        """Points of one value."""
        x = a_number(value)
        found = self._line.at(x)
        return Reached(found, lambda: self._told(x, found))

    @cached_property
    def _line(self) -> Anchors:
        with wide():
            end = self.baseline + (self.target - self.baseline) * self.cap, self.maximum * self.cap
        return Anchors(((self.baseline, ZERO), end))

    def _told(self, x: Decimal, found: Decimal) -> tuple[str, ...]:
        b, t, full = self.baseline, self.target, self.maximum
        with wide():
            raw = kept(full * (x - b) / (t - b))
        said = _("{full}×（{x}－{b}）÷（{t}－{b}）{result}")
        return (
            _("得分＝满分×（现值－基线）÷（目标－基线）"),
            said.format(full=plain(full), x=figure(x), b=figure(b), t=figure(t), result=result(raw)),
            *_limited(raw, found),
            *rounding_note(found),
        )


@dataclass(frozen=True)
class Ratio:
    """Full points in proportion to the target: value ÷ target, or target ÷ value where less is better.

    Upwards these are anchors (0, 0) and (target, maximum), drawn on to `cap`; downwards a thin layer, because the
    line is bent. Raises InputRefused for a target of 0 or below when set up, and for a negative value. Source:
    domain 1.3 "RATIO", methods B1 "ratio up" and "ratio down".
    """

    maximum: Decimal
    target: Decimal
    cap: Decimal = ONE
    direction: Direction = Direction.UP

    def __post_init__(self) -> None:
        check_full(self.maximum)
        _check_cap(self.cap)
        check_numbers("t", self.target)
        check_up_or_down(self.direction)
        if self.target == 0 and self.direction is Direction.DOWN:
            raise InputRefused(_("目标 t 为 0 时没有比例可算，请改用 deduct 规则按次扣分。"), "t")
        if self.target <= 0:
            raise InputRefused(_("比例计分的目标 t 须大于 0，请改正。"), "t")

    def reach(self, value: Value) -> Reached:
        """Points of one value, 0 or above."""
        x, t, full = a_number(value), self.target, self.maximum
        check_not_negative("v", x)
        with wide():
            most = full * self.cap
            if self.direction is Direction.UP:
                raw = kept(full * x / t)
                found = Anchors(((ZERO, ZERO), (t * self.cap, most))).at(x)
            else:
                raw = most if x == 0 else kept(full * t / x)
                found = min(raw, most)
        return Reached(found, lambda: (*self._told(x, raw), *_limited(raw, found), *rounding_note(found)))

    def _told(self, x: Decimal, raw: Decimal) -> tuple[str, ...]:
        if self.direction is Direction.UP:
            rule, sum_ = _("得分＝满分×现值÷目标"), _("{full}×{x}÷{t}{result}")
        elif x == 0:
            return _("得分＝满分×目标÷现值"), _("现值为 0，按最高分计。")
        else:
            rule, sum_ = _("得分＝满分×目标÷现值"), _("{full}×{t}÷{x}{result}")
        return rule, sum_.format(full=plain(self.maximum), x=plain(x), t=plain(self.target), result=result(raw))


@dataclass(frozen=True)
class Range:
    """Full points inside a range, falling in a line to 0 on both sides of it.

    Anchors (lo, 0)–(a, maximum) on the left and (b, maximum)–(hi, 0) on the right. Raises InputRefused unless
    lo < a ≤ b < hi. Source: domain 1.3 "RANGE", methods B1 "maintain".
    """

    maximum: Decimal
    zero_below: Decimal
    low: Decimal
    high: Decimal
    zero_above: Decimal

    def __post_init__(self) -> None:
        check_full(self.maximum)
        for name, limit in zip(("lo", "a", "b", "hi"), self._limits, strict=True):
            check_numbers(name, limit)
        if self.low > self.high:
            raise InputRefused(_("区间的下限 a 大于上限 b，请对调或改正。"), "a")
        if not (self.zero_below < self.low and self.high < self.zero_above):
            raise InputRefused(_("计 0 分的界限 lo 须小于 a，hi 须大于 b，请改正。"), "lo")

    @property
    def _limits(self) -> tuple[Decimal, ...]:
        return self.zero_below, self.low, self.high, self.zero_above

    def reach(self, value: Value) -> Reached:
        """Points of one value."""
        x, full = a_number(value), self.maximum
        if self.low <= x <= self.high:
            inside = N_("现值 {x} 在区间内，计满分。")
            return Reached(full, lambda: (self._rule(), _(inside).format(x=plain(x))))
        zero, side = (self.zero_below, self.low) if x < self.low else (self.zero_above, self.high)
        if not self.zero_below < x < self.zero_above:
            beyond = N_("现值 {x} 已到或超出 0 分界限 {zero}，计 0 分。")
            return Reached(ZERO, lambda: (self._rule(), _(beyond).format(x=plain(x), zero=plain(zero))))
        found = Anchors(((zero, ZERO), (side, full))).at(x)
        return Reached(found, lambda: (self._rule(), self._sum(x, zero, side, found), *rounding_note(found)))

    def _sum(self, x: Decimal, zero: Decimal, side: Decimal, found: Decimal) -> str:
        return _("{full}×（{x}－{zero}）÷（{side}－{zero}）{result}").format(
            full=plain(self.maximum), x=figure(x), zero=figure(zero), side=figure(side), result=result(found)
        )

    def _rule(self) -> str:
        lo, a, b, hi = (plain(limit) for limit in self._limits)
        said = _("{a} 至 {b} 计满分 {full}，到 {lo} 或 {hi} 计 0 分，其间按比例。")
        return said.format(lo=lo, a=a, b=b, hi=hi, full=plain(self.maximum))


@dataclass(frozen=True)
class AnchorLine:
    """Points read off a line through agreed points (value, points); negative points are allowed.

    `full` are the points that count as full where the line goes on above them (a stretch); without it the highest.
    Raises InputRefused as `Anchors` does. Source: methods B1 "anchors".
    """

    points: tuple[Point, ...]
    full: Decimal | None = None

    def __post_init__(self) -> None:
        for x, y in Anchors(self.points).points:
            check_numbers("points", x, y)
        if self.full is not None:
            check_not_negative("full", self.full)

    @property
    def maximum(self) -> Decimal:
        """Full points of the line."""
        return max(Anchors(self.points).highest, ZERO) if self.full is None else self.full

    def reach(self, value: Value) -> Reached:
        """Points of one value."""
        x, line = a_number(value), Anchors(self.points)
        found = line.at(x)
        return Reached(found, lambda: (self._rule(), *_read_off(line, x, found), *rounding_note(found)))

    def _rule(self) -> str:
        points = "，".join(f"{plain(x)}:{plain(y)}" for x, y in self.points)
        return _("折点（数值:分值）：{points}").format(points=points)


def kpi_anchors(floor: Decimal, passing: Decimal, target: Decimal, stretch: Decimal) -> AnchorLine:
    """The usual line of a KPI: 0 at the floor, 60 for a pass, 100 at the target, 120 at the stretch (methods B1)."""
    results = (ZERO, Decimal(60), Decimal(100), Decimal(120))
    return AnchorLine(tuple(zip((floor, passing, target, stretch), results, strict=True)), full=Decimal(100))


def _read_off(line: Anchors, x: Decimal, found: Decimal) -> tuple[str, ...]:
    stretch = line.stretch(x)
    if stretch is None:
        end, y = line.point_or_end(x)
        said = _("现值 {x} 正在折点上，计 {y} 分。") if end == x else _("现值 {x} 在折点之外，按端点 {end} 计 {y} 分。")
        return (said.format(x=plain(x), end=plain(end), y=plain(y)),)
    (x0, y0), (x1, y1) = stretch
    return (
        _("现值 {x} 按 {x0} 至 {x1} 一段推算").format(x=plain(x), x0=plain(x0), x1=plain(x1)),
        _("{y0}＋（{y1}－{y0}）×（{x}－{x0}）÷（{x1}－{x0}）{result}").format(
            y0=figure(y0), y1=figure(y1), x=figure(x), x0=figure(x0), x1=figure(x1), result=result(found)
        ),
    )


def _check_cap(cap: Decimal) -> None:
    check_numbers("cap", cap)
    if not ZERO < cap <= MOST_CAP:
        raise InputRefused(_("cap 是满分的倍数，须大于 0、不超过 10，例如 1 或 1.2。"), "cap")


def _limited(raw: Decimal, found: Decimal) -> tuple[str, ...]:
    if raw > found:
        return (_("超出部分照实显示，按最高 {most} 分计。").format(most=plain(found)),)
    if raw < found:
        return (_("结果低于 0，照实显示，计 0 分。"),)
    return ()
