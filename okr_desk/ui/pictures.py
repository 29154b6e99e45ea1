"""Every page as a picture at 1366 × 768: for the handbook, the README, and to look at what was built."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from okr_desk.files import write_atomically
from okr_desk.ui.main_window import USUAL, MainWindow

if TYPE_CHECKING:
    from okr_desk.ui.opening import Opening

LONGEST = 180.0
"""Seconds to wait for the demo to be built, or for a page."""
QUIET = 250
"""Milliseconds without work after which a page is taken as finished."""


def draw_all(app: QApplication, window: MainWindow, opening: Opening, folder: Path) -> int:
    """Show each page, wait until it is quiet, save it; 0 when all could be drawn."""
    ready: list[bool] = []
    opening.ready.connect(lambda: ready.append(True))
    window.resize(*USUAL)
    window.show()
    opening.start()
    if not _wait(app, lambda: bool(ready)):
        return 1
    for number, key in enumerate(window.rail.shown_keys(), 1):
        window.show_page(key)
        settle(app, window)
        save(window, folder / f"{number:02}_{key}.png")
    window.close()
    return 0


def settle(app: QApplication, window: MainWindow) -> bool:
    """Let reads and charts finish."""
    return _wait(app, lambda: window.desk.tasks.is_idle) and _rest(app, window)


def save(window: MainWindow, path: Path) -> Path:
    """The window as a PNG."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return write_atomically(path, bytes(buffer.data().data()))


def _rest(app: QApplication, window: MainWindow) -> bool:
    """Charts start a moment after a change of size: wait, then for what they began."""
    loop = QEventLoop()
    QTimer.singleShot(QUIET, loop.quit)
    loop.exec()
    return _wait(app, lambda: window.desk.tasks.is_idle)


def _wait(app: QApplication, until: object) -> bool:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        if callable(until) and until():
            app.processEvents()
            return True
    return False
