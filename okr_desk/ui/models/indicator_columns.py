"""The columns of the tables on 指标: branches on one indicator, and origins that differ."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from okr_desk.i18n import _
from okr_desk.queries.indicators import Conflict, IndicatorLine
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui.models.rows import Column


def of_lines(quarter: Callable[[], int]) -> list[Column]:
    """One branch a row; `quarter` is asked for the number of the quarter looked at."""

    def amount(value: Callable[[IndicatorLine], Decimal | None]) -> dict[str, Any]:
        return {"text": lambda line: _amount(value(line)), "sort": value, "look": "number"}

    return [
        Column(_("支部"), lambda line: line.org_name, keys=lambda line: line.search_keys, stretch=True, width=9),
        Column(_("类别"), lambda line: line.category),
        Column(_("基线"), tooltip=_since, **amount(lambda line: line.baseline)),
        Column(_("目标值"), **amount(lambda line: line.target)),
        Column(_("一季度"), **amount(lambda line: line.values[0])),
        Column(_("二季度"), **amount(lambda line: line.values[1])),
        Column(_("三季度"), **amount(lambda line: line.values[2])),
        Column(_("四季度"), **amount(lambda line: line.values[3])),
        Column(_("说明"), lambda line: _remark(line, quarter())),
    ]


def of_conflicts() -> list[Column]:
    """One disagreement a row."""
    return [
        Column(_("支部"), lambda one: one.org_name, width=9),
        Column(_("指标"), lambda one: f"{one.code} {one.name}", stretch=True),
        Column(_("采用"), lambda one: f"{label(one.chosen)} {plain(dict(one.values)[one.chosen])}"),
        Column(_("另有"), _others, width=14),
        Column(_("单位"), lambda one: one.unit),
    ]


def _others(one: Conflict) -> str:
    return _("；").join(f"{label(origin)} {plain(value)}" for origin, value in one.values if origin is not one.chosen)


def _amount(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _since(line: IndicatorLine) -> str:
    if line.baseline_on is None:
        return ""
    return _("截至 {day}，{source}").format(day=line.baseline_on, source=line.baseline_source)


def _remark(line: IndicatorLine, quarter: int) -> str:
    if not line.applies:
        return _("不适用")
    lacks = [name for name, value in ((_("缺基线"), line.baseline), (_("缺目标"), line.target)) if value is None]
    if line.now(quarter) is None:
        lacks.append(_("本季未报"))
    if line.is_changed:
        lacks.append(_("年中调整过"))
    return _("、").join(lacks)
