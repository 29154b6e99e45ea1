"""The navigation rail: what the person can use, each with a small count of what waits there."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.navigation import BY_KEY, Entry

KEY, COUNT, OWN = (Qt.ItemDataRole.UserRole + place for place in range(3))
"""The page of an entry, the count that stands beside it, and what of it waits on that page itself."""
_GAP = "-"


class Rail(QListWidget):
    """Entries in a column; arrows move, `chosen` tells the key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setItemDelegate(_Look(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setMouseTracking(True)
        self.setViewportMargins(0, theme.gap(0.4), 0, 0)
        self.currentItemChanged.connect(self._tell)

    def offer(self, entries: Sequence[Entry]) -> None:
        """Show these entries; the current one stays if it is still among them."""
        kept = self.current_key()
        self.setAccessibleName(_("导航"))
        self.blockSignals(True)
        self.clear()
        group = 0
        for entry in entries:
            if entry.group != group and self.count():
                rest = QListWidgetItem(_GAP, self)
                rest.setFlags(Qt.ItemFlag.NoItemFlags)
                rest.setData(Qt.ItemDataRole.AccessibleTextRole, "")
            group = entry.group
            item = QListWidgetItem(entry.title, self)
            item.setData(KEY, entry.key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.title)
        self.blockSignals(False)
        self._unfold()
        self.show_current(kept)
        self._fit()

    def show_current(self, key: str) -> None:
        """Mark an entry without telling anybody."""
        self.blockSignals(True)
        item = self._item(key)
        if item is not None:
            self.setCurrentItem(item)
        self.blockSignals(False)
        self._unfold()

    def current_key(self) -> str:
        """The key of the marked entry, empty when there is none."""
        item = self.currentItem()
        return item.data(KEY) or "" if item else ""

    def shown_keys(self) -> list[str]:
        """The keys shown, in order."""
        items = (self.item(row) for row in range(self.count()))
        return [item.data(KEY) for item in items if item.data(KEY)]

    def set_count(self, key: str, count: int) -> None:
        """The small number beside an entry; 0 takes it away."""
        item = self._item(key)
        if item is not None:
            item.setData(OWN, count)
            self._add_up()

    def set_counts(self, counts: Mapping[str, int], seen: Container[str]) -> None:
        """Counts of pages that were not `seen` yet; those that were count for themselves."""
        for key, count in counts.items():
            if key not in seen:
                self.set_count(key, count)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _item(self, key: str) -> QListWidgetItem | None:
        items = (self.item(row) for row in range(self.count()))
        return next((item for item in items if item.data(KEY) == key), None)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(KEY):
            self._unfold()
            self.chosen.emit(item.data(KEY))

    def _unfold(self) -> None:
        """Pages below another one are seen while they or their kin are in front; alone, without it, always."""
        current, shown = self.current_key(), self.shown_keys()
        kin = {current, BY_KEY[current].parent} - {""} if current else set()
        for row in range(self.count()):
            key = self.item(row).data(KEY)
            parent = BY_KEY[key].parent if key else ""
            self.item(row).setHidden(parent in shown and parent not in kin)
        self._add_up()

    def _add_up(self) -> None:
        """What waits on a page that is folded away counts beside the page above it."""
        items = [item for row in range(self.count()) if (item := self.item(row)).data(KEY)]
        for item in items:
            folded = (one for one in items if one.isHidden() and BY_KEY[one.data(KEY)].parent == item.data(KEY))
            count = sum(one.data(OWN) or 0 for one in (item, *folded))
            words = _("{title}，{count} 项待办").format(title=item.text(), count=count) if count else item.text()
            item.setData(COUNT, count)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def _fit(self) -> None:
        metrics = QFontMetrics(theme.font("body", bold=True))
        items = [self.item(row) for row in range(self.count())]
        inset = {key: theme.line_height() for key, entry in BY_KEY.items() if entry.parent}
        widths = (metrics.horizontalAdvance(one.text()) + inset.get(one.data(KEY), 0) for one in items)
        widest = max(widths, default=0)
        self.setFixedWidth(max(theme.span(self, 9.6), widest + theme.span(self, 5)))


_INSET = 0.65
"""Lines by which a page below another one stands further in."""


class _Look(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        line = theme.line_height()
        key = index.data(KEY)
        lines = 0.6 if key is None else 1.5 if BY_KEY[key].parent else 1.65
        return QSize(line, round(line * lines))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, line = QRectF(option.rect), theme.line_height()
        key = index.data(KEY)
        if key is None:
            painter.setPen(theme.colour("line"))
            y = box.center().y()
            painter.drawLine(round(box.left() + line * 0.7), round(y), round(box.right() - line * 0.7), round(y))
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._ground(painter, option, box, chosen, line)
        is_child = BY_KEY[key].parent
        if is_child:
            box = box.adjusted(line * _INSET, 0, 0, 0)
        icon_box = QRectF(box.left() + line * 0.75, box.center().y() - line * 0.5, line, line)
        name = BY_KEY[key].icon + ("_filled" if chosen else "")
        icons.draw(painter, icon_box, name, theme.colour("text" if chosen else "text_quiet"))
        behind = theme.colour("card" if chosen else "idle_soft")
        self._count(painter, box, index.data(COUNT) or 0, line * (0.7 if is_child else 1), behind)
        painter.setFont(theme.font("body", bold=chosen))
        painter.setPen(theme.colour("text"))
        text_box = box.adjusted(line * (2.1 if is_child else 2.25), 0, 0, 0)
        painter.drawText(text_box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, index.data())
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, chosen: bool, line: int) -> None:
        inner = box.adjusted(line * 0.35, 1.5, -line * 0.35, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen:
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(inner, 5, 5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(inner, 5, 5)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("focus"))
            painter.drawRoundedRect(inner, 5, 5)

    def _count(self, painter: QPainter, box: QRectF, count: int, room: float, behind: QColor) -> None:
        """What waits there, in a pill at the right edge; `room` is what it leaves around it, less beside long names."""
        line = theme.line_height()
        if not count:
            return
        font = theme.font("small")
        words = str(count) if count < 1000 else "999+"
        wide = QFontMetrics(font).horizontalAdvance(words) + room * 0.6
        pill = QRectF(box.right() - room * 0.7 - wide, box.center().y() - line * 0.45, wide, line * 0.9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(behind)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.setPen(theme.colour("idle_text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
