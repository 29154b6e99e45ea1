"""Under the lines of the score sheet: sub-totals, the eight results, and how total and grade came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from okr_desk.i18n import _
from okr_desk.queries import score_results, score_sums
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_wording import figure, shown, sum_points
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import HEADING, NOTE, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell

SUMS_MM = (60, 32, 32, 32)
RESULTS_MM = ((16, 34, 13, 22, 13, 18, 16, 24), (23, 25, 18, 32, 28, 30), (18, 138))
"""Shares of the width: four results, three, one."""


def blocks(fonts: Fonts, form: ScoreForm, width: float) -> list[Block]:
    """All of it; tables are never torn from their headings."""
    found: list[Block] = []
    if form.sheet.sheet is not None:
        found += [Lines((_("分项小计"),), HEADING, width, before=8, keep=True), *_sums(fonts, form, width)]
    found += [Lines((_("得分和等次"),), HEADING, width, before=8, keep=True), *_results(fonts, form, width)]
    for said in (score_sums.sum_steps(form), score_results.grade_steps(form.sheet, form.quarter.number)):
        found += tied([paragraph(fonts, text, NOTE, width) for text in said], before=4)
    return found


def tied(said: Sequence[Lines], before: float, to_next: bool = False) -> list[Block]:
    """Sentences that stay together on one page, and with what comes `to_next`."""
    last = len(said) if to_next else len(said) - 1
    return [replace(one, before=0 if place else before, keep=place < last) for place, one in enumerate(said)]


def _sums(fonts: Fonts, form: ScoreForm, width: float) -> list[Block]:
    widths = table.filling(SUMS_MM, width)
    sums = score_sums.subtotals(form)
    names = (_("分项"), _("满分"), _("其中已报"), _("得分"))
    found: list[Block] = [
        table.row(fonts, widths, centred(names), TABLE_HEAD, least=5.4 * MM, keep=True, tinted=True),
    ]
    lines = [
        (
            figure(one.total.maximum),
            figure(one.total.reported),
            shown(sum_points(one.total)),
        )
        for one in sums
    ]
    axes = [
        table.decimal_axis(fonts, column, TABLE, room)
        for column, room in zip(zip(*lines, strict=True), widths[1:], strict=True)
    ]
    for place, (one, line) in enumerate(zip(sums, lines, strict=True)):
        is_last = place == len(sums) - 1
        cells = [
            Cell(text, "decimal", axis=axis) if table.is_number(text) else Cell(text, "centre")
            for text, axis in zip(line, axes, strict=True)
        ]
        style = STRONG if is_last else TABLE
        row = table.row(fonts, widths, (Cell(one.name), *cells), style, least=5.4 * MM, keep=not is_last)
        found.append(row)
    return found


def _results(fonts: Fonts, form: ScoreForm, width: float) -> list[Block]:
    """Name, text, name, text: what the points come to, what grade that is, and the other ledger."""
    pairs = iter(score_sums.results(form))
    found: list[Block] = []
    for columns in RESULTS_MM:
        cells = [
            cell
            for name, text in islice(pairs, len(columns) // 2)
            for cell in (Cell(name, "centre", TABLE_HEAD), Cell(text, "centre", STRONG))
        ]
        widths = table.filling(columns, width)
        found.append(table.row(fonts, widths, cells, TABLE, least=6.4 * MM, keep=columns is not RESULTS_MM[-1]))
    return found
