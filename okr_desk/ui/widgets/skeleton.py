"""A skeleton of what will stand here: the same shape in grey, without movement."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme


class Skeleton(QWidget):
    """Grey rows in the shape of a table, drawn until the first answer is there."""

    def __init__(self, parent: QWidget | None = None, columns: tuple[float, ...] = (3, 6, 2, 2, 2)) -> None:
        super().__init__(parent)
        self._columns = columns
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def showEvent(self, event: QShowEvent) -> None:
        self.setAccessibleName(_("正在读取"))  # in the language in use
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("skeleton"))
        line = theme.line_height(self)
        unit = (self.width() - line) / sum(self._columns)
        y, row = line * 0.7, 0
        while y < self.height() - line and row < 12:
            painter.setOpacity(max(0.12, 0.9 - row * 0.08))
            x = 0.0
            for number, share in enumerate(self._columns):
                filled = 0.85 if number == 0 else (0.55 + 0.35 * ((row * 7 + number * 5) % 4) / 3)
                painter.drawRoundedRect(QRectF(x, y, unit * share * filled, line * 0.55), 4, 4)
                x += unit * share
            y += line * 1.9
            row += 1
        painter.end()
