"""Branches by groups: how many people, how many asked. Pastes what a workbook has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.surveys import GroupView, PopulationView
from okr_desk.rules.surveys import PopulationDraft, check_population
from okr_desk.ui import placing, theme
from okr_desk.ui.models.score_figures import room
from okr_desk.ui.widgets.count_grid import WIDE_DIGITS

ROW = 1.6
"""Height of a row in lines of text."""
LINES = 14
"""Rows seen without scrolling where the screen has room."""
BESIDE = 13
"""Lines of text that the rest of the dialog takes."""


class PopulationGrid(QTableWidget):
    """For all people together and for each group two columns, people and asked; empty is not known."""

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
        super().__init__(len(self.branches), 2 * len(names), parent)
        heads = [f"{name}\n{what}" for name in names for what in (_("人数"), _("发放"))]
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
        self.setMinimumHeight(min(high, placing.height_beside(self, BESIDE)))
        stood = {(one.org_id, one.group_id): (one.population, one.invited) for one in known}
        self._stood = stood
        with QSignalBlocker(self):
            for row, org in enumerate(self.branches):
                for place, group_id in enumerate(self.groups):
                    for half, count in enumerate(stood.get((org.id, group_id), (None, None))):
                        item = QTableWidgetItem("" if count is None else str(count))
                        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                        self.setItem(row, 2 * place + half, item)
        self.itemChanged.connect(lambda _item: self.typed.emit())

    def put(self, row: int, column: int, *texts: str) -> None:
        """Type texts into a row from a column on."""
        for along, text in enumerate(texts):
            self.item(row, column + along).setText(text)

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
                self.item(index.row(), index.column()).setText("")
        else:
            super().keyPressEvent(event)

    def paste(self, text: str) -> None:
        """A block copied from a workbook; a first column of names finds its branches, whatever the order."""
        lines = [line.rstrip("\r").split("\t") for line in text.rstrip("\n").split("\n")]
        names = {self._plain(one.short_name): row for row, one in enumerate(self.branches)}
        named = any(self._plain(cells[0]) in names for cells in lines if len(cells) > 1)
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), 0)
        with QSignalBlocker(self):
            for down, cells in enumerate(lines):
                row = names.get(self._plain(cells[0]), -1) if named else top + down
                for along, cell in enumerate(cells[1:] if named else cells):
                    if 0 <= row < self.rowCount() and left + along < self.columnCount():
                        self.item(row, left + along).setText(cell.strip())
        self.typed.emit()

    # Inside

    def _draft(self, row: int, org: OrgView, place: int) -> PopulationDraft:
        people, asked = (self._number(row, 2 * place + half, org) for half in (0, 1))
        draft = PopulationDraft(org.id, self.groups[place], people, asked)
        try:
            check_population(draft)
        except InputRefused as refusal:
            self.setCurrentCell(row, 2 * place)
            said = _("{org}：{said}").format(org=org.short_name, said=refusal.sentence)
            raise InputRefused(said, "populations") from refusal
        return draft

    def _differs(self, draft: PopulationDraft) -> bool:
        before = self._stood.get((draft.org_id, draft.group_id), (None, None))
        return before != (draft.population, draft.invited)

    def _number(self, row: int, column: int, org: OrgView) -> int | None:
        text = self.item(row, column).text().strip().translate(WIDE_DIGITS).replace(",", "")
        if not text:
            return None
        if not text.isdecimal():
            self.setCurrentCell(row, column)
            said = _("{org}写着“{text}”，请填人数；不清楚的留空。")
            raise InputRefused(said.format(org=org.short_name, text=text), "populations")
        return int(text)

    def _plain(self, name: str) -> str:
        return name.strip().removesuffix("党支部")
