"""Small drawings for cells: the bar with its pace mark, the light as shape and word, the change since last quarter."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from okr_desk.charts.bars import bar
from okr_desk.i18n import _
from okr_desk.scoring.rounding import percent
from okr_desk.terms import Status, label
from okr_desk.ui import theme

_ROLES = {
    Status.DONE: "ok",
    Status.ON_TRACK: "ok",
    Status.WATCH: "watch",
    Status.BEHIND: "bad",
    Status.DUE: "idle",
    Status.NOT_STARTED: "idle",
}


def colour(status: Status, part: str = "") -> QColor:
    """The colour of a light: "" the mark itself, "text" on a card, "soft" behind."""
    role = _ROLES[status]
    return theme.colour(f"{role}_{part}" if part else role)


def shape(painter: QPainter, box: QRectF, status: Status) -> None:
    """The light as a shape that is told apart without colour: ✓ ● ▲ ■, a ring for 待报, a dash for 未到起算期."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height())
    area = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
    ink = colour(status)
    pen = QPen(ink, max(1.5, side * 0.16), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if status is Status.ON_TRACK:
        painter.drawEllipse(area.adjusted(side * 0.1, side * 0.1, -side * 0.1, -side * 0.1))
    elif status is Status.WATCH:
        points = (area.center().x(), area.top() + side * 0.06), (area.right(), area.bottom() - side * 0.08)
        left = QPointF(area.left(), area.bottom() - side * 0.08)
        painter.drawPolygon(QPolygonF([QPointF(*points[0]), QPointF(*points[1]), left]))
    elif status is Status.BEHIND:
        painter.drawRect(area.adjusted(side * 0.1, side * 0.1, -side * 0.1, -side * 0.1))
    else:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if status is Status.DONE:
            steps = ((0.08, 0.55), (0.38, 0.85), (0.95, 0.18))
            painter.drawPolyline(QPolygonF([QPointF(area.left() + side * x, area.top() + side * y) for x, y in steps]))
        elif status is Status.DUE:
            painter.drawEllipse(area.adjusted(side * 0.14, side * 0.14, -side * 0.14, -side * 0.14))
        else:
            y = area.center().y()
            painter.drawLine(QPointF(area.left() + side * 0.2, y), QPointF(area.right() - side * 0.2, y))
    painter.restore()


def light(painter: QPainter, box: QRectF, status: Status, word: bool = True) -> None:
    """Shape and word of a light, from the left edge of the box."""
    line = theme.line_height()
    size = line * 0.58
    shape(painter, QRectF(box.left(), box.center().y() - size / 2, size, size), status)
    if word:
        painter.setPen(colour(status, "text"))
        rest = box.adjusted(size + line * 0.32, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, label(status))


def progress(
    painter: QPainter, box: QRectF, raw: Decimal | None, expected: Decimal | None, status: Status, text: str = ""
) -> None:
    """A bar with the mark of where one should be today, and its percentage at the right."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metrics = QFontMetricsF(painter.font())
    words = text or percent(raw)
    room = metrics.horizontalAdvance("100%") + theme.line_height() * 0.35
    thick = max(5.0, theme.line_height() * 0.3)
    wide = max(box.width() - room, 10.0)
    shown = bar(raw, expected, wide, thick)
    left, top = box.left(), box.center().y() - thick / 2
    track = QRectF(left + shown.track.x, top + shown.track.y, shown.track.width, shown.track.height)
    painter.setPen(Qt.PenStyle.NoPen if shown.fill else QPen(theme.colour("line_strong"), 1))
    painter.setBrush(theme.colour("track") if shown.fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(track, thick / 2, thick / 2)
    if shown.fill is not None and shown.fill.width > 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(status))
        fill = QRectF(left, top, max(shown.fill.width, thick), thick)
        painter.drawRoundedRect(fill, thick / 2, thick / 2)
    if shown.pace is not None:
        over = thick * 0.55
        x = left + min(max(shown.pace, 1.0), wide - 1.0)
        painter.setPen(QPen(theme.colour("card"), 4))
        painter.drawLine(QPointF(x, top - over), QPointF(x, top + thick + over))
        painter.setPen(QPen(theme.colour("pace"), 2))
        painter.drawLine(QPointF(x, top - over), QPointF(x, top + thick + over))
    painter.setPen(theme.colour("text" if raw is not None else "text_faint"))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
    painter.restore()


def change(now: Decimal | None, before: Decimal | None, percentage: bool) -> str:
    """The change since last quarter in words: ↑6, ↓2, ＝; empty where one of the two is missing."""
    if now is None or before is None:
        return ""
    gap = round((now - before) * (100 if percentage else 1), 0 if percentage else 1)
    if gap == 0:
        return _("平")
    return f"{'↑' if gap > 0 else '↓'}{abs(gap).normalize():f}"
