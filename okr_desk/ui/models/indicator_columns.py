"""The columns of the tables on 指标: branches on one indicator, and origins that differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from okr_desk.i18n import _
from okr_desk.queries.indicators import Conflict, IndicatorLine, ValueView
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui.models.rows import Column


def of_lines(quarter: Callable[[], int]) -> list[Column]:
    """One branch a row; `quarter` is asked for the number of the quarter looked at."""

    def amount(value: Callable[[IndicatorLine], Decimal | None]) -> dict[str, Any]:
        return {"text": lambda line: _amount(value(line)), "sort": value, "look": "number"}

    def history(line: IndicatorLine) -> str:
        return "\n".join(told(one) for one in line.said if one.quarter == quarter())

    def remark(line: IndicatorLine) -> str:
        return _remark(line, quarter())

    return [
        Column(_("支部"), lambda line: line.org_name, keys=lambda line: line.search_keys, width=9),
        Column(_("类别"), lambda line: line.category),
        Column(_("基线"), tooltip=_since, **amount(lambda line: line.baseline)),
        Column(_("目标值"), **amount(lambda line: line.target)),
        Column(_("一季度"), **amount(lambda line: line.values[0])),
        Column(_("二季度"), **amount(lambda line: line.values[1])),
        Column(_("三季度"), **amount(lambda line: line.values[2])),
        Column(_("四季度"), **amount(lambda line: line.values[3])),
        Column(
            _("来源"), lambda line: _counting(line, quarter(), lambda one: label(one.origin)), tooltip=history, width=5
        ),
        Column(_("登记人"), lambda line: _counting(line, quarter(), lambda one: one.by), tooltip=history, width=5),
        Column(_("另有或此前"), lambda line: _before(line, quarter()), tooltip=history, width=11),
        Column(_("说明"), lambda line: _remark(line, quarter()), stretch=True, width=9, tooltip=remark),
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


def told(one: ValueView) -> str:
    """A value with its origin, day, author and note in a line."""
    said = _("{origin} {value}（截至 {day}，{by}）").format(
        origin=label(one.origin), value=plain(one.value), day=one.as_of, by=one.by or _("系统")
    )
    if one.is_past:
        said += _("，已被更正")
    return said + (_("：{note}").format(note=one.note) if one.note else "")


def plot_note(shown: Sequence[IndicatorLine], exempt: int, missing: int) -> str:
    """How many branches the dot plot shows, and how many it lacks."""
    said = [_("{n} 个支部").format(n=len(shown))]
    if missing:
        said.append(_("本季未报 {n} 个").format(n=missing))
    if exempt:
        said.append(_("不适用 {n} 个").format(n=exempt))
    return _("，").join(said)


def _counting(line: IndicatorLine, quarter: int, words: Callable[[ValueView], str]) -> str:
    return next((words(one) for one in line.said if one.quarter == quarter and one.counts), "")


def _before(line: IndicatorLine, quarter: int) -> str:
    """What else was said in the quarter: of other origins, and what was replaced."""
    rest = [one for one in line.said if one.quarter == quarter and not one.counts]
    return _("；").join(f"{label(one.origin)} {plain(one.value)}" for one in rest)


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
