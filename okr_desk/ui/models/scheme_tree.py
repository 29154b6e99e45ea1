"""A scheme as a tree of blocks and lines; what is typed or dropped is told, and comes back as another draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.rules.scheme_edits import Place
from okr_desk.rules.schemes import BlockDraft, Known, LineDraft, Problem, SchemeDraft
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.spelling import number
from okr_desk.terms import BlockKind, label
from okr_desk.ui import icons, theme
from okr_desk.ui.models import scheme_words as words
from okr_desk.ui.models.rows import LOOK

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
HEADS = (N_("指标"), N_("计分规则"), N_("年度计法"), N_("满分"), N_("各项合计"))
NAME, RULE, ACROSS, POINTS, SUM = range(len(HEADS))
DRAGGED = "application/x-okr-desk-scheme-line"
Spot = tuple[int, int | None]
"""A block (line None) or a line."""


class SchemeTree(QAbstractItemModel):
    """Two levels. `typed` tells (spot, column, text), `dropped` (line, place before which it was let go)."""

    typed = Signal(object, int, str)
    dropped = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = SchemeDraft("")
        self.is_open = False
        self._known: Mapping[int, Known] = {}
        self._problems: dict[Spot, list[Problem]] = {}
        self._icons: dict[bool, QIcon] = {}

    def show(self, draft: SchemeDraft, known: Mapping[int, Known], is_open: bool) -> bool:
        """Show a draft; whether its lines stand elsewhere than before (else only cells have changed)."""
        moved = _shape(draft) != _shape(self.draft) or is_open != self.is_open
        if moved:
            self.beginResetModel()
        self.draft, self._known, self.is_open = draft, known, is_open
        if moved:
            self._problems = {}
            self.endResetModel()
        else:
            self._repaint()
        return moved

    def mark(self, problems: Sequence[Problem]) -> None:
        """Mark where something is wrong."""
        found: dict[Spot, list[Problem]] = defaultdict(list)
        for one in problems:
            if one.block is not None:
                found[one.block, one.line].append(one)
        self._problems = dict(found)
        size = round(theme.line_height() * 0.9)
        self._icons = {True: icons.icon("error", "bad", size), False: icons.icon("warning", "watch", size)}
        self._repaint()

    def spot(self, index: Index) -> Spot | None:
        """What an index stands for."""
        if not index.isValid():
            return None
        above = int(index.internalId())
        return (index.row(), None) if above == 0 else (above - 1, index.row())

    def place(self, spot: Spot | None, column: int = NAME) -> QModelIndex:
        """The index of a block or a line; an invalid one when it is gone."""
        if spot is None or spot[0] >= len(self.draft.blocks):
            return QModelIndex()
        if spot[1] is None:
            return self.index(spot[0], column)
        return self.index(spot[1], column, self.index(spot[0], 0))

    def texts(self, column: int) -> set[str]:
        """Everything that a column says."""
        spots = [(n, k) for n, block in enumerate(self.draft.blocks) for k in (None, *range(len(block.lines)))]
        return {self._text(spot, column) for spot in spots}

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = NOWHERE) -> Any:
        above = int(index.internalId()) if index.isValid() else 0
        return QModelIndex() if above == 0 else self.createIndex(above - 1, 0, 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        if not parent.isValid():
            return len(self.draft.blocks)
        spot = self.spot(parent)
        if spot is None or spot[1] is not None or parent.column() != 0 or spot[0] >= len(self.draft.blocks):
            return 0
        return len(self.draft.blocks[spot[0]].lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        spot = self.spot(index)
        if spot is None:
            return None
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(spot, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(HEADS[column])} {self._text(spot, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == LOOK:
            return "text"
        return self._dress(spot, column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if str(value).strip() and str(value).strip() != self._text(self.spot(index) or (0, None), index.column()):
            self.typed.emit(self.spot(index), index.column(), str(value).strip())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        spot = self.spot(index)
        if spot is None:
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_open:
            found |= Qt.ItemFlag.ItemIsDropEnabled if spot[1] is None else Qt.ItemFlag.ItemIsDragEnabled
            if index.column() == POINTS or (index.column() == NAME and spot[1] is None):
                found |= Qt.ItemFlag.ItemIsEditable
        return found

    # Dragging

    def mimeTypes(self) -> list[str]:
        return [DRAGGED]

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        spot = self.spot(indexes[0]) or (0, 0)
        made = QMimeData()
        made.setData(DRAGGED, QByteArray(f"{spot[0]},{spot[1]}".encode()))
        return made

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Let a line go: between two lines, on a block (behind its last line), or between two blocks."""
        target = self._target(row, parent)
        if not self.is_open or not data.hasFormat(DRAGGED) or target is None:
            return False
        block, _comma, line = bytes(data.data(DRAGGED).data()).decode().partition(",")
        self.dropped.emit((int(block), int(line)), target)
        return True

    # Inside

    def _target(self, row: int, parent: Index) -> Place | None:
        spot, blocks = self.spot(parent), self.draft.blocks
        if spot is not None:
            return (spot[0], len(blocks[spot[0]].lines)) if row < 0 else (spot[0], row)
        above = (row if row >= 0 else len(blocks)) - 1
        return (max(above, 0), 0 if above < 0 else len(blocks[above].lines)) if blocks else None

    def _text(self, spot: Spot, column: int) -> str:
        block = self.draft.blocks[spot[0]]
        return _block_text(block, column) if spot[1] is None else self._line_text(block.lines[spot[1]], column)

    def _line_text(self, line: LineDraft, column: int) -> str:
        if column == NAME:
            return words.indicator(line, self._known)
        if column == RULE:
            return words.rule(line, self._known)
        if column == POINTS:
            return plain(line.maximum)
        return label(line.across) if column == ACROSS and line.across is not None else ""

    def _dress(self, spot: Spot, column: int, role: int) -> Any:
        problems = self._problems.get(spot, [])
        if role == Qt.ItemDataRole.FontRole and spot[1] is None and column in (NAME, POINTS):
            return theme.font("body", bold=True)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(self.draft.blocks[spot[0]], spot, column)
        if role == Qt.ItemDataRole.DecorationRole and column == NAME and problems:
            return self._icons[any(one.stops for one in problems)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(dict.fromkeys((self._text(spot, column), *(one.sentence for one in problems))))
        return None

    def _repaint(self) -> None:
        last = len(HEADS) - 1
        for block, one in enumerate(self.draft.blocks):
            above = self.index(block, 0)
            self.dataChanged.emit(above, self.index(block, last))
            if one.lines:
                self.dataChanged.emit(self.index(0, 0, above), self.index(len(one.lines) - 1, last, above))


def read_points(text: str) -> Decimal:
    """Points as people type them. Raises InputRefused for what is no number or below 0."""
    try:
        found = number(text, _("“满分”"))
    except InputRefused as refusal:
        raise InputRefused(refusal.sentence, "maximum") from refusal
    if found < 0:
        raise InputRefused(_("分值不能为负数，请改正。"), "maximum")
    return found


def _block_text(block: BlockDraft, column: int) -> str:
    return {
        NAME: block.name,
        RULE: words.block(block),
        POINTS: plain(block.maximum),
        SUM: words.total(block),
        ACROSS: label(block.across),
    }[column]


def _ink(block: BlockDraft, spot: Spot, column: int) -> Any:
    if (
        spot[1] is None
        and column == SUM
        and words.total(block) != plain(block.maximum)
        and block.kind is BlockKind.BASE
    ):
        return theme.colour("bad_text")
    return theme.colour("text_quiet") if spot[1] is None and column in (RULE, ACROSS, SUM) else None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (POINTS, SUM) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _shape(draft: SchemeDraft) -> list[list[int]]:
    return [[line.indicator_id for line in block.lines] for block in draft.blocks]
