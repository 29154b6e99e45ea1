"""The check-in table: type, Enter, type, Enter. Questions about a value stand beside it and wait for a yes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from okr_desk.i18n import _
from okr_desk.terms import KrKind
from okr_desk.ui import theme
from okr_desk.ui.models.checkin_grid import NUMBERS, TYPED, CheckInGrid, Column
from okr_desk.ui.models.sheet_numbers import as_number
from okr_desk.ui.widgets.checkin_cells import ENTER, CheckInCells
from okr_desk.ui.widgets.delegates import bar_room
from okr_desk.ui.widgets.question import Question

_WIDTHS = {
    Column.CODE: 4.3,
    Column.UNIT: 3.2,
    Column.PREVIOUS: 4.4,
    Column.PLAN: 4.4,
    Column.VALUE: 6.2,
    Column.CONFIDENCE: 3.2,
    Column.EVIDENCE: 3.2,
    Column.STATUS: 7,
}
"""Widths in Chinese characters; title, progress and difficulty share what is left."""
EXPLAINED = (Column.PROGRESS, Column.STATUS)
"""Columns whose cells say how they came about, by a click, Enter or Space."""
_SHARES = {Column.TITLE: (0.46, 8.0), Column.NOTE: (0.31, 5.0), Column.DIFFICULTY: (0.23, 4.5)}


class CheckInTable(QTableView):
    """Keyboard and mouse over a `CheckInGrid`. What is to change is told, the page does it."""

    accepted = Signal(int)
    pasted = Signal(list)
    nodes_chosen = Signal(int, tuple)
    evidence_asked = Signal(int)
    evidence_opened = Signal(object)
    evidence_removed = Signal(int, object)
    evidence_dropped = Signal(int, list)
    withdraw_asked = Signal(int)
    explain_asked = Signal(int)
    copy_asked = Signal()
    cell_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = CheckInGrid(self)
        self.cells = CheckInCells(self)
        self.question = Question(self)
        self._is_composing = False
        self.setModel(self.grid)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(_("填报表"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * 1.64))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        for part, name in ((self, "checkin_table"), (header, "checkin_head")):
            part.setObjectName(name)
            part.style().unpolish(part)  # rules were looked up before the name was there
            part.style().polish(part)
        header.setMinimumSectionSize(theme.span(self, 2.4))

        self.cells.entered.connect(self._entered)
        self.cells.tabbed.connect(self.move_sideways)
        self.cells.dropped.connect(self._dropped)
        self.question.yes.connect(self._accept)
        self.question.no.connect(self.edit_current)
        self.clicked.connect(self._clicked)
        self.grid.dataChanged.connect(self._place_question)
        self.grid.modelReset.connect(self._place_question)
        self.verticalScrollBar().valueChanged.connect(self._place_question)
        self.horizontalScrollBar().valueChanged.connect(self._place_question)

    # Where the cursor is

    def go_to(self, row: int, column: int = Column.VALUE) -> None:
        """Put the cursor into a cell and show it."""
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()

    def edit_current(self) -> None:
        """Open the cell the cursor is in."""
        self.setFocus()
        self.edit(self.currentIndex())

    def finish_editing(self) -> None:
        """Take what stands in an open cell, as if one had left it."""
        if self.cells.editor is not None:
            self.commitData(self.cells.editor)
            self.closeEditor(self.cells.editor, CheckInCells.EndEditHint.NoHint)

    def go_down(self) -> None:
        """To the value of the next key result that can be filled in; on the last one the cursor stays."""
        row = self.currentIndex().row()
        below = [r for r in range(row + 1, len(self.grid.rows)) if self.grid.rows[r].is_fillable]
        self.go_to(below[0] if below else max(row, 0))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self.move_sideways(not forward) or super().focusNextPrevChild(forward)

    def move_sideways(self, back: bool = False) -> bool:
        """Tab: the next cell one types into, at the end of a row the next row; False past the last or first."""
        index = self.currentIndex()
        rows = [r for r in range(len(self.grid.rows)) if self.grid.rows[r].is_fillable]
        stops = [(r, c) for r in rows for c in TYPED]
        here = (index.row(), index.column())
        found = [stop for stop in stops if stop < here][-1:] if back else [stop for stop in stops if stop > here][:1]
        if found:
            self.go_to(*found[0])
        return bool(found)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(index)
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(index.data() or ""))
        elif index.column() in EXPLAINED and (key in ENTER or key == Qt.Key.Key_Space):
            self.explain_asked.emit(index.row())
        elif key in ENTER:
            self._enter(index)
        elif key == Qt.Key.Key_Escape and self._asks(index):
            self.edit_current()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.grid.setData(index, "")
        elif key == Qt.Key.Key_Space and index.column() == Column.VALUE and self._choose(index.row()):
            pass
        elif key == Qt.Key.Key_Space and index.column() == Column.EVIDENCE:
            self._look_at_evidence(index)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Chinese text committed at once (a full stop, a phrase) opens the cell and is not lost."""
        committed, composing = event.commitString(), self._is_composing
        self._is_composing = bool(event.preeditString())
        if committed and not composing and self.edit(self.currentIndex(), self.EditTrigger.AnyKeyPressed, event):
            if self.cells.editor is not None and not self.cells.editor.isModified():
                self.cells.editor.insert(committed)
        else:
            super().inputMethodEvent(event)

    def _enter(self, index: QModelIndex) -> None:
        if not self._asks(index):
            self.go_down()
        elif self.question.can_accept:
            self._accept()
        else:
            self.edit_current()

    def _entered(self) -> None:
        if self._asks(self.currentIndex()):
            self.setFocus()
            self._place_question()
        else:
            self.go_down()

    def _dropped(self) -> None:
        self.grid.try_out(self.currentIndex().row(), None)

    def _accept(self) -> None:
        self.accepted.emit(self.currentIndex().row())
        self.go_down()

    def _asks(self, index: QModelIndex) -> bool:
        return bool(index.isValid() and index.column() == Column.VALUE and self.grid.entry(index.row()).question)

    def _paste(self, index: QModelIndex) -> None:
        lines = QGuiApplication.clipboard().text().rstrip("\r\n").splitlines()
        if not index.isValid() or index.column() not in TYPED or not lines:
            return
        columns = TYPED[TYPED.index(Column(index.column())) :]
        found = [
            (index.row() + down, column, cell.strip())
            for down, line in enumerate(lines)
            for column, cell in zip(columns, line.split("\t"), strict=False)
            if index.row() + down < len(self.grid.rows) and self.grid.rows[index.row() + down].is_fillable
        ]
        self.pasted.emit(found)

    def _choose(self, row: int) -> bool:
        """Space: the nodes of a milestone as a small list, yes/no turned over."""
        it = self.grid.rows[row]
        if not self.grid.is_open or not it.is_fillable:
            return False
        if it.view.kind is KrKind.YES_NO:
            self.grid.setData(self.grid.index(row, Column.VALUE), "0" if self.grid.value_text(row) == _("是") else "1")
            return True
        if it.view.kind is KrKind.MILESTONE:
            self.node_menu(row).popup(self._under(row))
            return True
        return False

    def node_menu(self, row: int) -> QMenu:
        """The nodes of a milestone to tick."""
        it, typed = self.grid.rows[row], self.grid.entry(row).typed
        said = typed.nodes if typed is not None and typed.nodes is not None else None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, node in enumerate(it.view.nodes, 1):
            action = menu.addAction(f"{number}  {node.name}")
            action.setCheckable(True)
            action.setChecked(node.done if said is None else node.name in said)
            action.triggered.connect(lambda _on=False, menu=menu: self._tell_nodes(row, menu))
        return menu

    def _tell_nodes(self, row: int, menu: QMenu) -> None:
        nodes = self.grid.rows[row].view.nodes
        ticked = zip(nodes, menu.actions(), strict=True)
        self.nodes_chosen.emit(row, tuple(node.name for node, action in ticked if action.isChecked()))

    # Mouse

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.EVIDENCE:
            self._look_at_evidence(index)
        elif index.column() in EXPLAINED:
            self.explain_asked.emit(index.row())

    def _look_at_evidence(self, index: QModelIndex) -> None:
        """An empty cell asks for files at once; one with files shows them with what can be done."""
        row = index.row()
        if self.grid.rows[row].evidence or self.grid.entry(row).evidence:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.offer_evidence(menu, row)
            menu.popup(self._under(row, Column.EVIDENCE))
        elif self._may_state(row):
            self.evidence_asked.emit(row)

    def offer_evidence(self, menu: QMenu, row: int) -> None:
        """Open what is kept, take away what was chosen and is not saved, add more."""
        for kept in self.grid.rows[row].evidence:
            words = _("打开佐证“{name}”").format(name=_unmarked(kept.name))
            menu.addAction(words, lambda kept=kept: self.evidence_opened.emit(kept))
        for path in self.grid.entry(row).evidence:
            words = _("移除“{name}”（还没有保存）").format(name=_unmarked(path.name))
            menu.addAction(words, lambda path=path: self.evidence_removed.emit(row, path))
        if self._may_state(row):
            menu.addAction(_("添加佐证材料…"), lambda: self.evidence_asked.emit(row))

    def _may_state(self, row: int) -> bool:
        return self.grid.is_open and self.grid.rows[row].is_fillable

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid():
            self.menu_for(index.row()).popup(event.globalPos())

    def block(self, numeric: bool = False) -> list[list[Any]]:
        """Heads and every row as shown; `numeric` makes numbers of what reads as one, for a workbook."""

        def cell(row: int, column: Column) -> Any:
            text = str(self.grid.index(row, column).data() or "")
            found = as_number(text, None) if numeric and column in NUMBERS else None
            return text if found is None else found

        heads = [str(self.grid.headerData(column, Qt.Orientation.Horizontal)) for column in Column]
        return [heads, *([cell(row, column) for column in Column] for row in range(self.grid.rowCount()))]

    def menu_for(self, row: int) -> QMenu:
        """What can be done with a row."""
        it = self.grid.rows[row]
        may = self._may_state(row)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("完成度怎么算的"), lambda: self.explain_asked.emit(row))
        menu.addAction(_("复制整表（含表头）"), self.copy_asked.emit)
        if may and it.view.kind is KrKind.MILESTONE:
            menu.addAction(_("勾选节点…（空格）"), lambda: self._choose(row))
        self.offer_evidence(menu, row)
        if may and it.checkin_id is not None:
            menu.addSeparator()
            menu.addAction(_("撤回已保存的本季填报…"), lambda: self.withdraw_asked.emit(row))
        return menu

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event) and self.grid.is_open:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        event.setAccepted(index.isValid() and self.grid.rows[index.row()].is_fillable)

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            event.acceptProposedAction()
            self.evidence_dropped.emit(index.row(), _files(event))

    # Look

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self._place_question()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give each column its width; title, progress and difficulty share what is left."""
        head = self.horizontalHeader()
        fixed = {c: max(theme.span(self, wide), head.sectionSizeHint(c)) for c, wide in _WIDTHS.items()}
        fixed[Column.VALUE] = max(fixed[Column.VALUE], self._text_width(Column.VALUE) + theme.line_height())
        bars = (bar_room(str(self.grid.index(row, Column.PROGRESS).data())) for row in range(self.grid.rowCount()))
        fixed[Column.PROGRESS] = max(bars, default=bar_room("")) + round(theme.line_height() * 0.8)
        rest = self.viewport().width() - sum(fixed.values())
        least = {c: max(theme.span(self, chars), head.sectionSizeHint(c)) for c, (_part, chars) in _SHARES.items()}
        shared = {c: max(least[c], int(rest * part)) for c, (part, _chars) in _SHARES.items()}
        over = max(0, sum(shared.values()) - rest)  # a long head took more than its share
        shared[Column.TITLE] = max(least[Column.TITLE], shared[Column.TITLE] - over)
        for column, wide in (fixed | shared).items():
            self.setColumnWidth(column, wide)
        self._place_question()

    def _text_width(self, column: Column) -> int:
        """How wide the longest text of a column is: what counts instead, what is more than the whole."""
        metrics = QFontMetrics(theme.font("body"))
        texts = (str(self.grid.index(row, column).data()) for row in range(self.grid.rowCount()))
        return max((metrics.horizontalAdvance(text) for text in texts), default=0)

    def _place_question(self, *_args: Any) -> None:
        index = self.currentIndex()
        self.cell_changed.emit()
        if not self._asks(index) or self.cells.editor is not None:
            self.question.hide()
            return
        typed = self.grid.entry(index.row()).typed
        assert typed is not None
        self.question.ask(typed.question, typed.proposal)
        cell = self.visualRect(index)
        cell.moveTopLeft(self.viewport().mapTo(self, cell.topLeft()))
        self.question.place(cell, self.viewport().geometry())

    def _under(self, row: int, column: Column = Column.VALUE) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(self.grid.index(row, column)).bottomLeft())


def _unmarked(name: str) -> str:
    """A file's name in a menu: its ampersands mark no key."""
    return name.replace("&", "&&")


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
