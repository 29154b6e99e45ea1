"""What every page has: title, one sentence that answers its question, quiet actions, one accent action, a side
panel, and the states loading, empty, no permission, frozen and error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk.errors import NotAllowed, Refusal
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained
from okr_desk.services.outcome import Changes, Topic
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.empty import Empty
from okr_desk.ui.widgets.skeleton import Skeleton
from okr_desk.ui.widgets.wrapping import WrappingRow


class Page(QWidget):
    """The base of all pages.

    A page sets `title` and `topics`, puts its widgets into `self.content`, gives its question as `query()` (a function
    of a session, run in the pool) and shows what comes back in `show_answer(snapshot)`. It is read again when it
    is shown after one of its topics, the quarter or the chosen organisation has changed.
    """

    badge_changed = Signal(int)
    waiting_told = Signal(dict)
    """What waits on other pages, by their key: for the rail, until those pages count for themselves."""

    title: ClassVar[str] = ""
    topics: ClassVar[frozenset[Topic]] = frozenset()
    follows_quarter: ClassVar[bool] = True
    follows_org: ClassVar[bool] = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.key = ""
        self.accent_button: QPushButton | None = None
        self._stale = True
        self._asked = 0
        self._answered = False
        self._build_frame()
        desk.bus.changed.connect(self._hear)
        desk.selection.quarter_changed.connect(self._quarter_moved)
        desk.selection.org_changed.connect(self._org_moved)

    # What a page fills in

    def query(self) -> Callable[..., Any] | None:
        """The page's question: a function of a session; None when there is nothing to read."""
        return None

    def show_answer(self, snapshot: Any) -> None:
        """Put the snapshot on the screen."""

    def arrive(self, **arguments: Any) -> None:
        """The page is shown on request with arguments (`desk.go`)."""

    def heard(self, changes: Changes) -> None:
        """Something of the page's topics has changed: a page that can follow cheaply notes what before it reads."""

    def can_leave(self) -> bool:
        """Whether the page may be left now; a page with unsaved input asks here."""
        return True

    def can_close(self) -> bool:
        """Whether the window may be closed; a page that keeps unsaved input while one is elsewhere asks here."""
        return True

    def undo_stack(self) -> QUndoStack | None:
        """The page's own undo stack, which Ctrl+Z works on while the page is in front."""
        return None

    # What a page calls

    def refresh(self) -> None:
        """Ask the question again; the answer to an older question is passed over."""
        self._stale = False
        question = self.query()
        if question is None or self.desk.store is None:
            self.show_content()
            return
        self._asked += 1
        asked = self._asked
        if not self._answered:
            self._states.setCurrentWidget(self.skeleton)
        self.desk.tasks.read(
            question,
            done=lambda snapshot: self._take(asked, snapshot),
            failed=lambda error: self._fail(asked, error),
            owner=self,
        )

    def set_answer(self, sentence: str) -> None:
        """The one sentence under the title; simple rich text with links is allowed."""
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))

    def add_quiet(
        self, text: str, icon: str, slot: Callable[[], object], shortcut: QKeySequence | str | None = None
    ) -> QPushButton:
        """A quiet action at the right of the title."""
        button = self._button(text, icon, slot, shortcut, "text")
        button.setProperty("flat", True)
        self._actions.insert(self._actions.count() - (1 if self.accent_button else 0), button)
        return button

    def set_accent(
        self, text: str, icon: str, slot: Callable[[], object], shortcut: QKeySequence | str | None = None
    ) -> QPushButton:
        """The one thing to do next on this page."""
        button = self._button(text, icon, slot, shortcut, "on_accent")
        button.setProperty("accent", True)
        self._actions.insert(self._actions.count(), button)
        self.accent_button = button
        return button

    def show_content(self) -> None:
        """Show the page itself."""
        self._answered = True
        self._states.setCurrentWidget(self.body)

    def show_empty(
        self, sentence: str, advice: str = "", button: str = "", slot: Callable[[], object] | None = None
    ) -> None:
        """There is nothing yet: say what to do first."""
        self.empty.set(sentence, advice, button, slot)
        self._states.setCurrentWidget(self.empty)

    def show_denied(self, sentence: str = "") -> None:
        """The person may not see this."""
        self.empty.set(sentence or _("您没有查看本页的权限。"), _("需要时请联系镇党建办管理员授权。"), icon="lock")
        self._states.setCurrentWidget(self.empty)

    def show_error(self, sentence: str) -> None:
        """The page as a whole could not be read."""
        self.empty.set(sentence, _("可以重试；仍不成功时请联系管理员。"), _("重试"), self.refresh, "error")
        self._states.setCurrentWidget(self.empty)

    def set_band(self, sentence: str, icon: str = "lock") -> None:
        """A band above the content (quarter frozen, demo data, old figures); empty text takes it away."""
        self._band_text.setText(sentence)
        colour = theme.colour("watch_text")
        self._band_icon.setPixmap(icons.pixmap(icon, colour, theme.line_height(), self.devicePixelRatioF()))
        self._band.setVisible(bool(sentence))

    def open_side(self, widget: QWidget, title: str) -> None:
        """Show a widget in the side panel; the panel never covers the content."""
        old = self._side_slot.takeAt(0)
        if old is not None and old.widget() is not None and old.widget() is not widget:
            old.widget().hide()
            old.widget().deleteLater()
        self._side_title.setText(title)
        self._side_slot.addWidget(widget)
        widget.show()
        if self.side.isHidden():
            self.side.show()
            side = max(theme.span(self, 18), self.width() // 4)
            self._splitter.setSizes([max(1, self.width() - side), side])

    def show_explained(self, title: str, explained: Explained, words: str = "") -> None:
        """Show in the side panel how a number came about."""
        from okr_desk.ui.widgets.explain_panel import ExplainPanel

        panel = ExplainPanel(self)
        panel.show_explained(title, explained, words)
        self.open_side(panel, title)

    def close_side(self) -> None:
        """Take the side panel away."""
        self.side.hide()

    # Inside

    def _build_frame(self) -> None:
        self.title_label = QLabel(_(self.title), self)
        self.title_label.setFont(theme.font("title", bold=True))
        self.answer = QLabel(self)
        self.answer.setWordWrap(True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answer.hide()
        self._band, self._band_icon, self._band_text = QFrame(self), QLabel(), QLabel()
        self._band.setObjectName("band")
        self._band_text.setWordWrap(True)
        self._band.hide()
        self.body, self.skeleton, self.empty = QWidget(self), Skeleton(self), Empty(self)
        self.side = self._build_side()

        self._actions = WrappingRow(theme.gap(0.35))
        head = QHBoxLayout()
        head.addWidget(self.title_label)
        head.addLayout(self._actions, 1)
        band = QHBoxLayout(self._band)
        band.setContentsMargins(theme.gap(0.5), theme.gap(0.3), theme.gap(0.5), theme.gap(0.3))
        band.addWidget(self._band_icon)
        band.addWidget(self._band_text, 1)
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(theme.gap(0.6))
        self._states = QStackedWidget(self)
        for state in (self.body, self.skeleton, self.empty):
            self._states.addWidget(state)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(theme.gap(0.7))
        self._splitter.addWidget(self._states)
        self._splitter.addWidget(self.side)
        self._splitter.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.gap(1.1), theme.gap(0.8), theme.gap(1.1), theme.gap(0.7))
        layout.setSpacing(theme.gap(0.45))
        layout.addLayout(head)
        layout.addWidget(self.answer)
        layout.addWidget(self._band)
        layout.addSpacing(theme.gap(0.1))
        layout.addWidget(self._splitter, 1)
        self._states.setCurrentWidget(self.skeleton)

    def _build_side(self) -> QFrame:
        side = QFrame(self)
        side.setObjectName("side")
        self._side_title = QLabel(side)
        self._side_title.setFont(theme.font("body", bold=True))
        self._side_title.setWordWrap(True)
        close = QToolButton(side)
        close.setAccessibleName(_("关闭侧栏"))
        close.setToolTip(_("关闭侧栏（Esc）"))
        close.setShortcut(QKeySequence(Qt.Key.Key_Escape))
        icons.dress(close, "close", "text_quiet")
        close.clicked.connect(self.close_side)
        head = QHBoxLayout()
        head.addWidget(self._side_title, 1)
        head.addWidget(close)
        self._side_slot = QVBoxLayout()
        layout = QVBoxLayout(side)
        layout.addLayout(head)
        layout.addLayout(self._side_slot, 1)
        side.setMinimumWidth(theme.span(self, 14))
        side.hide()
        return side

    def _button(
        self, text: str, icon: str, slot: Callable[[], object], shortcut: QKeySequence | str | None, role: str
    ) -> QPushButton:
        button = QPushButton(text, self)
        icons.dress(button, icon, role)
        button.clicked.connect(lambda: slot())
        if shortcut:
            keys = QKeySequence(shortcut)
            QShortcut(keys, self, button.click)  # a button's own shortcut is lost when its text changes
            button.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        return button

    def _take(self, asked: int, snapshot: Any) -> None:
        if asked == self._asked:
            self.show_content()
            self.show_answer(snapshot)
            self._name_containers()

    def _name_containers(self) -> None:
        """Tabs and scrolling places take the focus too: a screen reader says the page's name there."""
        for kind in (QTabWidget, QScrollArea):
            for place in self.findChildren(kind):
                if not place.accessibleName():
                    place.setAccessibleName(_(self.title))

    def _fail(self, asked: int, error: Exception) -> None:
        if asked != self._asked:
            return
        if isinstance(error, NotAllowed):
            self.show_denied(error.sentence)
        elif isinstance(error, Refusal):
            self.show_error(error.sentence)
        else:
            self.show_error(_("这一页没有读出来。"))

    def _hear(self, changes: Changes) -> None:
        if changes.topics & self.topics:
            self.heard(changes)
            self._turn_stale()

    def _quarter_moved(self) -> None:
        if self.follows_quarter:
            self._turn_stale()

    def _org_moved(self) -> None:
        if self.follows_org:
            self._turn_stale()

    def _turn_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
