"""One signal for everything that a write has changed; each screen compares with its own topics."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """`changed` carries the `Changes` of one committed write, on the main thread."""

    changed = Signal(object)
