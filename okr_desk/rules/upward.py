"""Which cell of a county's form may take which figure, and where a column of branches goes: asked before any write."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from okr_desk.errors import FileRefused, InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_text
from okr_desk.rules.upward_book import Book, FormSheet, named, placed
from okr_desk.upward_terms import NAME_KEY, SUMS, Figure, FigureKind

NAME_LIMIT, SHEET_LIMIT = 60, 60
LARGEST = 20 * 1024 * 1024
_ENDINGS = ("党支部", "支部", "党总支")


@dataclass(frozen=True)
class FormDraft:
    """A workbook to keep: its name among the forms, its file's name, its content, and what stands in it."""

    name: str
    file_name: str
    content: bytes
    book: Book


@dataclass(frozen=True)
class CellDraft:
    """A cell of a form and the word of the figure that goes there, or begins there with a row a branch."""

    sheet: str
    cell: str
    figure: str
    is_column: bool = False


@dataclass(frozen=True)
class BranchName:
    """A branch by its names, as a form may spell it."""

    id: int
    short_name: str
    full_name: str


@dataclass(frozen=True)
class Rows:
    """Where a column goes: the row of each branch. `lacking`: branches that the form does not name; `strange`: names
    that are no branch's, with their cell."""

    rows: Mapping[int, int]
    lacking: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()


def check_file(name: str) -> None:
    """Raise FileRefused for another kind of file than .xlsx."""
    if PurePath(name).suffix.lower() != ".xlsx":
        said = _("“{name}”不是 .xlsx 文件。请在 WPS 或 Excel 里“另存为”.xlsx，再导入。")
        raise FileRefused(said.format(name=name))


def check_name(name: str, taken: Iterable[str]) -> str:
    """The name of a form without blanks around it. Raises InputRefused for none, one too long or one in use."""
    check_text(name, "name", _("表的名称"), NAME_LIMIT)
    if name.strip() in taken:
        raise InputRefused(_("已经有叫“{name}”的表，请换一个名称。").format(name=name.strip()), "name")
    return name.strip()


def check_cell(
    book: Book,
    draft: CellDraft,
    known: Mapping[str, Figure],
    others: Sequence[CellDraft],
    branches: Sequence[BranchName],
) -> CellDraft:
    """The draft as it is kept, its cell spelled C5. Raises InputRefused with one sentence for what cannot be filled.

    `others` are the cells mapped already; `branches` those that a column would have rows for.
    """
    figure = known.get(draft.figure)
    if figure is None:
        said = _("没有“{figure}”这个数，请从列出的数里选。")
        raise InputRefused(said.format(figure=draft.figure), "figure")
    sheet = book.sheet(draft.sheet)
    if sheet is None:
        names = _("、").join(one.name for one in book.sheets)
        said = _("表里没有“{sheet}”这张工作表，只有：{names}。")
        raise InputRefused(said.format(sheet=draft.sheet, names=names), "sheet")
    row, column = placed(draft.cell)
    kept = replace(draft, cell=named(row, column), is_column=figure.of_branch)
    twice = next((one for one in others if (one.sheet, one.cell) == (kept.sheet, kept.cell)), None)
    if twice is not None:
        name = known[twice.figure].title if twice.figure in known else twice.figure
        said = _("“{sheet}”的 {cell} 已经填“{figure}”，请先移去再改。")
        raise InputRefused(said.format(sheet=kept.sheet, cell=kept.cell, figure=name), "cell")
    check_fit(sheet, kept, others, branches)
    check_format(sheet, kept, figure, others, branches)
    check_apart(sheet, (*others, kept), branches)
    return kept


def check_fit(sheet: FormSheet, one: CellDraft, others: Sequence[CellDraft], branches: Sequence[BranchName]) -> None:
    """Raise InputRefused where a cell that would be written is a formula, merged into another, or filled."""
    row, column = placed(one.cell)
    if one.figure == NAME_KEY:
        if not rows_by_name(sheet, row, column, branches).rows:
            said = _("“{sheet}”的 {cell} 往下没有找到任何支部的名称，请选写着第一个支部名称的单元格。")
            raise InputRefused(said.format(sheet=sheet.name, cell=one.cell), "cell")
        return
    for at_row, at_column in targets(sheet, one, others, branches):
        check_free(sheet, at_row, at_column)
    if one.is_column and key_beside(one, others) is None:
        check_order(sheet, one, branches)


def check_order(sheet: FormSheet, one: CellDraft, branches: Sequence[BranchName]) -> None:
    """Raise InputRefused where a row that would be filled in order names another branch: figures of one beside the
    name of another are worse than none."""
    known, row = _spellings(branches), placed(one.cell)[0]
    for at_row, at_column in sorted(sheet.cells):
        due = branches[at_row - row] if 0 <= at_row - row < len(branches) else None
        there = known.get(_plain(sheet.text(at_row, at_column)))
        if due is not None and there is not None and there != due:
            said = _(
                "“{sheet}”的 {cell} 写着“{there}”，按名册顺序这一行是“{due}”。"
                "请先给写着支部名称的那一列的第一格选“表里已有的支部名称”，再从同一行开始填。"
            )
            place = {"sheet": sheet.name, "cell": named(at_row, at_column)}
            raise InputRefused(said.format(**place, there=there.short_name, due=due.short_name), "cell")


def check_format(
    sheet: FormSheet, one: CellDraft, figure: Figure, others: Sequence[CellDraft], branches: Sequence[BranchName]
) -> None:
    """Raise InputRefused where a number that is no percent would show as one: 3 as 300%."""
    if figure.kind not in (FigureKind.COUNT, FigureKind.AMOUNT):
        return
    for row, column in targets(sheet, one, others, branches):
        if sheet.shows(row, column).percent >= 0:
            said = _("“{sheet}”的 {cell} 是百分比格式，“{figure}”不是百分数，填进去会放大一百倍，请换一格或换一个数。")
            raise InputRefused(said.format(sheet=sheet.name, cell=named(row, column), figure=figure.title), "cell")


def check_free(sheet: FormSheet, row: int, column: int) -> None:
    """Raise InputRefused with the sheet and the cell where nothing may be written."""
    cell, place = sheet.cells.get((row, column)), {"sheet": sheet.name, "cell": named(row, column)}
    if not sheet.is_first(row, column):
        top, left, _bottom, _right = sheet.area(row, column)
        said = _("“{sheet}”的 {cell} 是合并单元格的一部分，请选它左上角的 {first}。")
        raise InputRefused(said.format(**place, first=named(top, left)), "cell")
    if cell is not None and cell.is_formula:
        raise InputRefused(_("“{sheet}”的 {cell} 是公式，不能填数，由表自己计算。").format(**place), "cell")
    if cell is not None and cell.text.strip():
        said = _("“{sheet}”的 {cell} 已有内容“{text}”，不能覆盖。请选空白单元格，或在表里清空后换新表。")
        raise InputRefused(said.format(**place, text=cell.text.strip()[:20]), "cell")


def check_apart(sheet: FormSheet, cells: Sequence[CellDraft], branches: Sequence[BranchName]) -> None:
    """Raise InputRefused where two mappings of a sheet would write the same cell."""
    seen: dict[tuple[int, int], CellDraft] = {}
    for one in (one for one in cells if one.sheet == sheet.name and one.figure != NAME_KEY):
        for place in targets(sheet, one, cells, branches):
            first = seen.setdefault(place, one)
            if first is not one:
                said = _("“{sheet}”的 {cell} 会被填两次（从 {a} 和 {b} 开始的两项），请移去一项。")
                raise InputRefused(said.format(sheet=sheet.name, cell=named(*place), a=first.cell, b=one.cell), "cell")


def targets(
    sheet: FormSheet, one: CellDraft, others: Sequence[CellDraft], branches: Sequence[BranchName]
) -> tuple[tuple[int, int], ...]:
    """The cells that a mapping writes."""
    row, column = placed(one.cell)
    if not one.is_column:
        return ((row, column),)
    return tuple((at, column) for at in rows_of(sheet, one, others, branches).rows.values())


def rows_of(sheet: FormSheet, one: CellDraft, others: Sequence[CellDraft], branches: Sequence[BranchName]) -> Rows:
    """The rows of a column: beside the names that the form has where they begin in the same row, else in order."""
    row, _column = placed(one.cell)
    key = key_beside(one, others)
    if key is not None:
        return rows_by_name(sheet, *placed(key.cell), branches)
    return Rows({branch.id: row + place for place, branch in enumerate(branches)})


def key_beside(one: CellDraft, others: Sequence[CellDraft]) -> CellDraft | None:
    """The names that begin in the row of a column, where the form has any."""
    row = placed(one.cell)[0]
    keys = (other for other in others if other.figure == NAME_KEY and other.sheet == one.sheet)
    return next((key for key in keys if placed(key.cell)[0] == row), None)


def rows_by_name(sheet: FormSheet, row: int, column: int, branches: Sequence[BranchName]) -> Rows:
    """The row of each branch by its short or full name, with or without 党支部 behind it; from `row` downwards."""
    known = _spellings(branches)
    names = sorted(at for at, of in sheet.cells if of == column and at >= row and sheet.text(at, of))
    rows: dict[int, int] = {}
    strange: list[tuple[int, str]] = []
    for at in names:
        branch = known.get(_plain(sheet.text(at, column)))
        if branch is not None and branch.id not in rows:
            rows[branch.id] = at
        elif _plain(sheet.text(at, column)) not in SUMS:
            strange.append((at, sheet.text(at, column)))
    last = max(rows.values(), default=0)
    said = _("“{sheet}”{cell} 的“{text}”不是支部名称，这一行没有填")
    return Rows(
        {branch.id: rows[branch.id] for branch in branches if branch.id in rows},
        tuple(branch.short_name for branch in branches if branch.id not in rows),
        tuple(
            said.format(sheet=sheet.name, cell=named(at, column), text=text[:20])
            for at, text in strange
            if at < last or text.endswith(_ENDINGS)
        ),
    )


def _spellings(branches: Sequence[BranchName]) -> dict[str, BranchName]:
    """Every spelling that means one branch alone."""
    found: dict[str, set[BranchName]] = {}
    for branch in branches:
        short = _plain(branch.short_name)
        bare = next((short.removesuffix(end) for end in _ENDINGS if short.endswith(end)), short)
        for name in (short, _plain(branch.full_name), bare):
            found.setdefault(name, set()).add(branch)
    return {name: next(iter(of)) for name, of in found.items() if len(of) == 1}


def _plain(text: str) -> str:
    """A name as it is compared: full-width forms folded, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())
