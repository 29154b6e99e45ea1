"""How results of surveys are painted: the interval as a small bar with the target's mark, a verdict with its shape."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from okr_desk.terms import SurveyVerdict
from okr_desk.ui import theme
from okr_desk.ui.models.rows import LOOK, VALUE
from okr_desk.ui.models.survey_rows import VERDICT_LIGHTS, IntervalMark
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.delegates import CellLook, dotted_line

LEFT = Decimal("0.4")
"""The bar begins at this part of the scale unless something lies lower: scores below it are rare."""


def draw_interval(painter: QPainter, box: QRectF, mark: IntervalMark) -> None:
    """A thin track, the interval as a thick line on it, the estimate as a dot, the target as an upright mark."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = theme.line_height()
    least = mark.worst + (mark.best - mark.worst) * LEFT
    lowest = mark.low if mark.target is None else min(mark.low, mark.target)
    start = least if lowest >= least else mark.worst

    def at(value: Decimal) -> float:
        return box.left() + box.width() * float((value - start) / (mark.best - start))

    middle = box.center().y()
    painter.setPen(QPen(theme.colour("track"), line * 0.14, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
    painter.setPen(QPen(theme.colour("trend"), line * 0.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QPointF(at(mark.low), middle), QPointF(max(at(mark.high), at(mark.low) + 2), middle))
    painter.setPen(QPen(theme.colour("card"), 1.2))
    painter.setBrush(theme.colour("text"))
    painter.drawEllipse(QPointF(at(mark.estimate), middle), line * 0.19, line * 0.19)
    if mark.target is not None:
        painter.setPen(QPen(theme.colour("target"), 1.8))
        x = at(mark.target)
        painter.drawLine(QPointF(x, middle - line * 0.5), QPointF(x, middle + line * 0.5))
    painter.restore()


def draw_verdict(painter: QPainter, box: QRectF, verdict: SurveyVerdict | None, words: str) -> None:
    """The shape of a verdict and its word; a missing target in quiet words alone."""
    painter.save()
    line = theme.line_height()
    left = box.left()
    if verdict is not None:
        size = line * 0.58
        shape = QRectF(left, box.center().y() - size / 2, size, size)
        lights.draw_shape(painter, shape, VERDICT_LIGHTS[verdict])
        left += line * 0.85
    painter.setFont(theme.font())
    painter.setPen(theme.colour("text" if verdict is not None else "text_quiet"))
    place = QRectF(left, box.top(), box.right() - left, box.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    if verdict is not None:
        wide = painter.fontMetrics().horizontalAdvance(words)
        dotted_line(painter, left, box.center().y() + line * 0.48, min(wide, place.width()))
    painter.restore()


class SurveyLook(CellLook):
    """Adds the looks "interval" (an IntervalMark) and "verdict" (a SurveyVerdict or None)."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        look, value = str(index.data(LOOK) or "").rstrip("?"), index.data(VALUE)
        inner = QRectF(option.rect).adjusted(theme.gap(0.4), 0, -theme.gap(0.4), 0)
        if look == "interval" and isinstance(value, IntervalMark):
            self._ground(painter, option, index)
            draw_interval(painter, inner, value)
        elif look == "verdict":
            self._ground(painter, option, index)
            draw_verdict(painter, inner, value, str(index.data() or ""))
        elif look == "interval":
            self._ground(painter, option, index)
        else:
            super().paint(painter, option, index)
