"""Objectives over key results as a tree of lines; what a line shows is decided where the lines are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from okr_desk.i18n import N_, _
from okr_desk.ui import theme
from okr_desk.ui.models.rows import LOOK, ROW, VALUE

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
HEADS = (N_("目标 / 关键结果"), N_("完成度"), N_("现值 → 目标"), N_("信心"), N_("状态"), N_("截至"))
TITLE, BAR, AMOUNTS, CONFIDENCE, STATUS, UPDATED = range(len(HEADS))


@dataclass(eq=False)
class Line:
    """One line. `cells` are the words, `values` what bars and lights paint, `source` the view behind it."""

    key: tuple[str, int]
    source: Any
    cells: tuple[str, ...]
    values: dict[int, Any] = field(default_factory=dict)
    tip: str = ""
    is_strong: bool = False
    is_faint: bool = False
    children: list[Line] = field(default_factory=list)
    parent: Line | None = None

    def adopt(self, children: Sequence[Line]) -> Line:
        """Take lines below this one."""
        self.children = list(children)
        for child in children:
            child.parent = self
        return self


class ObjectiveTree(QAbstractItemModel):
    """Two levels of lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        _level([line.values for top in self.lines for line in (top, *top.children) if BAR in line.values])
        self.endResetModel()

    def find(self, key: tuple[str, int] | None) -> QModelIndex:
        """Where a line stands; an invalid index when it is gone."""
        for row, line in enumerate(self.lines):
            if line.key == key:
                return self.index(row, 0)
            for below, child in enumerate(line.children):
                if child.key == key:
                    return self.index(below, 0, self.index(row, 0))
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        lines = parent.internalPointer().children if parent.isValid() else self.lines
        return self.createIndex(row, column, lines[row])

    def parent(self, index: Index = NOWHERE) -> Any:
        above = index.internalPointer().parent if index.isValid() else None
        return QModelIndex() if above is None else self.createIndex(self.lines.index(above), 0, above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        if not parent.isValid():
            return len(self.lines)
        return len(parent.internalPointer().children) if parent.column() == 0 else 0

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = index.internalPointer(), index.column()
        value = line.values.get(column)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip
        if role == Qt.ItemDataRole.FontRole and line.is_strong and column == TITLE:
            return QFont(theme.font("body", bold=True))
        if role == Qt.ItemDataRole.ForegroundRole and line.is_faint:
            return theme.colour("text_quiet")
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (BAR, AMOUNTS, CONFIDENCE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == LOOK:
            return "text" if value is None else {BAR: "bar", STATUS: "light"}.get(column, "text")
        if role == VALUE:
            return value
        return line if role == ROW else None


def _level(values: Sequence[dict[int, Any]]) -> None:
    """Bars of the column are equally long: each knows the longest words beside any of them."""
    longest = max((one[BAR].words for one in values), key=len, default="")
    for one in values:
        one[BAR] = replace(one[BAR], beside=longest)
