"""What can be done on 计分: enter an event or a red line, take one back; dialogs stay until that is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import red_lines
from okr_desk.queries.red_lines import RedLineRuleView
from okr_desk.queries.score_measured import EventView
from okr_desk.queries.scores import RedLineView, ScoreSheet
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.point_event import PointEventDialog, counted
from okr_desk.ui.dialogs.red_line import RedLineDialog


class ScoreSteps:
    """The actions of the page; `widget` is what dialogs stand over. `stack` holds what was entered, for Ctrl+Z."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    def record_event(self, sheet: ScoreSheet, indicator_id: int | None) -> None:
        """Something that earns or costs points, on the line under the cursor where events count there."""
        assert sheet.version is not None and sheet.quarter is not None
        lines = counted(sheet.version.lines)
        if not lines:
            self._desk.say(_("这个方案没有按次扣分或加分的项目，不用登记。"))
            return
        saved = PointEventDialog.ask(self._widget, self._desk, sheet.org, sheet.quarter, lines, indicator_id)
        self._keep(saved, is_line=False)

    def record_red_line(self, sheet: ScoreSheet) -> None:
        """One of the red lines that count for the branch in the quarter, as they stand now."""
        quarter, version = sheet.quarter, sheet.version
        assert version is not None and quarter is not None

        def ask(rules: Sequence[RedLineRuleView]) -> None:
            if not rules:
                self._desk.say(_("这个方案的清单里还没有红线，请先在“考核方案”的“红线…”中添加。"))
                return
            around = (sheet.org, quarter, version.grades, rules)
            self._keep(RedLineDialog.ask(self._widget, self._desk, *around), is_line=True)

        self._desk.tasks.read(red_lines.counting, quarter, version, done=ask, owner=self._widget)

    def take_back(self, entry: EventView | RedLineView) -> None:
        """Withdraw an event or lift a red line, with the reason; the entry stays on record."""
        self.withdraw(entry.id, entry.fact, is_line=isinstance(entry, RedLineView))

    def withdraw(self, entry_id: int, fact: str, *, is_line: bool) -> None:
        """The same for an entry known by its id."""
        word = _("撤销") if is_line else _("撤回")
        note = _("“{fact}”不再计入，原登记和理由留存备查。").format(fact=fact)
        reason = Reason.ask(self._widget, _("{word}登记").format(word=word), note, _("理由"), word)
        if reason is not None:
            service = services.scores.lift_red_line if is_line else services.scores.withdraw_event
            self._desk.tasks.write(
                service, entry_id, reason, done=lambda _outcome: self._gone(entry_id, is_line), owner=self._widget
            )

    def _keep(self, saved: tuple[Any, Any] | None, *, is_line: bool) -> None:
        if saved is not None:
            outcome, draft = saved
            self.stack.push(_Entered(self, outcome.value, draft.fact.strip(), is_line))
            self._desk.say(_("已登记。按 Ctrl+Z 可撤回。"))

    def _gone(self, entry_id: int, is_line: bool) -> None:
        """What was taken back, from here or from the side panel, is no step any more."""
        for at in range(self.stack.count()):
            step = self.stack.command(at)
            if isinstance(step, _Entered) and (step.entry_id, step.is_line) == (entry_id, is_line):
                step.setObsolete(True)
        while self.stack.count() and self.stack.command(self.stack.count() - 1).isObsolete():
            self.stack.undo()


class _Entered(QUndoCommand):
    """An entry on the undo stack: Ctrl+Z offers to take it back, which asks for a reason."""

    def __init__(self, steps: ScoreSteps, entry_id: int, fact: str, is_line: bool) -> None:
        super().__init__(_("已登记的“{fact}”").format(fact=fact))
        self._steps, self._fact = steps, fact
        self.entry_id, self.is_line = entry_id, is_line

    def redo(self) -> None:
        """Nothing: the entry has been made."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until the entry has been taken back."""
        if self.isObsolete():
            return
        steps = self._steps
        QTimer.singleShot(0, steps.stack, steps.stack.redo)
        QTimer.singleShot(0, steps.stack, lambda: steps.withdraw(self.entry_id, self._fact, is_line=self.is_line))
