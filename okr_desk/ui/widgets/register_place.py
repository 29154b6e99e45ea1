"""A tab that takes entries on one line: who stands how at the left, what was entered at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QWidget

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.household_rows import EntryRow
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.entry_lines import EntryLine
from okr_desk.ui.widgets.score_sheet import Nothing, Place
from okr_desk.ui.widgets.table import Table


class RegisterPlace(Place):
    """`taken_back` tells the entries that are to be withdrawn."""

    taken_back = Signal(object)

    def __init__(
        self,
        desk: Desk,
        line: EntryLine,
        people: tuple[Sequence[Column], str, str],
        entries: tuple[Sequence[Column], str, str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.line = line
        self.refusal = QLabel(self)
        self.refusal.setProperty("refusal", True)
        self.refusal.setWordWrap(True)
        self.refusal.hide()
        self.people = Table(desk, *people, self)
        self.entries = Table(desk, *entries, self)
        self.back_button = self.entries.add_tool(_("撤回"), "undo", self.take_back)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.gap(0.7))
        self.places = Place(self), Place(self)
        for table, place in zip((self.people, self.entries), self.places, strict=True):
            table.view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * 1.6))
            place.layout_.setContentsMargins(0, 0, 0, 0)
            place.layout_.addWidget(table)
            self.split.addWidget(place)
        self.split.setSizes([650, 500])
        self.layout_.addWidget(self.line)
        self.layout_.addWidget(self.refusal)
        self.layout_.addWidget(self.split, 1)
        self.entries.view.selectionModel().selectionChanged.connect(lambda *_args: self._follow())
        self._may = False

    def show_rows(
        self, people: Sequence[Any], entries: Sequence[EntryRow], may_enter: bool, nobody: Nothing, nothing: Nothing
    ) -> None:
        """Show who stands how, and what was entered, the newest first; `nobody` and `nothing` where there is none."""
        self._may = may_enter
        self.line.setVisible(may_enter)
        self.people.set_rows(people)
        self.entries.set_rows(list(reversed(entries)))
        for place, rows, said in zip(self.places, (people, entries), (nobody, nothing), strict=True):
            place.show_rows_or(rows, said)
        self.setCurrentWidget(self.content)
        self._follow()

    def take_back(self) -> None:
        """Withdraw the entries selected."""
        rows = self.entries.selected()
        if rows and self._may:
            self.taken_back.emit(rows)

    def refuse(self, error: Exception) -> None:
        """The sentence under the line, the cursor at its field; nothing typed is lost."""
        self.refusal.setText(str(error))
        self.refusal.show()
        self.line.refuse(error)

    def clear_refusal(self) -> None:
        """Before the next try."""
        self.refusal.hide()
        self.line.clear_marks()

    def _follow(self) -> None:
        self.back_button.setEnabled(self._may and bool(self.entries.selected()))
