"""A closed dialog that hangs in a cycle dies on the main thread, however much a worker allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from okr_desk.ui.desk import Desk
from okr_desk.ui.garbage import ENOUGH, Garbage


class Closed(QDialog):
    """A dialog that refers to itself, as one with slots of its own does."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def allocate() -> None:
    """Far more new objects than automatic collection would let pass."""
    kept: list[list[object]] = []
    for _round in range(300_000):
        kept.append([kept])


def test_a_worker_never_destroys_a_widget(desk: Desk, idle: Callable[[Desk], None], collector: Garbage) -> None:
    died: list[threading.Thread] = []
    gone = Closed()
    weakref.finalize(gone, lambda: died.append(threading.current_thread()))
    del gone
    desk.tasks.run(allocate)
    idle(desk)
    assert died in ([], [threading.main_thread()])
    gc.collect()
    assert died == [threading.main_thread()]


def test_it_looks_when_there_is_enough(collector: Garbage) -> None:
    gc.collect()
    assert collector.look() is None
    kept = [[] for _place in range(ENOUGH[0] + 5_000)]  # type: ignore[var-annotated]
    assert collector.look() == 0 and len(kept) > ENOUGH[0]
    assert not gc.isenabled()
