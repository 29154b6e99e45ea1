"""Sub-totals and results of a score sheet in a workbook, as formulas over the sub-totals of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from okr_desk.exchange.score_cells import Pen, cell
from okr_desk.exchange.score_lines import FULL, POINTS, BlockCells, Lines, summed
from okr_desk.i18n import _
from okr_desk.queries import score_results
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_results import Sum
from okr_desk.scoring.grades import RedLineKind
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Dimension

_WHOLE, _REPORTED, _POINTS = 6, 7, 8
"""Columns of the sub-totals: full points, what of them is reported, points."""
_TOTAL, _PERCENT = 2, 3
"""Places among the results that are rounded to two digits for reading."""


def write_subtotals(pen: Pen, form: ScoreForm, lines: Lines) -> None:
    """By part, by dimension and the whole, in the order of the paper."""
    found = form.sheet.sheet
    sums = score_results.subtotals(form)
    if found is None or not sums:
        return
    pen.row += 1
    pen.across(pen.row, _("分项小计"), pen.styles.heading)
    row = pen.row
    pen.merged(row, 0, _WHOLE - 1, _("分项"), pen.styles.head)
    for column, name in ((_WHOLE, _("满分")), (_REPORTED, _("其中已报")), (_POINTS, _("得分"))):
        pen.put(row, column, name, pen.styles.head)
    terms = (
        *(_of_part(lines, name) for name in found.parts),
        *(_of_dimension(lines, dimension) for dimension in found.dimensions),
        _of_blocks(lines.base),
    )
    for one, formulas in zip(sums, terms, strict=True):
        _subtotal(pen, one, formulas)


def write_results(pen: Pen, form: ScoreForm, lines: Lines) -> None:
    """The eight results; base, bonus, total and percent follow the points, grades and the other ledger do not."""
    pen.row += 1
    pen.across(pen.row, _("得分和等次"), pen.styles.heading)
    live = _formulas(form, lines, pen.row)
    for place, (name, text) in enumerate(score_results.results(form)):
        row = pen.row
        pen.merged(row, 0, _WHOLE - 1, name, pen.styles.head)
        formula = live.pop(0) if live else None
        pen.merged(row, _WHOLE, _POINTS, text, pen.styles.strong)
        if formula is not None:
            style = {_TOTAL: pen.styles.total, _PERCENT: pen.styles.percent}.get(place, pen.styles.sum)
            pen.formula(row, _WHOLE, *formula, style)
    steps = (*score_results.sum_steps(form), *score_results.grade_steps(form))
    for text in steps:
        pen.across(pen.row, text, pen.styles.note)


def _formulas(form: ScoreForm, lines: Lines, row: int) -> list[tuple[str, Decimal] | None]:
    """Base, bonus, total and percent, whose cells stand below each other from `row` on; none without points."""
    found = form.sheet.sheet
    if found is None or found.base is None or found.total.points is None or found.percent is None:
        return []
    whole, reported, points = _of_blocks(lines.base)
    base, bonus, total = (cell(row + place, _WHOLE) for place in range(3))
    earned = "+".join(cell(one.sum_row, POINTS) for one in lines.bonus if one.reported)
    cap, least = plain(form.version.bonus_cap), plain(form.version.bonus_from)
    vetoed = any(line.kind is RedLineKind.VETO for line in form.sheet.red_lines)
    extra = "=0" if vetoed or not earned else f"=IF({base}/({reported})*100>={least},MIN({earned},{cap}),0)"
    return [
        (f"={points}", found.base),
        (extra, found.bonus) if lines.bonus else None,
        (f"=MIN({base}+{bonus},{whole}+{cap})" if lines.bonus else f"={base}", found.total.points),
        (f"={total}/({reported})*100", found.percent),
    ]


def _subtotal(pen: Pen, one: Sum, formulas: tuple[str, str, str]) -> None:
    row = pen.row
    whole, reported, points = formulas
    pen.merged(row, 0, _WHOLE - 1, one.name, pen.styles.words)
    pen.formula(row, _WHOLE, f"={whole}", one.total.maximum, pen.styles.points)
    pen.formula(row, _REPORTED, f"={reported}", one.total.reported, pen.styles.points)
    if one.total.points is None:
        pen.put(row, _POINTS, _("未报"), pen.styles.points)
    else:
        pen.formula(row, _POINTS, f"={points}", one.total.points, pen.styles.points)


def _of_part(lines: Lines, name: str) -> tuple[str, str, str]:
    return _of_blocks([one for one in lines.base if (one.block.block.part or one.block.block.name) == name])


def _of_blocks(blocks: Sequence[BlockCells]) -> tuple[str, str, str]:
    """Full points, what of them is reported, and points of whole blocks."""
    if not blocks:
        return "0", "0", "0"
    rows = [one.sum_row for one in blocks]
    reported = "+".join(one.scaled(FULL, one.reported) for one in blocks)
    return summed(FULL, rows), reported, summed(POINTS, rows)


def _of_dimension(lines: Lines, dimension: Dimension) -> tuple[str, str, str]:
    """The same of the lines of a dimension, each counted as it counts in its block."""
    terms: list[list[str]] = [[], [], []]
    for block in lines.base:
        mine = {row for one, row in block.lines if one.line.dimension is dimension}
        applicable = [row for row in block.applicable if row in mine]
        reported = [row for row in block.reported if row in mine]
        for term, column, rows in zip(terms, (FULL, FULL, POINTS), (applicable, reported, reported), strict=True):
            if rows:
                term.append(block.scaled(column, rows))
    whole, given, points = ("+".join(term) or "0" for term in terms)
    return whole, given, points
