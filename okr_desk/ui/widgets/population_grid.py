"""Branches by groups: how many people, how many to ask by the usual plan, how many asked. Pastes a workbook's block."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.orgs import name_key
from okr_desk.queries.surveys import GroupView, PopulationView
from okr_desk.rules.surveys import PopulationDraft, check_population
from okr_desk.scoring.invitations import invitations
from okr_desk.ui import placing, theme
from okr_desk.ui.models.score_figures import room
from okr_desk.ui.widgets.count_grid import WIDE_DIGITS

ROW = 1.6
"""Height of a row in lines of text."""
LINES = 14
"""Rows seen without scrolling where the screen has room."""
MOST_PEOPLE = 1_000_000
"""People of a branch at most: more is a slip of the hand, and nothing is suggested for it."""
BESIDE = 15
"""Lines of text that the rest of the dialog takes."""


PARTS = 3
"""Columns of a group: people, suggested, asked. What is typed and pasted goes into the first and the last."""
PEOPLE, SUGGESTED, ASKED = range(PARTS)
_HALVES = (PEOPLE, ASKED)


class PopulationGrid(QTableWidget):
    """For all people together and for each group people, ballots suggested and asked; empty is not known.

    `take_over` puts what is suggested where nobody has said how many were asked; `stack` undoes it.
    """

    typed = Signal()

    def __init__(
        self,
        branches: Sequence[OrgView],
        groups: Sequence[GroupView],
        known: Sequence[PopulationView],
        parent: QWidget | None = None,
    ) -> None:
        self.branches, self.groups = tuple(branches), (None, *(group.id for group in groups))
        names = [_("全部"), *(group.name for group in groups)]
        super().__init__(len(self.branches), PARTS * len(names), parent)
        self.response = Decimal(1)
        self.stack = QUndoStack(self)
        heads = [f"{name}\n{what}" for name in names for what in (_("人数"), _("建议发放"), _("发放"))]
        self.setHorizontalHeaderLabels(heads)
        self.setVerticalHeaderLabels([one.short_name for one in self.branches])
        self.setAccessibleName(_("各支部人数和发放数"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.verticalHeader().setObjectName("row_names")
        for column, head in enumerate(heads):
            self.setColumnWidth(column, theme.span(self, max(room(*head.split("\n")), 4.6)))
        rows = min(max(len(self.branches), 3), LINES)
        high = round(theme.line_height() * ROW * rows + self.horizontalHeader().sizeHint().height()) + 4
        high += self.horizontalScrollBar().sizeHint().height()
        self.setMinimumHeight(min(high, placing.height_beside(self, BESIDE)))
        stood = {(one.org_id, one.group_id): (one.population, one.invited) for one in known}
        self._stood = stood
        with QSignalBlocker(self):
            for row, org in enumerate(self.branches):
                for place, group_id in enumerate(self.groups):
                    for half, count in enumerate(stood.get((org.id, group_id), (None, None))):
                        item = QTableWidgetItem("" if count is None else str(count))
                        item.setTextAlignment(_RIGHT)
                        self.setItem(row, PARTS * place + _HALVES[half], item)
                    self.setItem(row, PARTS * place + SUGGESTED, _suggestion())
        self.itemChanged.connect(self._changed)

    def put(self, row: int, place: int, *texts: str) -> None:
        """Type texts into a row, from a place on that counts only what is typed: people and asked of each group."""
        for along, text in enumerate(texts):
            self.item(row, _column(place + along)).setText(text)

    def suggest(self, response: Decimal) -> None:
        """Say for every branch how many ballots to give out at this response."""
        self.response = response
        with QSignalBlocker(self):
            for row in range(self.rowCount()):
                self._suggest(row)

    def take_over(self) -> int:
        """Put what is suggested where the number asked is still empty, as one step that can be undone; how many."""
        empty = [
            (row, PARTS * place + ASKED, self.item(row, PARTS * place + SUGGESTED).text())
            for row in range(self.rowCount())
            for place in range(len(self.groups))
            if not self.item(row, PARTS * place + ASKED).text().strip()
        ]
        wanted = [one for one in empty if one[2]]
        if wanted:
            self.stack.push(_TakenOver(self, wanted))
        return len(wanted)

    def drafts(self) -> tuple[PopulationDraft, ...]:
        """The cells that differ from what stood. Raises InputRefused for the first that cannot be, with its branch."""
        found = []
        for row, org in enumerate(self.branches):
            own = [self._draft(row, org, place) for place in range(len(self.groups))]
            filled = [one for one in own if (one.population, one.invited) != (None, None)]
            if filled and filled[0].group_id is None and len(filled) > 1:
                self.setCurrentCell(row, 0)
                said = _("{org}既填了“全部”，又填了分人群的数，会重复计算，请只填一种。")
                raise InputRefused(said.format(org=org.short_name), "populations")
            found += [one for one in own if self._differs(one)]
        return tuple(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            for index in self.selectedIndexes():
                if index.column() % PARTS != SUGGESTED:
                    self.item(index.row(), index.column()).setText("")
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.stack.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.stack.redo()
        else:
            super().keyPressEvent(event)

    def paste(self, text: str) -> None:
        """A block copied from a workbook; a first column of names finds its branches, whatever the order."""
        lines = [line.rstrip("\r").split("\t") for line in text.rstrip("\n").split("\n")]
        names = {self._name(one.short_name): row for row, one in enumerate(self.branches)}
        named = any(self._name(cells[0]) in names for cells in lines if len(cells) > 1)
        top, left = max(self.currentRow(), 0), _place(max(self.currentColumn(), 0))
        most = len(_HALVES) * len(self.groups)
        with QSignalBlocker(self):
            for down, cells in enumerate(lines):
                row = names.get(self._name(cells[0]), -1) if named else top + down
                for along, cell in enumerate(cells[1:] if named else cells):
                    if 0 <= row < self.rowCount() and left + along < most:
                        self.item(row, _column(left + along)).setText(cell.strip())
        self.suggest(self.response)
        self.typed.emit()

    # Inside

    def _changed(self, item: QTableWidgetItem) -> None:
        with QSignalBlocker(self):
            self._suggest(item.row())
        self.typed.emit()

    def _suggest(self, row: int) -> None:
        """The ballots of each group with people, or of all together; nothing where a number cannot be read."""
        people = [self._people(row, place) for place in range(len(self.groups))]
        places = [0] if people[0] else [place for place, one in enumerate(people) if one]
        found = invitations([people[place] or 0 for place in places], self.response) if places else None
        for place in range(len(self.groups)):
            item = self.item(row, PARTS * place + SUGGESTED)
            item.setText("" if found is None or place not in places else str(found.given[places.index(place)]))
            item.setToolTip("" if found is None else "\n".join(found.steps))

    def _people(self, row: int, place: int) -> int | None:
        text = _plain(self.item(row, PARTS * place + PEOPLE).text())
        return int(text) if text.isdecimal() and 0 < int(text) <= MOST_PEOPLE else None

    def _draft(self, row: int, org: OrgView, place: int) -> PopulationDraft:
        people, asked = (self._number(row, PARTS * place + half, org) for half in _HALVES)
        draft = PopulationDraft(org.id, self.groups[place], people, asked)
        try:
            check_population(draft)
        except InputRefused as refusal:
            self.setCurrentCell(row, PARTS * place)
            said = _("{org}：{said}").format(org=org.short_name, said=refusal.sentence)
            raise InputRefused(said, "populations") from refusal
        return draft

    def _differs(self, draft: PopulationDraft) -> bool:
        before = self._stood.get((draft.org_id, draft.group_id), (None, None))
        return before != (draft.population, draft.invited)

    def _number(self, row: int, column: int, org: OrgView) -> int | None:
        text = _plain(self.item(row, column).text())
        if not text:
            return None
        if not text.isdecimal():
            self.setCurrentCell(row, column)
            said = _("{org}写着“{text}”，请填人数；不清楚的留空。")
            raise InputRefused(said.format(org=org.short_name, text=text), "populations")
        return int(text)

    def _name(self, name: str) -> str:
        return name_key(name).removesuffix(N_("党支部"))


class _TakenOver(QUndoCommand):
    """Numbers that were suggested stand as those asked."""

    def __init__(self, grid: PopulationGrid, cells: Sequence[tuple[int, int, str]]) -> None:
        super().__init__(_("采用建议发放"))
        self._grid, self._cells = grid, tuple(cells)

    def redo(self) -> None:
        self._put([text for _row, _column, text in self._cells])

    def undo(self) -> None:
        self._put([""] * len(self._cells))

    def _put(self, texts: Sequence[str]) -> None:
        with QSignalBlocker(self._grid):
            for (row, column, _text), text in zip(self._cells, texts, strict=True):
                self._grid.item(row, column).setText(text)
        self._grid.viewport().update()
        self._grid.typed.emit()


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _suggestion() -> QTableWidgetItem:
    """A cell to read, in quiet letters."""
    item = QTableWidgetItem("")
    item.setTextAlignment(_RIGHT)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setForeground(theme.colour("text_quiet"))
    return item


def _column(place: int) -> int:
    """The column of what is typed at a place: people and asked of each group, counted on."""
    return PARTS * (place // len(_HALVES)) + _HALVES[place % len(_HALVES)]


def _place(column: int) -> int:
    """The place at a column; that of the number asked for a suggestion."""
    return len(_HALVES) * (column // PARTS) + (0 if column % PARTS == PEOPLE else 1)


def _plain(text: str) -> str:
    return text.strip().translate(WIDE_DIGITS).replace(",", "")
