"""The tree of a scheme: points typed in place, lines dragged or moved by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.models.scheme_tree import ACROSS, NAME, POINTS, RULE, SUM, SchemeTree, Spot
from okr_desk.ui.widgets.delegates import CellLook

AMOUNT = r"[0-9０-９]{0,4}([.．。][0-9０-９]{0,2})?"
"""What can be typed as points: up to 9999.99, full-width figures too."""
WORDS_LEAST = 26
"""Characters that names and rules keep before the way of the year gives way: the panel says it too."""
NAME_SHARE = 0.42
"""How much of the width beside the numbers the names take; the rules have the rest."""


class SchemeView(QTreeView):
    """`marked` tells the spot under the cursor, `rule_asked` the line whose rule is to be changed, `stepped` a spot and
    the way it goes, `removed`, `add_asked` and `copied` what was asked for by key."""

    marked = Signal(object)
    rule_asked = Signal(object)
    stepped = Signal(object, int)
    removed = Signal(object)
    add_asked = Signal()
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = SchemeTree(self)
        self.setModel(self.tree)
        self.setItemDelegate(SchemeCells(self))
        self.setAccessibleName(_("方案内容"))
        self.setUniformRowHeights(True)
        self.setIndentation(theme.gap(0.9))
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setExpandsOnDoubleClick(False)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoScrollMargin(theme.gap(2))
        self.header().setStretchLastSection(False)
        self.header().setSectionsMovable(False)
        self.selectionModel().currentChanged.connect(lambda now, _old: self.marked.emit(self.tree.spot(now)))
        self.doubleClicked.connect(self._open)
        self.tree.modelReset.connect(self._reset)

    @property
    def spot(self) -> Spot | None:
        """The block or line under the cursor."""
        return self.tree.spot(self.currentIndex())

    def go_to(self, spot: Spot | None, column: int = -1) -> None:
        """Put the cursor on a block or a line."""
        kept = max(self.currentIndex().column(), NAME)
        index = self.tree.place(spot, kept if column < 0 else column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def chosen(self) -> set[Spot]:
        """All that is selected, where that is more than the one under the cursor."""
        found = {self.tree.spot(index) for index in self.selectionModel().selectedRows()}
        spots = {spot for spot in found if spot is not None}
        return spots if len(spots) > 1 else set()

    def sift(self, fits: Callable[[Spot], bool]) -> None:
        """Show only the lines that fit, below the heads of their blocks."""
        for place, block in enumerate(self.tree.draft.blocks):
            above = self.tree.place((place, None))
            shown = [fits((place, row)) for row in range(len(block.lines))]
            for row, is_shown in enumerate(shown):
                self.setRowHidden(row, above, not is_shown)
            self.setRowHidden(place, QModelIndex(), not (any(shown) or fits((place, None))))

    def edit_points(self, spot: Spot) -> None:
        """Open the points of a block or a line for typing."""
        index = self.tree.place(spot, POINTS)
        self.setCurrentIndex(index)
        self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
            return
        spot, key = self.spot, Qt.Key(event.key())
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if spot is None or not self.tree.is_open:
            if alone and key is Qt.Key.Key_Insert:
                self.add_asked.emit()
                return
            super().keyPressEvent(event)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(spot, -1 if key is Qt.Key.Key_Up else 1)
        elif alone and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(spot)
        elif alone and key is Qt.Key.Key_Delete:
            self.removed.emit(spot)
        elif alone and key is Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif alone and key is Qt.Key.Key_F2 and self.currentIndex().column() in (RULE, SUM, ACROSS):
            self.edit_points(spot)
        elif alone and event.text() and event.text() in "0123456789０１２３４５６７８９":
            self._type(spot, event.text())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        index = self.currentIndex()
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache and index.column() == POINTS:
            below = self.indexBelow(index)
            if below.isValid():
                self.setCurrentIndex(below.siblingAtColumn(POINTS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """The numbers take what they need; names and rules share the rest."""
        header = self.header()
        for column in range(self.tree.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        wide = {column: self._needed(column) for column in (POINTS, SUM, ACROSS)}
        if self.viewport().width() - sum(wide.values()) < theme.span(self, WORDS_LEAST):
            del wide[ACROSS]
        self.setColumnHidden(ACROSS, ACROSS not in wide)
        for column, width in wide.items():
            header.resizeSection(column, width)
        room = max(self.viewport().width() - sum(wide.values()), theme.span(self, 14))
        header.resizeSection(NAME, round(room * NAME_SHARE))
        header.resizeSection(RULE, room - round(room * NAME_SHARE))

    # Inside

    def _needed(self, column: int) -> int:
        """Room for the longest text of a column and its head; asking the delegate for every row takes too long."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(text) for text in self.tree.texts(column)), default=0)
        return max(widest + theme.line_height(), self.header().sectionSizeHint(column)) + theme.gap(0.3)

    def _open(self, index: QModelIndex) -> None:
        spot = self.tree.spot(index)
        if spot is not None and spot[1] is not None and index.column() in (NAME, RULE):
            self.rule_asked.emit(spot)

    def _enter(self, spot: Spot) -> None:
        if spot[1] is not None and self.currentIndex().column() != POINTS:
            self.rule_asked.emit(spot)
        else:
            self.edit_points(spot)

    def _type(self, spot: Spot, text: str) -> None:
        self.edit_points(spot)
        editor = self.indexWidget(self.currentIndex()) or self.findChild(QLineEdit)
        if isinstance(editor, QLineEdit):
            editor.setText(text)

    def _reset(self) -> None:
        self.expandAll()
        self.fit()


class SchemeCells(CellLook):
    """Points take figures only; what is not a number cannot be typed."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        if index.column() == POINTS:
            editor.setValidator(QRegularExpressionValidator(QRegularExpression(AMOUNT), editor))
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box = option.rect
        least = theme.span(editor, 5)
        editor.setGeometry(box.adjusted(min(0, box.width() - least), 1, 0, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                view = self.parent()
                if isinstance(view, SchemeView):
                    index = view.currentIndex()
                    beside = view.indexBelow(index) if key is Qt.Key.Key_Down else view.indexAbove(index)
                    if beside.isValid():
                        view.setCurrentIndex(beside.siblingAtColumn(index.column()))
                return True
        return super().eventFilter(watched, event)
