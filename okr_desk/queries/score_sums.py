"""What a score sheet comes to: sub-totals, the eight results, and how total and percent came about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import score_results
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_wording import figure
from okr_desk.queries.scores import ScoreSheet
from okr_desk.scoring.blocks import Subtotal
from okr_desk.scoring.explained import rounding_sentence
from okr_desk.scoring.rounding import NOTHING, percent, plain
from okr_desk.scoring.sheet import Sheet
from okr_desk.terms import BlockKind, Dimension, label


@dataclass(frozen=True)
class Sum:
    """One sub-total with its name: of a part, of a dimension, of both where they are the same; else of everything."""

    name: str
    total: Subtotal
    part: str = ""
    dimension: Dimension | None = None


def subtotals(form: ScoreForm) -> tuple[Sum, ...]:
    """By part, then by dimension, then the whole; the bonus stands outside."""
    found = form.sheet.sheet
    if found is None:
        return ()
    base = Subtotal(found.base, found.total.maximum, found.total.reported)
    of_parts = dimensions_of_parts(form.sheet)
    part, dimension = _("部分：{name}"), _("维度：{name}")
    whole = Sum(_("合计（不含加分）"), base)
    if of_parts:
        return (
            *(Sum(_both(name, of_parts[name]), total, name, of_parts[name]) for name, total in found.parts.items()),
            whole,
        )
    return (
        *(Sum(part.format(name=name), total, name) for name, total in found.parts.items()),
        *(Sum(dimension.format(name=label(one)), total, dimension=one) for one, total in found.dimensions.items()),
        whole,
    )


def _both(part: str, dimension: Dimension) -> str:
    said = _("部分、维度：{name}") if part == label(dimension) else _("部分：{name}（维度：{dimension}）")
    return said.format(name=part, dimension=label(dimension))


def dimensions_of_parts(sheet: ScoreSheet) -> dict[str, Dimension]:
    """The dimension of each part where each stands for one of its own, so that both sub-totals are one; else empty."""
    found: dict[str, set[Dimension]] = defaultdict(set)
    for block in sheet.blocks:
        if block.block.kind is BlockKind.BASE:
            found[block.block.part or block.block.name] |= {line.line.dimension for line in block.lines}
    if any(len(dimensions) != 1 for dimensions in found.values()):
        return {}
    single = {name: next(iter(dimensions)) for name, dimensions in found.items()}
    return single if len(set(single.values())) == len(single) else {}


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
