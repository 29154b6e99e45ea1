"""上报表: which figure goes into which cell of the county's workbook, and what stands there this quarter?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QUndoStack
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSplitter

from okr_desk.i18n import N_, _
from okr_desk.queries.upward import FilledCell, FormView
from okr_desk.rules.permissions import Action
from okr_desk.services.outcome import DAILY, Topic
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import upward_rows, upward_work
from okr_desk.ui.models.upward_work import UpwardBoard
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.upward_steps import UpwardSteps
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table

LIST = 11
"""Characters that the list of forms is wide."""


class UpwardPage(Page):
    """Left the forms, right the cells of the one in front."""

    title = N_("上报表")
    topics = frozenset(
        {
            Topic.UPWARD,
            Topic.ORGS,
            Topic.CYCLES,
            Topic.INDICATORS,
            Topic.OBJECTIVES,
            Topic.CHECKINS,
            Topic.IMPORTS,
            Topic.SCHEMES,
            Topic.SCORES,
            Topic.SURVEYS,
            Topic.REVIEWS,
            Topic.OBJECTIONS,
            Topic.FOLLOWUPS,
            *DAILY,
        }
    )
    follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: UpwardBoard | None = None
        self._form_id: int | None = None
        self.steps = UpwardSteps(desk, self)
        self.list = QListWidget(self)
        self.place = Place(self)
        self.cells = Table(desk, upward_rows.cell_columns(), "upward_cells", _("上报表单元格"), self)
        self._assemble()
        self.keep_button = self.add_quiet(_("导入县里的表…"), "import", self.keep)
        self.replace_button = self.add_quiet(_("换新表…"), "sync", self.replace)
        self.find_button = self.add_quiet(_("按表上的字找…"), "search", self.find)
        self.add_button = self.add_quiet(_("添加单元格…"), "add", self.add, QKeySequence(Qt.Key.Key_Insert))
        self.all_button = self.add_quiet(_("全部填好…"), "folder", self.fill_all)
        self.set_accent(_("填好另存…"), "download", self.fill, QKeySequence(QKeySequence.StandardKey.Save))
        self.remove_button = self.cells.add_tool(_("移去"), "delete", self.remove)
        self.retire_button = self.cells.add_tool(_("停用这张表"), "lock", self.retire)

        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.cells.view, self.remove)
        self.list.currentItemChanged.connect(self._choose)
        self.cells.opened.connect(self.open_cell)
        self.cells.marked.connect(lambda _row: self._follow())
        self.setAcceptDrops(True)

    # The page's question

    def query(self) -> Callable[..., Any] | None:
        quarter, actor = self.desk.selection.quarter, self.desk.actor
        if quarter is None or actor is None or not self._may:
            return None
        return partial(upward_work.board, quarter=quarter, by=actor.name, form_id=self._form_id)

    def refresh(self) -> None:
        if self.query() is not None:
            super().refresh()
            return
        self._stale = False
        if not self._may:
            self.show_denied(_("上报表由镇党建办填报，您没有查看本页的权限。"))
        else:
            self.show_empty(_("还没有年度和季度。"), _("请先在“年度与季度”中建立年度。"))

    def show_answer(self, of: UpwardBoard) -> None:
        self.shown = of
        self._form_id = None if of.form is None else of.form.id
        self._show_list(of)
        self._follow()
        if of.form is None:
            self.set_answer("")
            self.show_empty(
                _("还没有导入县里的表。"),
                _("把县里发的 .xlsx 导入一次，定好每一格填哪个数，以后每季填好另存就行，表的样子一点不变。"),
                _("导入县里的表…"),
                self.keep,
            )
            return
        self.set_answer(upward_rows.answer(of))
        self.cells.set_rows(upward_rows.cell_rows(of))
        if of.form.cells:
            self.place.setCurrentWidget(self.place.content)
        else:
            advice = _("程序按表上的字列出可以填的单元格，由您确认；找不到的用“添加单元格…”。")
            self.place.show_empty(_("这张表还没有添加单元格。"), advice, _("按表上的字找…"), self.find, is_accent=False)

    def undo_stack(self) -> QUndoStack:
        return self.steps.stack

    # What a person does

    def keep(self) -> None:
        """A workbook of the county becomes a form."""
        self.steps.choose(self._keep)

    def replace(self) -> None:
        """A newer workbook for the form in front."""
        form = self.form
        if form is not None:
            self.steps.choose(lambda draft: self.steps.replace(form, draft))

    def retire(self) -> None:
        """Take the form in front out of use."""
        if self.form is not None:
            self.steps.retire(self.form)

    def find(self) -> None:
        """List what the words on the form speak for."""
        if self.shown is not None and self.shown.book is not None:
            self.steps.find(self.shown)

    def add(self) -> None:
        """Map one cell; its sheet is that of the row under the cursor."""
        if self.shown is not None and self.shown.book is not None:
            row = self.cells.current()
            self.steps.add(self.shown, row.cell.sheet if isinstance(row, FilledCell) else "")

    def remove(self) -> None:
        """Take the selected mappings away."""
        rows = [row for row in self.cells.selected() if isinstance(row, FilledCell)]
        if self.form is not None and rows:
            self.steps.remove(self.form, [row.cell.draft for row in rows])

    def fill(self) -> None:
        """Fill the form in front, and save it under a name."""
        if self.shown is not None and self._can_fill:
            self.steps.fill(self.shown)

    def fill_all(self) -> None:
        """Fill every form into a folder."""
        if self.shown is not None:
            self.steps.fill_all(self.shown)

    def open_cell(self, row: object) -> None:
        """Show at the side what each cell of a mapping gets, and where it comes from."""
        if not isinstance(row, FilledCell) or not row.lines:
            return
        lines = Table(self.desk, upward_rows.line_columns(), "upward_lines", upward_rows.told(row), self)
        lines.set_rows(row.lines)
        self.open_side(lines, upward_rows.told(row))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._may and len(event.mimeData().urls()) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.steps.read(Path(event.mimeData().urls()[0].toLocalFile()), self._keep)

    @property
    def form(self) -> FormView | None:
        """The form in front."""
        return None if self.shown is None else self.shown.form

    # Inside

    def _keep(self, draft: Any) -> None:
        self.steps.keep(draft, self._kept)

    def _kept(self, form_id: int) -> None:
        self._form_id = form_id
        self._turn_stale()

    def _choose(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None and item.data(Qt.ItemDataRole.UserRole) != self._form_id:
            self._form_id = item.data(Qt.ItemDataRole.UserRole)
            self.close_side()
            self._turn_stale()

    def _show_list(self, of: UpwardBoard) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for form in of.forms:
                item = QListWidgetItem(form.name, self.list)
                item.setSizeHint(QSize(0, round(theme.line_height() * 1.8)))
                item.setData(Qt.ItemDataRole.UserRole, form.id)
                item.setToolTip(_("{file}，{name}导入").format(file=form.display_name, name=form.by))
                if form.id == self._form_id:
                    self.list.setCurrentItem(item)

    def _follow(self) -> None:
        of = self.shown
        has_form, has_book = of is not None and of.form is not None, of is not None and of.book is not None
        self.replace_button.setEnabled(has_form)
        for button in (self.find_button, self.add_button):
            button.setEnabled(has_book)
        self.all_button.setVisible(of is not None and len(of.forms) > 1)
        self.remove_button.setEnabled(self.cells.current() is not None)
        if self.accent_button is not None:
            self.accent_button.setEnabled(self._can_fill)

    @property
    def _can_fill(self) -> bool:
        of = self.shown
        return of is not None and of.filled is not None and bool(of.filled.cells) and not of.filled.problem

    @property
    def _may(self) -> bool:
        return self.desk.actor is not None and self.desk.actor.may(Action.EDIT_UPWARD)

    def _assemble(self) -> None:
        self.list.setAccessibleName(_("上报表"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumWidth(theme.span(self, LIST))
        self.place.layout_.addWidget(self.cells, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.gap(0.6))
        split.addWidget(self.list)
        split.addWidget(self.place)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.span(self, LIST), theme.span(self, LIST * 6)])
        self.content.addWidget(split, 1)
