"""The check-in table as columns and rows: one key result a row, the unsaved entry over what is stored."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from okr_desk.i18n import N_, _
from okr_desk.queries.checkins import FillRow, FillSheet
from okr_desk.queries.wording import plan_text, reached
from okr_desk.rules import entries
from okr_desk.rules.entries import Typed
from okr_desk.scoring.pace import Pace
from okr_desk.scoring.progress import Progress
from okr_desk.terms import label
from okr_desk.ui.models import checkin_words as words
from okr_desk.ui.models.check_in_drafts import NOTHING, Entry, SheetDraft, asked

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns from left to right."""

    CODE, TITLE, UNIT, PREVIOUS, PLAN, VALUE, PROGRESS, CONFIDENCE, NOTE, DIFFICULTY, EVIDENCE, STATUS = range(12)


TYPED = (Column.VALUE, Column.CONFIDENCE, Column.NOTE, Column.DIFFICULTY)
_HEADS = {
    Column.CODE: N_("编号"),
    Column.TITLE: N_("关键结果"),
    Column.UNIT: N_("单位"),
    Column.PREVIOUS: N_("上季"),
    Column.PLAN: N_("计划"),
    Column.VALUE: N_("本季"),
    Column.PROGRESS: N_("完成度"),
    Column.CONFIDENCE: N_("信心"),
    Column.NOTE: N_("进展"),
    Column.DIFFICULTY: N_("困难"),
    Column.EVIDENCE: N_("佐证"),
    Column.STATUS: N_("状态"),
}
NUMBERS = (Column.PREVIOUS, Column.PLAN, Column.VALUE, Column.PROGRESS, Column.CONFIDENCE)
_SET_RIGHT = (Column.PREVIOUS, Column.PLAN, Column.VALUE, Column.CONFIDENCE)


class CheckInGrid(QAbstractTableModel):
    """Rows are `FillRow`s; `typed` tells the wish to change an entry, the page makes an undo step of it."""

    typed = Signal(int, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[FillRow, ...] = ()
        self.sheet: FillSheet | None = None
        self.is_open = False
        self._draft = SheetDraft()
        self._judged: dict[int, tuple[Progress, Pace]] = {}
        self._trial: tuple[int, Typed | None] | None = None

    def show(self, sheet: FillSheet, draft: SheetDraft, is_open: bool) -> None:
        """Take another sheet with its unsaved entries."""
        self.beginResetModel()
        self.sheet, self.rows, self._draft, self.is_open = sheet, sheet.rows, draft, is_open
        self._judged.clear()
        self._trial = None
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """The unsaved entry of a row."""
        return self._draft.entries.get(self.rows[row].view.id, NOTHING)

    def set_entry(self, row: int, entry: Entry) -> None:
        """Put an unsaved entry in place (undo steps do this)."""
        self._draft.entries[self.rows[row].view.id] = entry
        self._moved(row)

    def try_out(self, row: int, text: str | None) -> None:
        """Let progress follow what is being typed; None ends it."""
        self._trial = None if text is None else (row, self.read(row, text))
        self._moved(row)

    def read(self, row: int, text: str) -> Typed | None:
        """What a text would mean in the value column of a row."""
        return entries.read(text, asked(self.rows[row]))

    def judged(self, row: int) -> tuple[Progress, Pace]:
        """Progress and pace as the row stands now, typed but unsaved values included."""
        if row not in self._judged:
            self._judged[row] = self._judge(row)
        return self._judged[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_open and index.column() in TYPED and self.rows[index.row()].is_fillable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _SHOWN[column](self, row)
        if role == Qt.ItemDataRole.EditRole:
            return self.edit_text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(_HEADS[column])} {_SHOWN[column](self, row)}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self.typed.emit(index.row(), Column(index.column()), str(value))
        return True

    def edit_text(self, row: int, column: Column) -> str:
        """The text to start editing a cell with."""
        if column is Column.VALUE:
            return words.value_to_edit(self.rows[row], self.entry(row))
        return _SHOWN[column](self, row)

    def value_text(self, row: int) -> str:
        """The quarter's value as the row stands now."""
        return words.value(self.rows[row], self.entry(row))

    def about(self, row: int) -> str:
        """One line on a row, for the place under the table."""
        return words.about(self.rows[row], self.entry(row), self.is_open)

    def _judge(self, row: int) -> tuple[Progress, Pace]:
        it = self.rows[row]
        typed = self._trial[1] if self._trial is not None and self._trial[0] == row else self.entry(row).typed
        if typed is None or not typed.is_answer:
            return it.view.progress, it.view.pace
        return it.judge(typed.value, typed.done, typed.nodes)

    def _moved(self, row: int) -> None:
        self._judged.pop(row, None)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def _hint(self, row: int, column: Column) -> str:
        it, entry = self.rows[row], self.entry(row)
        if column in (Column.CODE, Column.TITLE):
            return f"{it.view.code} {it.view.title}\n{it.objective_code} {it.objective_title}"
        if column is Column.VALUE:
            return words.about_value(it, entry)
        if column in (Column.PROGRESS, Column.STATUS):
            progress, pace = self.judged(row)
            return "\n".join((*progress.steps, *pace.steps))
        if column is Column.EVIDENCE:
            return "\n".join((*(kept.name for kept in it.evidence), *(path.name for path in entry.evidence)))
        return _SHOWN[column](self, row) if column in (Column.NOTE, Column.DIFFICULTY) else ""


def _alignment(column: Column) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if column in _SET_RIGHT else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter


_SHOWN: dict[Column, Callable[[CheckInGrid, int], str]] = {
    Column.CODE: lambda grid, row: grid.rows[row].view.code,
    Column.TITLE: lambda grid, row: grid.rows[row].view.title,
    Column.UNIT: lambda grid, row: grid.rows[row].view.unit,
    Column.PREVIOUS: lambda grid, row: words.previous(grid.rows[row]),
    Column.PLAN: lambda grid, row: plan_text(grid.rows[row].view),
    Column.VALUE: lambda grid, row: grid.value_text(row),
    Column.PROGRESS: lambda grid, row: reached(grid.judged(row)[0]),
    Column.CONFIDENCE: lambda grid, row: words.confidence(grid.rows[row], grid.entry(row)),
    Column.NOTE: lambda grid, row: words.note(grid.rows[row], grid.entry(row)),
    Column.DIFFICULTY: lambda grid, row: words.difficulty(grid.rows[row], grid.entry(row)),
    Column.EVIDENCE: lambda grid, row: words.evidence(grid.rows[row], grid.entry(row)),
    Column.STATUS: lambda grid, row: label(grid.judged(row)[1].status),
}
