"""What a score sheet comes to: sub-totals, the eight results, and how total and percent came about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import score_results
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_wording import figure
from okr_desk.scoring.blocks import Subtotal
from okr_desk.scoring.explained import rounding_sentence
from okr_desk.scoring.rounding import NOTHING, percent, plain
from okr_desk.scoring.sheet import Sheet
from okr_desk.terms import BlockKind, label


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
        (_("总分"), score_results.total_text(form.sheet)),
        (_("得分率"), score_results.percent_text(form.sheet)),
        (_("按得分率等次"), _(by_score) if by_score else NOTHING),
        (_("评定等次"), score_results.marked_grade(form.sheet, form.quarter.number)),
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


def summary(form: ScoreForm) -> str:
    """The whole sheet in one line, for the review sheet."""
    if form.sheet.sheet is None:
        return nothing_due(form)
    grade = score_results.marked_grade(form.sheet, form.quarter.number)
    return _("{result}，等次：{grade}。").format(result=score_results.result(form.sheet), grade=grade)


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


def _bonus(form: ScoreForm, found: Sheet) -> str:
    if all(block.kind is not BlockKind.BONUS for block in form.version.blocks):
        return NOTHING
    return _("{bonus}（上限 {cap}）").format(bonus=figure(found.bonus), cap=plain(form.version.bonus_cap))
