"""Ctrl+K: one box to jump to a page, a branch or an action of the page in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from okr_desk import pinyin
from okr_desk.i18n import _
from okr_desk.terms import OrgKind, label
from okr_desk.ui import icons, theme
from okr_desk.ui.navigation import entries_for
from okr_desk.ui.widgets.search import SearchBox

if TYPE_CHECKING:
    from okr_desk.ui.main_window import MainWindow

SHOWN = 40


@dataclass(frozen=True)
class Destination:
    """Somewhere to jump to."""

    text: str
    kind: str
    icon: str
    keys: str
    go: Callable[[], object]


class Jump(QDialog):
    """Type, arrow, Enter."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("搜索页面、支部、操作"))
        self.places = _destinations(window)
        self.box = SearchBox(self, _("输入页面、支部或操作：汉字、全拼或首字母"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("搜索结果"))
        self.list.setObjectName("choices")
        self.list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(0.5)] * 4)
        layout.addWidget(self.box)
        layout.addWidget(self.list)
        self.setFixedSize(theme.span(self, 30), theme.line_height(self) * 19)
        self.move(
            window.mapToGlobal(window.rect().center()).x() - self.width() // 2,
            window.mapToGlobal(window.rect().topLeft()).y() + theme.gap(3.5),
        )
        self.box.textChanged.connect(self.filter)
        self.box.installEventFilter(self)
        self.list.itemActivated.connect(self._go)
        self.list.itemClicked.connect(self._go)
        self.filter("")
        self.box.setFocus()

    def filter(self, query: str) -> None:
        """Show what fits, pages first."""
        self.list.clear()
        size = round(theme.line_height(self))
        found = [place for place in self.places if pinyin.matches(query, place.text, place.keys)]
        for place in found[:SHOWN]:
            item = QListWidgetItem(
                icons.icon(place.icon, "text_quiet", size), f"{place.text}    {place.kind}", self.list
            )
            item.setData(Qt.ItemDataRole.UserRole, place)
        if not found:
            nothing = QListWidgetItem(_("没有找到“{query}”。").format(query=query.strip()), self.list)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go(self.list.currentItem())
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is None or item.data(Qt.ItemDataRole.UserRole) is None:
            return
        place: Destination = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        place.go()


def _destinations(window: MainWindow) -> list[Destination]:
    desk = window.desk
    found = [
        Destination(
            entry.title,
            _("页面"),
            entry.icon,
            PAGE_KEYS.get(entry.key, ""),
            partial(desk.go, entry.key),
        )
        for entry in entries_for(desk.actor)
    ]
    page = window.current_page()
    if page is not None:
        for button in page.findChildren(QPushButton):
            if button.isVisible() and button.isEnabled() and any(c.isalpha() for c in button.text()):
                found.append(Destination(button.text(), _("操作"), "chevron_right", "", button.click))
    found += [
        Destination(
            org.full_name,
            label(OrgKind(org.kind)),
            "branch",
            org.search_keys,
            partial(desk.selection.choose_org, org.id),
        )
        for org in desk.selection.orgs
    ]
    return found


PAGE_KEYS = {
    "today": "gong zuo tai", "objectives": "mu biao", "checkins": "tian bao", "scores": "ji fen",
    "indicators": "zhi biao", "schemes": "kao he fang an", "import": "dao ru", "reports": "bao biao", "orgs": "zu zhi",
    "cycles": "nian du yu ji du", "users": "ren yuan yu zhang hao", "settings": "she zhi",
    "surveys": "man yi du", "households": "lian hu he ji fen", "reviews": "ping shen",
    "objections": "shen bian he gong shi", "upward": "shang bao biao",
}  # fmt: skip
"""Pages by sound, so that the box needs no dictionary for a few known words."""
