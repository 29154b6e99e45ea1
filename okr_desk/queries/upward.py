"""The county's forms with their mapped cells, and one of them filled for a quarter: what goes where, and why.

The table on screen, the file and the command line are made from the same snapshot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from okr_desk.errors import FileRefused, InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import UpwardCell, UpwardForm
from okr_desk.model.reading import Reader
from okr_desk.queries import evidence, upward_catalogue, upward_figures, users
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.upward_columns import column
from okr_desk.queries.upward_facts import UpwardFacts
from okr_desk.queries.upward_figures import Found
from okr_desk.rules import upward as rules
from okr_desk.rules.upward import BranchName, CellDraft
from okr_desk.rules.upward_book import Book, FormSheet, Shows, named, placed
from okr_desk.scoring.rounding import display_near, plain
from okr_desk.terms import QuarterState
from okr_desk.upward_terms import NAME_KEY, Figure, FigureKind

PLACES = 2
"""Decimals that a figure has at most in a form."""
_SERIAL_START = date(1899, 12, 30)
_WHOLE = (Decimal(100),)


@dataclass(frozen=True)
class CellView:
    """A mapped cell; `title` is what its figure is called."""

    id: int
    form_id: int
    sheet: str
    cell: str
    figure: str
    title: str
    is_column: bool

    @property
    def draft(self) -> CellDraft:
        """As it is asked of the rules, and mapped again."""
        return CellDraft(self.sheet, self.cell, self.figure, self.is_column)


@dataclass(frozen=True)
class FormView:
    """A form: its workbook by SHA-256 and file name, who keeps it since when, its cells by sheet and place."""

    id: int
    name: str
    sha256: str
    display_name: str
    by: str
    recorded_at: datetime
    is_retired: bool
    cells: tuple[CellView, ...]

    @property
    def drafts(self) -> tuple[CellDraft, ...]:
        """The cells as the rules ask for them."""
        return tuple(one.draft for one in self.cells)


@dataclass(frozen=True)
class Target:
    """A value as it is written: `kind` n for a number, s for text."""

    sheet: str
    row: int
    column: int
    kind: str
    text: str


@dataclass(frozen=True)
class FilledLine:
    """One cell: of which branch (empty: of the township), what will stand there, and where it comes from."""

    cell: str
    branch: str
    shown: str
    words: str
    target: Target | None


@dataclass(frozen=True)
class FilledCell:
    """A mapping in a quarter. `label`: the words beside the cell; `problem`: why it cannot be written.

    `missing` names what stays blank, one sentence each.
    """

    cell: CellView
    label: str
    lines: tuple[FilledLine, ...]
    words: str
    missing: tuple[str, ...] = ()
    problem: str = ""

    @property
    def shown(self) -> str:
        """The value, or of how many branches there is one."""
        if self.cell.figure == NAME_KEY or self.problem:
            return ""
        if not self.cell.is_column:
            return self.lines[0].shown if self.lines else ""
        there = sum(line.target is not None for line in self.lines)
        return _("{n} 个支部，{there} 个有数").format(n=len(self.lines), there=there)


@dataclass(frozen=True)
class FilledForm:
    """A form in a quarter; nothing is written where there is a `problem`."""

    form: FormView
    quarter: QuarterView
    cells: tuple[FilledCell, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """All that is written."""
        return tuple(line.target for one in self.cells for line in one.lines if line.target is not None)

    @property
    def missing(self) -> tuple[str, ...]:
        """All that stays blank."""
        return tuple(said for one in self.cells for said in one.missing)

    @property
    def problem(self) -> str:
        """The first reason why it cannot be filled."""
        return next((one.problem for one in self.cells if one.problem), "")


def forms(session: Reader, year: int, *, with_retired: bool = False) -> tuple[FormView, ...]:
    """The forms as they were imported; `year` says by which schemes figures are called."""
    known, names = upward_catalogue.figures(session, year), users.names(session)
    cells: dict[int, list[CellView]] = {}
    for row in session.execute(select(*UpwardCell.ALL)):
        title = known[row.figure].title if row.figure in known else row.figure
        cells.setdefault(row.form_id, []).append(
            CellView(row.id, row.form_id, row.sheet, row.cell, row.figure, title, row.is_column)
        )
    asked = select(*UpwardForm.ALL).order_by(UpwardForm.is_retired, UpwardForm.id)
    if not with_retired:
        asked = asked.where(~UpwardForm.is_retired)
    return tuple(
        FormView(
            row.id,
            row.name,
            row.sha256,
            row.display_name,
            names.get(row.account_id, ""),
            row.recorded_at,
            row.is_retired,
            tuple(sorted(cells.get(row.id, ()), key=_place)),
        )
        for row in session.execute(asked)
    )


def form_named(session: Reader, year: int, name: str) -> FormView:
    """The form of this name. Raises Refusal where there is none, naming those that there are."""
    found = forms(session, year)
    for one in found:
        if one.name == name.strip():
            return one
    if not found:
        raise Refusal(_("还没有导入县里的表。"))
    names = _("、").join(one.name for one in found)
    raise Refusal(_("没有叫“{name}”的表，现有：{names}。").format(name=name, names=names))


def workbook_path(session: Reader, form: FormView) -> Path:
    """The kept workbook. Raises FileRefused when it is not there."""
    found = evidence.folder(session) / form.sha256
    if not found.is_file():
        said = _("“{name}”的工作簿不在数据文件旁的“{folder}”里，请把这个文件夹找回、从备份恢复，或换新表。")
        raise FileRefused(said.format(name=form.name, folder=found.parent.name))
    return found


def filled(session: Reader, of: UpwardFacts, form: FormView, book: Book) -> FilledForm:
    """A form for the quarter of `of`. Raises Refusal for a quarter that has not begun."""
    if of.quarter.state is QuarterState.PLANNING:
        raise Refusal(_("{quarter}还没有开始，没有可以上报的数。").format(quarter=of.quarter.label))
    known = upward_catalogue.figures(session, of.quarter.year)
    branches = tuple(BranchName(org.id, org.short_name, org.full_name) for org in of.branches)
    order = {sheet.name: place for place, sheet in enumerate(book.sheets)}
    mapped = sorted(form.cells, key=lambda one: order.get(one.sheet, len(order)))
    cells = tuple(_filled(of, form, one, book, known.get(one.figure), branches) for one in mapped)
    return FilledForm(form, of.quarter, cells)


def _filled(
    of: UpwardFacts, form: FormView, one: CellView, book: Book, figure: Figure | None, branches: Sequence[BranchName]
) -> FilledCell:
    sheet = book.sheet(one.sheet)
    others = tuple(draft for draft in form.drafts if draft != one.draft)
    try:
        rules.check_cell(book, one.draft, {} if figure is None else {one.figure: figure}, others, branches)
    except InputRefused as error:
        return FilledCell(one, "", (), "", problem=error.sentence)
    assert sheet is not None and figure is not None
    row, at = placed(one.cell)
    label = sheet.label(row, at) if not one.is_column else sheet.above(row, at)
    if one.figure == NAME_KEY:
        return _names(one, sheet, label, branches)
    if one.is_column:
        return _column(of, one, sheet, figure, label, rules.rows_of(sheet, one.draft, others, branches))
    line = _line(upward_figures.township(of, one.figure), sheet, figure, (row, at), "")
    return FilledCell(one, label, (line,), line.words, _lacking(one, (line,)))


def _names(one: CellView, sheet: FormSheet, label: str, branches: Sequence[BranchName]) -> FilledCell:
    found = rules.rows_by_name(sheet, *placed(one.cell), branches)
    missing = list(found.strange)
    if found.lacking:
        said = _("“{sheet}”里没有这些支部的名称，没有填：{names}")
        missing.append(said.format(sheet=sheet.name, names=_("、").join(found.lacking)))
    words = _("不填数；同一行开始的各列按这里的支部名称对行，找到 {n} 个支部").format(n=len(found.rows))
    return FilledCell(one, label, (), words, tuple(missing))


def _column(
    of: UpwardFacts, one: CellView, sheet: FormSheet, figure: Figure, label: str, rows: rules.Rows
) -> FilledCell:
    found, at = column(of, one.figure), placed(one.cell)[1]
    names = {org.id: org.short_name for org in of.branches}
    lines = tuple(_line(found[org_id], sheet, figure, (row, at), names[org_id]) for org_id, row in rows.rows.items())
    first = next((line.words for line in lines if line.target is not None), lines[0].words if lines else "")
    return FilledCell(one, label, lines, first, _lacking(one, lines))


def _lacking(one: CellView, lines: Sequence[FilledLine]) -> tuple[str, ...]:
    """What stays blank: one sentence a reason."""
    silent: dict[str, list[FilledLine]] = {}
    for line in lines:
        if line.target is None:
            silent.setdefault(line.words, []).append(line)
    said = []
    for words, of in silent.items():
        who = _("、").join(line.branch for line in of if line.branch)
        if len(of) == len(lines) > 1:
            who = _("全部 {n} 个支部").format(n=len(of))
        where = _("“{sheet}”{cell} {figure}").format(sheet=one.sheet, cell=of[0].cell, figure=one.title)
        said.append(
            _("{where}：{words}（{who}）").format(where=where, words=words, who=who)
            if who
            else _("{where}：{words}").format(where=where, words=words)
        )
    return tuple(said)


def _line(found: Found, sheet: FormSheet, figure: Figure, place: tuple[int, int], branch: str) -> FilledLine:
    """The value as this cell takes it: a percent as 0.896 where percents are shown, a day as its cell shows days."""
    row, at = place
    cell, shows = named(row, at), sheet.shows(row, at)
    if found.value is None:
        return FilledLine(cell, branch, "", found.words, None)
    if isinstance(found.value, date):
        words = f"{found.value.year}年{found.value.month}月{found.value.day}日"
        kind, text = ("n", str((found.value - _SERIAL_START).days)) if shows.is_date else ("s", words)
        return FilledLine(cell, branch, words, found.words, Target(sheet.name, row, at, kind, text))
    if isinstance(found.value, str):
        return FilledLine(cell, branch, found.value, found.words, Target(sheet.name, row, at, "s", found.value))
    shown, number = _number(found.value, figure, shows)
    words = found.words
    if figure.kind is FigureKind.PERCENT and shows.percent >= 0:
        words = _("{words}；单元格是百分比格式，写入 {number}").format(words=words, number=number)
    return FilledLine(cell, branch, shown, words, Target(sheet.name, row, at, "n", number))


def _number(value: Decimal, figure: Figure, shows: Shows) -> tuple[str, str]:
    """How a number reads, and how it is written; rounded once, so that both are the same."""
    if figure.kind is not FigureKind.PERCENT:
        text = plain(value, PLACES)
        return text, text
    text = display_near(value, PLACES, _WHOLE)
    return (text + "%", plain(Decimal(text) / 100)) if shows.percent >= 0 else (text, text)


def _place(one: CellView) -> tuple[str, int, int]:
    try:
        return (one.sheet, *placed(one.cell))
    except InputRefused:
        return (one.sheet, 0, 0)
