"""The upward rating: an item a row, a kind of rater a column, one key 1 to 5 a cell; 0 or - leaves an item out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.i18n import _
from okr_desk.rules.whistles import RatingDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.whistle_terms import LEVELS, RatedItem, Rater

ROW = 1.7
"""Height of a row in lines of text."""


class RatingGrid(QTableWidget):
    """Keys write, and go on to the next item. `typed` tells every change."""

    typed = Signal()

    def __init__(self, items: Sequence[RatedItem], parent: QWidget | None = None) -> None:
        super().__init__(len(items), len(Rater), parent)
        self._items, self._raters = tuple(items), tuple(Rater)
        self.setHorizontalHeaderLabels([label(rater) for rater in Rater])
        self.setVerticalHeaderLabels([label(item) for item in items])
        self.setAccessibleName(_("评分"))
        self.setAccessibleDescription(_("按 1 到 5 评分，5 分最好；没有评的按 0 或减号。"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.verticalHeader().setObjectName("row_names")
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row in range(len(items)):
            for column in range(len(Rater)):
                cell = QTableWidgetItem("")
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, cell)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + round(theme.line_height() * ROW) * len(items) + 2 * self.frameWidth() + 2)
        self.setCurrentCell(0, 0)

    def ratings(self) -> tuple[RatingDraft, ...]:
        """What was given, one draft a rater who gave anything."""
        found = []
        for column, rater in enumerate(self._raters):
            levels = tuple(
                (item, int(text)) for row, item in enumerate(self._items) if (text := self._text(row, column))
            )
            if levels:
                found.append(RatingDraft(rater, levels))
        return tuple(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().translate(str.maketrans("１２３４５０－", "123450-"))
        if text in LEVELS or (text and text in "0-") or event.key() == Qt.Key.Key_Delete:
            self._put(text if text in LEVELS else "")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the dialog's button
            return
        super().keyPressEvent(event)

    def _put(self, text: str) -> None:
        row, column = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        cell = self.item(row, column)
        if cell is not None:
            cell.setText(text)
        if row + 1 < self.rowCount():
            self.setCurrentCell(row + 1, column)
        elif column + 1 < self.columnCount():
            self.setCurrentCell(0, column + 1)
        self.typed.emit()

    def _text(self, row: int, column: int) -> str:
        cell = self.item(row, column)
        return "" if cell is None else cell.text()
