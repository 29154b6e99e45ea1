"""导入: which cells need me? Read, compare, decide, write once; taken back on the same day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFileDialog, QMessageBox, QStackedWidget, QWidget

from okr_desk import paths as places
from okr_desk import services
from okr_desk.clock import local
from okr_desk.errors import Cancelled, InputRefused, Refusal
from okr_desk.i18n import N_, _
from okr_desk.queries.imports import BatchView, QuestionView
from okr_desk.rules.imports import Frozen, Known
from okr_desk.services.import_late import answered, late
from okr_desk.services.import_plan import ImportPlan
from okr_desk.services.imports import ImportResult
from okr_desk.services.outcome import Outcome, Topic
from okr_desk.ui import icons
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs import late_reason
from okr_desk.ui.models import import_work
from okr_desk.ui.models.import_work import Standing
from okr_desk.ui.models.plan_draft import PlanDraft
from okr_desk.ui.models.questions import Answers, items
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.import_forms import ImportForms
from okr_desk.ui.tasks import Job
from okr_desk.ui.widgets.drop_place import DropPlace
from okr_desk.ui.widgets.import_history import ImportHistory
from okr_desk.ui.widgets.plan_view import PlanView
from okr_desk.ui.widgets.progress_place import ProgressPlace
from okr_desk.ui.widgets.question_desk import QuestionDesk
from okr_desk.ui.widgets.returns_panel import ReturnsPanel
from okr_desk.ui.wording import sentences

KINDS = "*.xlsx *.xlsm *.xls *.et *.ods *.csv"


class ImportPage(Page):
    """Nothing is written before 确认导入; what stays doubtful waits here, also tomorrow."""

    title = N_("导入")
    topics = frozenset({Topic.IMPORTS, Topic.OBJECTIVES, Topic.ORGS})
    follows_quarter = follows_org = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.draft = PlanDraft.beside(desk)
        self.answers = Answers(self)
        self.batches: tuple[BatchView, ...] = ()
        self._known, self._frozen = Known(), Frozen()
        self._questions: tuple[QuestionView, ...] = ()
        self._job: Job | None = None
        self._is_writing = False
        self._last: BatchView | None = None
        self.start, self.reading = DropPlace(self), ProgressPlace(self)
        self.steps = QUndoStack(self)
        self.open_desk = QuestionDesk(desk, self.answers, self.find_file, self.steps, self)
        self.plan_view = PlanView(desk, self.draft.answers, self.find_file, self.steps, self)
        self.history: ImportHistory | None = None
        self.states = QStackedWidget(self)
        for widget in (self.start, self.reading, self.open_desk, self.plan_view):
            self.states.addWidget(widget)

        self.content.addWidget(self.states, 1)
        self.folder_button = self.add_quiet(_("选择文件夹…"), "folder", self.ask_folder)
        self.files_button = self.add_quiet(_("选择文件…"), "table", self.ask_files)
        self.drop_button = self.add_quiet(_("放弃这次导入"), "close", self.drop_plan)
        self.history_button = self.add_quiet(_("导入记录"), "history", self.show_history)
        self.forms = ImportForms(desk, self)
        self.forms_button = self.add_quiet(_("生成填报表"), "download", lambda: self.forms.offer(self.forms_button))
        self.set_accent(_("确认导入"), "check", self.confirm)

        self.start.given.connect(self.read_paths)
        self.start.files_asked.connect(self.ask_files)
        self.start.folder_asked.connect(self.ask_folder)
        self.reading.stopped.connect(self.stop_reading)
        self.open_desk.answered.connect(self._tell)
        self.plan_view.questions.answered.connect(self._tell)
        self.answer.linkActivated.connect(self.follow)
        desk.tasks.progressed.connect(self._progressed)

    # The page's question

    def query(self) -> Callable[..., Any]:
        return import_work.standing

    def show_answer(self, snapshot: Standing) -> None:
        self._questions, self.batches, self._known, self._frozen = snapshot
        self._last = next((batch for batch in self.batches if batch.can_undo), None)
        self.badge_changed.emit(len(self._questions))
        self.answers.ask(items(self._questions, self._known))
        self.open_desk.show_items()
        if self.history is not None and self.side.isVisible():
            self.history.show_batches(self.batches)
        self._show_state()

    def arrive(self, **arguments: Any) -> None:
        """`paths`: files that were dropped on the window."""
        if arguments.get("paths"):
            self.read_paths([Path(path) for path in arguments["paths"]])

    def undo_stack(self) -> QUndoStack:
        return self.steps

    # Reading

    def ask_files(self) -> None:
        """Choose workbooks."""
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("选择电子表格"), "", _("电子表格 ({kinds})").format(kinds=KINDS)
        )
        if names:
            self.read_paths([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Choose a folder, read with what is below it."""
        name = QFileDialog.getExistingDirectory(self, _("选择支部交表的文件夹"))
        if name:
            self.read_paths([Path(name)])

    def read_paths(self, paths: Sequence[Path]) -> None:
        """Read in the pool and compare with what stands; writes nothing."""
        if self._job is not None:
            self.desk.refuse(Refusal(_("正在读取另一批文件，请等它读完或先取消。")))
            return
        self.close_side()
        self.reading.begin(_("正在查找电子表格…"))
        self._job = self.desk.tasks.long(
            _("正在读取电子表格"),
            import_work.read,
            self.desk.store,
            list(paths),
            done=self._take_plan,
            failed=self._not_read,
            owner=self,
        )
        self._show_state()

    def stop_reading(self) -> None:
        """Stop at the next file; nothing was written."""
        if self._job is not None:
            self._job.cancel()

    def drop_plan(self) -> None:
        """Forget what was read; nothing was written."""
        self.draft.drop()
        self.steps.clear()
        self.close_side()
        self._show_state()

    # Writing

    def confirm(self) -> None:
        """Write the plan with its decisions, or the decisions on earlier questions: one transaction."""
        if self._is_writing:
            return
        reason = late_reason.ask(self, self._late())
        if reason is None:
            return
        if self.draft.plan is not None:
            self._is_writing = True
            decided = dict(self.draft.answers.decided)
            store = self.desk.store
            database = None if store is None or store.is_demo else store.path
            self.desk.tasks.write(
                import_work.apply,
                database,
                self.draft.plan,
                decided,
                reason,
                done=self._applied,
                failed=self._not_written,
                owner=self,
            )
        elif self.answers.decided:
            self._is_writing = True
            decided_ids = [
                (item.question_id, decision)
                for item in self.answers.items
                if (decision := self.answers.of(item)) is not None and item.question_id is not None
            ]
            self.desk.tasks.write(
                import_work.settle_all, decided_ids, reason, done=self._settled, failed=self._not_written, owner=self
            )
        else:
            self.ask_folder()
        self._tell()

    def ask_undo(self, batch: BatchView) -> None:
        """Ask before a whole import is taken back."""
        words = _("撤消 {at} 的导入？写入的 {n} 条将全部收回，撤消会留痕。")
        asked = words.format(at=local(batch.at).strftime("%H:%M"), n=batch.written)
        if QMessageBox.question(self, _("撤消此次导入"), asked) == QMessageBox.StandardButton.Yes:
            self.undo(batch)

    def undo(self, batch: BatchView) -> None:
        """Take an import of today back."""
        self.desk.tasks.write(
            services.imports.undo,
            batch.id,
            done=lambda outcome: self.desk.say(_("已撤消，收回 {n} 条。").format(n=outcome.value)),
            owner=self,
        )

    # Side panel

    def show_history(self) -> None:
        """Imports so far, beside the content."""
        self.history = ImportHistory(self)
        self.history.undo_asked.connect(self.ask_undo)
        self.history.show_batches(self.batches)
        self.open_side(self.history, _("导入记录"))

    def follow(self, link: str) -> None:
        """A link in the sentence under the title."""
        plan = self.draft.plan
        if link == "undo" and self._last is not None:
            self.ask_undo(self._last)
        elif link == "back" and plan is not None:
            self.plan_view.counts.open("back")
        elif plan is not None:
            panel = ReturnsPanel(self.desk, plan, self)
            panel.compare_asked.connect(self.plan_view.compare)
            self.open_side(panel, _("交表情况"))

    def find_file(self, name: str) -> Path | None:
        """A workbook by its name: of the import at hand, or of the demo."""
        known = self.draft.files.get(name)
        if known is None and self.desk.store is not None and self.desk.store.is_demo:
            known = next(places.resource("demo").rglob(name), None)
        return known

    # Inside

    def _late(self) -> int:
        """How much of what would be written now goes into frozen quarters."""
        plan = self.draft.plan
        if plan is not None:
            return len(late(plan)) + answered(plan.frozen, self.draft.answers.decided, plan.doubtful)
        return answered(self._frozen, self.answers.decided, tuple(item.doubt for item in self.answers.items))

    def _take_plan(self, found: tuple[ImportPlan, dict[str, Path], Known]) -> None:
        self._job = None
        plan, files, known = found
        self.draft.take(plan, files, items(plan.doubtful, known))
        self.steps.clear()
        self._show_state()

    def _not_read(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            self.desk.say(error.sentence or _("已取消，没有写入任何内容。"))
        elif isinstance(error, Refusal):
            self.desk.refuse(error)
        self._show_state()

    def _applied(self, outcome: Outcome[ImportResult]) -> None:
        self._is_writing = False
        result = outcome.value
        left = sum(not doubt.taken for doubt in result.doubtful)
        if result.batch_id is None:
            words = _("与系统中已有内容完全相同，没有新的内容要写入。")
        else:
            words = _("已写入 {n} 条，相同 {same} 条。").format(n=result.taken, same=result.unchanged)
            if left:
                words = sentences(words, _("没有定的格留在本页，随时可以再定。"))
            words = sentences(words, *result.next_steps)
        self.draft.drop()
        self.steps.clear()
        self.close_side()
        self.desk.say(words)
        self.refresh()

    def _settled(self, outcome: Outcome[int]) -> None:
        self._is_writing = False
        self.answers.forget()
        self.steps.clear()
        self.desk.say(_("已写入 {n} 格的决定。").format(n=outcome.value))
        self.refresh()

    def _not_written(self, error: Exception) -> None:
        self._is_writing = False
        if isinstance(error, Refusal):
            self.desk.refuse(error)
        if isinstance(error, InputRefused) and error.field.isdigit():
            wrong = next((it for it in self.answers.items if it.question_id == int(error.field)), None)
            if wrong is not None:
                self.open_desk.go_to(wrong)
                self.open_desk.card.refuse(error.sentence)
        self._tell()

    def _progressed(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            words = _("正在读取第 {n} 个文件，共 {total} 个").format(n=min(done + 1, total), total=total)
            self.reading.show_progress(words, done, total)

    def _show_state(self) -> None:
        """Reading, a plan to confirm, questions that wait, or the place to begin."""
        shown: QWidget = self.start
        if self._job is not None:
            shown = self.reading
        elif self.draft.plan is not None:
            shown = self.plan_view
            self.plan_view.show_plan(self.draft.plan)
        elif self._questions:
            shown = self.open_desk
        self.show_content()
        self.states.setCurrentWidget(shown)
        has_plan, is_start = shown is self.plan_view, shown in (self.start, self.reading)
        self.drop_button.setVisible(has_plan)
        for button in (self.folder_button, self.files_button):
            button.setVisible(shown is self.open_desk)
        self.forms_button.setVisible(not has_plan and shown is not self.reading)
        self.history_button.setVisible(shown is not self.reading)
        if self.accent_button is not None:
            self.accent_button.setVisible(not is_start)
            icons.dress(self.accent_button, "check", "on_accent")
        self._tell()

    def _tell(self) -> None:
        """The sentence and the accent button follow the decisions."""
        shown, button = self.states.currentWidget(), self.accent_button
        assert button is not None
        if self._is_writing:
            button.setEnabled(False)
            self.set_answer(_("正在写入，请稍候…"))
            return
        if shown is self.plan_view and self.draft.plan is not None:
            self.set_answer(self.plan_view.sentence())
            button.setText(_("确认导入"))
            button.setEnabled(True)
        elif shown is self.open_desk:
            decided = len(self.answers.decided)
            words = _("有 {n} 格等您定；没有定的按未报处理，不当作 0。").format(n=len(self.answers.waiting))
            if not self.answers.waiting:
                words = _("都已定好，请写入。")
            self.set_answer(sentences(words, self._undo_words()))
            button.setText(_("写入已定的 {n} 格").format(n=decided))
            button.setEnabled(bool(decided))
        elif shown is self.start:
            self.set_answer(self._start_words())

    def _start_words(self) -> str:
        return sentences(_("没有待定的格。支部交来表格后，在这里一次读入。"), self._undo_words())

    def _undo_words(self) -> str:
        """The newest import of today can be taken back from here."""
        if self._last is None:
            return ""
        words = _("今天 {at} 导入 {n} 条，<a href='undo'>撤消此次导入</a>。")
        return words.format(at=local(self._last.at).strftime("%H:%M"), n=self._last.written)
