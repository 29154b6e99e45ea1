"""The grid of a count sheet: an item a row, a level a column; sums are checked while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.surveys import ItemView
from okr_desk.rules.ballots import CountLineDraft
from okr_desk.survey_terms import LEVELS
from okr_desk.ui import placing, theme
from okr_desk.ui.models.score_figures import room
from okr_desk.ui.widgets.ballot_grid import answer_words

ITEM, FIRST = 0, 1
COUNTS = len(LEVELS) + 2
SUM = FIRST + COUNTS
ROW = 1.6
"""Height of a row in lines of text."""
BESIDE = 19
"""Lines of text that the rest of the dialog takes."""
LEAST = 3
WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class CountGrid(QTableWidget):
    """Counts by item; an empty cell is 0. `typed` tells every change by a person."""

    typed = Signal()

    def __init__(self, items: Sequence[ItemView], parent: QWidget | None = None) -> None:
        words = list(answer_words().values())
        super().__init__(len(items), SUM + 1, parent)
        self.views = tuple(items)
        self.setHorizontalHeaderLabels([_("题目"), *words, _("合计")])
        self.setAccessibleName(_("逐题票数"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(True)
        header = self.horizontalHeader()
        header.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.span(self, 3))
        for column, word in enumerate(words, FIRST):
            self.setColumnWidth(column, theme.span(self, max(room(word), 3.4)))
            self.horizontalHeaderItem(column).setTextAlignment(_RIGHT)
        self.setColumnWidth(SUM, theme.span(self, room("000 ≠ 000")))
        for column in (ITEM, SUM):
            self.horizontalHeaderItem(column).setTextAlignment(_LEFT if column == ITEM else _RIGHT)
        with QSignalBlocker(self):
            self._fill()
        self.itemChanged.connect(lambda _item: self.typed.emit())
        most = max(placing.height_beside(self, BESIDE), self._room(LEAST))
        self.setMinimumHeight(min(self._room(len(items)), most))
        self.setCurrentCell(0, FIRST)

    def put(self, row: int, *counts: str) -> None:
        """Type counts into a row from the best level on."""
        for column, text in enumerate(counts, FIRST):
            self.item(row, column).setText(text)

    def line(self, row: int) -> CountLineDraft:
        """The counts of an item. Raises InputRefused for what is no whole number, naming the item."""
        numbers = [self._number(row, column) for column in range(FIRST, FIRST + COUNTS)]
        levels = tuple(numbers[: len(LEVELS)])
        return CountLineDraft(self.views[row].id, levels, numbers[len(LEVELS)], numbers[len(LEVELS) + 1])

    def lines(self) -> tuple[CountLineDraft, ...]:
        """All items in order; raises as `line` does."""
        return tuple(self.line(row) for row in range(self.rowCount()))

    def show_sums(self, valid: int | None) -> list[str]:
        """Each row's sum beside the valid ballots; the sentences of those that do not fit."""
        said = []
        with QSignalBlocker(self):
            for row in range(self.rowCount()):
                words, sentence = self._checked(row, valid)
                item = self.item(row, SUM)
                item.setText(words)
                item.setToolTip(sentence)
                item.setForeground(theme.colour("bad_text" if sentence else "text"))
                if sentence:
                    said.append(sentence)
        self.viewport().update()
        return said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif event.key() == Qt.Key.Key_Delete:
            for index in self.selectedIndexes():
                if FIRST <= index.column() < SUM:
                    self.item(index.row(), index.column()).setText("")
        else:
            super().keyPressEvent(event)

    # Inside

    def _fill(self) -> None:
        for row, view in enumerate(self.views):
            for column in range(self.columnCount()):
                item = QTableWidgetItem(f"{row + 1}. {view.text}" if column == ITEM else "")
                item.setTextAlignment(_LEFT if column == ITEM else _RIGHT)
                if column in (ITEM, SUM):
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                if column == ITEM:
                    item.setToolTip(view.text)
                self.setItem(row, column, item)

    def _checked(self, row: int, valid: int | None) -> tuple[str, str]:
        if not any(self._text(row, column) for column in range(FIRST, SUM)):
            return "", ""
        try:
            line = self.line(row)
        except InputRefused as refusal:
            return "", refusal.sentence
        found = sum(line.counts) + line.unsure + line.blank
        if valid is None or found == valid:
            return str(found), ""
        said = _("第 {place} 题各档加起来是 {found} 份，与有效 {valid} 份不符，请核对。")
        return f"{found} ≠ {valid}", said.format(place=row + 1, found=found, valid=valid)

    def _number(self, row: int, column: int) -> int:
        text = self._text(row, column)
        if not text:
            return 0
        if not text.isdecimal():
            said = _("第 {place} 题“{level}”写着“{text}”，请填票数。")
            level = self.horizontalHeaderItem(column).text()
            raise InputRefused(said.format(place=row + 1, level=level, text=text), "lines")
        return int(text)

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return "" if item is None else item.text().strip().translate(WIDE_DIGITS)

    def _paste(self, text: str) -> None:
        top, left = max(self.currentRow(), 0), max(self.currentColumn(), FIRST)
        with QSignalBlocker(self):
            for down, line in enumerate(text.rstrip("\n").split("\n")):
                for along, cell in enumerate(line.rstrip("\r").split("\t")):
                    if top + down < self.rowCount() and left + along < SUM:
                        self.item(top + down, left + along).setText(cell.strip())
        self.typed.emit()

    def _room(self, rows: int) -> int:
        head = self.horizontalHeader().sizeHint().height()
        return head + round(theme.line_height() * ROW) * rows + 2 * self.frameWidth() + 2


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
