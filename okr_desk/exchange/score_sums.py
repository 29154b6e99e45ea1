"""Sub-totals and results of a score sheet in a workbook, as formulas over the sub-totals of its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from okr_desk.exchange.score_cells import Grid, Pen, cell
from okr_desk.exchange.score_lines import BlockCells, Lines, summed
from okr_desk.i18n import _
from okr_desk.queries import score_results, score_sums
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_sums import Sum
from okr_desk.scoring.grades import RedLineKind
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Dimension, label

TOTAL, PERCENT = 2, 3
"""Places among the results that are rounded to two digits for reading."""


def write_subtotals(pen: Pen, form: ScoreForm, lines: Lines) -> None:
    """By part, by dimension and the whole, in the order of the paper."""
    sums = score_sums.subtotals(form)
    if not sums:
        return
    pen.row += 1
    pen.across(pen.row, _("分项小计"), pen.styles.heading)
    row = pen.row
    columns = _columns(pen.grid)
    pen.merged(row, 0, columns[0] - 1, _("分项"), pen.styles.head)
    for column, name in zip(columns, (_("满分"), _("其中已报"), _("得分")), strict=True):
        pen.put(row, column, name, pen.styles.head)
    for one in sums:
        _subtotal(pen, one, _terms(lines, one))


def _terms(lines: Lines, one: Sum) -> tuple[str, str, str]:
    """The formulas of a sub-total; of one that is both part and dimension those of the part, which are shorter."""
    if one.part:
        return _of_part(lines, one.part)
    return _of_blocks(lines.base) if one.dimension is None else _of_dimension(lines, one.dimension)


def _columns(grid: Grid) -> tuple[int, int, int]:
    """Columns of the sub-totals: full points, what of them is reported, points."""
    return grid.full - 1, grid.full, grid.points


def write_results(pen: Pen, form: ScoreForm, lines: Lines) -> tuple[str, str] | None:
    """The eight results; base, bonus, total and percent follow the points, grades and the other ledger do not.

    Returns the cells of total and percent; None where there are no points.
    """
    pen.row += 1
    pen.across(pen.row, _("得分和等次"), pen.styles.heading)
    first, (whole, _reported, last) = pen.row, _columns(pen.grid)
    live = _formulas(form, lines, pen.row)
    is_live = bool(live)
    for place, (name, text) in enumerate(score_sums.results(form)):
        row = pen.row
        pen.merged(row, 0, whole - 1, name, pen.styles.head)
        formula = live.pop(0) if live else None
        pen.merged(row, whole, last, text, pen.styles.strong)
        if formula is not None:
            style = {TOTAL: pen.styles.total, PERCENT: pen.styles.percent}.get(place, pen.styles.sum)
            pen.formula(row, whole, *formula, style)
    steps = (*score_sums.sum_steps(form), *score_results.grade_steps(form.sheet, form.quarter.number))
    for text in steps:
        pen.across(pen.row, text, pen.styles.note)
    return (cell(first + TOTAL, whole), cell(first + PERCENT, whole)) if is_live else None


def _formulas(form: ScoreForm, lines: Lines, row: int) -> list[tuple[str, Decimal] | None]:
    """Base, bonus, total and percent, whose cells stand below each other from `row` on; none without points."""
    found = form.sheet.sheet
    if found is None or found.base is None or found.total.points is None or found.percent is None:
        return []
    whole, reported, points = _of_blocks(lines.base)
    base, bonus, total = (cell(row + place, _columns(lines.base[0].grid)[0]) for place in range(3))
    earned = "+".join(cell(one.sum_row, one.grid.points) for one in lines.bonus if one.reported)
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
    full, given, made = _columns(pen.grid)
    pen.merged(row, 0, full - 1, one.name, pen.styles.words)
    pen.formula(row, full, f"={whole}", one.total.maximum, pen.styles.points)
    pen.formula(row, given, f"={reported}", one.total.reported, pen.styles.points)
    if one.total.points is None:
        pen.put(row, made, label(one.total.state), pen.styles.points)
    else:
        pen.formula(row, made, f"={points}", one.total.points, pen.styles.points)


def _of_part(lines: Lines, name: str) -> tuple[str, str, str]:
    return _of_blocks([one for one in lines.base if (one.block.block.part or one.block.block.name) == name])


def _of_blocks(blocks: Sequence[BlockCells]) -> tuple[str, str, str]:
    """Full points, what of them is reported, and points of whole blocks."""
    if not blocks:
        return "0", "0", "0"
    rows = [one.sum_row for one in blocks]
    reported = "+".join(one.scaled(one.grid.full, one.reported) for one in blocks)
    return summed(blocks[0].grid.full, rows), reported, summed(blocks[0].grid.points, rows)


def _of_dimension(lines: Lines, dimension: Dimension) -> tuple[str, str, str]:
    """The same of the lines of a dimension, each counted as it counts in its block."""
    terms: list[list[str]] = [[], [], []]
    for block in lines.base:
        mine = {row for one, row in block.lines if one.line.dimension is dimension}
        applicable = [row for row in block.applicable if row in mine]
        reported = [row for row in block.reported if row in mine]
        full, points = block.grid.full, block.grid.points
        for term, column, rows in zip(terms, (full, full, points), (applicable, reported, reported), strict=True):
            if rows:
                term.append(block.scaled(column, rows))
    whole, given, made = ("+".join(term) or "0" for term in terms)
    return whole, given, made
