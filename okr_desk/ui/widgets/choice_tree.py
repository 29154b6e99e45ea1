"""The pop-up of a picker: a search box over a tree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.widgets.picker import Choice
from okr_desk.ui.widgets.search import SearchBox

ROWS_SHOWN = 14


class ChoiceTree(QFrame):
    """The pop-up: search box over a tree; Enter takes, Esc leaves."""

    picked = Signal(object)

    def __init__(
        self, parent: QWidget, name: str, choices: Sequence[Choice], current: object, searchable: bool
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.search = SearchBox(self, _("汉字、全拼或首字母"))
        self.tree = QTreeWidget(self)
        self._nothing = QLabel(_("没有找到"), self)
        self.search.setVisible(searchable)
        self.tree.setAccessibleName(name)
        self.tree.setObjectName("choices")
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(any(choice.parent is not None for choice in choices))
        self._nothing.setObjectName("quiet")
        self._nothing.hide()
        self._fill(choices, current)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.35)] * 4)
        layout.addWidget(self.search)
        layout.addWidget(self.tree)
        layout.addWidget(self._nothing)
        self._fit(choices)

        self.search.textChanged.connect(self.filter)
        self.search.installEventFilter(self)
        self.tree.installEventFilter(self)
        self.tree.itemClicked.connect(self._take)

    def start(self) -> None:
        """Put the cursor where one types."""
        (self.search if not self.search.isHidden() else self.tree).setFocus()

    def filter(self, query: str) -> None:
        """Show what matches, together with what stands above it; mark the first match."""
        first = None
        for item in reversed(self._items()):
            own = self.search.fits(item.text(0), item.data(0, Qt.ItemDataRole.UserRole + 1))
            below = any(not item.child(row).isHidden() for row in range(item.childCount()))
            item.setHidden(not (own or below))
            if own:
                first = item
        self._nothing.setVisible(first is None)
        if query and first is not None:
            self.tree.setCurrentItem(first)

    def take_current(self) -> None:
        """Take the marked choice."""
        item = self.tree.currentItem()
        if item is not None and not item.isHidden():
            self._take(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take_current()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and watched is self.search:
                self.tree.setFocus()
                self.tree.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, choices: Sequence[Choice], current: object) -> None:
        made: dict[object, QTreeWidgetItem] = {}
        for choice in choices:
            above = made.get(choice.parent) if choice.parent is not None else None
            item = QTreeWidgetItem(above if above is not None else self.tree, [choice.text])
            item.setData(0, Qt.ItemDataRole.UserRole, choice.key)
            item.setData(0, Qt.ItemDataRole.UserRole + 1, choice.keys)
            item.setToolTip(0, choice.note)
            made[choice.key] = item
            if choice.key == current:
                self.tree.setCurrentItem(item)
        self.tree.expandAll()
        if self.tree.currentItem():
            self.tree.scrollToItem(self.tree.currentItem())

    def _fit(self, choices: Sequence[Choice]) -> None:
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(choice.text) for choice in choices), default=0)
        self.tree.setMinimumWidth(max(theme.span(self, 14), widest + theme.span(self, 7)))
        row = max(self.tree.sizeHintForRow(0), theme.line_height(self)) + 2
        self.tree.setFixedHeight(row * min(ROWS_SHOWN, max(1, len(choices))) + 6)

    def _items(self) -> list[QTreeWidgetItem]:
        walk, found = QTreeWidgetItemIterator(self.tree), []
        while walk.value():
            found.append(walk.value())
            walk += 1
        return found

    def _take(self, item: QTreeWidgetItem) -> None:
        self.picked.emit(item.data(0, Qt.ItemDataRole.UserRole))
        self.close()
