"""What can be done on 激励与评议: ask the dialog, call the service; a title's last step can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import titles as titles_now
from okr_desk.queries.honours import HonourView, KindView
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.title_board import TitleBoard
from okr_desk.queries.titles import TitleView
from okr_desk.rules.permissions import Actor
from okr_desk.rules.titles import Move, moves_from
from okr_desk.scoring.grade_schemes import GRADES
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.honour import GiveDialog, KindDialog
from okr_desk.ui.dialogs.title import ApplyDialog, StepDialog
from okr_desk.ui.wording import sentences


class TitleSteps:
    """The actions of the page; `widget` is what dialogs stand over. `stack` holds steps of titles, for Ctrl+Z."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    # Titles

    def apply(self, of: TitleBoard, branches: Sequence[OrgView], org_id: int | None) -> int | None:
        """A branch applies; the id of its title."""
        made = ApplyDialog.ask(self._widget, self._desk, of.quarter.year, branches, org_id)
        if made is None:
            return None
        self._desk.say(sentences(_("已申报。"), *made.notices) if not made.notices else made.notices[0])
        return int(made.value)

    def step(self, of: TitleBoard, one: TitleView, move: Move) -> None:
        """Take a step of a title."""
        org = of.org(one.org_id)
        if org is None:
            return
        made = StepDialog.ask(
            self._widget,
            self._desk,
            one,
            move,
            org,
            facts=of.facts.get(one.org_id, ()),
            peers=titles_now.peers_of(org, of.branches),
        )
        if made is not None:
            what = f"{org.short_name} {label(move.step)}"
            self.stack.push(_Done(self, one.id, what))
            said = _("{org}：已办理“{step}”。按 Ctrl+Z 可撤回。")
            self._desk.say(said.format(org=org.short_name, step=label(move.step)))

    def take_back(self, title_id: int, what: str) -> None:
        """Take the last step of a title back, with the reason; it stays on record."""
        note = _("撤回“{what}”，原记录和理由留存备查。").format(what=what)
        reason = Reason.ask(self._widget, _("撤回上一步"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                services.titles.take_back, title_id, reason, done=lambda _made: self._gone(), owner=self._widget
            )

    # Honours

    def edit_kind(self, of: TitleBoard, old: KindView | None = None) -> None:
        """Add a kind of honour, or change one."""
        grades = next((one.grades for one in of.standings.values() if one.grades), GRADES.names)
        made = KindDialog.ask(self._widget, self._desk, of.quarter.year, grades, old)
        if made is not None:
            self._desk.say(sentences(_("荣誉已保存。"), *made.notices))

    def give(self, of: TitleBoard, kind_id: int | None) -> None:
        """Give an honour."""
        kinds = [one for one in of.kinds if not one.is_retired]
        if GiveDialog.ask(self._widget, self._desk, kinds, of.branches, kind_id) is not None:
            self._desk.say(_("荣誉已登记。"))

    def withdraw_honour(self, one: HonourView) -> None:
        """Take an honour back, with the reason; its place is free again."""
        note = _("撤回“{name}”：{whose}，名额随之空出；原登记和理由留存备查。").format(name=one.kind, whose=one.whose)
        reason = Reason.ask(self._widget, _("撤回荣誉"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                services.honours.withdraw, one.id, reason, done=lambda _made: self._gone(), owner=self._widget
            )

    def _gone(self) -> None:
        self.stack.clear()
        self._desk.say(_("已撤回。"))


class _Done(QUndoCommand):
    """A step on the undo stack: Ctrl+Z offers to take it back, which asks for a reason."""

    def __init__(self, steps: TitleSteps, title_id: int, what: str) -> None:
        super().__init__(what)
        self._steps, self._id = steps, title_id

    def redo(self) -> None:
        """Nothing: the step has been taken."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until it has been taken back."""
        steps, what = self._steps, self.text()
        QTimer.singleShot(0, steps.stack, steps.stack.redo)
        QTimer.singleShot(0, steps.stack, lambda: steps.take_back(self._id, what))


def legal_moves(actor: Actor | None, one: TitleView, line: tuple[int, ...]) -> tuple[Move, ...]:
    """The next steps that this person may take: what the table has, without what the service would refuse."""
    if actor is None:
        return ()
    return tuple(move for move in moves_from(one.state) if actor.may(move.who, line))
