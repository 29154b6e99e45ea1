"""The check-in table as columns and rows: one key result a row, the unsaved entry over what is stored."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from okr_desk.i18n import N_, _
from okr_desk.queries.checkins import FillRow, FillSheet
from okr_desk.queries.wording import plan_text, target_text, value_text
from okr_desk.rules import entries
from okr_desk.rules.entries import Typed
from okr_desk.scoring.pace import Pace
from okr_desk.scoring.progress import Progress
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import KrKind, Origin, label
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
_NUMBERS = (Column.PREVIOUS, Column.PLAN, Column.VALUE, Column.CONFIDENCE)


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
        if column is not Column.VALUE:
            return str(_SHOWN[column](self, row))
        typed, view = self.entry(row).typed, self.rows[row].view
        if typed is not None:
            return typed.text
        if view.kind is KrKind.MILESTONE and self.rows[row].is_reported_here:
            return entries.node_text([n.name for n in view.nodes if n.done], [n.name for n in view.nodes])
        return self.value_text(row)

    def value_text(self, row: int) -> str:
        """The quarter's value as the row stands now."""
        typed, it = self.entry(row).typed, self.rows[row]
        if typed is not None:
            return _typed_text(typed, len(it.view.nodes))
        if it.own_value is not None:
            return plain(it.own_value)
        if it.view.kind is KrKind.MILESTONE and it.view.current is not None:
            return _count_text(sum(node.done for node in it.view.nodes), len(it.view.nodes))
        return value_text(it.view)

    def about(self, row: int) -> str:
        """One line on a row: how to fill it in, where it starts and leads, who said what last."""
        it, typed = self.rows[row], self.entry(row).typed
        view, said = it.view, list[str]()
        if typed is not None and typed.note:
            said.append(
                _("“{text}”读作 {value}（{note}）").format(
                    text=typed.text.strip(), value=_typed_text(typed, len(view.nodes)), note=typed.note
                )
            )
        if view.conflict:
            said.append(view.conflict.rstrip("。"))
        elif it.is_given and view.current is not None:
            said.append(
                _("{origin}已填 {value}，以其为准；支部自报另行保留").format(
                    origin=label(view.current.origin), value=view.value_text
                )
            )
        if view.kind is KrKind.MILESTONE:
            nodes = "、".join(f"{n} {node.name}" for n, node in enumerate(view.nodes, 1))
            said.append(_("填完成到第几个节点（空格可勾选）：{nodes}").format(nodes=nodes))
        elif view.kind is KrKind.YES_NO:
            said.append(_("填 1 或“是”、0 或“否”（空格可切换）"))
        elif view.baseline is not None:
            said.append(
                _("基线 {baseline}{unit}（{source}），年度目标 {target}").format(
                    baseline=plain(view.baseline), unit=view.unit, source=view.baseline_source, target=target_text(view)
                )
            )
        if it.is_reported_here and view.current is not None and view.current.reported_by:
            late = _("，补报") if view.current.is_late else ""
            said.append(
                _("{who} {day} 填报{late}").format(
                    who=view.current.reported_by, day=view.current.recorded_on, late=late
                )
            )
        return "；".join(said)

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
        view = it.view
        if column in (Column.CODE, Column.TITLE):
            return f"{view.code} {view.title}\n{it.objective_code} {it.objective_title}"
        if column is Column.VALUE:
            nodes = "\n".join(f"{n} {node.name}" for n, node in enumerate(view.nodes, 1))
            origin = view.current.origin if it.is_given and view.current else Origin.BRANCH
            given = _("{origin}已填，以其为准").format(origin=label(origin)) if it.is_given else ""
            return entry.question or view.conflict or nodes or given
        if column in (Column.PROGRESS, Column.STATUS):
            progress, pace = self.judged(row)
            return "\n".join((*progress.steps, *pace.steps))
        if column is Column.EVIDENCE:
            return "\n".join((*it.evidence, *(path.name for path in entry.evidence)))
        return str(_SHOWN[column](self, row)) if column in (Column.NOTE, Column.DIFFICULTY) else ""


def _alignment(column: Column) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter


def _typed_text(typed: Typed, nodes: int) -> str:
    if not typed.is_answer:
        return typed.text
    if typed.nodes is not None:
        return _count_text(len(typed.nodes), nodes)
    if typed.done is not None:
        return _("是") if typed.done else _("否")
    return plain(typed.value)


def _count_text(done: int, nodes: int) -> str:
    return _("{done} / {n} 个").format(done=done, n=nodes)


def _previous(grid: CheckInGrid, row: int) -> str:
    view = grid.rows[row].view
    if view.previous is None and view.kind in (KrKind.MILESTONE, KrKind.YES_NO):
        return ""
    return plain(view.previous)


def _confidence(grid: CheckInGrid, row: int) -> str:
    entry, it = grid.entry(row), grid.rows[row]
    current = it.view.current if it.is_reported_here else None
    found = entry.confidence if entry.confidence is not None else (current.confidence if current else None)
    return "" if found is None else str(found)


def _note(grid: CheckInGrid, row: int) -> str:
    said, it = grid.entry(row).note, grid.rows[row]
    current = it.view.current if it.is_reported_here else None
    return said if said is not None else (current.progress_note if current else "")


def _difficulty(grid: CheckInGrid, row: int) -> str:
    said, it = grid.entry(row).difficulty, grid.rows[row]
    current = it.view.current if it.is_reported_here else None
    return said if said is not None else (current.difficulty if current else "")


def _evidence(grid: CheckInGrid, row: int) -> str:
    count = len(grid.rows[row].evidence) + len(grid.entry(row).evidence)
    return str(count) if count else ""


_SHOWN: dict[Column, Callable[[CheckInGrid, int], str]] = {
    Column.CODE: lambda grid, row: grid.rows[row].view.code,
    Column.TITLE: lambda grid, row: grid.rows[row].view.title,
    Column.UNIT: lambda grid, row: grid.rows[row].view.unit,
    Column.PREVIOUS: _previous,
    Column.PLAN: lambda grid, row: plan_text(grid.rows[row].view),
    Column.VALUE: lambda grid, row: grid.value_text(row),
    Column.PROGRESS: lambda grid, row: percent(grid.judged(row)[0].clamped),
    Column.CONFIDENCE: _confidence,
    Column.NOTE: _note,
    Column.DIFFICULTY: _difficulty,
    Column.EVIDENCE: _evidence,
    Column.STATUS: lambda grid, row: label(grid.judged(row)[1].status),
}
