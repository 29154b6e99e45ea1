"""The ballot under way beside the running tallies: an item a row, its answer, and what it has so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.i18n import _
from okr_desk.survey_terms import LEVELS, UNSURE
from okr_desk.ui import theme
from okr_desk.ui.models.ballot_sitting import BLANK
from okr_desk.ui.models.score_figures import room

ANSWER, ITEM, FIRST = 0, 1, 2
ROW = 1.7
"""Height of a row in lines of text."""


def answer_words() -> dict[str, str]:
    """What each key says, in the order of the paper."""
    words = {str(place): _(level) for place, level in enumerate(LEVELS, 1)}
    return words | {"0": _(UNSURE), BLANK: _("漏选")}


class BallotGrid(QTableWidget):
    """Only shows; keys are heard by the place around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        words = answer_words()
        heads = [_("本份"), _("题目"), *words.values()]
        super().__init__(0, len(heads), parent)
        self.setHorizontalHeaderLabels(heads)
        self.setAccessibleName(_("本份答卷和累计票数"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        header = self.horizontalHeader()
        header.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.span(self, 3))
        self.setColumnWidth(ANSWER, theme.span(self, room(*words.values()) + 1.6))
        for at, word in enumerate(words.values(), FIRST):
            self.setColumnWidth(at, theme.span(self, max(room(word), 3.4)))
            self.horizontalHeaderItem(at).setTextAlignment(_RIGHT)
        for at in (ITEM, ANSWER):
            self.horizontalHeaderItem(at).setTextAlignment(_LEFT)

    def show_items(self, texts: Sequence[str]) -> None:
        """The items of the paper in order."""
        self.setRowCount(len(texts))
        for row, text in enumerate(texts):
            for column in range(self.columnCount()):
                item = QTableWidgetItem(f"{row + 1}. {text}" if column == ITEM else "")
                item.setTextAlignment(_LEFT if column < FIRST else _RIGHT)
                if column == ITEM:
                    item.setToolTip(text)
                self.setItem(row, column, item)

    def show_state(self, current: str, tallies: Sequence[Sequence[int]]) -> None:
        """The answers of the ballot under way and the counts; the row that is asked now is set off."""
        words = answer_words()
        bold = theme.font("body", bold=True)
        for row in range(self.rowCount()):
            is_now = row == len(current)
            said = f"{current[row]} {words[current[row]]}" if row < len(current) else ("▸" if is_now else "")
            for column in range(self.columnCount()):
                item = self.item(row, column)
                if column == ITEM:
                    item.setFont(bold if is_now else theme.font())
                elif column == ANSWER:
                    item.setText(said)
                    item.setFont(bold)
                else:
                    count = tallies[row][column - FIRST]
                    item.setText(str(count) if count else "")
        self.selectRow(len(current))
        self.scrollTo(self.model().index(len(current), ITEM))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()  # a click belongs to the place around, which takes the focus


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
