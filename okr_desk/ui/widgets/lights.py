"""The light of a key result: a colour, a shape and a word, so that it survives a grey copy and a colour-blind eye."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen, QPolygonF

from okr_desk.terms import Status, label
from okr_desk.ui import theme

ROLES = {
    Status.ON_TRACK: "ok",
    Status.DONE: "ok",
    Status.WATCH: "watch",
    Status.BEHIND: "bad",
    Status.DUE: "idle",
    Status.NOT_STARTED: "idle",
}
"""The colour role of each light; with `_text` for words and `_soft` for grounds."""


def draw_shape(painter: QPainter, box: QRectF, status: Status, faint: bool = False) -> None:
    """● on track, ▲ watch, ■ behind, ✓ done, ○ due, ◇ not started, as on paper, inside a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme.colour("text_faint" if faint else ROLES[status])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    inner = box.adjusted(box.width() * 0.12, box.height() * 0.12, -box.width() * 0.12, -box.height() * 0.12)
    if status in (Status.DONE, Status.DUE, Status.NOT_STARTED):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, max(1.4, box.width() * 0.14), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if status is Status.ON_TRACK:
        painter.drawEllipse(inner)
    elif status is Status.WATCH:
        painter.drawPolygon(_points(inner, ((0.5, 0.02), (1.04, 0.98), (-0.04, 0.98))))
    elif status is Status.BEHIND:
        painter.drawRect(inner.adjusted(inner.width() * 0.05, inner.height() * 0.05, -0.5, -0.5))
    elif status is Status.DONE:
        painter.drawPolyline(_points(inner, ((0.02, 0.55), (0.38, 0.9), (1.0, 0.15))))
    elif status is Status.NOT_STARTED:
        painter.drawPolygon(_points(inner, ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))))
    else:
        painter.drawEllipse(inner.adjusted(1, 1, -1, -1))
    painter.restore()


def draw_light(painter: QPainter, box: QRectF, status: Status) -> None:
    """The shape with its word on a soft ground, at the left of a box.

    What is not due yet is said without a ground: its word is long and nothing is to be done.
    """
    painter.save()
    if status is Status.NOT_STARTED:
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text_quiet"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label(status))
        painter.restore()
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = theme.line_height()
    pill = QRectF(box.left(), box.center().y() - line * 0.6, light_width(), line * 1.2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ROLES[status] + "_soft"))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    size = line * 0.58
    draw_shape(painter, QRectF(pill.left() + line * 0.45, pill.center().y() - size / 2, size, size), status)
    painter.setFont(theme.font())
    painter.setPen(theme.colour(ROLES[status] + "_text"))
    words = pill.adjusted(line * 1.25, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short_label(status))
    painter.restore()


def short_label(status: Status) -> str:
    """The word of a light."""
    return label(status)


def light_width() -> int:
    """The width of the widest light but the long 未到起算期, which may be wider than its column."""
    metrics = QFontMetrics(theme.font())
    words = max(metrics.horizontalAdvance(label(status)) for status in Status if status is not Status.NOT_STARTED)
    return words + round(theme.line_height() * 1.8)


def _points(box: QRectF, shares: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in shares])
