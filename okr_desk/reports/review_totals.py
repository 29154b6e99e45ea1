"""What stands under the table of key results: sub-totals by dimension, satisfaction, and how to read the signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from okr_desk.charts.objectives import number_of
from okr_desk.i18n import _
from okr_desk.queries import review_figures, score_sums, wording
from okr_desk.queries.objectives import KeyResultView
from okr_desk.queries.reviews import ReviewSheet, Satisfaction, SurveySays
from okr_desk.reports import table
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.lights import light
from okr_desk.reports.pages import MM
from okr_desk.reports.review_table import WIDTHS, centred, is_by_proxy, share
from okr_desk.reports.styles import STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell, Row
from okr_desk.scoring.pace import RATE_GUARD
from okr_desk.scoring.rounding import display_near, percent, plain
from okr_desk.terms import EntryBasis, QuarterState, Status, label


def totals(fonts: Fonts, sheet: ReviewSheet, has_appendix: bool = False) -> list[Row]:
    """Sub-totals by dimension, the whole, and mass satisfaction; progress, not points, and said so.

    Where a scheme is in force one line more has the points, and says where they are worked out.
    """
    names = [label(total.dimension) for total in sheet.dimensions]
    widths = _total_widths(len(names))
    head = [_("分维度小计"), *names, _("合计")]
    progress = [_("加权完成度（非得分）")]
    progress += [share(total.rollup.progress) for total in sheet.dimensions]
    progress.append(whole(sheet) if sheet.board.key_results else "—")
    counted = [_("已报／应报（项）")]
    counted += [f"{total.reported}／{total.count}" for total in sheet.dimensions]
    counted.append(f"{sum(t.reported for t in sheet.dimensions)}／{sum(t.count for t in sheet.dimensions)}")
    said = Cell(satisfaction_text(sheet.satisfaction), span=len(names) + 1)
    scored = sheet.scores is not None
    found = [
        table.row(fonts, widths, centred(head), TABLE_HEAD, least=15, keep=True, tinted=True),
        table.row(fonts, widths, _keyed(sheet, centred(progress)), STRONG, least=17, keep=True),
        table.row(fonts, widths, centred(counted), TABLE, least=15, keep=True),
        table.row(fonts, widths, (Cell(_("群众满意度"), "centre"), said), TABLE, least=17, keep=scored),
    ]
    if sheet.scores is not None:
        where = _("详见附表。") if has_appendix else _("详见附表（支部计分表，另行打印）。")
        points = Cell(score_sums.summary(sheet.scores) + where, span=len(names) + 1, key=review_figures.POINTS)
        found.append(table.row(fonts, widths, (Cell(_("考核得分"), "centre"), points), TABLE, least=17))
    return found


def _keyed(sheet: ReviewSheet, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The row of progress: behind its name a figure for each dimension, and that of the whole."""
    keys = ("", *(review_figures.of_dimension(total.dimension) for total in sheet.dimensions), review_figures.WHOLE)
    return tuple(replace(cell, key=key) for cell, key in zip(cells, keys, strict=True))


def whole(sheet: ReviewSheet) -> str:
    """The mean of the whole sheet; where only a part was reported, with what it rests on, so that it cannot mislead."""
    reached = share(sheet.board.rollup.progress)
    reported, count = sum(t.reported for t in sheet.dimensions), sum(t.count for t in sheet.dimensions)
    if reported in (0, count) or sheet.board.quarter.state is QuarterState.CLOSED:
        return reached
    return _("{share}（已报 {n}／{count} 项，权重 {weight}）").format(
        share=reached, n=reported, count=count, weight=percent(sheet.board.rollup.reported)
    )


def satisfaction_text(found: Satisfaction | None) -> str:
    """Mass satisfaction in one line: value, baseline, target, last quarter, sample, interval, verdict, evidence."""
    if found is None:
        return _("本季未设满意度关键结果。")
    if found.value is None:
        said = _("本季未报")
    else:
        said = _("本季 {value}").format(value=wording.amount(found.value, found.unit))
    parts = [said]
    for text, amount in (
        (_("基线 {value}"), found.baseline),
        (_("目标 {value}"), found.target),
        (_("上季 {value}"), found.previous),
    ):
        if amount is not None:
            parts.append(text.format(value=wording.amount(amount, found.unit)))
    if found.n is not None:
        parts.append(_("有效票 n＝{n}").format(n=found.n))
    elif found.value is not None:
        parts.append(_("样本未录入，不列区间"))
    if found.survey is not None:
        parts += _survey(found.survey, found.low, found.high)
    elif found.rounds_waiting:
        waiting = _("本季测评（{names}）尚未计入，本数不取自测评")
        if found.value is None:
            waiting = _("本季测评（{names}）尚未计入")
        parts.append(waiting.format(names=found.rounds_waiting))
    return "；".join(parts)


def _survey(of: SurveySays, low: Decimal | None, high: Decimal | None) -> list[str]:
    """Interval with its level, satisfied rate, verdict, change, evidence: what was known of them."""
    parts = [_("取自“{name}”").format(name=of.round_name)] if of.round_name else []
    if low is not None and high is not None:
        said = _("{level}置信区间 {low}～{high}")
        parts.append(said.format(level=percent(of.level), low=plain(low, 1), high=plain(high, 1)))
    if of.rate is not None:
        parts.append(_("满意率 {rate}").format(rate=_rate(of.rate)))
    if of.verdict is not None:
        parts.append(_("结论：{verdict}").format(verdict=label(of.verdict)))
    if of.change is not None:
        parts.append(_("较上次测评：{change}").format(change=label(of.change)))
    return [*parts, _("证据等级 {grade}").format(grade=of.evidence)]


def _rate(rate: Decimal) -> str:
    """Not rounded over the guard: what falls short of 60 % never reads 60 %."""
    return display_near(rate * 100, 1, (RATE_GUARD,)) + "%"


def legend(sheet: ReviewSheet) -> str:
    """What the shapes and the bar mean, with only the lights that occur."""
    seen = {kr.pace.status for kr in sheet.board.key_results if kr.applies}
    shapes = "　".join(light(status) for status in Status if status in seen)
    said = _("关键结果后括号内为权重；横条为完成度，竖线为应达。")
    return said + (_("灯号：{shapes}。").format(shapes=shapes) if shapes else "")


def coverage(sheet: ReviewSheet) -> list[str]:
    """How much of the weight applies and was reported, where it is not all; below the least share nothing is graded."""
    whole = sheet.board.rollup
    if not sheet.board.key_results or (whole.coverage == 1 and whole.reported == 1):
        return []
    said = _("适用权重占{applies}，已报权重占{reported}。").format(
        applies=percent(whole.coverage), reported=percent(whole.reported)
    )
    if whole.coverage < whole.least:
        short = _("适用权重不足 {least}%，不定等次、不排名。")
        said += short.format(least=plain(whole.least * 100))
    return [said]


def cumulative(key_results: Sequence[KeyResultView]) -> list[str]:
    """Which key results count from 0 each year: their progress is not the way from the printed baseline."""
    numbers = [number_of(kr) for kr in key_results if kr.applies and kr.year_to_date]
    return ["、".join(numbers) + " " + _("年累计指标每年从 0 起算，基线按 0 计。")] if numbers else []


def proxies(key_results: Sequence[KeyResultView]) -> list[str]:
    """Who reported, on what basis, where the office entered for the branch: one sentence for each pair."""
    found: dict[tuple[str, EntryBasis], list[str]] = {}
    for kr in key_results:
        reading = kr.current
        if kr.applies and reading is not None and reading.basis is not None and is_by_proxy(reading):
            found.setdefault((reading.reported_by, reading.basis), []).append(number_of(kr))
    return [
        _("代录：{numbers} 由镇党建办代录，填报人{who}，依据{basis}。").format(
            numbers="、".join(numbers), who=who, basis=label(basis)
        )
        for (who, basis), numbers in found.items()
    ]


def _total_widths(names: int) -> tuple[float, ...]:
    whole = sum(WIDTHS)
    first = 36 * MM
    return (first, *([(whole - first) / (names + 1)] * (names + 1)))
