"""支部计分表 of a quarter or a year as a workbook: one sheet a branch in the order and the words of the paper.

Its sums are live formulas: whoever changes a number of points sees sub-totals, total and percent follow, and in a year
sheet the year's points before them; the grade stays as it was given.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from okr_desk.clock import local
from okr_desk.errors import Cancelled
from okr_desk.exchange import score_year_lines, tables
from okr_desk.exchange.score_cells import OF_QUARTER, OF_YEAR, Pen, Styles, lines_of
from okr_desk.exchange.score_lines import Lines, write_lines
from okr_desk.exchange.score_sums import write_results, write_subtotals
from okr_desk.files import write_atomically
from okr_desk.i18n import _
from okr_desk.queries import score_facts, score_method, score_wording, score_year_wording
from okr_desk.queries.letterheads import short_digest
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_years import YearForm

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_AMOUNT = 3
"""The place of the amount, or of the effect on the grade, in a row of what was entered."""
_LINE = 15
"""Height of a line of a fact in points."""


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
    year = form if isinstance(form, YearForm) else None
    pen = Pen(book.add_worksheet(_name(form, taken)), styles, OF_QUARTER if year is None else OF_YEAR)
    for column, width in enumerate(pen.grid.widths):
        pen.sheet.set_column(column, column, width)
    head = _head(pen, form)
    if year is None:
        _sums(pen, form, write_lines(pen, form, head))
    else:
        foot = score_year_lines.write_lines(pen, year, head)
        score_year_lines.write_foot(pen, year, foot.row, _sums(pen, form, foot.lines))
    _records(pen, form)
    for title, said in (
        (_("计分规则"), score_method.rules(form)),
        (_("实绩来源"), score_method.sources(form)),
        (_("说明"), score_method.notes(form) if year is None else score_year_wording.notes(year)),
    ):
        pen.titled(title, [f"{place}. {text}" for place, text in enumerate(said, start=1)])
    made = local(printed_at).strftime("%Y-%m-%d %H:%M")
    code = short_digest(form.digest)
    pen.titled("", [_("数据校验码 {code}　导出时间 {moment}").format(code=code, moment=made)])
    if form.is_demo:
        pen.titled("", [_("演示数据，不作评审依据")])
    if year is None:
        pen.sheet.set_portrait()
    else:
        pen.sheet.set_landscape()
    pen.sheet.set_paper(9)
    pen.sheet.fit_to_pages(1, 0)
    pen.sheet.repeat_rows(head)
    pen.sheet.freeze_panes(head + 1, 0)
    pen.sheet.set_footer(_("&C第 &P 页 共 &N 页"))


def _head(pen: Pen, form: ScoreForm) -> int:
    """Title and facts; the row under them, where the heads of the columns go, counted from 0."""
    pen.across(0, form.sheet.org.full_name, pen.styles.title)
    pen.across(1, score_wording.title(form), pen.styles.title)
    for row, texts in enumerate(score_facts.facts(form), start=2):
        for place, ((first, last), text) in enumerate(zip(pen.grid.facts, texts, strict=True)):
            pen.merged(row, first, last, text, pen.styles.words if place % 2 else pen.styles.head)
        pen.sheet.set_row(row, _LINE * lines_of(texts[1], pen.grid.fact_room))
    return pen.row + 1


def _sums(pen: Pen, form: ScoreForm, lines: Lines) -> tuple[str, str] | None:
    """Sub-totals and results; the cells of total and percent."""
    write_subtotals(pen, form, lines)
    return write_results(pen, form, lines)


def _records(pen: Pen, form: ScoreForm) -> None:
    """Events and red lines, each in a row; where there are none a line says so."""
    events = [
        (
            event.happened_on.isoformat(),
            f"{one.line.code} {one.line.name}",
            score_wording.event_fact(event),
            score_wording.event_amount(event),
            event.document or "—",
            score_wording.entered(event),
        )
        for one in form.sheet.lines
        for event in one.events
    ]
    names = (_("日期"), _("指标"), _("事由"), _("次数或分值"), _("依据文号"), _("登记"))
    _table(pen, _("加减分登记"), names, events, score_wording.no_events(form))
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
    _table(pen, _("红线登记"), names, crossed, score_wording.no_red_lines(form))


def _table(pen: Pen, title: str, names: tuple[str, ...], rows: Sequence[tuple[str, ...]], nothing: str) -> None:
    """Six columns of words over all those of the sheet."""
    pen.titled(title, [] if rows else [nothing])
    if not rows:
        return
    pen.row += 1
    pen.across(pen.row, title, pen.styles.heading)
    for line, texts in enumerate((names, *rows)):
        row = pen.row
        for place, ((first, last), text) in enumerate(zip(pen.grid.records, texts, strict=True)):
            style = pen.styles.centre if place == _AMOUNT else pen.styles.words
            pen.merged(row, first, last, text, style if line else pen.styles.head)
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
