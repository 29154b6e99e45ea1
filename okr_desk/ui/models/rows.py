"""A table of frozen rows: columns say how a row is read, sorted, searched and painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from okr_desk.scoring.explained import Explained

Index = QModelIndex | QPersistentModelIndex
SORT, VALUE, ROW, KEYS, LOOK = (Qt.ItemDataRole.UserRole + number for number in range(1, 6))


@dataclass(frozen=True)
class Column:
    """One column. `text` is what people read; the rest is only given where it differs from the plain case.

    `look` is "text", "number", "bar", "light" or "spark"; `value` what that look paints. `edit` takes (row, typed text)
    and returns the new row, raising Refusal for what cannot be taken. `explained` puts a dotted line under the
    number. `width` in characters, 0 by content; one column may `stretch`. `beside` names what the look paints next to
    the text without a word, such as a light: copies and exports give each a column of its own. `head` stands above the
    column where the title is too long for it; the title is its tip then, and what is copied and exported. Of many
    columns of figures only those that are `searched` answer the search box.
    """

    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    keys: Callable[[Any], str] | None = None
    look: str = "text"
    value: Callable[[Any], Any] | None = None
    tooltip: Callable[[Any], str] | None = None
    explained: Callable[[Any], Explained | None] | None = None
    edit: Callable[[Any, str], Any] | None = None
    width: float = 0
    stretch: bool = False
    hidden: bool = False
    spoken: Callable[[Any], str] | None = None
    beside: tuple[tuple[str, Callable[[Any], str]], ...] = ()
    head: str = ""
    searched: bool = True

    @property
    def is_number(self) -> bool:
        """Whether the column is set right."""
        return self.look in ("number", "points")


class Rows(QAbstractTableModel):
    """Columns and rows, nothing else. `row_name` says what stands before a row where the view shows that."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Any] = (), parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Any] = list(rows)
        self.searched = tuple(number for number, column in enumerate(self.columns) if column.searched)
        self.row_name: Callable[[Any], str] | None = None

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role != Qt.ItemDataRole.DisplayRole:
                return None
            return self.row_name(self.rows[section]) if self.row_name else str(section + 1)
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head or column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.title if column.head else None
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tooltip(row) if column.tooltip else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.spoken(row) if column.spoken else f"{column.title} {column.text(row)}"
        return self._own(column, row, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column = self.columns[index.column()] if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or column is None or column.edit is None:
            return False
        self.rows[index.row()] = column.edit(self.rows[index.row()], str(value))
        last = self.index(index.row(), len(self.columns) - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and self.columns[index.column()].edit is not None:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def _own(self, column: Column, row: Any, role: int) -> Any:
        if role == SORT:
            return column.sort(row) if column.sort else column.text(row)
        if role == VALUE:
            return column.value(row) if column.value else column.text(row)
        if role == ROW:
            return row
        if role == KEYS:
            return column.keys(row) if column.keys else ""
        if role == LOOK:
            return column.look + ("?" if column.explained and column.explained(row) is not None else "")
        return None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
