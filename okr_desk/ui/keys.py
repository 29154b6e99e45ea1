"""The keys that work everywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from okr_desk.i18n import _
from okr_desk.ui.navigation import BY_KEY

if TYPE_CHECKING:
    from okr_desk.ui.main_window import MainWindow


def add_to(window: MainWindow) -> None:
    """Undo and redo of the page in front, Ctrl+K search, F1 help, F5 read again, Alt+1 to Alt+9 along the rail."""
    undo = window.undo.createUndoAction(window, _("撤消"))
    redo = window.undo.createRedoAction(window, _("恢复"))
    undo.setShortcut(QKeySequence.StandardKey.Undo)
    redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
    window.addActions([undo, redo])
    _add(window, _("搜索页面、支部、操作"), "Ctrl+K", window.open_jump)
    _add(window, _("帮助"), "F1", window.show_help)
    _add(window, _("刷新"), "F5", window.read_again)
    for place in range(1, 10):
        _add(window, _("导航"), f"Alt+{place}", partial(_show_entry, window, place))


def _show_entry(window: MainWindow, place: int) -> None:
    """The page at a place of the rail as this person sees it; pages below others have no place, so that none shifts."""
    keys = [key for key in window.rail.shown_keys() if not BY_KEY[key].parent]
    if window.rail.isEnabled() and place <= len(keys):
        window.show_page(keys[place - 1])


def _add(window: MainWindow, words: str, key: str, slot: Callable[[], object]) -> None:
    action = QAction(words, window)
    action.setShortcut(QKeySequence(key))
    action.triggered.connect(lambda _checked=False: slot())
    window.addAction(action)
