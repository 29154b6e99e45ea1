"""The branches under review: a tick, name and points, state and term below. Space or a click on the box ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.terms import Status
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import review_rows
from okr_desk.ui.models.review_rows import BranchLine
from okr_desk.ui.models.rows import VALUE
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.delegates import CellLook
from okr_desk.ui.widgets.table import Table

HEIGHT = 2.75
"""Height of a branch in lines of text."""
_DIFFERING = 5
TICK = 1.5
"""Width of the place for the tick in lines of text."""


class ReviewList(Table):
    """`ticks_changed` tells that other branches are ticked; `ticked` are their ids in the order shown."""

    ticks_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, review_rows.columns(), "reviews", _("评审"), parent)
        self._ticked: set[int] = set()
        self.may_tick = False
        self.all_button = QPushButton(_("全选"), self)
        self.all_button.setProperty("flat", True)
        self.all_button.clicked.connect(self.tick_all)
        self.view.setItemDelegate(BranchLook(self))
        self.view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * HEIGHT))
        self.tools.removeWidget(self.search)
        self.tools.insertWidget(0, self.all_button)
        self.count.hide()
        self.search.setMaximumWidth(theme.span(self, 60))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.search)
        self.header.hide()
        self.buttons["filter"].hide()  # states are filtered above, and all that is known is in the two lines
        self.buttons["columns"].hide()
        self.order = QToolButton(self)
        self.order.setText(_("排序"))
        self.orders = self._orders()
        self.order.clicked.connect(lambda: self.orders.popup(self.order.mapToGlobal(self.order.rect().bottomLeft())))
        self.tools.insertWidget(1, self.order)

    @property
    def ticked(self) -> tuple[int, ...]:
        """The ids of the ticked branches in the order of the register."""
        return tuple(line.org_id for line in self.model.rows if line.org_id in self._ticked)

    def show_lines(self, lines: Sequence[BranchLine], may_tick: bool) -> None:
        """Show branches; ticks stay on those that are still shown, and the cursor on its branch."""
        kept = self.current()
        self.may_tick = may_tick
        self.all_button.setVisible(may_tick and len(lines) > 1)
        before = self.ticked
        self._ticked &= {line.org_id for line in lines} if may_tick else set()
        self.view.selectionModel().blockSignals(True)
        self.set_rows(lines)
        if kept is not None:
            self.mark(lambda line: line.org_id == kept.org_id)
        self.view.selectionModel().blockSignals(False)
        self._name_button()
        if before != self.ticked:
            self.ticks_changed.emit()

    def is_ticked(self, org_id: int) -> bool:
        """Whether a branch is ticked."""
        return org_id in self._ticked

    def tick(self, org_ids: Iterable[int]) -> None:
        """Tick exactly these."""
        wanted = set(org_ids)
        if self.may_tick and wanted != self._ticked:
            self._ticked = wanted
            self._name_button()
            self.view.viewport().update()
            self.ticks_changed.emit()

    def tick_all(self) -> None:
        """Tick all that are shown, or none where any is ticked already."""
        shown = {self.sieve.index(row, 0).data(VALUE).org_id for row in range(self.sieve.rowCount())}
        self.tick(() if self._ticked else shown)

    def toggle(self, org_id: int) -> None:
        """Tick a branch, or take its tick away."""
        self.tick(self._ticked ^ {org_id})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space and self.may_tick:
            line = self.current()
            if isinstance(line, BranchLine):
                self.toggle(line.org_id)
                return True
        if watched is self.view.viewport() and isinstance(event, QMouseEvent) and self._takes(event):
            return True
        return super().eventFilter(watched, event)

    def _takes(self, event: QMouseEvent) -> bool:
        """A press on the box ticks, and the branch shown stays."""
        if event.type() not in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick) or not self.may_tick:
            return False
        index = self.view.indexAt(event.position().toPoint())
        inside = event.position().x() - self.view.visualRect(index).left() < theme.line_height() * TICK
        if not index.isValid() or index.column() != 0 or not inside:
            return False
        self.toggle(index.data(VALUE).org_id)
        return True

    def _name_button(self) -> None:
        self.all_button.setText(_("全不选") if self._ticked else _("全选"))

    def _visible_columns(self) -> list[int]:
        """What is copied and exported has a column for each thing that the two lines say."""
        return list(range(self.model.columnCount()))

    def _orders(self) -> QMenu:
        """In the order of the register, or by one of the columns."""
        menu = QMenu(self)
        menu.addAction(_("按名册"), lambda: self.view.sortByColumn(-1, Qt.SortOrder.AscendingOrder))
        for number, words in ((1, _("按状态")), (2, _("按期限")), (3, _("按得分")), (5, _("按自评不同的项数"))):
            order = Qt.SortOrder.DescendingOrder if number == _DIFFERING else Qt.SortOrder.AscendingOrder
            menu.addAction(words, lambda at=number, how=order: self.view.sortByColumn(at, how))
        return menu


class BranchLook(CellLook):
    """Paints the look "branch": two lines, and the tick before them."""

    def __init__(self, of: ReviewList) -> None:
        super().__init__(of)
        self._list = of

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        found = super().sizeHint(option, index)
        found.setHeight(round(theme.line_height() * HEIGHT))
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        line = index.data(VALUE)
        if not isinstance(line, BranchLine):
            super().paint(painter, option, index)
            return
        self._ground(painter, option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        one = theme.line_height()
        box = QRectF(option.rect).adjusted(one * 0.45, one * 0.22, -one * 0.5, -one * 0.22)
        if self._list.may_tick:
            self._tick(painter, box, self._list.is_ticked(line.org_id))
            box.adjust(one * (TICK - 0.45), 0, 0, 0)
        upper = QRectF(box.left(), box.top(), box.width(), box.height() / 2)
        self._pair(painter, upper, line.name, line.points_text, "body", "text")
        lower = upper.translated(0, box.height() / 2)
        size = one * 0.56
        shape = QRectF(lower.left(), lower.center().y() - size / 2, size, size)
        lights.draw_shape(painter, shape, line.light)
        role = lights.ROLES[line.light] + "_text" if line.light in (Status.BEHIND, Status.WATCH) else "text_quiet"
        self._pair(
            painter, lower.adjusted(one * 0.85, 0, 0, 0), line.state_text, line.sign, "small", role, "watch_text"
        )
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _tick(self, painter: QPainter, box: QRectF, is_on: bool) -> None:
        """A box as the forms have it; the style's own one is not seen on a dark ground."""
        size = theme.line_height() * 0.76
        place = QRectF(box.left(), box.center().y() - size / 2, size, size)
        painter.setPen(QPen(theme.colour("focus" if is_on else "text_faint"), 1.2))
        painter.setBrush(theme.colour("focus" if is_on else "field"))
        painter.drawRoundedRect(place, 2.5, 2.5)
        if is_on:
            painter.setPen(QPen(theme.colour("field"), max(1.6, size * 0.13)))
            corners = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(
                QPolygonF([QPointF(place.left() + x * size, place.top() + y * size) for x, y in corners])
            )

    def _pair(
        self, painter: QPainter, box: QRectF, words: str, number: str, kind: str, role: str, other: str = "text"
    ) -> None:
        """Words at the left, elided where they must be, a number at the right."""
        font = theme.font(kind)
        metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(number)
        painter.setFont(font)
        painter.setPen(theme.colour(other))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, number)
        room = box.adjusted(0, 0, -wide - theme.gap(0.3), 0)
        painter.setPen(theme.colour(role))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, shown)
