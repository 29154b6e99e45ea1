"""Tables of an import of answer sheets: what is asked, what each column is, which rows are marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from okr_desk.i18n import _
from okr_desk.rules.ballot_imports import BallotReading, ColumnUse, ImportDecisions, KnownRound, Marked, Question
from okr_desk.ui import theme
from okr_desk.ui.models.ballot_choices import Choice, choices, column_choices, role_words, where

MOST = 200
"""Lines with a field of their own at most; the rest waits until these are answered."""
ROW = 1.8


class _Lines(QTableWidget):
    """Read-only lines, some with a box to choose from."""

    def __init__(self, heads: Sequence[str], name: str, parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(0, len(heads), parent)
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        for column in range(len(heads)):
            self.horizontalHeaderItem(column).setTextAlignment(
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        self.verticalHeader().setMinimumSectionSize(round(theme.line_height() * ROW))
        if wraps:
            self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def put(self, row: int, texts: Sequence[str]) -> None:
        """Texts of one line, each also as its tip."""
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.setItem(row, column, item)

    def box(self, row: int, column: int, offered: Sequence[Choice], chosen: object, name: str) -> QComboBox:
        """A box in a cell; the first entry is 请选定 until something is chosen."""
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.addItem(_("请选定") if offered else _("不能导入"))
        for choice in offered:
            box.addItem(choice.words)
        place = next((n for n, choice in enumerate(offered, 1) if choice.value == chosen), 0)
        box.setCurrentIndex(place)
        self.setCellWidget(row, column, box)
        return box


_NOTHING = object()


class QuestionLines(_Lines):
    """Questions with a box each. `answered` tells the question and the value."""

    answered = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        heads = (_("在哪里"), _("原文"), _("为什么"), _("您定"))
        super().__init__(heads, _("要您定的"), parent, wraps=True)
        self.boxes: dict[str, QComboBox] = {}

    def show_questions(
        self, questions: Sequence[Question], known: KnownRound, sha256: str, answers: dict[str, object]
    ) -> None:
        """The questions with the answers so far."""
        self.boxes = {}
        self.setRowCount(0)
        self.setRowCount(min(MOST, len(questions)))
        for row, question in enumerate(questions[:MOST]):
            self.put(row, (where(question), question.text, question.reason))
            offered = choices(question, known, sha256)
            box = self.box(row, 3, offered, answers.get(question.key, _NOTHING), question.text or question.reason)
            box.activated.connect(
                lambda place, asked=question, given=offered: (
                    self.answered.emit(asked, given[place - 1].value) if place else None
                )
            )
            self.boxes[question.key] = box


class ColumnLines(_Lines):
    """Columns of the file and what they are taken for. `changed` tells the column and its new role."""

    changed = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((_("文件里的列"), _("例子"), _("认作")), _("列的对应"), parent)
        self.boxes: dict[int, QComboBox] = {}

    def show_columns(self, reading: BallotReading, known: KnownRound, decisions: ImportDecisions) -> None:
        """Each column; those that are not read cannot be chosen."""
        self.boxes = {}
        self.setRowCount(0)
        self.setRowCount(len(reading.columns))
        offered = column_choices(known)
        for row, (column, role) in enumerate(zip(reading.columns, decisions.roles, strict=True)):
            example = next((text for text in column.texts if text), "")
            self.put(row, (column.head, example, role_words(role, known)))
            if role.use is ColumnUse.UNSEEN:
                continue
            box = self.box(row, 2, offered, role, column.head)
            if role.use is ColumnUse.UNKNOWN:
                box.setItemText(0, role_words(role, known))
            box.activated.connect(
                lambda place, index=row: self.changed.emit(index, offered[place - 1].value) if place else None
            )
            self.boxes[row] = box


class MarkedLines(_Lines):
    """Rows that do not simply count; those that are marked can be ticked."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__((_("行"), _("单位"), _("原因")), name, parent)

    def show_rows(self, rows: Sequence[Marked], *, ticks: bool = False) -> None:
        """The rows; with a tick each where a person may void them."""
        self.setRowCount(0)
        self.setRowCount(len(rows))
        for place, one in enumerate(rows):
            self.put(place, (str(one.row), one.where, one.reason))
            if ticks:
                item = self.item(place, 0)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)

    def ticked(self) -> list[int]:
        """Rows of the sheet that were ticked."""
        found = [self.item(place, 0) for place in range(self.rowCount())]
        return [int(item.text()) for item in found if item.checkState() is Qt.CheckState.Checked]

    def tick(self, row: int) -> None:
        """Tick a row of the sheet."""
        for place in range(self.rowCount()):
            if self.item(place, 0).text() == str(row):
                self.item(place, 0).setCheckState(Qt.CheckState.Checked)
