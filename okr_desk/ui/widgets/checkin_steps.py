"""Typing into the check-in table as steps that can be taken back until they are saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from okr_desk.ui.models.check_in_drafts import Entry
from okr_desk.ui.widgets.checkin_grid import CheckInTable


class Typing(QUndoCommand):
    """One or several rows typed, pasted or confirmed at once."""

    def __init__(
        self, put: Callable[[dict[int, Entry]], object], table: CheckInTable, after: dict[int, Entry], text: str
    ) -> None:
        super().__init__(text)
        self._put, self._table, self._after = put, table, after
        self._before = {row: table.grid.entry(row) for row in after}

    def redo(self) -> None:
        self._put(self._after)

    def undo(self) -> None:
        self._put(self._before)
        self._table.go_to(next(iter(self._before)), max(self._table.currentIndex().column(), 0))
