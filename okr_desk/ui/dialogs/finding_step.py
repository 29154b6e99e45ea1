"""One step of a finding: on which day, by whom, and what the step needs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import services
from okr_desk.followup_terms import FollowupStep, Recognised
from okr_desk.i18n import _
from okr_desk.queries.followups import FindingView
from okr_desk.review_terms import ReceiptWay
from okr_desk.rules.followups import FROM_TODAY, Move, StepDraft
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.project import text_field
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

T = FollowupStep
WITH_DAY = (T.ASK_EXTENSION, T.EXTEND, T.REOPEN)
MORE = timedelta(days=15)
"""By how much a later day is proposed."""


class FindingStepDialog(SavingDialog):
    """Only the fields that the step has."""

    def __init__(self, desk: Desk, of: FindingView, move: Move, is_alone: bool, parent: QWidget | None = None) -> None:
        note = _("{number}　{org}　{problem}").format(number=of.number, org=of.org, problem=of.problem)
        title = label(move.step)
        super().__init__(desk, services.followups.move, title, parent=parent, note=note, accept=title)
        self._of, self._move = of, move
        today = desk.clock.today()
        self.day: DayLine | None = None
        self.due: DayLine | None = None
        if move.step not in FROM_TODAY:
            self.day = DayLine(_("日期"), today, today.year, pick=True)
            self.add_row("on", _("日期"), self.day)
        if "by" in move.needs:
            self.add_row("by", who_label(move.step), QLineEdit(_usual(desk, of, move.step)))
        if move.step is T.SIGN:
            ways = [(label(one), one.value) for one in ReceiptWay]
            self.add_row("way", _("方式"), choices(ways, _way(desk).value))
        if move.step is T.PLAN:
            self.add_pair("owner", _("责任人"), QLineEdit(of.owner), "leader", _("包联领导"), QLineEdit(of.leader))
        if move.step in WITH_DAY:
            self._add_day(today)
        if move.step is T.WRITE_OFF:
            pairs: list[tuple[str, Any]] = [(_("请选择"), ""), *((label(one), one.value) for one in Recognised)]
            self.add_row("recognised", _("群众认可"), choices(pairs), _("涉及群众的，先听群众意见；不认可的不能销号。"))
        if move.step is not T.SIGN:
            field = text_field("" if "note" in move.needs else _("可不填"), 3.4)
            if move.step is T.PLAN:
                field.setPlainText(of.measure)
            self.add_row("note", note_label(move.step), field)
        if move.step is T.WRITE_OFF and is_alone:
            advice = _("办公室只有一人，整改措施又是您录入的，写明由谁代为验收（分管领导或镇纪委，写姓名）。")
            self.add_row("substitute", _("代为验收"), QLineEdit(), advice)
        first = self.fields.get("by") or self.fields.get("note")
        if first is not None:
            first.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: FindingView, move: Move, is_alone: bool) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, move, is_alone, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> StepDraft:
        recognised, way = self._optional("recognised"), self._optional("way")
        return StepDraft(
            self._of.id,
            self._move.step,
            self.desk.clock.today() if self.day is None else self.day.day("on"),
            by=self._optional("by"),
            note=self._optional("note"),
            owner=self._optional("owner"),
            leader=self._optional("leader"),
            due_on=None if self.due is None else self.due.optional_day("due_on"),
            recognised=Recognised(recognised) if recognised else None,
            way=ReceiptWay(way) if way else ReceiptWay.PAPER,
            substitute=self._optional("substitute"),
        )

    # Inside

    def _add_day(self, today: date) -> None:
        asked = self._of.last(T.ASK_EXTENSION) if self._move.step is T.EXTEND else None
        proposed = asked.due_on if asked is not None else max(self._of.due_on, today) + MORE
        self.due = DayLine(_("新的期限"), proposed, today.year, pick=True)
        advice = _("现在的期限 {day}。").format(day=self._of.due_on.isoformat())
        self.add_row("due_on", _("新的期限"), self.due, advice)

    def _optional(self, name: str) -> str:
        return self.text(name) if name in self.fields else ""


def who_label(step: FollowupStep) -> str:
    """Whose name a step asks for."""
    return {
        T.SIGN: _("签收人"),
        T.WRITE_OFF: _("验收人"),
        T.REJECT: _("验收人"),
        T.LOOK_BACK: _("回访人"),
        T.REOPEN: _("回访人"),
        T.EXTEND: _("批准人"),
    }.get(step, _("办理人"))


def note_label(step: FollowupStep) -> str:
    """What a step wants to be told."""
    return {
        T.PLAN: _("整改措施"),
        T.PROGRESS: _("进展"),
        T.ASK_EXTENSION: _("延期理由"),
        T.EXTEND: _("说明"),
        T.ASK_CHECK: _("整改结果"),
        T.WRITE_OFF: _("验收意见"),
        T.LOOK_BACK: _("回访情况"),
        T.REOPEN: _("反弹情况"),
    }.get(step, _("理由"))


def _usual(desk: Desk, of: FindingView, step: FollowupStep) -> str:
    """Who takes the step most likely: in the branch whoever answers for it, in the office the person at the desk."""
    if step in (T.SIGN, T.ASK_CHECK):
        return of.owner
    return "" if desk.actor is None else desk.actor.name


def _way(desk: Desk) -> ReceiptWay:
    return ReceiptWay.PAPER if desk.actor is None or desk.actor.is_office else ReceiptWay.SCREEN
