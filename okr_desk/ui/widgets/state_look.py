"""A state in a table: its shape before its word, as the lists of reviews and objections show it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from okr_desk.terms import Status
from okr_desk.ui import theme
from okr_desk.ui.models.rows import LOOK, VALUE
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.delegates import CellLook


class StateLook(CellLook):
    """Adds the look "state": the value is the light, the text the word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if index.data(LOOK) != "state" or not index.data(VALUE):
            super().paint(painter, option, index)
            return
        status = Status(index.data(VALUE))  # Qt hands a term back as plain text
        self._ground(painter, option, index)
        painter.save()
        line = theme.line_height()
        box = QRectF(option.rect).adjusted(theme.gap(0.4), 0, -theme.gap(0.2), 0)
        size = line * 0.58
        lights.draw_shape(painter, QRectF(box.left(), box.center().y() - size / 2, size, size), status)
        words = box.adjusted(line * 0.9, 0, 0, 0)
        painter.setFont(theme.font())
        late = status in (Status.BEHIND, Status.WATCH)
        painter.setPen(theme.colour(lights.ROLES[status] + "_text" if late else "text"))
        metrics = QFontMetrics(theme.font())
        shown = metrics.elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()
