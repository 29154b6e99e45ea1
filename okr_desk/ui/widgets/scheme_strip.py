"""The categories side by side: by what each is scored, and whether that can be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.queries.scheme_board import CategoryScheme
from okr_desk.terms import Status
from okr_desk.ui import theme
from okr_desk.ui.models import scheme_words as words
from okr_desk.ui.widgets import lights

LEAST = 8.7
"""Characters that a card is wide at least; more categories scroll."""
ROWS = 4.1
"""Height of a card in lines of text."""
_ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class SchemeStrip(QListWidget):
    """One card a category; `chosen` tells the id of the category under the cursor."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live: dict[int, int] = {}
        self.setObjectName("strip")
        self.setAccessibleName(_("支部类别"))
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Cards(self))
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._tell)

    def show_rows(self, rows: Sequence[CategoryScheme], wanted: int | None, live: Mapping[int, int]) -> None:
        """Show categories; the wanted one is chosen, else the first. Nothing is told."""
        self._live = dict(live)
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(self)
            item.setData(_ROW, row)
            self._speak(item, row)
            if row.category.id == wanted:
                self.setCurrentItem(item)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)
        self.blockSignals(False)
        self._fit()

    def follow(self, live: Mapping[int, int]) -> None:
        """Say how many problems drafts have as they are typed now."""
        if live != self._live:
            self._live = dict(live)
            for item in (self.item(number) for number in range(self.count())):
                self._speak(item, item.data(_ROW))
            self.viewport().update()

    def state(self, row: CategoryScheme) -> Status:
        """The shape of a category as it stands now."""
        return words.state(row, self._live)[0]

    def card(self, row: CategoryScheme) -> tuple[str, str, str, str]:
        """What a category's card says as it stands now."""
        return words.card(row, self._live)

    @property
    def current(self) -> CategoryScheme | None:
        """The category under the cursor."""
        item = self.currentItem()
        found: CategoryScheme | None = None if item is None else item.data(_ROW)
        return found

    def choose(self, category_id: int) -> None:
        """Put the cursor on a category."""
        for item in (self.item(number) for number in range(self.count())):
            if item.data(_ROW).category.id == category_id:
                self.setCurrentItem(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # Inside

    def _tell(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current.category.id)

    def _speak(self, item: QListWidgetItem, row: CategoryScheme) -> None:
        said = [row.category.name, *words.card(row, self._live)]
        item.setData(Qt.ItemDataRole.AccessibleTextRole, " ".join(part for part in said if part))
        item.setToolTip("\n".join(part for part in said if part))

    def _fit(self) -> None:
        count = max(self.count(), 1)
        gap, least = theme.gap(0.5), theme.span(self, LEAST)
        width = max(least, (self.viewport().width() + gap) // count - gap)
        height = round(theme.line_height() * ROWS)
        for number in range(self.count()):
            self.item(number).setSizeHint(QSize(width + (gap if number < count - 1 else 0), height))
        scrolls = (width + gap) * count - gap > self.viewport().width()
        self.setFixedHeight(height + (self.horizontalScrollBar().sizeHint().height() if scrolls else 0))
        self.doItemsLayout()


class _Cards(QStyledItemDelegate):
    """Paints a category as a card; the chosen one has the colour of a selection and a strong edge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        found = index.data(Qt.ItemDataRole.SizeHintRole)
        return found if isinstance(found, QSize) else QSize(theme.span(None, LEAST), round(theme.line_height() * ROWS))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        strip = self.parent()
        assert isinstance(strip, SchemeStrip)
        row: CategoryScheme = index.data(_ROW)
        last = index.row() == strip.count() - 1
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5 - (0 if last else theme.gap(0.5)), -0.5)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        is_near = bool(option.state & QStyle.StateFlag.State_MouseOver)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus) and strip.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("selection" if is_chosen else "hover" if is_near else "card"))
        painter.setPen(QPen(theme.colour("focus" if has_focus or is_chosen else "line"), 1))
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(theme.gap(0.5), theme.gap(0.3), -theme.gap(0.5), -theme.gap(0.3))
        step = inner.height() / 3
        head, middle, foot = (QRectF(inner.left(), inner.top() + step * n, inner.width(), step) for n in range(3))
        points, state, since, name = strip.card(row)
        role = lights.ROLES[strip.state(row)]
        side = QFontMetrics(theme.font("small")).height() * 0.68
        wide = QFontMetrics(theme.font("small")).horizontalAdvance(points)
        _write(painter, head.adjusted(head.width() - wide, 0, 0, 0), points, "small", "text_quiet")
        _write(painter, head.adjusted(0, 0, -wide - theme.gap(0.2), 0), row.category.name, "body", "text", True)
        lights.draw_shape(painter, QRectF(middle.left(), middle.center().y() - side / 2, side, side), strip.state(row))
        small = QFontMetrics(theme.font("small"))
        middle = middle.adjusted(side + theme.gap(0.2), 0, 0, 0)
        _write(painter, middle, state, "small", role + "_text")
        if small.horizontalAdvance(state) + small.horizontalAdvance(since) + theme.gap(0.4) <= middle.width():
            away = middle.width() - small.horizontalAdvance(since)
            _write(painter, middle.adjusted(away, 0, 0, 0), since, "small", "text_quiet")
        _write(painter, foot, name, "small", "text_quiet")
        painter.restore()


def _write(painter: QPainter, box: QRectF, text: str, size: str, role: str, bold: bool = False) -> None:
    font = theme.font(size, bold)
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
