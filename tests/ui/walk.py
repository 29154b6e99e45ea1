"""Walks through the window and gathers every word that it shows: pages, their menus and their dialogs."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QGroupBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabWidget,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from okr_desk.queries.evidence import folder_of
from okr_desk.ui.desk import Desk
from okr_desk.ui.main_window import MainWindow

MOST_ROWS = 40
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
UNTOUCHED = ("撤消", "undo")


@dataclass
class Walk:
    """What was seen, by where it was seen."""

    window: MainWindow
    idle: Callable[[Desk], None]
    seen: dict[str, set[str]] = field(default_factory=dict)
    dialogs: list[str] = field(default_factory=list)
    place: str = ""

    def take(self, *words: str) -> None:
        """Note words at the place one is at."""
        self.seen.setdefault(self.place, set()).update(word for word in words if word)

    def look(self, root: QWidget) -> None:
        """All words of a widget and of what is in it, pages behind the one in front left out."""
        window: MainWindow | None = self.window  # a page of its own has none
        front = window.current_page() if window is not None else None
        behind = {page for page in window.pages.values() if page is not front} if window is not None else set()
        for widget in within(root, behind):
            if widget.objectName().startswith("qt_"):
                continue
            self.take(widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), *own_words(widget))
            if widget.isWindow():
                self.take(widget.windowTitle())

    def pages(self) -> None:
        """Every page, with everything that its buttons and menus open."""
        for key in self.window.rail.shown_keys():
            self.show(key)
            self.look(self.window)
            for number in range(len(self.buttons())):
                self.show(key)
                buttons = self.buttons()
                if number < len(buttons):
                    buttons[number].click()
                    self.idle(self.window.desk)
                    self.look(self.window)

    def clear_away(self) -> None:
        """Windows beside the main window, and what was copied, go before the program ends."""
        QApplication.clipboard().clear()
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.parent() is None:
                top.close()
                top.deleteLater()
        QApplication.processEvents()

    def show(self, key: str) -> None:
        """Bring a page to the front, all its tabs seen."""
        self.place = key
        of_one_branch(self.window.desk, key)
        self.window.show_page(key)
        self.idle(self.window.desk)
        QApplication.processEvents()

    def buttons(self) -> list[QAbstractButton]:
        """What can be pressed on the page in front, except what takes back the demonstration itself."""
        page = self.window.current_page()
        found = page.findChildren(QAbstractButton) if page is not None else []
        return [
            one
            for one in found
            if one.isVisible()
            and one.isEnabled()
            and not one.objectName().startswith("qt_")
            and not any(word in one.text().lower() for word in UNTOUCHED)
        ]


def of_one_branch(desk: Desk, key: str) -> None:
    """The reports page lays out what is chosen: one branch there instead of all of them takes a tenth of the time."""
    if key == "reports":
        desk.selection.choose_org(desk.selection.branches[0].id)
    elif desk.actor is not None and desk.actor.is_office and desk.selection.org is not None:
        desk.selection.choose_org(None)


def within(root: QWidget, behind: Collection[QWidget]) -> Iterator[QWidget]:
    """A widget and what is in it, without those behind."""
    if root not in behind:
        yield root
        for child in root.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            yield from within(child, behind)


def own_words(widget: QWidget) -> Iterator[str]:
    """The words that a widget itself shows."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield from (widget.text(), widget.placeholderText())
    elif isinstance(widget, QPlainTextEdit):
        yield from (widget.toPlainText(), widget.placeholderText())
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QTabWidget):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from cells(widget.model())


def cells(model: QAbstractItemModel, under: QModelIndex | None = None) -> Iterator[str]:
    """Heads and the first rows of a list, a table or a tree."""
    parent = under or QModelIndex()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent))
    if under is None:
        yield from (str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns)
    for row in range(min(model.rowCount(parent), MOST_ROWS)):
        for column in columns:
            index = model.index(row, column, parent)
            yield from (value for role in ROLES if isinstance(value := index.data(role), str))
        first = model.index(row, 0, parent)
        if model.rowCount(first):
            yield from cells(model, first)


def intercept(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs are read and left, questions are answered with no, menus are read and everything in them is chosen."""
    depth: list[str] = []

    def leave(dialog: QDialog) -> int:
        QApplication.processEvents()
        walk.look(dialog)
        walk.dialogs.append(type(dialog).__name__)
        return int(QDialog.DialogCode.Rejected.value)

    def question(_parent: object, *words: object) -> QMessageBox.StandardButton:
        walk.take(*(word for word in words if isinstance(word, str)))
        return QMessageBox.StandardButton.Cancel

    def nothing(_parent: object, *words: object, **_more: object) -> tuple[str, str]:
        walk.take(*(word for word in words if isinstance(word, str)))
        return "", ""

    def choose(menu: QMenu, *_where: object) -> None:
        walk.look(menu)
        if depth:
            return
        depth.append("menu")
        for action in list(menu.actions()):
            if isValid(action) and action.isEnabled() and not action.isCheckable() and action.menu() is None:
                action.trigger()
                walk.idle(walk.window.desk)
        depth.clear()

    monkeypatch.setattr(QDialog, "exec", leave)
    monkeypatch.setattr(QDialog, "open", leave)
    monkeypatch.setattr(QMessageBox, "exec", leave)
    monkeypatch.setattr(QMessageBox, "question", question)
    monkeypatch.setattr(QMenu, "popup", choose)
    monkeypatch.setattr(QMenu, "exec", choose)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, nothing)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words, **_more: nothing(*words)[0])
    monkeypatch.setattr(QInputDialog, "getText", lambda *words, **_more: (nothing(*words)[0], False))
    monkeypatch.setattr(QInputDialog, "getItem", lambda *words, **_more: (nothing(*words)[0], False))
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *words, **_more: (nothing(*words)[0], False))
    monkeypatch.setattr(QToolButton, "showMenu", lambda button: choose(button.menu()) if button.menu() else None)


def data_words(path: Path) -> str:
    """Every text that stands in a database or on the county's forms beside it, one after the other."""
    with sqlite3.connect(path) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            value
            for name in names
            for row in database.execute(f'SELECT * FROM "{name}"')
            for value in row
            if isinstance(value, str)
        }
    database.close()
    return "\n".join(sorted(found | form_words(path)))


def form_words(path: Path) -> set[str]:
    """Every text on the county's forms that a database keeps."""
    kept = [file for file in folder_of(path).glob("*") if zipfile.is_zipfile(file)]
    books = [openpyxl.load_workbook(io.BytesIO(file.read_bytes())) for file in kept]
    return {
        cell.value
        for book in books
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    }
