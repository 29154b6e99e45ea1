"""What can be done on 联户和积分: registers, visits, points and hours; what was saved is offered to Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.queries.household_board import BranchBoard
from okr_desk.queries.service_hours import PersonHours
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.household import HandOverDialog, HouseholdDialog, HouseholdsDialog, RatingDialog
from okr_desk.ui.dialogs.member import DayReasonDialog, MemberDialog, MembersDialog
from okr_desk.ui.dialogs.points_scheme import PointsSchemeDialog
from okr_desk.ui.dialogs.reporter import ReportersDialog
from okr_desk.ui.dialogs.visit import VisitDialog
from okr_desk.ui.models.household_rows import EntryRow, MemberRow
from okr_desk.ui.widgets.entry_source import EntrySource, Said
from okr_desk.ui.widgets.household_place import HouseholdPlace
from okr_desk.ui.widgets.register_place import RegisterPlace
from okr_desk.ui.wording import sentences


class HouseholdSteps:
    """The actions of the page; `widget` is what dialogs stand over, `stack` holds what was saved, for Ctrl+Z."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self._is_saving = False
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    # Registers

    def paste_members(self, of: BranchBoard) -> None:
        """A list of members."""
        made = MembersDialog.ask(self._widget, self._desk, of.org)
        if made is not None:
            self._desk.say(_("已登记 {n} 名党员。").format(n=len(made.value)))

    def add_member(self, of: BranchBoard) -> None:
        """One member."""
        if MemberDialog.ask(self._widget, self._desk, of.org) is not None:
            self._desk.say(_("已登记。"))

    def change_member(self, of: BranchBoard, row: MemberRow | None) -> None:
        """Correct what is known of a member."""
        if row is not None and row.member.left_on is None:
            MemberDialog.ask(self._widget, self._desk, of.org, row.member)

    def let_leave(self, row: MemberRow | None) -> None:
        """A member leaves."""
        if row is None or row.member.left_on is not None:
            return
        note = _("{name}从这一天起不再计入本支部；以前的走访、积分和时长都保留。").format(name=row.member.name)
        words = (_("党员转出"), note, _("转出日期"))
        made = DayReasonDialog.ask(self._widget, self._desk, services.members.leave, row.member.id, words)
        if made is not None:
            self._desk.say(sentences(_("已办理转出。"), *made.notices))

    def add_reporters(self, of: BranchBoard) -> None:
        """Those who report from elsewhere."""
        made = ReportersDialog.ask(self._widget, self._desk, of)
        if made is not None:
            self._desk.say(_("已登记 {n} 名报到党员。").format(n=len(made.value)))

    def end_report(self, row: PersonHours | None) -> None:
        """Somebody reports no longer."""
        if row is None or row.reporter_id is None:
            return
        note = _("{name}从这一天起不再计入报到党员；以前的时长都保留。").format(name=row.name)
        words = (_("结束报到"), note, _("结束日期"))
        DayReasonDialog.ask(self._widget, self._desk, services.members.end_report, row.reporter_id, words)

    def set_scheme(self, of: BranchBoard) -> None:
        """The office's rules of points."""
        if PointsSchemeDialog.ask(self._widget, self._desk, of.quarter, of.scheme) is not None:
            self._desk.say(_("积分办法已保存，从{quarter}起执行。").format(quarter=of.quarter.label))

    def of_household(self, what: str, of: BranchBoard, place: HouseholdPlace, said: Said) -> None:
        """What the tab 联户 asks for: add, visit, hand_over, change, end or rate."""
        one = place.grid.current()
        if what == "add":
            made = HouseholdsDialog.ask(self._widget, self._desk, of, place.member_id)
            if made is not None:
                self._desk.say(sentences(_("已登记 {n} 户。").format(n=len(made.value)), *made.notices))
        elif what == "rate":
            keeper = next((each for each in of.keepers if each.member.id == place.member_id), None)
            if keeper is not None:
                made = RatingDialog.ask(self._widget, self._desk, of, keeper)
                if made is not None:
                    words = _("{name}的半年评分已保存。").format(name=keeper.member.name)
                    self._desk.say(sentences(words, *made.notices))
        elif one is not None and what == "visit":
            made = VisitDialog.ask(self._widget, self._desk, of, one, said)
            if made is not None:
                self._desk.say(sentences(_("已登记。按 Ctrl+Z 可撤回。"), *made.notices))
                self._keep(services.household_visits.withdraw, [made.value], _("走访 {n} 次").format(n=1))
        elif one is not None and what == "hand_over":
            HandOverDialog.ask(self._widget, self._desk, of, one)
        elif one is not None and what == "change":
            HouseholdDialog.ask(self._widget, self._desk, one)
        elif one is not None and what == "end":
            self._end(one.id, one.label)

    def _end(self, household_id: int, label: str) -> None:
        def service(session: Any, actor: Any, draft: Any) -> Any:
            return services.households.end(session, actor, household_id, draft.left_on, draft.reason)

        note = _("{label}从这一天起不再走访；以前的走访都保留。").format(label=label)
        words = (_("终止联系"), note, _("终止日期"))
        DayReasonDialog.ask(self._widget, self._desk, service, household_id, words, "ended_on")

    # Entries

    def save_visits(self, place: HouseholdPlace, source: EntrySource) -> None:
        """Everything typed in the grid at once; what is refused stays typed, the sentence below it."""
        place.clear_refusal()
        try:
            sent = place.grid.drafts()
        except InputRefused as refusal:
            place.refuse(refusal)
            return
        if not sent or self._is_saving:
            return
        drafts = [replace(one, **_source(source.said())) for one in sent]

        def done(made: Any) -> None:
            self._is_saving = False
            place.grid.forget(sent)
            source.settle()
            ids = list(made.value)
            words = _("已保存走访 {n} 次。按 Ctrl+Z 可撤回。") if ids else _("已保存。")
            self._desk.say(sentences(words.format(n=len(ids)), *made.notices))
            if ids:
                self._keep(services.household_visits.withdraw, ids, _("走访 {n} 次").format(n=len(ids)))

        def failed(error: Exception) -> None:
            self._is_saving = False
            if isinstance(error, Refusal):
                place.refuse(error)
                source.refuse(error)

        self._is_saving = True
        self._desk.tasks.write(
            services.household_visits.record_months, drafts, done=done, failed=failed, owner=self._widget
        )

    def save_line(self, place: RegisterPlace, source: EntrySource, is_points: bool) -> None:
        """One line of points or hours; a refusal stands under it."""
        place.clear_refusal()
        try:
            draft = place.line.draft(source.said())
        except InputRefused as refusal:
            place.refuse(refusal)
            return
        if self._is_saving:
            return
        word = services.member_points if is_points else services.service_hours

        def done(made: Any) -> None:
            self._is_saving = False
            place.line.saved()
            source.settle()
            self._desk.say(sentences(_("已登记。按 Ctrl+Z 可撤回。"), *made.notices))
            self._keep(word.withdraw, [made.value], _("这一条登记"))

        def failed(error: Exception) -> None:
            self._is_saving = False
            if isinstance(error, Refusal):
                place.refuse(error)
                source.refuse(error)

        self._is_saving = True
        self._desk.tasks.write(word.record, draft, done=done, failed=failed, owner=self._widget)

    def take_back(self, rows: Sequence[EntryRow], is_points: bool) -> None:
        """Withdraw entries with a reason."""
        word = services.member_points if is_points else services.service_hours
        self._withdraw(word.withdraw, [row.entry.id for row in rows], _("选中的 {n} 条登记").format(n=len(rows)))

    # Inside

    def _keep(self, service: Callable[..., Any], ids: list[int], what: str) -> None:
        self.stack.push(_Saved(self, service, ids, what))

    def _withdraw(self, service: Callable[..., Any], ids: list[int], what: str) -> None:
        note = _("撤回{what}：不再计入，原登记和理由留存备查。").format(what=what)
        reason = Reason.ask(self._widget, _("撤回"), note, _("理由"), _("撤回"))
        if reason is None:
            return

        def done(_made: Any) -> None:
            self.stack.clear()
            self._desk.say(_("已撤回。"))

        self._desk.tasks.write(service, ids, reason, done=done, owner=self._widget)


class _Saved(QUndoCommand):
    """What was saved on the undo stack: Ctrl+Z offers to withdraw it, after asking for the reason."""

    def __init__(self, steps: HouseholdSteps, service: Callable[..., Any], ids: list[int], what: str) -> None:
        super().__init__(what)
        self._steps, self._service, self._ids = steps, service, ids

    def redo(self) -> None:
        """Nothing: the save has happened."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until the withdrawal has been made."""
        steps, what = self._steps, self.text()
        QTimer.singleShot(0, steps.stack, steps.stack.redo)
        QTimer.singleShot(0, steps.stack, lambda: steps._withdraw(self._service, self._ids, what))


def _source(said: Said) -> dict[str, Any]:
    return {"reported_by": said.reported_by, "basis": said.basis, "reason": said.reason}
