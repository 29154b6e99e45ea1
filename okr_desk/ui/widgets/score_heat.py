"""The comparison of one category as a heat map: number, tint and shape; a click opens the branch's sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOptionViewItem, QWidget

from okr_desk.i18n import _
from okr_desk.queries.schemes import LineView
from okr_desk.queries.score_comparison import Cell, Comparison
from okr_desk.queries.scores import ScoreSheet
from okr_desk.terms import PointsState, label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import score_heat
from okr_desk.ui.models.rows import LOOK, ROW, VALUE
from okr_desk.ui.models.score_figures import LIMITED, grade_light, grade_mark
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.score_marks import ScoreLook, draw_state
from okr_desk.ui.widgets.score_sheet import Place, ScoreTable

TINTS = ((0.0, "bad_soft"), (0.5, "watch_soft"), (1.0, "ok_soft"))


class HeatLook(ScoreLook):
    """Adds the looks "heat" (a Cell) and "grade" (a ScoreSheet)."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        look, value = str(index.data(LOOK) or ""), index.data(VALUE)
        if look == "heat":
            self._cell(painter, option, value)
        elif look == "grade" and isinstance(value, ScoreSheet):
            self._ground(painter, option, index)
            self._grade(painter, QRectF(option.rect).adjusted(theme.gap(0.4), 0, 0, 0), value)
        else:
            super().paint(painter, option, index)

    def _cell(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell | None) -> None:
        box = QRectF(option.rect)
        share = None if cell is None else cell.share
        if share is not None:
            painter.fillRect(box.adjusted(0, 0, -1, -1), tint(float(share)))
        if option.state & QStyle.StateFlag.State_Selected:
            for edge in (box.adjusted(0, 0, 0, 1.5 - box.height()), box.adjusted(0, box.height() - 2.5, 0, -1)):
                painter.fillRect(edge, theme.colour("focus"))
        mark = score_heat.cell_mark(cell)
        line = theme.line_height()
        inner = box.adjusted(0, 0, -theme.gap(0.4), 0)
        if mark.value is None:
            size = line * 0.6
            right = QRectF(inner.right() - size - line * 0.2, box.center().y() - size / 2, size, size)
            if cell is not None:
                draw_state(painter, right, mark.state)
            return
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark.words)
        if mark.state is PointsState.MISSING:
            size = line * 0.5
            draw_state(painter, QRectF(box.left() + line * 0.2, box.center().y() - size / 2, size, size), mark.state)

    def _grade(self, painter: QPainter, box: QRectF, sheet: ScoreSheet) -> None:
        size = theme.line_height() * 0.55
        lights.draw_shape(painter, QRectF(box.left(), box.center().y() - size / 2, size, size), grade_light(sheet))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        words = box.adjusted(size * 1.5, 0, 0, 0)
        said = QFontMetricsF(theme.font()).elidedText(grade_mark(sheet), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)


class HeatTable(ScoreTable):
    """Branches stand before their rows, so that they stay in sight; copies and workbooks have them as a column."""

    def __init__(self, desk: Desk, comparison: Comparison, parent: QWidget) -> None:
        title = _("{kind}比较").format(kind=comparison.category)
        room = parent.width() / theme.span(None, 1)
        super().__init__(desk, score_heat.columns(comparison, room), "score_heat", title, parent)
        self.view.setItemDelegate(HeatLook(self.view))
        self.view.setCornerButtonEnabled(False)
        self.model.row_name = score_heat.name
        names = self.view.verticalHeader()
        names.setObjectName("row_names")
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setSectionResizeMode(names.ResizeMode.Fixed)
        names.setHighlightSections(False)
        names.setAccessibleName(_("党支部"))
        names.show()

    def _visible_columns(self) -> list[int]:
        found = super()._visible_columns()
        return found if score_heat.NAME in found else [score_heat.NAME, *found]


class HeatPlace(Place):
    """Sentence of the quota, the table, what its marks mean. `opened` tells organisation and indicator (or None)."""

    opened = Signal(int, object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table: HeatTable | None = None
        self._lines: Sequence[LineView] = ()
        self.excess = QLabel(self)
        self.excess.setWordWrap(True)
        self.legend = Legend(self)
        self.layout_.addWidget(self.excess)
        self.layout_.addWidget(self.legend)

    def show_comparison(self, comparison: Comparison, own: int | None = None) -> None:
        """The branches of a category; the row of the branch `own` is marked."""
        if self.table is None or self._lines != comparison.lines:
            self._make_table(comparison)
        assert self.table is not None
        self.excess.setText("\n".join(f"▲ {one.sentence}" for one in comparison.excess))
        self.excess.setVisible(bool(comparison.excess))
        self.table.set_rows(comparison.branches)
        if own is not None:
            self.table.mark(lambda one: one.sheet.org.id == own)
        self.setCurrentWidget(self.content)

    def _make_table(self, comparison: Comparison) -> None:
        if self.table is not None:
            self.layout_.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        self._lines = comparison.lines
        table = self.table = HeatTable(self._desk, comparison, self)
        self.layout_.insertWidget(1, table, 1)
        table.view.clicked.connect(self._clicked)
        table.view.activated.connect(self._open)
        table.view.verticalHeader().sectionClicked.connect(lambda row: self._open(table.sieve.index(row, 0)))

    def _clicked(self, index: QModelIndex) -> None:
        """A plain click opens; with Shift or Ctrl one selects rows to copy."""
        if QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        one = index.data(ROW)
        if one is not None:
            at = index.column() - score_heat.FIRST_LINE
            self.opened.emit(one.sheet.org.id, self._lines[at].indicator_id if at >= 0 else None)


class Legend(QWidget):
    """What tint and shapes mean, in one small line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said = _("颜色由浅入深表示得分占满分的比例，圆圈为未报，斜线为不适用，菱形为未到期，三角为等次受限")
        self.setAccessibleName(said)

    def sizeHint(self) -> QSize:
        return QSize(theme.span(self, 20), round(theme.line_height(self) * 1.2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = theme.font("small")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        line, middle = metrics.height(), self.height() / 2
        ramp = QRectF(0, middle - line * 0.4, line * 5, line * 0.8)
        tints = QLinearGradient(ramp.topLeft(), ramp.topRight())
        for place, role in TINTS:
            tints.setColorAt(place, theme.colour(role))
        painter.fillRect(ramp, tints)
        x = ramp.right() + line * 0.4
        for state, words in (
            (PointsState.SCORED, _("得分占满分 0—100%")),
            (PointsState.MISSING, label(PointsState.MISSING)),
            (PointsState.UNSET, label(PointsState.UNSET)),
            (PointsState.NOT_APPLICABLE, label(PointsState.NOT_APPLICABLE)),
            (None, _("未到期")),
        ):
            if state is not PointsState.SCORED:
                x += line * 0.8
                draw_state(painter, QRectF(x, middle - line * 0.3, line * 0.6, line * 0.6), state)
                x += line * 0.8
            painter.setPen(theme.colour("text_quiet"))
            wide = metrics.horizontalAdvance(words)
            painter.drawText(QRectF(x, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            x += wide
        x += line * 0.8
        painter.drawText(
            QRectF(x, 0, self.width() - x, self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            f"{LIMITED} {_('等次受限')}",
        )
        painter.end()


def tint(share: float) -> QColor:
    """The ground of a share, between the soft roles of bad, watch and ok."""
    at = min(max(share, 0.0), 1.0)
    (low, first), (high, second) = TINTS[:2] if at <= TINTS[1][0] else TINTS[1:]
    part = (at - low) / (high - low)
    start, end = theme.colour(first), theme.colour(second)
    return QColor.fromRgbF(
        start.redF() + (end.redF() - start.redF()) * part,
        start.greenF() + (end.greenF() - start.greenF()) * part,
        start.blueF() + (end.blueF() - start.blueF()) * part,
    )
