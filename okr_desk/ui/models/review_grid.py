"""The lines of one sheet as they are checked: computed, own, standing; what is typed is not saved yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from okr_desk.i18n import N_, _
from okr_desk.queries.review_items import Item
from okr_desk.rules.reviews import LineDraft, same
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import plain
from okr_desk.ui.models.review_rows import UNEQUAL
from okr_desk.ui.models.score_figures import PLACES, points_mark

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns from left to right."""

    ITEM, MAXIMUM, COMPUTED, OWN, CHECKED, REASON = range(6)


_HEADS = {
    Column.ITEM: N_("项目"),
    Column.MAXIMUM: N_("满分"),
    Column.COMPUTED: N_("系统计算"),
    Column.OWN: N_("自评"),
    Column.CHECKED: N_("核定分"),
    Column.REASON: N_("理由"),
}
NUMBERS = (Column.MAXIMUM, Column.COMPUTED, Column.OWN, Column.CHECKED)


@dataclass(frozen=True)
class Typed:
    """What was typed for a line and is not saved; points None: what the program computed holds."""

    points: Decimal | None
    reason: str = ""


class ReviewGrid(QAbstractTableModel):
    """`writes` is the column one types into, with the reason beside it; None: nothing may be typed.

    `typed` tells the wish to change a cell; the page makes an undo step of it.
    """

    typed = Signal(int, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Item, ...] = ()
        self.writes: Column | None = None
        self._typed: dict[int, Typed] = {}

    def show(self, rows: tuple[Item, ...], typed: Mapping[int, Typed], writes: Column | None) -> None:
        """Take another sheet with what is not saved of it."""
        self.beginResetModel()
        self.rows, self._typed, self.writes = rows, dict(typed), writes
        self.endResetModel()

    def entry(self, row: int) -> Typed | None:
        """What was typed into a row and is not saved."""
        return self._typed.get(self.rows[row].line_id)

    def set_entry(self, line_id: int, entry: Typed | None) -> None:
        """Put an unsaved entry in place, or take it away (undo steps do this)."""
        self._typed.pop(line_id, None)
        if entry is not None:
            self._typed[line_id] = entry
        row = next((n for n, one in enumerate(self.rows) if one.line_id == line_id), None)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def drafts(self) -> tuple[LineDraft, ...]:
        """What was typed, as it is sent."""
        return tuple(LineDraft(key, one.points, one.reason) for key, one in self._typed.items())

    def own_points(self, row: int) -> Decimal | None:
        """What the branch gives itself, typed but unsaved points included; before it reported: as computed."""
        it, entry = self.rows[row], self.entry(row)
        if self.writes is Column.OWN:
            return it.computed if entry is None or entry.points is None else entry.points
        return None if it.own is None else it.own.points

    def points(self, row: int) -> Decimal | None:
        """What stands or is about to stand."""
        it, entry = self.rows[row], self.entry(row)
        if self.writes is Column.CHECKED and entry is not None:
            return it.computed if entry.points is None else entry.points
        return it.points

    def differs(self, row: int) -> bool:
        """Whether the branch's own points are others than those that stand."""
        has_own = self.writes is Column.OWN or self.rows[row].own is not None
        return has_own and not same(self.own_points(row), self.points(row))

    def reason(self, row: int) -> str:
        """Why it is not what was computed: typed, set by the office, or said by the branch."""
        it, entry = self.rows[row], self.entry(row)
        if entry is not None:
            return entry.reason
        if it.set_to is not None:
            return it.set_to.reason
        return "" if it.own is None else it.own.reason

    def explained(self, row: int, column: Column) -> Explained | None:
        """How a figure came about."""
        it = self.rows[row]
        computed = it.score.computed or it.score.points
        if column is Column.COMPUTED and computed is not None:
            return computed.explained
        if column is Column.CHECKED and it.score.points is not None:
            return it.score.points.explained
        if column is Column.OWN and it.own is not None:
            why = _("理由：{why}").format(why=it.own.reason) if it.own.reason else _("没有另写理由。")
            return Explained(it.own.points, (_("支部自评 {n} 分").format(n=plain(it.own.points, PLACES)), why))
        return None

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
        if self.writes is not None and index.column() in (self.writes, Column.REASON):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self.text(row, column).lstrip(UNEQUAL + " ")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column is not Column.ITEM:
                return self.reason(row) or None
            return _("{item}，满分 {most}").format(item=self.rows[row].name, most=plain(self.rows[row].maximum, PLACES))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            unequal = _("，自评与现行得分不同") if column is Column.OWN and self.differs(row) else ""
            return f"{self.rows[row].name} {_(_HEADS[column])} {self.text(row, column)}{unequal}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self.typed.emit(index.row(), Column(index.column()), str(value))
        return True

    def text(self, row: int, column: Column) -> str:
        """What a cell reads."""
        it = self.rows[row]
        if column is Column.ITEM:
            return it.name
        if column is Column.MAXIMUM:
            return plain(it.maximum, PLACES)
        if column is Column.REASON:
            return self.reason(row)
        if column is Column.OWN:
            own = self.own_points(row)
            if own is None:
                return "—" if it.own is not None else ""
            return f"{UNEQUAL} {plain(own, PLACES)}" if self.differs(row) else plain(own, PLACES)
        points = it.computed if column is Column.COMPUTED else self.points(row)
        if points is not None:
            return plain(points, PLACES)
        return points_mark(it.score).words


def _alignment(column: Column) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter
