"""考核评分办法 as a workbook: one sheet a category, in the order and the words of the paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from okr_desk.errors import Cancelled
from okr_desk.exchange import tables
from okr_desk.exchange.score_cells import Grid, Pen, Styles, lines_of
from okr_desk.files import write_atomically
from okr_desk.i18n import _
from okr_desk.queries import scheme_wording
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.queries.schemes import LineView
from okr_desk.terms import BlockKind, label

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

GRID = Grid(
    widths=(9, 30, 8, 8, 62, 10, 32),
    room=150,
    named=2,
    full=3,
    points=3,
    facts=((0, 0), (1, 4), (5, 5), (6, 6)),
    fact_room=104,
    records=(),
)
_LINE = 14
"""Height of a line of a rule in points."""


def write(
    path: Path,
    papers: Sequence[SchemePaper],
    *,
    printed_at: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write schemes into one workbook; `printed_at` is an instant.

    Raises Cancelled and FileRefused; then no file is left.
    """
    import xlsxwriter

    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, tables.TEXT_STAYS_TEXT) as book:
        styles = Styles.of(book)
        for number, paper in enumerate(papers):
            if cancelled is not None and cancelled():
                raise Cancelled(_("已取消，没有生成文件。"))
            _sheet(book, styles, paper, printed_at, number)
            if progress is not None:
                progress(number + 1, len(papers))
    return write_atomically(path, memory.getvalue())


def _sheet(book: Workbook, styles: Styles, paper: SchemePaper, printed_at: datetime, number: int) -> None:
    """Categories have different names, but what a workbook allows of them may be the same."""
    name = tables.sheet_name(paper.category)
    taken = {one.get_name().casefold() for one in book.worksheets()}
    pen = Pen(book.add_worksheet(f"{name[:28]}{number + 1}" if name.casefold() in taken else name), styles, GRID)
    for column, width in enumerate(GRID.widths):
        pen.sheet.set_column(column, column, width)
    pen.across(0, scheme_wording.title(paper), styles.title)
    pen.facts(1, scheme_wording.facts(paper))
    head = pen.row + 1
    for column, text in enumerate(scheme_wording.HEADS):
        pen.put(head, column, _(text), styles.head)
    _lines(pen, paper)
    for part in scheme_wording.sections(paper):
        pen.titled(part.title, [f"{place}. {text}" for place, text in enumerate(part.said, start=1)])
    if paper.is_draft:
        pen.titled("", [_("草稿，未启用")])
    pen.foot(paper.digest, printed_at, paper.is_demo)
    pen.sheet.set_landscape()
    pen.on_paper(head)


def _lines(pen: Pen, paper: SchemePaper) -> None:
    number = 0
    for block in scheme_wording.blocks(paper):
        pen.across(pen.row, scheme_wording.heading(block), pen.styles.strong)
        first = pen.row
        for line in block.lines:
            number += 1
            _line(pen, paper, line, number)
        if block.kind is BlockKind.BASE and block.lines:
            _sum(pen, first, sum((line.maximum for line in block.lines), Decimal(0)))


def _line(pen: Pen, paper: SchemePaper, line: LineView, number: int) -> None:
    row, styles = pen.row, pen.styles
    rule, evidence = scheme_wording.rule(paper, line), scheme_wording.evidence(paper, line)
    pen.put(row, 0, Decimal(number), styles.centre)
    pen.put(row, 1, line.title, styles.words)
    pen.put(row, 2, line.unit or "—", styles.centre)
    pen.put(row, 3, line.maximum, styles.points)
    pen.put(row, 4, rule, styles.words)
    pen.put(row, 5, label(line.across), styles.centre)
    pen.put(row, 6, evidence, styles.words)
    high = max(lines_of(text, GRID.widths[at] - 1) for text, at in ((line.title, 1), (rule, 4), (evidence, 6)))
    pen.sheet.set_row(row, _LINE * high)


def _sum(pen: Pen, first: int, points: Decimal) -> None:
    """The points of a block, summed by the workbook itself."""
    row = pen.row
    pen.merged(row, 0, GRID.named, _("小计"), pen.styles.strong)
    pen.formula(row, GRID.full, f"=SUM(D{first + 1}:D{row})", points, pen.styles.sum)
    pen.merged(row, GRID.full + 1, GRID.last, "", pen.styles.words)
