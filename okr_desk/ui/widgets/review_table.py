"""The lines of a sheet being checked: type, Enter, type, Enter; a click on a figure says how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.rules.reviews import REASON_LIMIT
from okr_desk.ui import theme
from okr_desk.ui.models.review_grid import NUMBERS, Column, ReviewGrid
from okr_desk.ui.models.score_figures import room
from okr_desk.ui.widgets.delegates import dotted_line

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

Index = QModelIndex | QPersistentModelIndex
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROW = 1.7
"""Height of a row in lines of text."""
NARROW = 30
"""Characters of width below which the full points are left to the tip of the name."""
_SHARES = {Column.ITEM: (0.58, 7.0), Column.REASON: (0.42, 5.0)}
"""What is left of the width, in shares, and characters that each keeps at least."""


class ReviewTable(QTableView):
    """Keyboard and mouse over a `ReviewGrid`. `explain_asked` tells row and column of a figure."""

    explain_asked = Signal(int, object)
    row_changed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = ReviewGrid(self)
        self.cells = ReviewCells(self)
        self._is_held = False
        self.setModel(self.grid)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(_("核分表"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(theme.line_height() * ROW))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        for part, name in ((self, "checkin_table"), (header, "checkin_head")):
            part.setObjectName(name)
            part.style().unpolish(part)
            part.style().polish(part)
        self.cells.entered.connect(self.go_down)
        self.clicked.connect(self._explain)
        self.selectionModel().currentRowChanged.connect(lambda now, _old: self.row_changed.emit(now.row()))

    def go_to(self, row: int, column: Column) -> None:
        """Put the cursor into a cell and show it."""
        index = self.grid.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()

    def hold(self) -> None:
        """What was typed cannot be taken: the Enter that ended it does not lead on."""
        self._is_held = True

    def go_down(self) -> None:
        """The same column a line below; on the last one the cursor stays."""
        if self._is_held:
            self._is_held = False
            return
        index = self.currentIndex()
        below = min(index.row() + 1, len(self.grid.rows) - 1)
        column = self.grid.writes if index.column() != Column.REASON and self.grid.writes else Column(index.column())
        self.go_to(max(below, 0), column)

    def finish_editing(self) -> None:
        """Take what stands in an open cell, as if one had left it."""
        if self.cells.editor is not None:
            self.commitData(self.cells.editor)
            self.closeEditor(self.cells.editor, ReviewCells.EndEditHint.NoHint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), event.key()
        self._is_held = False
        may_type = bool(self.grid.flags(index) & Qt.ItemFlag.ItemIsEditable)
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(index.data() or ""))
        elif key in ENTER and may_type:
            self.go_down()
        elif key in (*ENTER, Qt.Key.Key_Space) and self._explain(index):
            pass
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and may_type:
            self.grid.setData(index, "")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Figures take what they need, names and reasons share what is left."""
        wide = room("≠ 100.25", *(str(self.grid.headerData(one, Qt.Orientation.Horizontal)) for one in NUMBERS))
        self.setColumnHidden(Column.MAXIMUM, self.viewport().width() < theme.span(self, NARROW))
        for column in NUMBERS:
            words = str(self.grid.headerData(column, Qt.Orientation.Horizontal))
            least = room(words) if column is Column.MAXIMUM else wide if column is Column.OWN else room(words, "100.25")
            self.setColumnWidth(column, theme.span(self, least))
        shown = [column for column in NUMBERS if not self.isColumnHidden(column)]
        left = self.viewport().width() - sum(self.columnWidth(column) for column in shown)
        for column, (share, least) in _SHARES.items():
            self.setColumnWidth(column, max(theme.span(self, least), int(left * share)))

    def _explain(self, index: Index) -> bool:
        if not index.isValid() or self.grid.explained(index.row(), Column(index.column())) is None:
            return False
        self.explain_asked.emit(index.row(), Column(index.column()))
        return True


class ReviewCells(QStyledItemDelegate):
    """Paints the grid, and edits its white column. `entered` tells Enter."""

    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor: QLineEdit | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.span(None, 3), round(theme.line_height() * ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        grid, row, column = index.model(), index.row(), Column(index.column())
        assert isinstance(grid, ReviewGrid)
        painter.save()
        cell, entry = option.rect, grid.entry(row)
        is_open = column is grid.writes
        unequal = column is Column.OWN and grid.differs(row)
        ground = "field" if is_open else "watch_soft" if unequal else "window"
        painter.fillRect(cell, theme.colour(ground))
        painter.setPen(theme.colour("line_strong" if is_open else "line"))
        if is_open:
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
        else:
            painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("focus"))
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
        if column is Column.ITEM and entry is not None:
            painter.fillRect(cell.left(), cell.top() + 2, 3, cell.height() - 4, theme.colour("focus"))
        pad = theme.line_height() * 0.4
        box = QRectF(cell).adjusted(pad, 0, -pad, 0)
        font = theme.font("body", bold=entry is not None and is_open)
        painter.setFont(font)
        words = str(index.data() or "").replace("\n", " ")
        metrics = QFontMetrics(font)
        is_quiet = column in (Column.MAXIMUM, Column.REASON) and not (entry and column is Column.REASON)
        painter.setPen(theme.colour("watch_text" if unequal else "text_quiet" if is_quiet else "text"))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)
        if shown and not is_open and grid.explained(row, column) is not None:
            wide = metrics.horizontalAdvance(shown)
            dotted_line(painter, box.right() - wide, box.center().y() + theme.line_height() * 0.48, wide)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        grid = index.model()
        editor.setFrame(False)
        editor.setTextMargins(2, 0, 2, 0)
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        head = grid.headerData(index.column(), Qt.Orientation.Horizontal)
        editor.setAccessibleName(f"{head} {grid.index(index.row(), Column.ITEM).data()}")
        if index.column() == Column.REASON:
            editor.setMaxLength(REASON_LIMIT)
        else:
            editor.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if self.editor is editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        if editor.isModified():
            model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit) and event.key() in ENTER:
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)
