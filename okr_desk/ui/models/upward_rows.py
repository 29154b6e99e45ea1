"""Mapped cells of a county's form, and the lines behind one of them, as rows of tables; sentences of the page."""

from __future__ import annotations

from okr_desk import pinyin
from okr_desk.i18n import _
from okr_desk.queries.upward import FilledCell, FilledForm, FilledLine
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.upward_work import UpwardBoard
from okr_desk.ui.wording import sentences
from okr_desk.upward_terms import NAME_KEY


def cell_rows(of: UpwardBoard) -> list[FilledCell]:
    """The cells in the order of the form; without values where it cannot be filled at all."""
    if of.filled is not None:
        return list(of.filled.cells)
    return [] if of.form is None else [FilledCell(one, "", (), of.fault) for one in of.form.cells]


def cell_columns() -> tuple[Column, ...]:
    """The columns of mapped cells."""
    return (
        Column(_("工作表"), lambda row: row.cell.sheet, width=8.5),
        Column(_("单元格"), _where, width=5),
        Column(_("表上的字"), lambda row: row.label, width=9),
        Column(_("取什么"), lambda row: row.cell.title, keys=lambda row: pinyin.keys(row.cell.title), width=12.5),
        Column(_("本季度的值"), value_text, width=9, tooltip=lambda row: "\n".join(row.missing)),
        Column(_("来自哪里"), _source, stretch=True, tooltip=_source),
    )


def line_columns() -> tuple[Column, ...]:
    """The columns of the cells that one mapping fills."""
    return (
        Column(_("单元格"), lambda line: line.cell, width=4),
        Column(_("支部"), lambda line: line.branch, keys=lambda line: pinyin.keys(line.branch), width=7),
        Column(_("值"), _line_value, width=5),
        Column(_("来自哪里"), lambda line: line.words, stretch=True, tooltip=lambda line: line.words),
    )


def value_text(row: FilledCell) -> str:
    """What will stand in the cell, that it stays blank, or that it cannot be filled."""
    if row.problem:
        return _("▲ 不能填")
    if row.cell.figure == NAME_KEY:
        return _("不填，只对行")
    if row.missing and not row.cell.is_column:
        return _("○ 缺数，留空")
    return row.shown


def answer(of: UpwardBoard) -> str:
    """The sentence under the title."""
    form, filled = of.form, of.filled
    if form is None:
        return ""
    if of.fault:
        return of.fault
    if not form.cells or filled is None:
        return _("“{form}”还没有添加单元格。").format(form=form.name)
    if filled.problem:
        return _("“{form}”现在不能填：{why}").format(form=form.name, why=filled.problem)
    said = _("“{form}”：{quarter}写入 {n} 格。").format(form=form.name, quarter=of.quarter.label, n=len(filled.targets))
    blank = blanks(filled)
    return sentences(said, _("另有 {n} 格缺数，留空。").format(n=blank)) if blank else said


def blanks(of: FilledForm) -> int:
    """How many cells stay blank."""
    return sum(line.target is None for one in of.cells for line in one.lines)


def told(row: FilledCell) -> str:
    """The title of the side panel."""
    return _("{cell} {title}").format(cell=row.cell.cell, title=row.cell.title)


def _where(row: FilledCell) -> str:
    return _("{cell} 往下").format(cell=row.cell.cell) if row.cell.is_column else str(row.cell.cell)


def _source(row: FilledCell) -> str:
    if row.problem:
        return row.problem
    words = [row.words, *row.missing] if row.cell.is_column or not row.words else [row.words]
    return _("；").join(dict.fromkeys(one for one in words if one))


def _line_value(line: FilledLine) -> str:
    return line.shown if line.target is not None else _("○ 留空")
