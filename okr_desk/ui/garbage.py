"""Python's garbage is collected on the main thread only.

Automatic collection runs on whichever thread happens to allocate. A closed dialog that is part of a reference cycle
would then be destroyed by a worker, and Qt widgets must not be: the program would crash.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1_000
"""Milliseconds between two looks."""
ENOUGH = (20_000, 20, 50)
"""New objects, and collections of the younger generations, after which a generation is looked through."""


class Garbage(QObject):
    """Takes the place of automatic collection for as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int | None:
        """Collect the oldest generation that has enough to look through; which one, None where none has."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > ENOUGH[generation]:
                gc.collect(generation)
                return generation
        return None
