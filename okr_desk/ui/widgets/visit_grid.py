"""Households down, months across: the days of visits as they are typed; Enter goes down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.households import HouseholdView
from okr_desk.rules.households import MonthDraft, MonthRefused, typed_days
from okr_desk.terms import label
from okr_desk.ui import theme

LABEL, HEAD, KIND, KEEPER, FIRST = range(5)
MONTHS = 3
ROW = 1.6
"""Height of a row in lines of text."""


class VisitGrid(QTableWidget):
    """What was typed stays when the same households are shown again; `typed` tells every change by a person.

    A month that owes no visit is grey; one that lies ahead takes nothing.
    """

    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, FIRST + MONTHS, parent)
        self.views: tuple[HouseholdView, ...] = ()
        self._year = 0
        self._pending: dict[tuple[int, int], str] = {}
        self._editable = False
        self.setAccessibleName(_("走访登记"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(True)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for column, wide in ((LABEL, 6.5), (HEAD, 5.5), (KIND, 5), (KEEPER, 6)):
            self.setColumnWidth(column, theme.span(self, wide))
        for column in range(FIRST, FIRST + MONTHS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.itemChanged.connect(self._changed)

    @property
    def count(self) -> int:
        """How many cells are typed and not saved."""
        return len(self._pending)

    def show_households(
        self,
        of: Sequence[HouseholdView],
        year: int,
        today: date,
        name_of: Callable[[int | None], str],
        editable: bool,
    ) -> None:
        """Show households with the months of their quarter."""
        kept = (self.currentRow(), self.currentColumn())
        self.views, self._year, self._editable = tuple(of), year, editable
        months = [one.month for one in self.views[0].months] if self.views else []
        heads = [_("门牌"), _("户主"), _("类别"), _("联系党员")]
        heads += [_("{month}月走访").format(month=month) for month in months] or [""] * MONTHS
        with QSignalBlocker(self):
            self.setRowCount(len(self.views))
            self.setHorizontalHeaderLabels(heads)
            for column in range(self.columnCount()):
                self.horizontalHeaderItem(column).setTextAlignment(_LEFT)
            for row, one in enumerate(self.views):
                self._fill(row, one, today, name_of)
        if self.views:
            row = min(max(kept[0], 0), len(self.views) - 1)
            self.setCurrentCell(row, kept[1] if kept[1] >= FIRST else self._usual(today))

    def current(self) -> HouseholdView | None:
        """The household under the cursor."""
        row = self.currentRow()
        return self.views[row] if 0 <= row < len(self.views) else None

    def put(self, row: int, place: int, text: str) -> None:
        """Type into a household's month (0, 1 or 2)."""
        self.item(row, FIRST + place).setText(text)

    def drafts(self) -> tuple[MonthDraft, ...]:
        """The months that were typed. Raises InputRefused at the first that is no day, with its household."""
        found = []
        for (household_id, month), text in self._pending.items():
            try:
                days = typed_days(text, self._year, month)
            except InputRefused as refusal:
                name = next((one.label for one in self.views if one.id == household_id), "")
                raise MonthRefused(household_id, month, name, refusal) from refusal
            found.append(MonthDraft(household_id, self._year, month, days))
        return tuple(found)

    def go_to(self, household_id: int, month: int) -> None:
        """Put the cursor into a household's month, where it is shown."""
        for row, one in enumerate(self.views):
            for place, each in enumerate(one.months):
                if (one.id, each.month) == (household_id, month):
                    self.setCurrentCell(row, FIRST + place)
                    self.setFocus()

    def forget(self, sent: Sequence[MonthDraft] | None = None) -> None:
        """What was saved is typed no longer; None: everything."""
        if sent is None:
            self._pending.clear()
        for one in sent or ():
            self._pending.pop((one.household_id, one.month), None)
        self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            for index in self.selectedIndexes():
                item = self.item(index.row(), index.column())
                if item.flags() & Qt.ItemFlag.ItemIsEditable:
                    item.setText("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()  # with a cell open the key comes here too, and goes down when the cell is closed
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    # Inside

    def _fill(self, row: int, one: HouseholdView, today: date, name_of: Callable[[int | None], str]) -> None:
        keeper = name_of(one.member_id) or _("（没有）")
        for column, text in ((LABEL, one.label), (HEAD, one.head), (KIND, label(one.kind)), (KEEPER, keeper)):
            item = QTableWidgetItem(text)
            item.setFlags(_SHOWN)
            self.setItem(row, column, item)
        for place, month in enumerate(one.months):
            stands = " ".join(str(day) for day in month.days)
            item = QTableWidgetItem(self._pending.get((one.id, month.month), stands))
            ahead = date(self._year, month.month, 1) > today
            may = self._editable and not ahead and (month.is_due or one.member_id is not None)
            item.setFlags(_SHOWN | Qt.ItemFlag.ItemIsEditable if may else _SHOWN)
            if not may and not stands:
                item.setForeground(theme.colour("text_faint"))
                item.setText("" if ahead else "—")
            item.setToolTip("\n".join(f"{visit.visited_on} {visit.what}".strip() for visit in month.visits))
            if (one.id, month.month) in self._pending:
                self._mark(item, True)
            self.setItem(row, FIRST + place, item)

    def _changed(self, item: QTableWidgetItem) -> None:
        if item.column() < FIRST:
            return
        one = self.views[item.row()]
        month = one.months[item.column() - FIRST]
        stands = " ".join(str(day) for day in month.days)
        text = item.text().strip()
        if text == stands:
            self._pending.pop((one.id, month.month), None)
        else:
            self._pending[one.id, month.month] = text
        with QSignalBlocker(self):
            self._mark(item, text != stands)
        self.typed.emit()

    def _mark(self, item: QTableWidgetItem, is_new: bool) -> None:
        font = item.font()
        font.setBold(is_new)
        item.setFont(font)

    def _down(self) -> None:
        row, column = self.currentRow(), max(self.currentColumn(), FIRST)
        for after in range(row + 1, self.rowCount()):
            if self.item(after, column).flags() & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentCell(after, column)
                return

    def _usual(self, today: date) -> int:
        months = [one.month for one in self.views[0].months]
        return FIRST + (months.index(today.month) if today.month in months and today.year == self._year else MONTHS - 1)

    def _paste(self, text: str) -> None:
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), FIRST)
        for down, line in enumerate(text.rstrip("\n").split("\n")):
            for along, cell in enumerate(line.rstrip("\r").split("\t")):
                if top + down < self.rowCount() and left + along < self.columnCount():
                    item = self.item(top + down, left + along)
                    if item.flags() & Qt.ItemFlag.ItemIsEditable:
                        item.setText(cell.strip())


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
