"""How cells are painted: bars with pace mark and baseline tick, lights, sparklines, numbers that explain themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from okr_desk.charts.bars import bar
from okr_desk.terms import Status
from okr_desk.ui import theme
from okr_desk.ui.models.rows import LOOK, VALUE
from okr_desk.ui.widgets import lights


@dataclass(frozen=True)
class BarValue:
    """Progress (0..1 is the way from baseline to target), expected today, the light, and the words beside it.

    `beside`: the longest words of the column, where it may be too narrow for full bars; then all give way alike.
    """

    raw: Decimal | None
    expected: Decimal | None
    status: Status
    words: str
    beside: str = ""


_BAR = 6
"""Length of a full bar in lines of text: all of a column are equally long, whatever is said beside them."""


class CellLook(QStyledItemDelegate):
    """Paints a cell after its column's look."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        found = super().sizeHint(option, index)
        look = (index.data(LOOK) or "").rstrip("?")
        line = theme.line_height()
        found.setHeight(round(line * 1.75))
        if look == "bar":
            value = index.data(VALUE)
            found.setWidth(bar_room(value.words if isinstance(value, BarValue) else ""))
        elif look == "light":
            found.setWidth(lights.light_width() + line)
        elif look == "spark":
            found.setWidth(line * 5)
        else:
            found.setWidth(found.width() + line)
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        look = index.data(LOOK) or "text"
        kind = look.rstrip("?")
        value = index.data(VALUE)
        inner = QRectF(option.rect).adjusted(theme.gap(0.3), 0, -theme.gap(0.3), 0)
        if kind == "bar" and isinstance(value, BarValue):
            self._ground(painter, option, index)
            draw_bar(painter, inner, value)
        elif kind == "light" and value:
            self._ground(painter, option, index)
            lights.draw_light(painter, inner, Status(value))
        elif kind == "spark":
            self._ground(painter, option, index)
            draw_spark(painter, inner.adjusted(2, 4, -4, -4), value or ())
        else:
            super().paint(painter, option, index)
            if look.endswith("?"):
                self._underline(painter, option, index)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        widget: QWidget | None = option.widget
        style = widget.style() if widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, widget)

    def _underline(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        words = str(index.data() or "")
        wide = QFontMetrics(option.font).horizontalAdvance(words)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        style = option.widget.style() if option.widget else QApplication.style()
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, shown, option.widget)
        box = QRectF(text).adjusted(margin, 0, -margin, 0)
        right = bool((index.data(Qt.ItemDataRole.TextAlignmentRole) or 0) & Qt.AlignmentFlag.AlignRight)
        left = box.right() - wide if right else box.left()
        dotted_line(painter, left, box.center().y() + theme.line_height() * 0.48, min(wide, box.width()))


def dotted_line(painter: QPainter, left: float, y: float, wide: float) -> None:
    """The dotted line under a number that explains itself."""
    painter.save()
    painter.setPen(QPen(theme.colour("text_quiet"), 1.2, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
    painter.restore()


def draw_bar(painter: QPainter, box: QRectF, value: BarValue) -> None:
    """A bar with the words at its right; hollow when nothing was reported."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = theme.line_height()
    long = min(box.width() - _words_room(value.beside or value.words), _BAR * line)
    space = QRectF(box.left(), box.center().y() - line * 0.45, max(10.0, long), line * 0.9)
    made = bar(value.raw, value.expected, space.width(), space.height(), overhang=line * 0.24)
    track = QRectF(space.left() + made.track.x, space.top() + made.track.y, made.track.width, made.track.height)
    radius = track.height() / 2
    if made.fill is None:
        painter.setPen(QPen(theme.colour("line_strong"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(track, radius, radius)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, radius, radius)
        painter.setBrush(theme.colour(lights.ROLES[value.status]))
        if made.fill.width > 0:
            filled = QRectF(track.left(), track.top(), max(made.fill.width, track.height()), track.height())
            painter.drawRoundedRect(filled, radius, radius)
    painter.setPen(QPen(theme.colour("baseline"), 1.2))
    painter.drawLine(QPointF(track.left(), space.top() + 1), QPointF(track.left(), space.bottom() - 1))
    if made.pace is not None:
        _pace_mark(painter, space, space.left() + made.pace)
    painter.setFont(theme.font())
    painter.setPen(theme.colour("text" if value.raw is not None else "text_quiet"))
    counted, mark, more = value.words.partition("%")
    number = QRectF(
        space.right() + line * 0.4, box.top(), QFontMetrics(theme.font()).horizontalAdvance("100%"), box.height()
    )
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(number, Qt.AlignmentFlag.AlignRight | middle | Qt.TextFlag.TextDontClip, counted + mark)
    painter.drawText(number.translated(number.width(), 0), middle | Qt.TextFlag.TextDontClip, more)
    painter.restore()


def bar_room(words: str) -> int:
    """The width of a cell with a bar and these words, in pixels."""
    return round(_BAR * theme.line_height() + _words_room(words))


def _words_room(words: str) -> float:
    """The number stands in the room of 100 %, what is said after it follows."""
    metrics = QFontMetrics(theme.font())
    counted, mark, more = words.partition("%")
    number = max(metrics.horizontalAdvance("100%"), metrics.horizontalAdvance(counted + mark))
    return number + metrics.horizontalAdvance(more) + theme.line_height() * 0.4


def _pace_mark(painter: QPainter, space: QRectF, x: float) -> None:
    """An upright mark with a small head: where one should be today."""
    head = space.height() * 0.17
    painter.setPen(QPen(theme.colour("pace"), 1.6))
    painter.drawLine(QPointF(x, space.top() + head), QPointF(x, space.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("pace"))
    top = space.top()
    painter.drawPolygon(QPolygonF([QPointF(x - head, top), QPointF(x + head, top), QPointF(x, top + head * 1.5)]))


def draw_spark(painter: QPainter, box: QRectF, values: Sequence[Decimal | None]) -> None:
    """A tiny line through the values; gaps stay gaps, the last known value has a dot."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    low, high = min(known), max(known)
    spread = (high - low) or 1.0
    step = box.width() / max(1, len(values) - 1)
    painter.setPen(QPen(theme.colour("trend"), 1.6))
    before: QPointF | None = None
    last: QPointF | None = None
    for number, value in enumerate(values):
        if value is None:
            before = None
            continue
        height = 0.5 if high == low else (float(value) - low) / spread
        at = QPointF(box.left() + number * step, box.bottom() - height * box.height())
        if before is not None:
            painter.drawLine(before, at)
        before = last = at
    if last is not None:
        painter.setBrush(theme.colour("trend"))
        painter.drawEllipse(last, 2.2, 2.2)
    painter.restore()
