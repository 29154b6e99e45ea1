"""A few rows to type: the last one is always empty, so that there is no button to add one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.ui import theme

ROW = 1.6
"""Height of a row in lines of text."""


class SmallTable(QTableWidget):
    """Text in columns; rows without any text do not count. `typed` tells every change by a person."""

    typed = Signal()

    def __init__(
        self, heads: Sequence[str], name: str, numbers: Sequence[int] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(heads), parent)
        self._numbers = frozenset(numbers)
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in range(len(heads)):
            side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
            self.horizontalHeaderItem(column).setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(True)
        self.show_lines(4)
        self.set_rows(())
        self.itemChanged.connect(self._changed)

    def show_lines(self, lines: int) -> None:
        """How many rows are seen without scrolling."""
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + round(theme.line_height() * ROW) * lines + 2 * self.frameWidth() + 2)

    def rows(self) -> list[tuple[str, ...]]:
        """What stands in the rows that have any text."""
        found = [
            tuple(self._text(row, column) for column in range(self.columnCount())) for row in range(self.rowCount())
        ]
        return [row for row in found if any(row)]

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows; nothing is told."""
        with QSignalBlocker(self):
            self.setRowCount(0)
            for row in (*rows, [""] * self.columnCount()):
                self._add(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.rows() and self.currentRow() >= 0:
            self.removeRow(self.currentRow())
            self._changed()
            return
        super().keyPressEvent(event)

    # Inside

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return "" if item is None else item.text().strip()

    def _add(self, texts: Sequence[str]) -> None:
        row = self.rowCount()
        self.insertRow(row)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            side = Qt.AlignmentFlag.AlignRight if column in self._numbers else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, column, item)

    def _changed(self) -> None:
        last = self.rowCount() - 1
        if last < 0 or any(self._text(last, column) for column in range(self.columnCount())):
            with QSignalBlocker(self):
                self._add([""] * self.columnCount())
        self.typed.emit()
