"""What can be done on 组织生活: record, correct, take back, save the ledger; Ctrl+Z offers to take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.duties import MeetingView, Roster
from okr_desk.rules.duties import MeetingDraft, RegisterDraft, ReviewDraft, kind_words
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.meeting import MeetingDialog
from okr_desk.ui.wording import sentences


class DutySteps:
    """The actions of the page; `widget` is what dialogs stand over, `stack` what Ctrl+Z works on."""

    def __init__(self, desk: Desk, stack: QUndoStack, widget: QWidget) -> None:
        self._desk, self._stack, self._widget = desk, stack, widget

    def record(self, draft: MeetingDraft, done: Callable[[], None], refused: Callable[[Refusal], None]) -> None:
        """Save one event; `refused` gets what is wrong, to be said at its field."""

        def saved(outcome: Any) -> None:
            what = f"{draft.held_on.isoformat()} {kind_words(draft.kinds)}"
            self._offer(what, lambda reason: (services.duties.withdraw, outcome.value, reason))
            self._desk.say(sentences(_("已登记{what}。按 Ctrl+Z 可撤回。").format(what=what), *outcome.notices))
            done()

        self._write(services.duties.record, draft, done=saved, refused=refused)

    def correct(self, one: MeetingView, roster: Roster, asks_reason: bool) -> None:
        """Correct an event in a dialog."""
        made = MeetingDialog.ask(self._widget, self._desk, one, roster, asks_reason)
        if made is not None and made[0].changes:
            what = f"{one.held_on.isoformat()} {kind_words(one.kinds)}"
            self._offer(what, lambda reason: (services.duties.withdraw, made[0].value, reason))
            self._desk.say(sentences(_("已更正，原记录保留备查。"), *made[0].notices))

    def withdraw(self, one: MeetingView) -> None:
        """Take an event back with its reason."""
        what = f"{one.held_on.isoformat()} {kind_words(one.kinds)}"
        self._take_back(what, lambda reason: (services.duties.withdraw, one.id, reason))

    def save_ledger(
        self,
        lines: list[RegisterDraft],
        review: ReviewDraft | None,
        done: Callable[[], None],
        refused: Callable[[Refusal], None],
    ) -> None:
        """Save what was typed into the ledger."""

        def saved(outcome: Any) -> None:
            kept = outcome.value
            done()
            if kept.count:
                what = _("台账 {n} 项").format(n=kept.count)
                self._offer(what, lambda reason: (services.duty_registers.withdraw_ledger, kept, reason))
            self._desk.say(sentences(_("台账已保存。按 Ctrl+Z 可撤回。"), *outcome.notices))

        self._write(services.duty_registers.save_ledger, lines, review, done=saved, refused=refused)

    # Inside

    def _write(
        self, service: Callable[..., Any], *args: Any, done: Callable[[Any], None], refused: Callable[[Refusal], None]
    ) -> None:
        def failed(error: Exception) -> None:
            refused(error if isinstance(error, Refusal) else Refusal(_("没有保存成功，请重试。")))

        self._desk.tasks.write(service, *args, done=done, failed=failed, owner=self._widget)

    def _offer(self, what: str, call: Callable[[str], tuple[Any, ...]]) -> None:
        self._stack.push(_Saved(what, self._stack, lambda: self._take_back(what, call)))

    def _take_back(self, what: str, call: Callable[[str], tuple[Any, ...]]) -> None:
        note = _("{what}不再计入，原记录和理由留存备查。").format(what=what)
        reason = Reason.ask(self._widget, _("撤回"), note, _("理由"), _("撤回"))
        if reason is None:
            return

        def done(_outcome: Any) -> None:
            self._stack.clear()
            self._desk.say(_("已撤回。"))

        service, *args = call(reason)
        self._desk.tasks.write(service, *args, done=done, owner=self._widget)


class _Saved(QUndoCommand):
    """A save on the undo stack: Ctrl+Z asks for the reason and takes it back."""

    def __init__(self, what: str, stack: QUndoStack, ask: Callable[[], None]) -> None:
        super().__init__(_("已保存的{what}").format(what=what))
        self._stack, self._ask = stack, ask

    def redo(self) -> None:
        """Nothing: the save has happened."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until it was taken back."""
        QTimer.singleShot(0, self._stack, self._stack.redo)
        QTimer.singleShot(0, self._stack, self._ask)
