"""What can be done on 整改: ask the dialog, call the service; the last step can be taken back with Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QMessageBox, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.branch_plans import PlanView
from okr_desk.queries.followup_board import FollowupBoard
from okr_desk.queries.followup_cards import CardProposal, CardView
from okr_desk.queries.followup_proposals import Proposal
from okr_desk.queries.followups import FindingView
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.cards import CardDraft
from okr_desk.rules.followups import CORRECTABLE, Move, fitting, moves_from
from okr_desk.rules.permissions import Action, Actor
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.branch_plan import BranchPlanDialog, PlanTestDialog
from okr_desk.ui.dialogs.card import CardLiftDialog, CardTalkDialog
from okr_desk.ui.dialogs.editions import EditionsDialog
from okr_desk.ui.dialogs.finding import ChainDialog, FindingDialog
from okr_desk.ui.dialogs.finding_correction import FindingCorrectionDialog
from okr_desk.ui.dialogs.finding_proposals import FindingProposalsDialog
from okr_desk.ui.dialogs.finding_step import FindingStepDialog
from okr_desk.ui.models import editions
from okr_desk.ui.models.editions import Edition
from okr_desk.ui.wording import sentences

Lines = dict[int, tuple[int, ...]]


class FollowupSteps:
    """The actions of the page; `widget` is what dialogs stand over. `stack` holds what was done, for Ctrl+Z."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    # Findings

    def create(self, of: FollowupBoard, branches: Sequence[OrgView], org_id: int | None) -> int | None:
        """Issue one notice typed by hand; its id."""
        made = FindingDialog.ask(self._widget, self._desk, of, branches, org_id=org_id)
        if made is None:
            return None
        self._desk.say(_("整改通知已下发，请打印或请支部在本机签收。"))
        return int(made.value[0])

    def propose(self, of: FollowupBoard, proposals: Sequence[Proposal]) -> None:
        """Issue what was ticked of the quarter's own findings."""
        made = FindingProposalsDialog.ask(self._widget, self._desk, of, proposals)
        if made is not None:
            self._desk.say(_("已下发整改通知 {n} 件。").format(n=len(made.value)))

    def move(self, of: FollowupBoard, one: FindingView, move: Move) -> None:
        """Take a step."""
        made = FindingStepDialog.ask(self._widget, self._desk, one, move, of.is_alone)
        if made is not None:
            self.stack.push(_Done(self, one.id, f"{one.number} {label(move.step)}"))
            said = _("{number}：已办理“{step}”。按 Ctrl+Z 可撤回。").format(number=one.number, step=label(move.step))
            self._desk.say(sentences(said, *made.notices))

    def correct(self, one: FindingView) -> None:
        """Put the notice right."""
        made = FindingCorrectionDialog.ask(self._widget, self._desk, one)
        if made is not None:
            said = _("{number}已更正为第 {n} 版，请打印或请支部重新签收。")
            self._desk.say(said.format(number=one.number, n=made.value))

    def editions(self, one: FindingView) -> None:
        """Show the notice in all its versions."""
        title = _("整改通知书 {number}").format(number=one.number)

        def show(found: tuple[Edition, ...]) -> None:
            EditionsDialog.show_for(self._widget, self._desk, title, found)

        self._desk.tasks.read(editions.of_notice, one, done=show, owner=self._widget)

    def describe(self, one: FindingView) -> None:
        """Say what became of a finding in the two other chains."""
        if ChainDialog.ask(self._widget, self._desk, one) is not None:
            self._desk.say(_("{number}的反馈和激励已保存。").format(number=one.number))

    def take_back(self, finding_id: int, what: str) -> None:
        """Take the last step back, with the reason."""
        note = _("撤回“{what}”，原记录和理由留存备查。").format(what=what)
        self.withdraw(services.followups.take_back, finding_id, _("撤回上一步"), note)

    def withdraw_finding(self, one: FindingView) -> None:
        """Take the whole finding back, with the reason."""
        note = _("{number}整件撤回，不再整改；原记录和理由留存备查，编号不再使用。").format(number=one.number)
        self.withdraw(services.followups.withdraw, one.id, _("撤回整改通知"), note)

    # Cards

    def issue_cards(self, of: FollowupBoard, chosen: Sequence[CardProposal]) -> None:
        """Issue the selected cards after one question that names them."""
        if not chosen:
            self._desk.say(_("请先在“建议发牌”里选中支部。"))
            return
        named = "\n".join(f"{one.org.short_name}　{label(one.colour)}：{one.causes}" for one in chosen)
        question = _("发出下列 {n} 张牌？发出以后可以撤回，牌号不再使用。\n\n{cards}").format(
            n=len(chosen), cards=named
        )
        if QMessageBox.question(self._widget, _("发牌"), question) != QMessageBox.StandardButton.Yes:
            return
        drafts = [CardDraft(one.org.id, of.quarter.id, one.colour, one.causes, one.effects) for one in chosen]
        said = _("已发牌 {n} 张。请下发整改通知书，登记谈话。").format(n=len(drafts))
        self._desk.tasks.write(
            services.cards.issue, drafts, done=lambda _made: self._desk.say(said), owner=self._widget
        )

    def talk(self, card: CardView) -> None:
        """Enter the talk."""
        if CardTalkDialog.ask(self._widget, self._desk, card) is not None:
            self._desk.say(_("{number}：已登记谈话。").format(number=card.number))

    def lift(self, card: CardView) -> None:
        """Lift a card."""
        if CardLiftDialog.ask(self._widget, self._desk, card) is not None:
            self._desk.say(_("{number}已解除。").format(number=card.number))

    def withdraw_card(self, card: CardView) -> None:
        """Take a card back, with the reason."""
        note = _("{number}撤回，不再计入；原记录和理由留存备查，牌号不再使用。").format(number=card.number)
        self.withdraw(services.cards.withdraw, card.id, _("撤回"), note)

    # Plans

    def plan(
        self, of: FollowupBoard, branches: Sequence[OrgView], org_id: int | None, old: PlanView | None = None
    ) -> None:
        """Draw up a plan, or another one in its place."""
        if BranchPlanDialog.ask(self._widget, self._desk, of, branches, org_id=org_id, old=old) is not None:
            self._desk.say(_("一支部一策已保存。"))

    def test(self, of: FollowupBoard, plan: PlanView) -> None:
        """Enter the exit test."""
        made = PlanTestDialog.ask(self._widget, self._desk, of, plan)
        if made is not None:
            self._desk.say(_("通过验收。") if made.value else _("没有通过验收，计划继续执行。"))

    def withdraw_plan(self, plan: PlanView) -> None:
        """Take a plan back, with the reason."""
        note = _("{org}的计划撤回，原记录和理由留存备查。").format(org=plan.org)
        self.withdraw(services.branch_plans.withdraw, plan.id, _("撤回"), note)

    def withdraw(self, service: Callable[..., Any], record_id: int, title: str, note: str) -> None:
        """Anything is taken back with a reason; it stays on record."""
        reason = Reason.ask(self._widget, title, note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(service, record_id, reason, done=lambda _made: self._gone(), owner=self._widget)

    def _gone(self) -> None:
        self.stack.clear()
        self._desk.say(_("已撤回。"))


class _Done(QUndoCommand):
    """A step on the undo stack: Ctrl+Z offers to take it back, which asks for a reason."""

    def __init__(self, steps: FollowupSteps, finding_id: int, what: str) -> None:
        super().__init__(what)
        self._steps, self._id = steps, finding_id

    def redo(self) -> None:
        """Nothing: the step has been taken."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until it has been taken back."""
        steps, what = self._steps, self.text()
        QTimer.singleShot(0, steps.stack, steps.stack.redo)
        QTimer.singleShot(0, steps.stack, lambda: steps.take_back(self._id, what))


def legal_moves(actor: Actor | None, one: FindingView, lines: Lines) -> tuple[Move, ...]:
    """The next steps that this person may take: what the table has, without what the service would refuse.

    What waits for the office stands first, which may also enter for the branch.
    """
    if actor is None or one.withdrawn:
        return ()
    found = [move for move in fitting(one.state, one.present) if _allowed(actor, move.who, one.org_id, lines)]
    return tuple(sorted(found, key=lambda move: move.who is not Action.CHECK_FINDINGS))


def other_actions(actor: Actor | None, one: FindingView, lines: Lines) -> list[tuple[str, str, str]]:
    """Name, words and icon of what else may be done with a finding."""
    if actor is None or one.withdrawn:
        return []
    found = []
    if _allowed(actor, Action.VIEW, one.org_id, lines):
        found.append(("print", _("打印整改通知书"), "print"))
        found.append(("editions", _("查看通知书各版"), "document"))
    is_office = _allowed(actor, Action.CHECK_FINDINGS, one.org_id, lines)
    if is_office:
        found.append(("describe", _("反馈和激励"), "comment"))
        if one.state in CORRECTABLE:
            found.append(("correct", _("更正通知书"), "edit"))
    last = one.standing[-1]
    done = next((move for move in moves_from(last.before) if move.step is last.step), None)
    if len(one.standing) > 1 and done is not None and _allowed(actor, done.who, one.org_id, lines):
        found.append(("take_back", _("撤回上一步"), "undo"))
    if is_office:
        found.append(("withdraw", _("撤回整件"), "delete"))
    return found


def _allowed(actor: Actor, action: Action, org_id: int, lines: Lines) -> bool:
    return org_id in lines and actor.may(action, lines[org_id])
