"""Nobody has touched the desk for a while: the windows are covered until the same person signs in again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from okr_desk.i18n import _
from okr_desk.services.outcome import Changes, Topic
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.widgets.empty import Empty

if TYPE_CHECKING:
    from okr_desk.ui.dialogs.unlock import Unlock
    from okr_desk.ui.main_window import MainWindow

LOOK_EVERY = 15_000
"""Milliseconds between two looks at the clock."""
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Locking(QObject):
    """Counts the minutes since somebody touched a window, and covers all windows when they are too many.

    The minutes are the office's setting `safety.idle_minutes`. The demo, which signs in by itself, is not locked.
    Nothing is closed: open dialogs and what was typed into them stay under the cover. `left` tells that somebody
    else wants to sign in.
    """

    left = Signal()

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._covers: list[Cover] = []
        self._touched: datetime = desk.clock.now()
        self.form: Unlock | None = None
        self.after: timedelta | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        desk.actor_changed.connect(self._begin)
        desk.bus.changed.connect(self._hear)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    @property
    def is_locked(self) -> bool:
        """Whether the windows are covered."""
        return bool(self._covers)

    def look(self) -> None:
        """Lock when nothing was touched for too long; a clock that was put back starts anew."""
        idle = self._desk.clock.now() - self._touched
        if idle < timedelta(0):
            self._touch()
        elif self.after is not None and idle >= self.after:
            self.lock()

    def lock(self) -> None:
        """Cover every window and ask for the password of the person who sits here."""
        actor = self._desk.actor
        if self.is_locked or actor is None or self._desk.store is None or self._desk.store.is_demo:
            return
        from okr_desk.ui.dialogs.unlock import Unlock

        self._timer.stop()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        shown = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
        self._covers = [Cover(top) for top in shown]
        front = QApplication.activeModalWidget() or self._window
        self.form = Unlock(self._desk, actor, front)
        self.form.unlocked.connect(self._open)
        self.form.left.connect(self._leave)
        self.form.show()

    # Inside

    def _begin(self) -> None:
        """Somebody sat down or stood up: no cover of the last person stays."""
        self._open()
        self._timer.stop()
        store = self._desk.store
        if self._desk.actor is not None and store is not None and not store.is_demo:
            self._ask_minutes()
            self._timer.start()
            self._watch(self._window.windowHandle())

    def _hear(self, changes: Changes) -> None:
        if Topic.POLICY in changes.topics and self._timer.isActive():
            self._ask_minutes()

    def _ask_minutes(self) -> None:
        from okr_desk.queries import policy

        self._desk.tasks.read(policy.integer, "safety.idle_minutes", done=self._take_minutes, owner=self)

    def _take_minutes(self, minutes: int) -> None:
        self.after = timedelta(minutes=minutes)

    def _open(self) -> None:
        covers, self._covers = self._covers, []
        for cover in covers:
            cover.lift()
        if self.form is not None:
            self.form.finish()
            self.form = None
        self._touch()
        if covers and self._desk.actor is not None:
            self._timer.start()

    def _leave(self) -> None:
        """Another person: what is open is given up, as was said before."""
        while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            if dialog is self.form:
                self.form.finish()
                self.form = None
            else:
                dialog.done(QDialog.DialogCode.Rejected)
        self.left.emit()

    def _watch(self, window: QWindow | None) -> None:
        """Keys and mouse arrive at the window first: a few events, not all of the program."""
        if window is not None:
            window.installEventFilter(self)
            self._touch()

    def _touch(self) -> None:
        self._touched = self._desk.clock.now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touch()
        return super().eventFilter(watched, event)


class Cover(QWidget):
    """Lies over the whole of a window, so that nothing of it can be read."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._focus = window.focusWidget()
        words = Empty(self)
        words.set(_("已锁定"), _("输入密码后回到刚才的内容，没有保存的内容都在。"), icon="lock")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(1)] * 4)
        layout.addWidget(words)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Take the cover away; the cursor goes back to where it was."""
        self.hide()
        if self._focus is not None:
            self._focus.setFocus()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self.parentWidget()
        if watched is window and event.type() == QEvent.Type.Resize:
            self.setGeometry(window.rect())
        return super().eventFilter(watched, event)
