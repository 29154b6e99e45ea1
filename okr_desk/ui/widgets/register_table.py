"""A tab with one table of a register: its branch column only where there are several, its tools only where allowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.register_marks import RegisterLook
from okr_desk.ui.widgets.score_sheet import Nothing, Place
from okr_desk.ui.widgets.table import Table

BRANCH = 0
"""The column of the branch stands first in every register."""


class RegisterTable(Place):
    """`allowed(row)` of a tool says whether it can be used on the row under the cursor."""

    def __init__(self, desk: Desk, columns: Sequence[Column], name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table(desk, columns, name, title, self)
        self.table.view.setItemDelegate(RegisterLook(self.table.view))
        self.foot = QLabel(self)
        self.foot.setWordWrap(True)
        self.foot.hide()
        self.list = Place(self)
        self.list.layout_.setContentsMargins(0, 0, 0, 0)
        self.list.layout_.addWidget(self.table)
        self.layout_.addWidget(self.list, 1)
        self.layout_.addWidget(self.foot)
        self._tools: list[tuple[QPushButton, Callable[[Any], bool]]] = []
        self._may = False
        self.table.marked.connect(lambda _row: self.follow())

    def add_tool(
        self, words: str, icon: str, slot: Callable[[], object], allowed: Callable[[Any], bool]
    ) -> QPushButton:
        """A quiet button for the row under the cursor; the first added stands rightmost."""
        button = self.table.add_tool(words, icon, slot)
        self._tools.append((button, allowed))
        return button

    def show_rows(
        self, rows: Sequence[Any], *, several: bool, may: bool, foot: str = "", nothing: Nothing | None = None
    ) -> None:
        """Show rows; the cursor stands on the first one. Without any it says `nothing`, below the line to type into."""
        self._may = may
        self.table.hide_column(BRANCH, not several)
        self.table.set_rows(rows)
        self.foot.setText(foot)
        self.foot.setVisible(bool(foot))
        if rows and not self.table.view.currentIndex().isValid():
            self.table.view.setCurrentIndex(self.table.sieve.index(0, 0 if several else 1))
        self.setCurrentWidget(self.content)
        if nothing is not None:
            self.list.show_rows_or(rows, nothing)
        self.follow()

    def current(self) -> Any | None:
        """The row under the cursor."""
        return self.table.current()

    def follow(self) -> None:
        """Only what can be done with the row under the cursor."""
        row = self.current()
        for button, allowed in self._tools:
            button.setVisible(self._may)
            button.setEnabled(self._may and row is not None and allowed(row))
