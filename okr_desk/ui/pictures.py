"""Every page as a picture at 1366 × 768: for the handbook, the README, and to look at what was built."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

from okr_desk.files import write_atomically
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.placing import USUAL

if TYPE_CHECKING:
    from okr_desk.ui.opening import Opening

LONGEST = 180.0
"""Seconds to wait for the demo to be built, or for a page."""
POLL = 15
"""Milliseconds between two looks."""
QUIET = 250
"""Milliseconds without work after which a page is taken as finished."""


def draw_all(window: MainWindow, opening: Opening, folder: Path) -> int:
    """Show each page, wait until it is quiet, save it; 0 when all could be drawn."""
    ready: list[bool] = []
    opening.ready.connect(lambda: ready.append(True))
    window.resize(USUAL)
    window.show()
    opening.start()
    if not _wait(lambda: bool(ready)):
        return 1
    for number, key in enumerate(window.rail.shown_keys(), 1):
        window.show_page(key)
        settle(window)
        save(window, folder / f"{number:02}_{key}.png")
    window.close()
    return 0


def settle(window: MainWindow) -> bool:
    """Let reads and charts finish."""
    return _wait(lambda: window.desk.tasks.is_idle) and _rest(window)


def save(window: MainWindow, path: Path) -> Path:
    """The window as a PNG."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return write_atomically(path, bytes(buffer.data().data()))


def _rest(window: MainWindow) -> bool:
    """Charts start a moment after a change of size: wait, then for what they began."""
    loop = QEventLoop()
    QTimer.singleShot(QUIET, loop.quit)
    loop.exec()
    return _wait(lambda: window.desk.tasks.is_idle)


def _wait(until: Callable[[], bool]) -> bool:
    """Run the event loop until something holds; False when it took too long."""
    loop, look = QEventLoop(), QTimer()
    end = time.monotonic() + LONGEST
    look.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
    look.start(POLL)
    loop.exec()
    look.stop()
    return until()
