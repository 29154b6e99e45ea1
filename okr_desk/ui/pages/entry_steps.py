"""What was entered on a page of the small registers, for Ctrl+Z: it offers to take it back, which asks for a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.widgets.entry_line import EntryLine

Service = Callable[..., Any]


class EntrySteps:
    """Entries and their withdrawals; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    def send(
        self, line: EntryLine, service: Service, draft: Callable[[], Any], back: Service, what: str, *cleared: str
    ) -> None:
        """Send what a line holds; a refusal stands under the line with everything that was typed."""
        line.clear_refusal()
        try:
            made = draft()
        except Refusal as error:
            line.refuse(error)
            return
        line.button.setEnabled(False)

        def done(outcome: Any) -> None:
            line.button.setEnabled(True)
            line.next(*cleared)
            self.keep(outcome.value, back, what)

        def failed(error: Exception) -> None:
            line.button.setEnabled(True)
            line.refuse(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))

        self._desk.tasks.write(service, made, done=done, failed=failed, owner=self._widget)

    def take(self, saved: tuple[Any, Any] | None, back: Service, what: str) -> None:
        """A dialog was saved or left."""
        if saved is not None:
            self.keep(saved[0].value, back, what)

    def keep(self, entry_id: int, back: Service, what: str) -> None:
        """An entry was made; Ctrl+Z offers to take it back."""
        self.stack.push(_Entered(self, entry_id, back, what))
        self._desk.say(_("已登记。按 Ctrl+Z 可撤回。"))

    def withdraw(self, entry_id: int, back: Service, what: str) -> None:
        """Ask for the reason and take an entry back; it stays on record."""
        note = _("“{what}”不再计入，原登记和理由留存备查。").format(what=what)
        reason = Reason.ask(self._widget, _("撤回登记"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                back, entry_id, reason, done=lambda _outcome: self._gone(entry_id, back), owner=self._widget
            )

    def _gone(self, entry_id: int, back: Service) -> None:
        for at in range(self.stack.count()):
            step = self.stack.command(at)
            if isinstance(step, _Entered) and (step.entry_id, step.back) == (entry_id, back):
                step.setObsolete(True)
        while self.stack.count() and self.stack.command(self.stack.count() - 1).isObsolete():
            self.stack.undo()


class _Entered(QUndoCommand):
    """An entry on the undo stack."""

    def __init__(self, steps: EntrySteps, entry_id: int, back: Service, what: str) -> None:
        super().__init__(_("已登记的“{what}”").format(what=what))
        self._steps, self._what = steps, what
        self.entry_id, self.back = entry_id, back

    def redo(self) -> None:
        """Nothing: the entry has been made."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until the entry has been taken back."""
        if self.isObsolete():
            return
        steps = self._steps
        QTimer.singleShot(0, steps.stack, steps.stack.redo)
        QTimer.singleShot(0, steps.stack, lambda: steps.withdraw(self.entry_id, self.back, self._what))
