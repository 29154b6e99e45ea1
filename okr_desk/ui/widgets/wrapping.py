"""A row of buttons set right that goes on in a second row where the first is full: nothing is ever clipped."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from okr_desk.ui import theme


class WrappingRow(QLayout):
    """Items in their own size, as many in a row as fit, every row set right, or left where one asks for that."""

    def __init__(self, spacing: int, left: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._is_left = left
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget at a place in the order."""
        self.addChildWidget(widget)
        self._items.insert(place, QWidgetItem(widget))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return sum(_height(row) for row in rows) + self._gap() * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:
        """All in one row."""
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(wide, _height(shown))

    def minimumSize(self) -> QSize:
        """The widest of them."""
        shown = self._shown()
        return QSize(max((item.sizeHint().width() for item in shown), default=0), _height(shown))

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        top = box.top()
        for row in self._rows(box.width()):
            high = _height(row)
            wide = sum(item.sizeHint().width() for item in row) + self.spacing() * (len(row) - 1)
            left = box.left() if self._is_left else box.right() + 1 - wide
            for item in row:
                size = item.sizeHint()
                item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += high + self._gap()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        room = -1
        for item in self._shown():
            wide = item.sizeHint().width()
            if not rows or wide + self.spacing() > room:
                rows.append([])
                room = width + self.spacing()
            rows[-1].append(item)
            room -= wide + self.spacing()
        return rows

    def _gap(self) -> int:
        return theme.gap(0.2)


def _height(row: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)
