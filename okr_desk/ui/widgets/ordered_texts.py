"""A few texts in an order: type into a line, drag it or move it with Alt and the arrows; the last line is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme

LINE = 1.5
"""Height of a line in lines of text."""
KEPT = Qt.ItemDataRole.UserRole


class OrderedTexts(QListWidget):
    """Texts, each with something kept beside it that a new text lacks; empty lines do not count. `changed` tells."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, lines: int = 5) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(_("拖动或按 Alt+↑、Alt+↓ 换次序，Del 删去，F2 修改。"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_lines(lines)
        self.set_texts(())
        self.itemChanged.connect(self._changed)
        self.model().rowsMoved.connect(self._moved)

    def show_lines(self, lines: int) -> None:
        """How many lines are seen without scrolling."""
        self.setFixedHeight(round(theme.line_height() * LINE) * lines + 2 * self.frameWidth() + theme.gap(0.3))

    def set_texts(self, texts: Sequence[tuple[str, Any]]) -> None:
        """Show texts, each with what is kept beside it; nothing is told."""
        with QSignalBlocker(self):
            self.clear()
            for text, kept in (*texts, ("", None)):
                self._add(text, kept)

    def texts(self) -> list[tuple[str, Any]]:
        """The texts in order with what is kept beside them."""
        found = [(self.item(row).text().strip(), self.item(row).data(KEPT)) for row in range(self.count())]
        return [one for one in found if one[0]]

    def text_at(self, row: int) -> str:
        """The text of a line, empty where there is none."""
        return self.item(row).text().strip() if 0 <= row < self.count() else ""

    def kept(self, row: int) -> Any:
        """What is kept beside a line; None where nothing is."""
        return self.item(row).data(KEPT) if 0 <= row < self.count() else None

    def keep(self, row: int, kept: Any) -> None:
        """Keep something else beside a line; nothing is told."""
        if self.text_at(row):
            with QSignalBlocker(self):
                self.item(row).setData(KEPT, kept)

    def put(self, row: int, text: str) -> None:
        """Type a text into a line."""
        self.item(row).setText(text)

    def move(self, by: int) -> None:
        """Move the line under the cursor up (-1) or down (1)."""
        row, last = self.currentRow(), len(self.texts()) - 1
        if row < 0 or not 0 <= row + by <= last or row > last:
            return
        with QSignalBlocker(self):
            item = self.takeItem(row)
            self.insertItem(row + by, item)
            self.setCurrentRow(row + by)
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self.takeItem(self.currentRow())
            self._changed()
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        QTimer.singleShot(0, self, self._changed)

    # Inside

    def _add(self, text: str, kept: Any) -> None:
        item = QListWidgetItem(text, self)
        item.setData(KEPT, kept)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setSizeHint(QSize(1, round(theme.line_height() * LINE)))

    def _moved(self, *_args: QModelIndex | int) -> None:
        self._changed()

    def _changed(self) -> None:
        with QSignalBlocker(self):
            for row in range(self.count() - 2, -1, -1):
                if not self.item(row).text().strip():
                    self.takeItem(row)
            if not self.count() or self.item(self.count() - 1).text().strip():
                self._add("", None)
        self.changed.emit()
