"""How the points page paints what has no points and why, and flags: each a shape beside its word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionViewItem

from okr_desk.queries.score_lines import LineScore
from okr_desk.terms import Flag, PointsState, Status, label
from okr_desk.ui import theme
from okr_desk.ui.models.rows import LOOK, ROW, VALUE
from okr_desk.ui.models.score_figures import Mark
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.delegates import CellLook, dotted_line

FLAG_ROLES = {Flag.RED: "flag_red", Flag.BLUE: "flag_blue", Flag.YELLOW: "flag_yellow"}


def draw_state(painter: QPainter, box: QRectF, state: PointsState | None) -> None:
    """○ missing, □ without a target, a stroke for what does not apply, ◇ not due; nothing for what has points."""
    if state is PointsState.SCORED:
        return
    if state is PointsState.MISSING:
        lights.draw_shape(painter, box, Status.DUE)
        return
    if state is None:
        lights.draw_shape(painter, box, Status.NOT_STARTED, faint=True)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("text_faint"), max(1.4, box.width() * 0.14)))
    inner = box.adjusted(box.width() * 0.2, box.height() * 0.2, -box.width() * 0.2, -box.height() * 0.2)
    if state is PointsState.UNSET:
        painter.drawRect(inner)
    else:
        painter.drawLine(inner.bottomLeft(), inner.topRight())
    painter.restore()


def draw_flag(painter: QPainter, box: QRectF, flag: Flag) -> None:
    """△ above the target, □ on it, ▽ below it, as on paper, and the word."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = theme.line_height()
    size = line * 0.58
    shape = QRectF(box.left(), box.center().y() - size / 2, size, size)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(FLAG_ROLES[flag]))
    if flag is Flag.BLUE:
        painter.drawRect(shape.adjusted(size * 0.08, size * 0.08, -size * 0.08, -size * 0.08))
    else:
        point, base = (shape.top(), shape.bottom()) if flag is Flag.RED else (shape.bottom(), shape.top())
        corners = [QPointF(shape.left(), base), QPointF(shape.center().x(), point), QPointF(shape.right(), base)]
        painter.drawPolygon(QPolygonF(corners))
    painter.setFont(theme.font())
    painter.setPen(theme.colour("text"))
    words = box.adjusted(line * 0.9, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label(flag))
    painter.restore()


class ScoreLook(CellLook):
    """Adds the looks "points" (a Mark) and "flag" (a LineScore); a row that `is_sum` is bold, not its "why"."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        found = super().sizeHint(option, index)
        found.setHeight(round(theme.line_height() * 1.6))
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        look, value = str(index.data(LOOK) or ""), index.data(VALUE)
        if getattr(index.data(ROW), "is_sum", False):
            option.font.setBold(look != "why")
            painter.fillRect(option.rect, theme.colour("row_alternate"))
        inner = QRectF(option.rect).adjusted(theme.gap(0.4), 0, -theme.gap(0.4), 0)
        if look.startswith("points") and isinstance(value, Mark):
            self._ground(painter, option, index)
            self._points(painter, inner, value, option.font.bold(), look.endswith("?"))
        elif look == "flag" and isinstance(value, LineScore) and value.flag is not None:
            self._ground(painter, option, index)
            draw_flag(painter, inner, value.flag)
        else:
            super().paint(painter, option, index)

    def _points(self, painter: QPainter, box: QRectF, mark: Mark, bold: bool, underlined: bool) -> None:
        """Right-aligned words, the shape before them, the dotted line under a number that explains itself."""
        painter.save()
        font = theme.font("body", bold=bold)
        line = theme.line_height()
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(mark.words, Qt.TextElideMode.ElideRight, box.width())
        wide = metrics.horizontalAdvance(words)
        painter.setFont(font)
        is_word = mark.value is None and mark.state is not PointsState.SCORED
        painter.setPen(theme.colour("text_quiet" if is_word else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        size = line * 0.55
        shape = QRectF(box.right() - wide - size - line * 0.3, box.center().y() - size / 2, size, size)
        draw_state(painter, shape, mark.state)
        if underlined and mark.words:
            dotted_line(painter, box.right() - wide, box.center().y() + line * 0.48, wide)
        painter.restore()
