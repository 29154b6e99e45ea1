"""The window: bars around one page at a time. It knows the pages' names, not their insides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QUndoGroup, QUndoStack
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.ui import dropping, keys, placing, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.message_bar import MessageBar
from okr_desk.ui.navigation import BY_KEY, ENTRIES, entries_for
from okr_desk.ui.rail import Rail
from okr_desk.ui.speech import speak
from okr_desk.ui.status_bar import StatusBar
from okr_desk.ui.top_bar import TopBar
from okr_desk.ui.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from okr_desk.ui.pages.base import Page

SMALLEST = (1180, 640)


class MainWindow(QMainWindow):
    """Shell, and the stack of pages made on first show."""

    painted = Signal()
    page_shown = Signal(str)
    closing = Signal()

    def __init__(self, desk: Desk, first: str = "today") -> None:
        super().__init__()
        self.desk = desk
        self._first = first
        self.pages: dict[str, Page] = {}
        self._painted = self._seated = False
        self.top, self.rail, self.status = TopBar(desk, self), Rail(self), StatusBar(desk, self)
        self.messages = MessageBar(self)
        self.stack, self.skeleton = QStackedWidget(self), Skeleton(self)
        self.undo = QUndoGroup(self)
        self._no_undo = QUndoStack(self.undo)

        self.stack.addWidget(self._skeleton_place())
        self._assemble()
        keys.add_to(self)
        self._connect()
        self.setMinimumSize(*SMALLEST)
        self._is_remembered = placing.restore(self)

    def appear(self) -> None:
        """Show the window as it was left; the first time as fits the screen."""
        if self._is_remembered:
            self.show()
        else:
            placing.appear(self)

    # Pages

    def show_page(self, key: str, arguments: dict[str, Any] | None = None) -> bool:
        """Bring a page to the front, making it on first use; False when it is not for this person."""
        entry = BY_KEY.get(key)
        if entry is None or not entry.is_for(self.desk.actor):
            return False
        leaving = self.current_page()
        if leaving is not None and leaving.key != key and not leaving.can_leave():
            self.rail.show_current(leaving.key)
            return False
        if leaving is not None and leaving.key != key:
            self.messages.put_away()
        page = self.pages.get(key) or self._make_page(key)
        self.rail.show_current(key)
        self.setWindowTitle(_("{page} - 支部目标工作台").format(page=entry.title))
        if arguments:
            page.arrive(**arguments)
        if leaving is not None and leaving.isAncestorOf(QApplication.focusWidget() or self):
            self.rail.setFocus()
        self.stack.setCurrentWidget(page)
        stack = page.undo_stack()
        if stack is not None:
            self.undo.addStack(stack)
            self.undo.setActiveStack(stack)
        else:
            self.undo.setActiveStack(self._no_undo)
        self.status.show_extra("")
        self.page_shown.emit(key)
        return True

    def current_page(self) -> Page | None:
        """The page in front, None before the first."""
        return next((page for page in self.pages.values() if page is self.stack.currentWidget()), None)

    def rebuild(self) -> None:
        """Make the pages anew: another person, another language or another text size."""
        key = self.rail.current_key()
        self._drop_pages()
        self.rail.offer(entries_for(self.desk.actor))
        if self.desk.actor is not None:
            wanted = (key, self._first, "today")
            self.show_page(next(one for one in wanted if one in self.rail.shown_keys()))

    def _drop_pages(self) -> None:
        self.stack.setCurrentIndex(0)
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()

    def _make_page(self, key: str) -> Page:
        try:
            page = BY_KEY[key].build(self.desk)
        except ModuleNotFoundError as error:
            if not (error.name or "").startswith("okr_desk.ui.pages"):
                raise
            from okr_desk.ui.pages.missing import MissingPage

            page = MissingPage(self.desk, BY_KEY[key].title)
        page.key = key
        page.badge_changed.connect(lambda count, name=key: self.rail.set_count(name, count))
        page.waiting_told.connect(lambda counts: self.rail.set_counts(counts, self.pages))
        self.pages[key] = page
        self.stack.addWidget(page)
        return page

    # Building

    def _skeleton_place(self) -> QWidget:
        place = QWidget(self)
        layout = QVBoxLayout(place)
        layout.setContentsMargins(*[theme.gap(1.2)] * 4)
        layout.addWidget(self.skeleton)
        return place

    def _assemble(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        central = QWidget(self)
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.messages)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(central)
        self.setAcceptDrops(True)
        self.setWindowTitle(_("支部目标工作台"))
        known = placing.state().value("rail", "")
        self.rail.offer([entry for entry in ENTRIES if not known or entry.key in str(known).split(",")])
        self.rail.setEnabled(False)

    def _connect(self) -> None:
        desk = self.desk
        self.rail.chosen.connect(self.show_page)
        self.top.search_asked.connect(self.open_jump)
        self.status.help_asked.connect(self.show_help)
        desk.going.connect(self.show_page)
        desk.refused.connect(self.messages.refuse)
        desk.summed.connect(self.status.show_extra)
        desk.noticed.connect(self.messages.notice)
        desk.actor_changed.connect(self._sit_down)
        desk.settings_changed.connect(self._restyle)

    # Slots

    def open_jump(self) -> None:
        """Ctrl+K: jump to a page, a branch, an action."""
        from okr_desk.ui.jump import Jump

        jump = Jump(self)
        jump.open()

    def show_help(self) -> None:
        """F1: the handbook page of the screen in front."""
        from okr_desk.ui.pages.help import HelpWindow

        page = self.current_page()
        HelpWindow.show_topic(self, page.key if page else "today")

    def read_again(self) -> None:
        """F5: ask the page's question again."""
        page = self.current_page()
        if page is not None:
            page.refresh()

    def _sit_down(self) -> None:
        """Somebody else: no page and no sentence of the last person stays; new pages come with what may be chosen.

        What is said while nobody sits here, of the file just opened, waits for the next person.
        """
        actor = self.desk.actor
        if self._seated:
            self.messages.put_away()
        self._seated = actor is not None
        self._drop_pages()
        self.rail.setEnabled(actor is not None)
        if actor is not None:
            self.rail.offer(entries_for(actor))
            self.rail.show_current(self.rail.current_key() or self._first)  # else the focus would open a page too early
            self.rail.setFocus()
            placing.state().setValue("rail", ",".join(self.rail.shown_keys()))

    def _restyle(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            speak(app, self.desk.settings.language)
            theme.apply(app, self.desk.settings)
            self.top.follow()
            self.status.follow()
            QTimer.singleShot(0, self.rebuild)

    # Qt

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropping.workbooks(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = dropping.workbooks(event)
        if found and self.show_page("import", {"paths": found}):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.current_page()
        if page is not None and not (page.can_leave() and all(one.can_close() for one in self.pages.values())):
            event.ignore()
            return
        placing.keep(self)
        self.closing.emit()
        super().closeEvent(event)
