"""What can be done on 工作底单: enter, correct, take back, change kinds; Ctrl+Z offers to take the last one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import worklog_kinds
from okr_desk.queries.worklog import EntryView, Worklog
from okr_desk.rules.worklog import EntryDraft
from okr_desk.rules.worklog_kinds import Kind
from okr_desk.services.outcome import Outcome
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.work_entry import WorkEntryDialog
from okr_desk.ui.dialogs.work_kinds import WorkKindsDialog


class WorklogSteps:
    """The actions of the page; `widget` is what dialogs stand over. `stack` holds what was entered."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    def record(self, draft: EntryDraft, done: Callable[[], object], failed: Callable[[Exception], object]) -> None:
        """Save one entry; the line is free for the next as soon as it is written."""

        def saved(outcome: Outcome[int]) -> None:
            self._keep(outcome.value, draft.what.strip())
            done()

        self._desk.tasks.write(services.worklog.record, draft, done=saved, failed=failed, owner=self._widget)

    def correct(self, of: Worklog, old: EntryView) -> None:
        """Put another entry in its place."""
        saved = WorkEntryDialog.ask(self._widget, self._desk, of, old)
        if saved is not None:
            outcome, (draft, _why) = saved
            self._gone(old.id)
            self._keep(outcome.value, draft.what.strip())

    def take_back(self, entry_id: int, what: str) -> None:
        """Withdraw an entry with the reason; it stays on record."""
        note = _("“{what}”不再计入，原记录和理由留存备查。").format(what=what)
        reason = Reason.ask(self._widget, _("撤回记录"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                services.worklog.withdraw, entry_id, reason, done=lambda _o: self._gone(entry_id), owner=self._widget
            )

    def change_kinds(self) -> None:
        """The office's kinds of work."""

        def ask(kinds: Sequence[Kind]) -> None:
            WorkKindsDialog.ask(self._widget, self._desk, kinds)

        self._desk.tasks.read(lambda session: worklog_kinds.kinds(session, retired=True), done=ask, owner=self._widget)

    def _keep(self, entry_id: int, what: str) -> None:
        self.stack.push(_Entered(self, entry_id, what))
        self._desk.say(_("已保存。按 Ctrl+Z 可撤回。"))

    def _gone(self, entry_id: int) -> None:
        """What was taken back is no step any more."""
        for at in range(self.stack.count()):
            step = self.stack.command(at)
            if isinstance(step, _Entered) and step.entry_id == entry_id:
                step.setObsolete(True)
        while self.stack.count() and self.stack.command(self.stack.count() - 1).isObsolete():
            self.stack.undo()


class _Entered(QUndoCommand):
    """An entry on the undo stack: Ctrl+Z offers to take it back, which asks for a reason."""

    def __init__(self, steps: WorklogSteps, entry_id: int, what: str) -> None:
        super().__init__(_("已登记的“{what}”").format(what=what))
        self._steps, self._what = steps, what
        self.entry_id = entry_id

    def redo(self) -> None:
        """Nothing: the entry has been made."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until the entry has been taken back."""
        if self.isObsolete():
            return
        steps = self._steps
        QTimer.singleShot(0, steps.stack, steps.stack.redo)
        QTimer.singleShot(0, steps.stack, lambda: steps.take_back(self.entry_id, self._what))
