"""What can be done on 上报表: ask the dialog, call the service; mapped cells can be taken back and put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from okr_desk import services
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.upward import FilledForm, FormView
from okr_desk.rules.upward import CellDraft, FormDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.upward import CellDialog, FormNameDialog, ProposalsDialog
from okr_desk.ui.models import upward_work
from okr_desk.ui.models.upward_rows import blanks
from okr_desk.ui.models.upward_work import UpwardBoard
from okr_desk.ui.wording import sentences


class UpwardSteps:
    """The actions of the page; `widget` is what dialogs stand over. `stack` holds mapped cells, for Ctrl+Z."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    def choose(self, then: Callable[[FormDraft], object]) -> None:
        """A workbook of the county, read in the pool."""
        name, _kind = QFileDialog.getOpenFileName(
            self._widget, _("选择县里的表"), "", _("电子表格 (*.xlsx);;所有文件 (*)")
        )
        if name:
            self.read(Path(name), then)

    def read(self, path: Path, then: Callable[[FormDraft], object]) -> None:
        """Read the workbook at `path`; a refusal stands in the message bar."""
        self._desk.tasks.run(upward_work.draft, path, done=then, owner=self._widget)

    def keep(self, draft: FormDraft, done: Callable[[int], object]) -> None:
        """Name the form and keep it."""
        made = FormNameDialog.ask(self._widget, self._desk, draft)
        if made is not None:
            self._desk.say(_("已导入。点“按表上的字找…”，列出可以填的单元格。"))
            done(made.value)

    def replace(self, form: FormView, draft: FormDraft) -> None:
        """A newer workbook in the place of the old."""
        self._desk.tasks.write(
            services.upward.replace, form.id, draft, done=lambda made: self._replaced(made.value), owner=self._widget
        )

    def retire(self, form: FormView) -> None:
        """Take a form out of use after a question."""
        said = _("停用“{name}”以后不再列出，县里的表和添加的单元格留存。要停用吗？").format(name=form.name)
        if QMessageBox.question(self._widget, _("停用"), said) == QMessageBox.StandardButton.Yes:
            self.stack.clear()
            self._desk.tasks.write(services.upward.retire, form.id, owner=self._widget)

    def add(self, of: UpwardBoard, sheet: str) -> None:
        """Map one cell."""
        saved = CellDialog.ask(self._widget, self._desk, of, sheet)
        if saved is not None and of.form is not None:
            self._push(of.form, saved[1], is_added=True)

    def find(self, of: UpwardBoard) -> None:
        """Map what the words on the form speak for, once it is confirmed."""
        found = upward_work.proposals(of)
        if not found:
            self._desk.say(_("没有找到还能对上的字。请点“添加单元格…”逐个添加。"))
            return
        saved = ProposalsDialog.ask(self._widget, self._desk, of, found)
        if saved is not None and of.form is not None:
            self._push(of.form, saved[1], is_added=True)

    def remove(self, form: FormView, drafts: Sequence[CellDraft]) -> None:
        """Take mappings away; Ctrl+Z puts them back."""
        self._desk.tasks.write(
            services.upward.unmap,
            form.id,
            list(drafts),
            done=lambda _made: self._push(form, drafts, is_added=False),
            owner=self._widget,
        )

    def fill(self, of: UpwardBoard) -> None:
        """Where to, then fill."""
        if of.form is None or of.filled is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self._widget, _("填好另存"), upward_work.file_name(of.filled), _("电子表格 (*.xlsx)")
        )
        if name:
            self.fill_to(of, Path(name))

    def fill_to(self, of: UpwardBoard, target: Path) -> None:
        """Fill the form in front with the figures of this moment."""
        assert of.form is not None and self._desk.actor is not None
        self._desk.tasks.long(
            _("正在填表"),
            upward_work.fill,
            self._desk.store,
            of.quarter,
            self._desk.actor.name,
            of.form.id,
            target,
            done=lambda made: self._filled([made[0]], [made[1]]),
            owner=self._widget,
        )

    def fill_all(self, of: UpwardBoard) -> None:
        """Into which folder, then fill every form."""
        folder = QFileDialog.getExistingDirectory(self._widget, _("存到哪个文件夹"))
        if folder:
            self.fill_into(of, Path(folder))

    def fill_into(self, of: UpwardBoard, folder: Path) -> None:
        """Every form of the quarter into a folder."""
        assert self._desk.actor is not None
        self._desk.tasks.long(
            _("正在填表"),
            upward_work.fill_all,
            self._desk.store,
            of.quarter,
            self._desk.actor.name,
            folder,
            done=lambda made: self._filled(*made),
            owner=self._widget,
        )

    def again(self, form_id: int, drafts: Sequence[CellDraft], *, is_added: bool) -> None:
        """Put cells back, or take them away, as a step on the stack says."""
        if not is_added:
            self._desk.tasks.write(services.upward.unmap, form_id, list(drafts), failed=self._lost, owner=self._widget)
            return

        def put(of: UpwardBoard) -> None:
            assert of.book is not None
            self._desk.tasks.write(
                services.upward.map_cells, form_id, of.book, list(drafts), failed=self._lost, owner=self._widget
            )

        quarter = self._desk.selection.quarter
        assert quarter is not None
        self._desk.tasks.read(upward_work.board, quarter, "", form_id, done=put, owner=self._widget)

    # Inside

    def _push(self, form: FormView, drafts: Sequence[CellDraft], *, is_added: bool) -> None:
        what = drafts[0].cell if len(drafts) == 1 else _("{n} 个单元格").format(n=len(drafts))
        self.stack.push(_Mapped(self, form.id, tuple(drafts), what, is_added=is_added))
        said = _("已添加 {what}。按 Ctrl+Z 可移去。") if is_added else _("已移去 {what}。按 Ctrl+Z 可放回。")
        self._desk.say(said.format(what=what))

    def _replaced(self, made: Any) -> None:
        self.stack.clear()
        said = _("已换新表，{n} 个单元格照旧。").format(n=made.kept)
        if not made.lost:
            self._desk.say(said)
            return
        QMessageBox.information(
            self._widget, _("换新表"), said + "\n\n" + _("新表里没有位置、已移去的：") + "\n" + "\n".join(made.lost)
        )

    def _filled(self, files: Sequence[Path], made: Sequence[FilledForm]) -> None:
        written, blank = sum(len(one.targets) for one in made), sum(blanks(one) for one in made)
        first = files[0]
        said = (
            _("已填好“{name}”，写入 {n} 格。").format(name=first.name, n=written)
            if len(files) == 1
            else _("已填好 {files} 份，存在“{folder}”，共写入 {n} 格。").format(
                files=len(files), folder=first.parent.name, n=written
            )
        )
        rest = _("有 {n} 格缺数，已留空，见表中“缺数”各行。").format(n=blank) if blank else ""
        self._desk.say(sentences(said, rest) if rest else said)

    def _lost(self, error: Exception) -> None:
        """The form has changed since: what is on the stack no longer fits it."""
        self.stack.clear()
        self._desk.refuse(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))


class _Mapped(QUndoCommand):
    """Cells that were added, or taken away."""

    def __init__(
        self, steps: UpwardSteps, form_id: int, drafts: tuple[CellDraft, ...], what: str, *, is_added: bool
    ) -> None:
        said = _("添加 {what}") if is_added else _("移去 {what}")
        super().__init__(said.format(what=what))
        self._steps, self._form_id, self._drafts, self._is_added = steps, form_id, drafts, is_added
        self._is_done = False

    def redo(self) -> None:
        """At first nothing: it has been done."""
        if self._is_done:
            self._steps.again(self._form_id, self._drafts, is_added=self._is_added)
        self._is_done = True

    def undo(self) -> None:
        """The other way round."""
        self._steps.again(self._form_id, self._drafts, is_added=not self._is_added)
