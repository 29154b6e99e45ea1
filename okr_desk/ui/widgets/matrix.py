"""The matrix of branches: in each cell the number, its light as a shape, and the change since last quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from okr_desk.i18n import _
from okr_desk.queries.dashboard import Cell
from okr_desk.queries.today import MatrixLine
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import NOTHING, half_up, percent, plain
from okr_desk.terms import Status, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import LOOK, ROW, VALUE, Column
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.delegates import CellLook, dotted_line
from okr_desk.ui.widgets.table import Table

CELLS = 5
_FALLING, _LEVEL, _RISING = "↓", "→", "↑"


@dataclass(frozen=True)
class Figure:
    """What a cell of the matrix shows."""

    words: str
    change: str
    status: Status | None


class MatrixLook(CellLook):
    """Adds the look "figure": shape, number with dotted underline, change."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        found = super().sizeHint(option, index)
        found.setHeight(round(theme.line_height() * 1.6))
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        line = index.data(ROW)
        if isinstance(line, MatrixLine) and line.row is None:
            option.font.setBold(True)
            painter.fillRect(option.rect, theme.colour("row_alternate"))
        look = str(index.data(LOOK) or "")
        value = index.data(VALUE)
        if not look.startswith("figure") or not isinstance(value, Figure):
            super().paint(painter, option, index)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("selection"))
        self._figure(painter, option, value, underlined=look.endswith("?"))

    def _figure(self, painter: QPainter, option: QStyleOptionViewItem, value: Figure, underlined: bool) -> None:
        painter.save()
        line = theme.line_height()
        box = QRectF(option.rect).adjusted(theme.gap(0.3), 0, -theme.gap(0.3), 0)
        size = line * 0.55
        if value.status is not None:
            lights.draw_shape(painter, QRectF(box.left(), box.center().y() - size / 2, size, size), value.status)
        font = theme.font("body", bold=option.font.bold())
        metrics = QFontMetricsF(font)
        right = box.left() + size + line * 0.3 + metrics.horizontalAdvance("100%")
        number = QRectF(box.left(), box.top(), right - box.left(), box.height())
        painter.setFont(font)
        painter.setPen(theme.colour("text" if value.words != NOTHING else "text_faint"))
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value.words)
        if underlined and value.words != NOTHING:
            wide = metrics.horizontalAdvance(value.words)
            dotted_line(painter, right - wide, box.center().y() + line * 0.48, wide)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("bad_text" if value.change.startswith(_FALLING) else "text_quiet"))
        rest = box.adjusted(right - box.left() + line * 0.35, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, value.change)
        painter.restore()


class Matrix(Table):
    """Branches by category down, completion, the three dimensions and satisfaction across."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, columns(), "matrix", _("全镇进展"), parent)
        self.view.setItemDelegate(MatrixLook(self.view))
        self.view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * 1.6))
        self._places: dict[str, int] = {}
        self.sieve.keep_together(lambda line: (self._places.get(line.category, 0), line.row is not None))

    def set_rows(self, rows: Sequence[MatrixLine]) -> None:
        """Show lines; sorting leaves each category together, its mean on top."""
        self._places = {category: n for n, category in enumerate(dict.fromkeys(line.category for line in rows))}
        super().set_rows(rows)


def columns() -> tuple[Column, ...]:
    """The columns of the matrix."""
    heads = (_("目标完成度"), _("基础"), _("融合"), _("创新"), _("满意度"))
    return (
        Column(_("党支部"), lambda line: line.name, keys=_keys, sort=_place, width=11.5),
        *(_cell_column(head, number) for number, head in enumerate(heads)),
        Column(
            _("已报"),
            lambda line: f"{line.reported}/{line.owed}",
            look="number",
            sort=lambda line: Decimal(line.reported - line.owed),
            tooltip=_missing,
            width=5.5,
        ),
        Column(_("原因"), lambda line: line.reason, tooltip=lambda line: line.reason, width=6, stretch=True),
    )


def figure(cell: Cell | None, percentage: bool) -> Figure:
    """A cell in words."""
    if cell is None:
        return Figure("", "", None)
    value = cell.value.value
    shown = percent(value) if percentage else plain(value, 1)
    return Figure(shown, change(value, cell.previous, percentage), cell.status)


def change(now: Decimal | None, before: Decimal | None, percentage: bool) -> str:
    """The change since last quarter: ↑6, ↓2, →; empty where one of the two is missing."""
    if now is None or before is None:
        return ""
    gap = half_up((now - before) * 100, 0) if percentage else half_up(now - before, 1)
    if gap == 0:
        return _LEVEL
    return (_RISING if gap > 0 else _FALLING) + plain(abs(gap))


def _cell_column(head: str, number: int) -> Column:
    percentage = number < CELLS - 1

    def cell(line: MatrixLine) -> Cell | None:
        return line.cells[number]

    def explained(line: MatrixLine) -> Explained | None:
        found = cell(line)
        return None if found is None else found.value

    return Column(
        head,
        lambda line: figure(cell(line), percentage).words,
        sort=lambda line: None if (found := cell(line)) is None else found.value.value,
        look="figure",
        value=lambda line: figure(cell(line), percentage),
        tooltip=lambda line: _hint(cell(line), percentage),
        explained=explained,
        spoken=lambda line: _spoken(head, cell(line), percentage),
        beside=(
            (_("{head}灯号").format(head=head), lambda line: _light(cell(line))),
            (_("{head}比上季").format(head=head), lambda line: figure(cell(line), percentage).change),
        ),
        width=7.6,
    )


def _light(cell: Cell | None) -> str:
    return "" if cell is None else label(cell.status)


def _hint(cell: Cell | None, percentage: bool) -> str:
    if cell is None:
        return ""
    before = percent(cell.previous) if percentage else plain(cell.previous, 1)
    said = [label(cell.status)]
    if cell.previous is not None:
        said.append(_("上季 {before}").format(before=before))
    return _("，").join(said) + (f"\n{cell.reason}" if cell.reason else "")


def _spoken(head: str, cell: Cell | None, percentage: bool) -> str:
    if cell is None:
        return _("{head} 不适用").format(head=head)
    shown = figure(cell, percentage)
    return f"{head} {shown.words} {label(cell.status)} {shown.change}".strip()


def _missing(line: MatrixLine) -> str:
    return "\n".join(line.row.missing) if line.row is not None else ""


def _keys(line: MatrixLine) -> str:
    return f"{line.row.org.search_keys} {line.category}" if line.row is not None else line.category


def _place(line: MatrixLine) -> str:
    return line.name
