"""How values, plans, targets and due days are put into words: the same on screen, paper and in workbooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.objectives import KeyResultView, QuarterView
from okr_desk.scoring.progress import Progress
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import Direction, KrKind, QuarterState


def value_text(kr: KeyResultView) -> str:
    """The quarter's value: a number, the nodes done, 是 or 否; empty when missing."""
    return kr.value_text


def plan_text(kr: KeyResultView, quarter: int | None = None) -> str:
    """The plan of a quarter (the view's own when None): a number, a share of the nodes, or 完成."""
    planned = kr.planned if quarter is None else kr.plan[quarter - 1]
    if planned is None:
        return ""
    if kr.kind is KrKind.MILESTONE:
        return f"{plain(planned)}%"
    if kr.kind is KrKind.YES_NO:
        return _("完成") if planned >= 1 else ""
    return plain(planned)


def target_text(kr: KeyResultView) -> str:
    """The target with its sense: 67.7, ≤0, 80～90, 完成."""
    if kr.kind in (KrKind.MILESTONE, KrKind.YES_NO):
        return _("完成")
    if kr.kind is KrKind.ESTABLISH_BASELINE:
        return _("建立")
    if kr.target is None:
        return ""
    if kr.kind is KrKind.GUARD_RAIL:
        if kr.direction is Direction.BETWEEN and kr.upper is not None:
            return f"{plain(kr.target)}～{plain(kr.upper)}"
        sign = "≥" if kr.direction in (Direction.AT_LEAST, Direction.UP) else "≤"
        return f"{sign}{plain(kr.target)}"
    return plain(kr.target)


def aim_text(kr: KeyResultView) -> str:
    """The target with its unit, or that there is none yet: 67.7万元, ≤0起, 未定."""
    target = target_text(kr)
    return target + kr.unit if target else _("未定")


def reached(made: Progress, places: int = 0) -> str:
    """Progress as everybody reads it: the share that counts, and what it really is where that leaves 0 to 100 %.

    "113%" alone would not add up to the mean of the objective, "100%" alone would hide what was achieved (design 3).
    """
    counted, raw = percent(made.clamped, places), percent(made.raw, places)
    return counted if raw == counted else _("{counted}（实{raw}）").format(counted=counted, raw=raw)


def amount(value: Decimal | None, unit: str) -> str:
    """A value with its unit: 63.4万元, 95%, 未报."""
    if value is None:
        return _("未报")
    return f"{plain(value)}{unit}"


def deadline(quarter: QuarterView, days: int) -> str:
    """When the quarter is due, in one short sentence; empty unless it is open."""
    if quarter.state is not QuarterState.OPEN:
        return ""
    return _("{day}截止，{left}。").format(day=day_text(quarter.due_on), left=days_left(days))


def days_left(days: int) -> str:
    """How long there still is, in words."""
    if days > 0:
        return _("还有 {n} 天").format(n=days)
    return _("今天是最后一天") if days == 0 else _("已逾期 {n} 天").format(n=-days)


def day_text(day: date) -> str:
    """A day as it is written in a notice: 10月13日."""
    return _("{month}月{day}日").format(month=day.month, day=day.day)
