"""支部计分表 as a workbook: one sheet a branch in the order and the words of the paper, its sums as live formulas.

Whoever changes a number of points sees sub-totals, total and percent follow; the grade stays as it was given.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from okr_desk.clock import local
from okr_desk.errors import Cancelled
from okr_desk.exchange import tables
from okr_desk.exchange.score_cells import Pen, Styles
from okr_desk.exchange.score_lines import Lines, write_lines
from okr_desk.exchange.score_sums import write_results, write_subtotals
from okr_desk.files import write_atomically
from okr_desk.i18n import _
from okr_desk.queries import score_method, score_wording
from okr_desk.queries.letterheads import short_digest
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.scoring.rounding import plain

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

HEAD = 6
"""The row of heads, counted from 0; title and facts stand above it."""
_RECORDS = ((0, 1), (2, 2), (3, 5), (6, 6), (7, 8), (9, 9))
"""From which column to which: date, line, fact, amount, document, by whom."""
_WIDTHS = (5, 8, 26, 7, 9, 9, 9, 8, 10, 46)


def write(
    path: Path,
    forms: Sequence[ScoreForm],
    *,
    printed_at: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write the score sheets of `forms` into one workbook; `printed_at` is an instant.

    Raises Cancelled and FileRefused; then no file is left.
    """
    return write_atomically(path, workbook(forms, printed_at=printed_at, progress=progress, cancelled=cancelled))


def workbook(
    forms: Sequence[ScoreForm],
    *,
    printed_at: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The bytes of such a workbook. Raises Cancelled between two sheets."""
    import xlsxwriter

    memory = io.BytesIO()
    taken: set[str] = set()
    with xlsxwriter.Workbook(memory, tables.TEXT_STAYS_TEXT) as book:
        styles = Styles.of(book)
        for number, form in enumerate(forms):
            if cancelled is not None and cancelled():
                raise Cancelled(_("已取消，没有生成文件。"))
            _sheet(book, styles, form, printed_at, taken)
            if progress is not None:
                progress(number + 1, len(forms))
    return memory.getvalue()


def _sheet(book: Workbook, styles: Styles, form: ScoreForm, printed_at: datetime, taken: set[str]) -> None:
    pen = Pen(book.add_worksheet(_name(form, taken)), styles)
    for column, width in enumerate(_WIDTHS):
        pen.sheet.set_column(column, column, width)
    _head(pen, form)
    lines: Lines = write_lines(pen, form, HEAD)
    write_subtotals(pen, form, lines)
    write_results(pen, form, lines)
    _records(pen, form)
    for title, said in (
        (_("计分规则"), score_method.rules(form)),
        (_("实绩来源"), score_method.sources(form)),
        (_("说明"), score_method.notes(form)),
    ):
        pen.titled(title, [f"{place}. {text}" for place, text in enumerate(said, start=1)])
    made = local(printed_at).strftime("%Y-%m-%d %H:%M")
    code = short_digest(form.digest)
    pen.titled("", [_("数据校验码 {code}　导出时间 {moment}").format(code=code, moment=made)])
    if form.is_demo:
        pen.titled("", [_("演示数据，不作评审依据")])
    pen.sheet.set_portrait()
    pen.sheet.set_paper(9)
    pen.sheet.fit_to_pages(1, 0)
    pen.sheet.repeat_rows(HEAD)
    pen.sheet.freeze_panes(HEAD + 1, 0)
    pen.sheet.set_footer(_("&C第 &P 页 共 &N 页"))


def _head(pen: Pen, form: ScoreForm) -> None:
    pen.across(0, form.sheet.org.full_name, pen.styles.title)
    pen.across(1, _("{quarter}支部计分表").format(quarter=form.quarter.label), pen.styles.title)
    facts = (
        (_("支部全称"), form.sheet.org.full_name, _("类别"), form.sheet.org.category or "—"),
        (_("计分方案"), score_method.scheme_text(form), _("满分"), plain(form.version.maximum)),
        (_("编制批准"), score_method.approval_text(form), _("编号"), form.number),
    )
    for row, (name, text, second, more) in enumerate(facts, start=2):
        pen.merged(row, 0, 1, name, pen.styles.head)
        pen.merged(row, 2, 6, text, pen.styles.words)
        pen.merged(row, 7, 8, second, pen.styles.head)
        pen.put(row, 9, more, pen.styles.words)


def _records(pen: Pen, form: ScoreForm) -> None:
    """Events and red lines, each in a row; where there are none a line says so."""
    events = [
        (
            event.happened_on.isoformat(),
            f"{one.line.code} {one.line.name}",
            event.fact,
            score_wording.event_amount(event),
            event.document or "—",
            score_wording.entered(event),
        )
        for one in form.sheet.lines
        for event in one.events
    ]
    names = (_("日期"), _("指标"), _("事由"), _("次数或分值"), _("依据文号"), _("登记"))
    _table(pen, _("加减分登记"), names, events, _("本季没有登记加减分事项。"))
    crossed = [
        (
            line.happened_on.isoformat(),
            line.title,
            line.fact,
            score_wording.effect(line),
            line.document or "—",
            score_wording.entered(line),
        )
        for line in form.sheet.red_lines
    ]
    names = (_("日期"), _("红线"), _("事实"), _("对等次的限制"), _("依据文号"), _("登记"))
    _table(pen, _("红线登记"), names, crossed, _("本季没有登记红线事项。"))


def _table(pen: Pen, title: str, names: tuple[str, ...], rows: Sequence[tuple[str, ...]], nothing: str) -> None:
    """Six columns of words over the ten of the sheet."""
    pen.titled(title, [] if rows else [nothing])
    if not rows:
        return
    pen.row += 1
    pen.across(pen.row, title, pen.styles.heading)
    for line, texts in enumerate((names, *rows)):
        row = pen.row
        for (first, last), text in zip(_RECORDS, texts, strict=True):
            style = (pen.styles.centre if first == 6 else pen.styles.words) if line else pen.styles.head
            if first == last:
                pen.put(row, first, text, style)
            else:
                pen.merged(row, first, last, text, style)
        pen.sheet.set_row(row, 30)


def _name(form: ScoreForm, taken: set[str]) -> str:
    """The branch's short name as that of a sheet, once in a workbook."""
    name = stem = tables.sheet_name(form.sheet.org.short_name)
    again = 2
    while name.casefold() in taken:
        end = f" {again}"
        name, again = stem[: 31 - len(end)] + end, again + 1
    taken.add(name.casefold())
    return name
