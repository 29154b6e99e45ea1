"""Cells of a ledger that are typed in place: a proposal is faint until something is typed beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.duty_registers import Period
from okr_desk.rules.duties import RegisterDraft, check_register
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, label
from okr_desk.ui import theme
from okr_desk.ui.dialogs.fields import optional_number

ROW = 1.36
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
COUNTS = ("due", "done")
AMOUNTS = ("amount_due", "amount_done")


@dataclass(frozen=True)
class EnteredBy:
    """Who reported and on what, where the office enters for a branch; the reason that a frozen quarter needs."""

    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


@dataclass(frozen=True)
class Spot:
    """What a cell holds: a field of one period."""

    period: Period
    field: str

    @property
    def said(self) -> str:
        """What stands there."""
        value = getattr(self.period.line, self.field) if self.period.line is not None else None
        return "" if value is None else plain(Decimal(value))

    @property
    def usual(self) -> str:
        """What is proposed where nothing stands: how many are due by the roster."""
        usual = self.period.usual_due
        return str(usual) if self.field == "due" and self.period.line is None and usual is not None else ""


class LedgerGrid(QTableWidget):
    """Cells of periods. A proposal is faint until something is typed beside it. `typed` tells every change.

    Each period has a note too, which is typed elsewhere: `stood` tells the period under the cursor.
    """

    typed = Signal()
    stood = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spots: dict[tuple[int, int], Spot] = {}
        self._notes: dict[int, str] = {}
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(theme.span(self, 3.4))
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.verticalHeader().setObjectName("row_names")
        self.itemChanged.connect(self._changed)
        self.currentCellChanged.connect(lambda *_cells: self.stood.emit(self.period))

    def show_spots(self, rows: Sequence[tuple[str, Sequence[Spot]]], heads: Sequence[str], is_open: bool) -> None:
        """Show rows of cells, all equally long."""
        with QSignalBlocker(self):
            self.setRowCount(len(rows))
            self.setColumnCount(len(heads))
            self.setHorizontalHeaderLabels(list(heads))
            self.setVerticalHeaderLabels([words for words, _spots in rows])
            for column in range(len(heads)):
                self.horizontalHeaderItem(column).setTextAlignment(_RIGHT)
            self._notes.clear()
            self._spots = {(y, x): spot for y, (_words, spots) in enumerate(rows) for x, spot in enumerate(spots)}
            for (y, x), spot in self._spots.items():
                self.setItem(y, x, self._item(spot, is_open))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + round(theme.line_height() * ROW) * len(rows) + 2 * self.frameWidth() + 2)

    def put(self, row: int, column: int, *texts: str) -> None:
        """Type texts into a row from a column on."""
        for along, text in enumerate(texts):
            self.item(row, column + along).setText(text)

    def drafts(self, org_id: int, year: int, by: EnteredBy) -> list[RegisterDraft]:
        """The periods in which something was typed that does not stand so. Raises InputRefused at the first cell."""
        periods: dict[int, dict[str, tuple[int, int]]] = {}
        of: dict[int, Period] = {}
        for place, spot in self._spots.items():
            periods.setdefault(id(spot.period), {})[spot.field] = place
            of[id(spot.period)] = spot.period
        found = []
        for key, places in periods.items():
            draft = self._draft(of[key], places, org_id, year, by)
            if draft is not None:
                found.append(draft)
        return found

    def is_typed(self) -> bool:
        """Whether anything differs from what stands."""
        return bool(self._notes) or any(
            self._text(place) not in (spot.said, spot.usual) for place, spot in self._spots.items()
        )

    @property
    def period(self) -> Period | None:
        """The period under the cursor."""
        spot = self._spots.get((self.currentRow(), self.currentColumn()))
        return None if spot is None else spot.period

    def note_of(self, period: Period) -> str:
        """The note of a period: as it was typed, else as it stands."""
        return self._notes.get(id(period), "" if period.line is None else period.line.note)

    def type_note(self, text: str) -> None:
        """Take a note for the period under the cursor; it goes with its numbers."""
        if self.period is None:
            return
        self._notes.pop(id(self.period), None)
        if text.strip() != self.note_of(self.period):
            self._notes[id(self.period)] = text.strip()
        self.typed.emit()

    def go_to_typed(self, quarters: Collection[int]) -> bool:
        """Put the cursor into the first cell of these quarters in which something was typed; whether there is one."""
        for place, spot in self._spots.items():
            if spot.period.quarter in quarters and self._text(place) not in (spot.said, spot.usual):
                self.setCurrentCell(*place)
                self.setFocus()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            for index in self.selectedIndexes():
                self.item(index.row(), index.column()).setText("")
        else:
            super().keyPressEvent(event)

    # Inside

    def _item(self, spot: Spot, is_open: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(spot.said or spot.usual)
        item.setToolTip(self.note_of(spot.period))
        item.setTextAlignment(_RIGHT)
        if not spot.said:
            item.setForeground(theme.colour("text_faint"))
        if not (is_open and spot.period.is_begun):
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if not spot.said:
                item.setText("")
        return item

    def _changed(self, item: QTableWidgetItem) -> None:
        with QSignalBlocker(self):
            item.setForeground(theme.colour("text"))
            item.setToolTip("")
        self.typed.emit()

    def _draft(
        self, period: Period, places: dict[str, tuple[int, int]], org_id: int, year: int, by: EnteredBy
    ) -> RegisterDraft | None:
        texts = {field: self._text(place) for field, place in places.items()}
        spots = {field: self._spots[place] for field, place in places.items()}
        note = self.note_of(period)
        is_noted = id(period) in self._notes and (period.line is not None or bool(note))
        only_proposed = all(text in ("", spots[field].usual) for field, text in texts.items())
        as_stood = all(text == spots[field].said for field, text in texts.items())
        if not is_noted and (as_stood or (period.line is None and only_proposed)):
            return None
        named = label(period.kind)
        values = {field: self._number(places[field], field, named) for field in texts}
        blank = values["done"] is None and (values["due"] is None or not period.line)
        draft = RegisterDraft(
            org_id,
            period.kind,
            year,
            period.quarter,
            period.month,
            None if blank else _whole(values["due"]),
            None if blank else _whole(values["done"]),
            values.get("amount_due"),
            values.get("amount_done"),
            note,
            by.reported_by,
            by.basis,
            by.reason,
        )
        if not draft.is_blank or (is_noted and note):
            self._check(draft, places)
        return draft

    def _check(self, draft: RegisterDraft, places: dict[str, tuple[int, int]]) -> None:
        """Numbers that cannot be are refused here already, where the cell is known; it keeps the sentence as a hint."""
        try:
            check_register(draft)
        except InputRefused as refusal:
            place = places.get(refusal.field, places["done"])
            item = self.item(*place)
            with QSignalBlocker(self):
                item.setForeground(theme.colour("bad_text"))
                item.setToolTip(refusal.sentence)
            self.setCurrentCell(*place)
            self.setFocus()
            raise

    def _number(self, place: tuple[int, int], field: str, name: str) -> Decimal | None:
        text = self._text(place)
        try:
            found = optional_number(text, field, name)
            if found is not None and field in COUNTS and found != found.to_integral_value():
                raise InputRefused(_("{name}写着“{text}”，请填整数。").format(name=name, text=text), field)
        except InputRefused:
            self.setCurrentCell(*place)
            self.setFocus()
            raise
        return found

    def _text(self, place: tuple[int, int]) -> str:
        item = self.item(*place)
        return "" if item is None else item.text().strip()

    def _paste(self, text: str) -> None:
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        for down, line in enumerate(text.rstrip("\n").split("\n")):
            for along, cell in enumerate(line.rstrip("\r").split("\t")):
                item = self.item(top + down, left + along)
                if item is not None and item.flags() & Qt.ItemFlag.ItemIsEditable:
                    item.setText(cell.strip())


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)
