"""How the cells of the check-in table look, and what the keys do while one types in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from okr_desk.rules.checkins import NOTE_LIMIT
from okr_desk.ui import icons, theme
from okr_desk.ui.models.checkin_grid import CheckInGrid, Column
from okr_desk.ui.widgets import lights
from okr_desk.ui.widgets.delegates import BarValue, draw_bar

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CheckInCells(QStyledItemDelegate):
    """Paints the grid and edits its cells. `entered` tells Enter, `tabbed` Tab (True: backwards)."""

    entered = Signal()
    tabbed = Signal(bool)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor: QLineEdit | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(theme.span(None, 3), round(theme.line_height() * 1.64))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        grid, column = index.model(), Column(index.column())
        assert isinstance(grid, CheckInGrid)
        painter.save()
        self._ground(painter, option, grid, index.row(), column)
        pad = theme.line_height() * 0.35
        box = QRectF(option.rect).adjusted(pad, 0, -pad, 0)
        painter.setFont(theme.font("body"))
        if column is Column.PROGRESS:
            made, pace = grid.judged(index.row())
            draw_bar(painter, box, BarValue(made.raw, pace.expected, pace.status, str(index.data())))
        elif column is Column.STATUS:
            lights.draw_light(painter, box, grid.judged(index.row())[1].status)
        elif column is Column.EVIDENCE:
            self._evidence(painter, box, str(index.data()), option)
        else:
            self._text(painter, box, grid, index, column)
        painter.restore()

    def _ground(
        self, painter: QPainter, option: QStyleOptionViewItem, grid: CheckInGrid, row: int, column: Column
    ) -> None:
        cell = option.rect
        entry = grid.entry(row)
        open_cell = grid.is_open and grid.rows[row].is_fillable
        if column is Column.VALUE and open_cell:
            painter.fillRect(cell, theme.colour("watch_soft" if entry.question else "field"))
            painter.setPen(theme.colour("watch" if entry.question else "line_strong"))
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
        else:
            over = option.state & QStyle.StateFlag.State_MouseOver
            painter.fillRect(cell, theme.colour("hover" if over else "window"))
        if column is not Column.VALUE or not open_cell:
            painter.setPen(theme.colour("line"))
            painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("focus"))
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
        if column is Column.CODE and not entry.is_empty:
            painter.fillRect(cell.left(), cell.top() + 2, 3, cell.height() - 4, theme.colour("focus"))

    def _text(self, painter: QPainter, box: QRectF, grid: CheckInGrid, index: QModelIndex, column: Column) -> None:
        it, entry = grid.rows[index.row()], grid.entry(index.row())
        role = "text"
        if column in (Column.UNIT, Column.PREVIOUS, Column.PLAN, Column.CODE) or not it.is_fillable:
            role = "text_quiet"
        if column is Column.VALUE:
            painter.setFont(theme.font("body", bold=entry.typed is not None))
            is_quiet = it.is_given and entry.typed is None
            role = "watch_text" if entry.question else "text_quiet" if is_quiet else "text"
        painter.setPen(theme.colour(role))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(str(index.data()).replace("\n", " "), Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, index.data(Qt.ItemDataRole.TextAlignmentRole), words)

    def _evidence(self, painter: QPainter, box: QRectF, count: str, option: QStyleOptionViewItem) -> None:
        if not count and not option.state & QStyle.StateFlag.State_MouseOver:
            return
        size = theme.line_height() * 0.85
        place = QRectF(box.left(), box.center().y() - size / 2, size, size)
        icons.draw(painter, place, "attach", theme.colour("text_quiet" if count else "text_faint"))
        painter.setPen(theme.colour("text"))
        painter.drawText(box.adjusted(size + 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, count)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        editor = QLineEdit(parent)
        column = Column(index.column())
        grid = index.model()
        editor.setFrame(False)
        editor.setTextMargins(2, 0, 2, 0)
        editor.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        editor.setAccessibleName(
            f"{grid.headerData(column, Qt.Orientation.Horizontal)} {grid.rows[index.row()].view.title}"
        )
        if column in (Column.VALUE, Column.CONFIDENCE):
            editor.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        else:
            editor.setMaxLength(NOTE_LIMIT)
        if column is Column.VALUE:
            row = index.row()
            editor.textEdited.connect(lambda text: grid.try_out(row, text))
        self.editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: QModelIndex) -> None:
        if self.editor is editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        assert isinstance(editor, QLineEdit) and isinstance(model, CheckInGrid)
        if index.column() == Column.VALUE:
            model.try_out(index.row(), None)
        if editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box = option.rect
        if index.column() in (Column.NOTE, Column.DIFFICULTY):
            box.setWidth(max(box.width(), theme.span(editor, 22)))
            beyond = box.right() - editor.parentWidget().width()
            if beyond > 0:
                box.moveLeft(max(0, box.left() - beyond))
        editor.setGeometry(box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            key = event.key()
            if key in ENTER:
                self._finish(watched)
                self.entered.emit()
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._finish(watched)
                self.tabbed.emit(key == Qt.Key.Key_Backtab)
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._finish(watched)
                return False
            if key == Qt.Key.Key_Escape:
                self._drop(watched)
                return True
        return super().eventFilter(watched, event)

    def _finish(self, editor: QLineEdit) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _drop(self, editor: QLineEdit) -> None:
        self.dropped.emit()
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
