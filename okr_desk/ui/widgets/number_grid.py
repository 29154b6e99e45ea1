"""A grid of numbers that is typed quickly: Enter and Tab go on, Delete clears, a block from a workbook is pasted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme

ROW = 1.5
"""Height of a row in lines of text."""
WIDE_DIGITS = str.maketrans("０１２３４５６７８９．", "0123456789.")
Change = tuple[int, int, str]
"""Row, column and the text that was typed there."""


class NumberGrid(QTableWidget):
    """`typed` tells the cells that a person changed; what is shown is put with `put`.

    The `block` columns from `first` on are typed, row by row with Enter; `ended` tells that the last was left so.
    With `is_open` what is pasted beyond the block is told with it, its columns counted on.
    """

    typed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        name: str,
        block: int = 0,
        first: int = 0,
        is_open: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(len(rows), len(columns), parent)
        self._block, self._first, self._is_open = block or len(columns), first, is_open
        self.is_locked = False
        self.setHorizontalHeaderLabels(list(columns))
        self.setVerticalHeaderLabels(list(rows))
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("输入数字，回车到下一格；可以从电子表格复制一片粘贴进来。"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.verticalHeader().setObjectName("row_names")
        with QSignalBlocker(self):
            for row in range(len(rows)):
                for column in range(len(columns)):
                    item = QTableWidgetItem("")
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                    self.setItem(row, column, item)
        self.itemChanged.connect(self._tell)
        if rows and columns:
            self.setCurrentCell(0, first)

    @property
    def height_wanted(self) -> int:
        """The height in pixels at which every row is seen."""
        head = self.horizontalHeader().sizeHint().height()
        return head + self.verticalHeader().defaultSectionSize() * self.rowCount() + 2 * self.frameWidth() + 2

    @property
    def width_wanted(self) -> int:
        """The width in pixels at which every column is seen."""
        names = self.verticalHeader().sizeHint().width()
        return names + sum(self.columnWidth(n) for n in range(self.columnCount())) + 2 * self.frameWidth() + 4

    def sizeHint(self) -> QSize:
        return QSize(self.width_wanted, self.height_wanted)

    def put(self, row: int, column: int, text: str) -> None:
        """Show a text without telling that somebody typed it."""
        with QSignalBlocker(self):
            self.item(row, column).setText(text)

    def lock(self, is_locked: bool, columns: Sequence[int] = ()) -> None:
        """Let nothing be typed, or nothing into some columns."""
        self.is_locked = is_locked
        with QSignalBlocker(self):
            for row in range(self.rowCount()):
                for column in range(self.columnCount()):
                    item = self.item(row, column)
                    shut = is_locked or column in columns
                    flags = item.flags() & ~Qt.ItemFlag.ItemIsEditable
                    item.setFlags(flags if shut else flags | Qt.ItemFlag.ItemIsEditable)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, full-width digits as plain ones."""
        item = self.item(row, column)
        return "" if item is None else item.text().strip().translate(WIDE_DIGITS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._change([(index.row(), index.column(), "") for index in self.selectedIndexes()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        plain = QAbstractItemDelegate.EndEditHint.NoHint
        goes_on = hint in (
            QAbstractItemDelegate.EndEditHint.SubmitModelCache,
            QAbstractItemDelegate.EndEditHint.EditNextItem,
        )
        super().closeEditor(editor, plain if goes_on else hint)
        if goes_on:
            self.go_on()

    def go_on(self) -> None:
        """The next cell that is typed: along the row, then down; after the last the first again."""
        row, column = max(self.currentRow(), 0), max(self.currentColumn(), self._first)
        if column + 1 < self._first + self._block:
            self.setCurrentCell(row, column + 1)
        elif row + 1 < self.rowCount():
            self.setCurrentCell(row + 1, self._first)
        else:
            self.setCurrentCell(0, self._first)
            self.ended.emit()

    def paste(self, text: str) -> None:
        """A block of cells from a workbook, its upper left corner at the cursor."""
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        edge = self._first + self._block
        cells = [
            (top + down, left + along, cell.strip())
            for down, line in enumerate(text.rstrip("\r\n").split("\n"))
            for along, cell in enumerate(line.rstrip("\r").split("\t"))
            if top + down < self.rowCount()
        ]
        more = [one for one in cells if one[1] >= edge] if self._is_open and not self.is_locked else []
        self._change([one for one in cells if one[1] < edge], more)

    # Inside

    def _change(self, changes: Sequence[Change], more: Sequence[Change] = ()) -> None:
        taken = [(row, column, text.translate(WIDE_DIGITS)) for row, column, text in more]
        for row, column, text in changes:
            if self.item(row, column).flags() & Qt.ItemFlag.ItemIsEditable and self.text(row, column) != text:
                self.put(row, column, text)
                taken.append((row, column, text.translate(WIDE_DIGITS)))
        if taken:
            self.typed.emit(taken)

    def _tell(self, item: QTableWidgetItem) -> None:
        self.typed.emit([(item.row(), item.column(), self.text(item.row(), item.column()))])
