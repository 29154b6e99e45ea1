"""How cells of the small registers are painted: a state with shape and word, a node on the strip of its year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem

from okr_desk.register_terms import DemandState, NodeState, PostResult
from okr_desk.terms import Status
from okr_desk.ui import theme
from okr_desk.ui.models.rows import VALUE
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.delegates import CellLook

NODES = {
    NodeState.DONE: Status.DONE,
    NodeState.LATE: Status.WATCH,
    NodeState.SOON: Status.WATCH,
    NodeState.OVERDUE: Status.BEHIND,
    NodeState.COMING: Status.NOT_STARTED,
}
"""✓ done, ▲ done late or near, ■ overdue, ◇ to come: each with its word."""
DEMANDS = {
    DemandState.REGISTERED: Status.DUE,
    DemandState.HANDLING: Status.ON_TRACK,
    DemandState.AWAITING: Status.WATCH,
    DemandState.CONFIRMED: Status.DONE,
    DemandState.RETURNED: Status.BEHIND,
    DemandState.DECLINED: Status.WATCH,
    DemandState.CANNOT: Status.NOT_STARTED,
}
POSTS = {PostResult.MET: Status.DONE, PostResult.BASIC: Status.WATCH, PostResult.MISSED: Status.BEHIND}
_MONTHS = 12


@dataclass(frozen=True)
class Mark:
    """A shape before a word."""

    status: Status
    words: str


@dataclass(frozen=True)
class StripValue:
    """A node in its year: first and present plan, the day on which it was done, today, and how it stands."""

    year: int
    first: date
    planned: date
    done: date | None
    today: date
    state: NodeState


class RegisterLook(CellLook):
    """Marks and strips; everything else as in every table."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        value = index.data(VALUE)
        if not isinstance(value, Mark | StripValue):
            super().paint(painter, option, index)
            return
        self._ground(painter, option, index)
        inner = QRectF(option.rect).adjusted(theme.gap(0.3), 0, -theme.gap(0.3), 0)
        if isinstance(value, Mark):
            draw_mark(painter, inner, value)
        else:
            draw_strip(painter, inner, value)


def draw_mark(painter: QPainter, box: QRectF, mark: Mark) -> None:
    """The shape and its word behind it."""
    size = theme.line_height() * 0.58
    lights.draw_shape(painter, QRectF(box.left(), box.center().y() - size / 2, size, size), mark.status)
    painter.save()
    painter.setPen(theme.colour(lights.ROLES[mark.status] + "_text"))
    words = box.adjusted(size * 1.6, 0, 0, 0)
    shown = painter.fontMetrics().elidedText(mark.words, Qt.TextElideMode.ElideRight, round(words.width()))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def draw_strip(painter: QPainter, box: QRectF, value: StripValue) -> None:
    """The year as a line with its quarters; ◇ where it was planned (hollow where at first), the bar to the real day.

    A bar that ends to the right of the plan is time lost; without a real day it runs on to today.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line, middle = theme.line_height(), box.center().y()
    painter.setPen(QPen(theme.colour("line_strong"), 1))
    painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
    for month in range(0, _MONTHS + 1, 3):
        x = box.left() + box.width() * month / _MONTHS
        painter.drawLine(QPointF(x, middle - line * 0.18), QPointF(x, middle + line * 0.18))
    planned = _place(box, value.year, value.planned)
    end = value.done or (value.today if value.state is NodeState.OVERDUE else None)
    colour = theme.colour(lights.ROLES[NODES[value.state]])
    if end is not None:
        real = _place(box, value.year, end)
        bar = QRectF(min(planned, real), middle - line * 0.14, abs(real - planned), line * 0.28)
        painter.fillRect(bar, colour)
        if value.done is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(real, middle), line * 0.24, line * 0.24)
    if value.first != value.planned:
        _diamond(painter, _place(box, value.year, value.first), middle, line * 0.26, theme.colour("text_faint"))
    _diamond(painter, planned, middle, line * 0.32, theme.colour("text"))
    painter.setPen(QPen(theme.colour("pace"), 1, Qt.PenStyle.DotLine))
    today = _place(box, value.year, value.today)
    painter.drawLine(QPointF(today, box.top() + 2), QPointF(today, box.bottom() - 2))
    painter.restore()


def _place(box: QRectF, year: int, day: date) -> float:
    """Where a day lies on the strip; days outside the year stand at its ends."""
    first = date(year, 1, 1)
    share = (day - first).days / ((date(year + 1, 1, 1) - first).days)
    return box.left() + box.width() * min(1.0, max(0.0, share))


def _diamond(painter: QPainter, x: float, y: float, size: float, colour: QColor) -> None:
    painter.setBrush(theme.colour("card"))
    painter.setPen(QPen(colour, 1.4))
    corners = ((0, -size), (size, 0), (0, size), (-size, 0))
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
