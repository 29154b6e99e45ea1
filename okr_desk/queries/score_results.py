"""What a score sheet comes to: sub-totals, total, percent and grade, each in words and with its sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_wording import figure
from okr_desk.queries.scores import ScoreSheet
from okr_desk.rules.grades import grading_from
from okr_desk.scoring.blocks import Subtotal
from okr_desk.scoring.explained import rounding_sentence
from okr_desk.scoring.rounding import NOTHING, display_near, percent, plain
from okr_desk.scoring.sheet import Sheet
from okr_desk.terms import BlockKind, label

TOTAL_PLACES = 2


@dataclass(frozen=True)
class Sum:
    """One sub-total with its name."""

    name: str
    total: Subtotal


def subtotals(form: ScoreForm) -> tuple[Sum, ...]:
    """By part, then by dimension, then the whole; the bonus stands outside."""
    found = form.sheet.sheet
    if found is None:
        return ()
    base = Subtotal(found.base, found.total.maximum, found.total.reported)
    part, dimension = _("部分：{name}"), _("维度：{name}")
    return (
        *(Sum(part.format(name=name), total) for name, total in found.parts.items()),
        *(Sum(dimension.format(name=label(one)), total) for one, total in found.dimensions.items()),
        Sum(_("合计（不含加分）"), base),
    )


def results(form: ScoreForm) -> tuple[tuple[str, str], ...]:
    """Name and text of the eight results, in the order in which they are read."""
    sheet, found, graded = form.sheet, form.sheet.sheet, form.sheet.grade
    by_score = None if graded is None else graded.by_score
    rate = _("没有数据") if sheet.satisfaction is None else f"{plain(sheet.satisfaction)}%"
    progress = _("未报") if sheet.progress is None else percent(sheet.progress, 1)
    return (
        (_("基本分"), NOTHING if found is None else out_of(found.base, found)),
        (_("加分"), NOTHING if found is None else _bonus(form, found)),
        (_("总分"), total_text(form.sheet)),
        (_("得分率"), percent_text(form.sheet)),
        (_("按得分等次"), _(by_score) if by_score else NOTHING),
        (_("评定等次"), grade_text(form.sheet)),
        (_("满意率（前三档）"), rate),
        (_("目标完成度"), _("{share}（不计入等次）").format(share=progress)),
    )


def out_of(points: Decimal | None, found: Sheet) -> str:
    """Points with the full points that have been reported so far."""
    if points is None:
        return _("未报")
    if found.total.reported == found.total.maximum:
        return f"{figure(points)}／{plain(found.total.maximum)}"
    said = _("{points}／已报 {reported}")
    return said.format(points=figure(points), reported=figure(found.total.reported))


def total_text(sheet: ScoreSheet) -> str:
    """Base and bonus together, for reading."""
    found = sheet.sheet
    return NOTHING if found is None or found.total.points is None else plain(found.total.points, TOTAL_PLACES)


def percent_text(sheet: ScoreSheet) -> str:
    """The percent for reading, never on another side of a grade's threshold than the unrounded one."""
    if sheet.sheet is None or sheet.sheet.percent is None or sheet.version is None:
        return NOTHING
    thresholds = [threshold for threshold, _name in grading_from(sheet.version.grades).scheme.bands]
    return display_near(sheet.sheet.percent, TOTAL_PLACES, thresholds) + "%"


def grade_text(sheet: ScoreSheet) -> str:
    """The grade after all limits."""
    graded = sheet.grade
    if graded is None or graded.score is None:
        return NOTHING
    return _("不定等次") if graded.grade is None else _(graded.grade)


def summary(form: ScoreForm) -> str:
    """The whole sheet in one line, for the review sheet."""
    found = form.sheet.sheet
    if found is None:
        return nothing_due(form)
    said = _("总分 {total}（满分 {maximum}），得分率 {percent}，等次：{grade}。")
    return said.format(
        total=total_text(form.sheet),
        maximum=plain(found.total.maximum),
        percent=percent_text(form.sheet),
        grade=grade_text(form.sheet),
    )


def nothing_due(form: ScoreForm) -> str:
    """That the sheet has no points because nothing of it is due yet."""
    return _("本年还没有到期的计分项目。") if form.sheet.quarter is None else _("本季没有到期的计分项目。")


def sum_steps(form: ScoreForm) -> tuple[str, ...]:
    """How total and percent came about, from the sub-totals on (the first step only lists them)."""
    found = form.sheet.sheet
    if found is None:
        return (nothing_due(form),)
    before = sum(len(block.steps) for block in found.blocks) + 1
    return tuple(step for step in found.steps[before:] if step != rounding_sentence())


def grade_steps(form: ScoreForm) -> tuple[str, ...]:
    """How the grade came about, with every limit and the document it rests on."""
    return () if form.sheet.grade is None else tuple(form.sheet.grade.steps)


def _bonus(form: ScoreForm, found: Sheet) -> str:
    if all(block.kind is not BlockKind.BONUS for block in form.version.blocks):
        return NOTHING
    return _("{bonus}（上限 {cap}）").format(bonus=figure(found.bonus), cap=plain(form.version.bonus_cap))
