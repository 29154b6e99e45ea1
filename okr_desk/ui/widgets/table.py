"""The table of every list: search, sort, filter row, column chooser, copy with headers, export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from okr_desk import paths
from okr_desk.i18n import _
from okr_desk.ui import icons, theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.rows import ROW, SORT, Column, Rows
from okr_desk.ui.models.selected_numbers import summary
from okr_desk.ui.models.sheet_numbers import NUMERIC, as_number
from okr_desk.ui.models.sieve import Sieve
from okr_desk.ui.widgets import tool_words
from okr_desk.ui.widgets.delegates import CellLook
from okr_desk.ui.widgets.filter_header import FilterHeader
from okr_desk.ui.widgets.search import SearchBox
from okr_desk.ui.widgets.take_out import TakeOut

EXPLAINING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
WIDEST = 24
"""Characters beyond which a column is not widened by its content."""
STRETCH_LEAST = 14
"""Characters that the stretching column keeps; below that the table scrolls sideways."""
LEAST_SEARCH = 8
"""Width in characters that tools with words leave to the search field."""


class Table(QWidget):
    """A searchable, sortable, exportable list of frozen rows.

    `name` keys the remembered columns; `title` names the exported sheet. `opened` tells the row that was double-clicked
    or taken with Enter, `marked` the row under the cursor (None: no row), `explain_asked` title and Explained of a
    number that was clicked, or taken with Enter or Space (then the row is not opened).
    """

    opened = Signal(object)
    marked = Signal(object)
    explain_asked = Signal(str, object)

    def __init__(
        self, desk: Desk, columns: Sequence[Column], name: str, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._name, self._title = desk, name, title
        self._fitted = False
        self.model = Rows(columns, parent=self)
        self.sieve = Sieve(self)
        self.sieve.setSourceModel(self.model)
        self.search = SearchBox(self)
        self.count = QLabel(self)
        self.view = QTableView(self)
        self.header = FilterHeader(self.view)
        self.tools = QHBoxLayout()
        self._worded: list[QPushButton] = []
        self.out = TakeOut(desk, title, self.block, self._export_block, self)

        self._dress_view(columns)
        self._assemble()
        self._make_actions()
        self.search.textChanged.connect(self.sieve.search)
        self.header.filter_changed.connect(self.sieve.filter_column)
        self.sieve.counted.connect(self._show_count)
        self.view.activated.connect(lambda index: self.opened.emit(index.data(ROW)))
        self.view.clicked.connect(self._explain)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _old: self.marked.emit(now.data(ROW)))
        self.view.selectionModel().selectionChanged.connect(self._sum)
        self.view.selectionModel().currentColumnChanged.connect(self._sum)
        self.view.viewport().installEventFilter(self)
        self.view.installEventFilter(self)
        self._restore()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show rows; the cursor stays on its line, columns get their width from the first rows shown."""
        kept = self.view.currentIndex()
        self.model.set_rows(rows)
        self.sieve.tell_count()
        if rows and not self._fitted:
            self._fitted = True
            self._fit()
        if kept.isValid() and kept.row() < self.sieve.rowCount():
            self.view.setCurrentIndex(self.sieve.index(kept.row(), kept.column()))

    def hide_column(self, number: int, is_hidden: bool) -> None:
        """Show or hide a column as the rows need it; what a person chose for the others stays."""
        if self.view.isColumnHidden(number) != is_hidden:
            self.view.setColumnHidden(number, is_hidden)
            self._stretch()

    def current(self) -> Any | None:
        """The row under the cursor."""
        index = self.view.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def selected(self) -> list[Any]:
        """The rows selected, in the order shown."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedIndexes()})
        return [self.sieve.index(row, 0).data(ROW) for row in rows]

    def mark(self, belongs: Any) -> bool:
        """Put the cursor on the first row for which `belongs(row)` holds."""
        for row in range(self.sieve.rowCount()):
            if belongs(self.sieve.index(row, 0).data(ROW)):
                self.view.setCurrentIndex(self.sieve.index(row, 0))
                return True
        return False

    def add_tool(self, words: str, icon: str, slot: Callable[[], object]) -> QPushButton:
        """A quiet button beside the search, for what is done with the row under the cursor."""
        button = QPushButton(words, self)
        button.setProperty("flat", True)
        icons.dress(button, icon, "text_quiet")
        button.clicked.connect(lambda _checked=False: slot())
        button.setAccessibleName(words)
        button.setToolTip(words)
        self.tools.insertWidget(1, button)
        self._worded.append(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tools()

    def _fit_tools(self, *more: QWidget) -> None:
        """The search keeps its room: tools lose their words first, then the count of rows goes; `more`: what a table
        has besides in that row."""
        fixed = (self.out, self.buttons["filter"], self.buttons["columns"], *more)
        gaps = self.tools.spacing() * (len(fixed) + len(self._worded) + 2)
        room = self.width() - theme.span(self, LEAST_SEARCH) - gaps - sum(one.sizeHint().width() for one in fixed)
        counted = self.count.sizeHint().width()
        tool_words.fit(self._worded, room - counted)
        shown = sum(min(one.sizeHint().width(), one.maximumWidth()) for one in self._worded if not one.isHidden())
        self.count.setVisible(shown + counted <= room)

    def block(self, everything: bool = False) -> list[list[str]]:
        """Headers and the selected rows (or all rows shown) as text, hidden columns left out."""
        chosen = sorted({index.row() for index in self.view.selectionModel().selectedIndexes()})
        rows = range(self.sieve.rowCount()) if everything or not chosen else chosen
        columns = self._visible_columns()
        return [self._headers(columns), *([str(cell) for cell in self._line(row, columns)] for row in rows)]

    def copy(self) -> None:
        """Selected rows with headers to the clipboard."""
        self.out.copy()

    def export_to(self, path: Path) -> None:
        """Write the rows shown to a workbook in the pool."""
        self.out.export_to(path)

    def _export_block(self) -> list[list[Any]]:
        """All rows shown as `block` has them, but a number is the number itself with the format that it is shown in."""
        columns = self._visible_columns()
        rows = range(self.sieve.rowCount())
        return [self._headers(columns), *(self._line(row, columns, numeric=True) for row in rows)]

    def _visible_columns(self) -> list[int]:
        order = sorted(range(self.model.columnCount()), key=self.view.horizontalHeader().visualIndex)
        return [column for column in order if not self.view.isColumnHidden(column)]

    def _headers(self, columns: Sequence[int]) -> list[str]:
        heads: list[str] = []
        for column in (self.model.columns[number] for number in columns):
            heads += [column.title, *(title for title, _words in column.beside)]
        return heads

    def _line(self, row: int, columns: Sequence[int], numeric: bool = False) -> list[Any]:
        """What a person reads in one row, and what is painted beside it, in words."""
        cells: list[Any] = []
        for number in columns:
            column, cell = self.model.columns[number], self.sieve.index(row, number)
            text = str(cell.data() or "")
            found = as_number(text, cell.data(SORT)) if numeric and column.look in NUMERIC else None
            cells += [text if found is None else found, *(words(cell.data(ROW)) for _title, words in column.beside)]
        return cells

    # Building

    def _dress_view(self, columns: Sequence[Column]) -> None:
        view = self.view
        view.setModel(self.sieve)
        view.setHorizontalHeader(self.header)
        view.setItemDelegate(CellLook(view))
        view.setAccessibleName(self._title)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setShowGrid(False)
        view.setAlternatingRowColors(False)
        view.setSortingEnabled(True)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * 1.75))
        view.setTabKeyNavigation(False)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for number, column in enumerate(columns):
            view.setColumnHidden(number, column.hidden)
        self.header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _assemble(self) -> None:
        self.count.setObjectName("quiet")
        self.search.setMaximumWidth(theme.span(self, 18))
        self.tools.setSpacing(theme.gap(0.2))
        self.tools.addWidget(self.search, 2)
        self.tools.addWidget(self.count)
        self.tools.addStretch(3)
        buttons = (
            ("filter", _("筛选"), self._toggle_filters),
            ("columns", _("选择列"), self._choose_columns),
        )
        self.buttons: dict[str, QToolButton] = {}
        for name, words, slot in buttons:
            button = QToolButton(self)
            icons.dress(button, name, "text_quiet")
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda _checked=False, call=slot: call())
            self.tools.addWidget(button)
            self.buttons[name] = button
        self.tools.addWidget(self.out)
        self.buttons |= self.out.buttons
        self.buttons["filter"].setCheckable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.gap(0.35))
        layout.addLayout(self.tools)
        layout.addWidget(self.view, 1)

    def _make_actions(self) -> None:
        copy = QAction(_("复制（含表头）"), self.view)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        find = QAction(_("搜索"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        for action, slot in ((copy, self.copy), (find, self.search.setFocus)):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _checked=False, call=slot: call())
        self.view.addAction(copy)
        self.addAction(find)

    # Inside

    def _fit(self) -> None:
        header = self.view.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            if column.stretch or self._restored:
                continue
            head = 0 if column.head else header.sectionSizeHint(number)
            if column.width:
                self.view.setColumnWidth(number, max(head, theme.span(self.view, column.width)))
            else:
                content = self.view.sizeHintForColumn(number)
                self.view.setColumnWidth(number, min(max(content, head), theme.span(self.view, WIDEST)))
        self._stretch()

    def _stretch(self) -> None:
        """The stretching column takes what the others leave, but never less than it needs to be read."""
        at = next((n for n, column in enumerate(self.model.columns) if column.stretch), None)
        if at is None:
            return
        others = sum(self.view.columnWidth(n) for n in range(self.model.columnCount()) if n != at)
        least = theme.span(self.view, self.model.columns[at].width or STRETCH_LEAST)
        self.view.setColumnWidth(at, max(least, self.view.viewport().width() - others))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view.viewport() and event.type() == QEvent.Type.Resize:
            self._stretch()
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() in EXPLAINING and self._explain(self.view.currentIndex()):
                return True
        return super().eventFilter(watched, event)

    def _show_count(self, shown: int, all_rows: int) -> None:
        words = _("共 {n} 行").format(n=all_rows)
        if shown != all_rows:
            words = _("{shown} / {n} 行").format(shown=shown, n=all_rows)
        self.count.setText(words)

    def _sum(self) -> None:
        """The status bar says what the numbers selected come to, in the column of the cursor."""
        column = self.view.currentIndex().column()
        rows = self.view.selectionModel().selectedRows()
        cells = [row.siblingAtColumn(column) for row in rows] if column >= 0 else []
        title = self.model.columns[column].title if cells else ""
        found = summary(title, [(str(cell.data() or ""), cell.data(SORT)) for cell in cells])
        if found or self.view.hasFocus():
            self._desk.summed.emit(found)

    def _explain(self, index: QModelIndex) -> bool:
        """Tell how the number in a cell came about; False where there is none to explain."""
        if not index.isValid():
            return False
        column = self.model.columns[index.column()]
        row = index.data(ROW)
        explained = column.explained(row) if column.explained else None
        if explained is not None:
            self.explain_asked.emit(column.title, explained)
        return explained is not None

    def _toggle_filters(self) -> None:
        self.header.show_filters(self.buttons["filter"].isChecked())

    def _choose_columns(self) -> None:
        menu = QMenu(self)
        for number, column in enumerate(self.model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.view.isColumnHidden(number))
            action.toggled.connect(lambda shown, at=number: self._show_column(at, shown))
        button = self.buttons["columns"]
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _show_column(self, number: int, shown: bool) -> None:
        visible = [at for at in range(self.model.columnCount()) if not self.view.isColumnHidden(at)]
        if shown or visible != [number]:
            self.view.setColumnHidden(number, not shown)
            self._state().setValue(self._key(), self.header.saveState())
            self._stretch()

    def _restore(self) -> None:
        kept = self._state().value(self._key())
        self._restored = bool(kept) and self.header.restoreState(kept)
        self.header.sectionResized.connect(self._keep)
        self.header.sectionMoved.connect(self._keep)

    def _keep(self) -> None:
        if self.isVisible() and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._state().setValue(self._key(), self.header.saveState())

    def _key(self) -> str:
        return f"table/{self._name}/{self.model.columnCount()}/{self._desk.settings.text_size}"

    def _state(self) -> QSettings:
        return QSettings(str(paths.data_folder() / "window.ini"), QSettings.Format.IniFormat)
