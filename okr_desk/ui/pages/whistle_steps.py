"""What can be done on 吹哨: ask the dialog, call the service; what was done last can be taken back with Ctrl+Z."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.whistle_board import Board
from okr_desk.queries.whistles import WhistleView
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.whistles import FAILED, Move, moves_from
from okr_desk.services.whistles import OF_DEPARTMENT
from okr_desk.terms import QuarterState, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.department import DepartmentDialog
from okr_desk.ui.dialogs.usual_departments import UsualDepartmentsDialog
from okr_desk.ui.dialogs.whistle import WhistleDialog
from okr_desk.ui.dialogs.whistle_move import MoveDialog
from okr_desk.ui.wording import sentences
from okr_desk.whistle_terms import DepartmentKind, WhistleState


class WhistleSteps:
    """The actions of the page; `widget` is what dialogs stand over. `stack` holds what was done, for Ctrl+Z."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget
        self.stack = QUndoStack(widget)
        desk.actor_changed.connect(self.stack.clear)
        desk.opened.connect(self.stack.clear)

    def create(self, of: Board, branches: Sequence[OrgView], org_id: int | None) -> int | None:
        """Write a new whistle; its id."""
        made = WhistleDialog.ask(self._widget, self._desk, of, branches, org_id=org_id)
        return None if made is None else self._written(int(made.value))

    def again(self, of: Board, branches: Sequence[OrgView], one: WhistleView) -> int | None:
        """Whistle again for what was not solved; the id of the new whistle."""
        made = WhistleDialog.ask(self._widget, self._desk, of, branches, again=one)
        return None if made is None else self._written(int(made.value))

    def correct(self, of: Board, branches: Sequence[OrgView], one: WhistleView) -> None:
        """Write a draft anew."""
        if WhistleDialog.ask(self._widget, self._desk, of, branches, old=one) is not None:
            self._desk.say(_("{number}已修改。").format(number=one.number))

    def move(self, of: Board, one: WhistleView, move: Move) -> None:
        """Take a step."""
        is_office = self._desk.actor is not None and self._desk.actor.is_office
        late = is_office and of.quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)
        made = MoveDialog.ask(
            self._widget, self._desk, one, move, departments=of.departments, items=of.items, with_reason=late
        )
        if made is not None:
            self.stack.push(_Done(self, one.id, f"{one.number} {label(move.step)}"))
            said = _("{number}：已办理“{step}”。按 Ctrl+Z 可撤回。").format(number=one.number, step=label(move.step))
            self._desk.say(sentences(said, *made.notices))

    def take_back(self, whistle_id: int, what: str) -> None:
        """Take the last step back, with the reason; it stays on record."""
        note = _("撤回“{what}”，原记录和理由留存备查。").format(what=what)
        reason = Reason.ask(self._widget, _("撤回上一步"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                services.whistles.take_back, whistle_id, reason, done=lambda _made: self._gone(), owner=self._widget
            )

    def withdraw(self, one: WhistleView) -> None:
        """Take the whole whistle back, with the reason."""
        note = _("{number}整件撤回，不再计入；原记录和理由留存备查，哨号不再使用。").format(number=one.number)
        reason = Reason.ask(self._widget, _("撤回吹哨单"), note, _("理由"), _("撤回"))
        if reason is not None:
            self._desk.tasks.write(
                services.whistles.withdraw, one.id, reason, done=lambda _made: self._gone(), owner=self._widget
            )

    def edit_department(self, branches: Sequence[OrgView], old: DepartmentView | None = None) -> None:
        """Add a department, or change one."""
        if DepartmentDialog.ask(self._widget, self._desk, branches, old) is not None:
            self._desk.say(_("部门已保存。"))

    def add_usual(self, missing: Sequence[tuple[str, DepartmentKind]]) -> None:
        """Add the usual departments that the register lacks."""
        made = UsualDepartmentsDialog.ask(self._widget, self._desk, missing)
        if made is not None:
            self._desk.say(_("已加入 {n} 个部门。").format(n=len(made.value)))

    def _written(self, whistle_id: int) -> int:
        self._desk.say(_("已存为草稿。核对后请点“报审”。"))
        return whistle_id

    def _gone(self) -> None:
        self.stack.clear()
        self._desk.say(_("已撤回。"))


class _Done(QUndoCommand):
    """A step on the undo stack: Ctrl+Z offers to take it back, which asks for a reason."""

    def __init__(self, steps: WhistleSteps, whistle_id: int, what: str) -> None:
        super().__init__(what)
        self._steps, self._id = steps, whistle_id

    def redo(self) -> None:
        """Nothing: the step has been taken."""

    def undo(self) -> None:
        """Only asks; the step stays on the stack until it has been taken back."""
        steps, what = self._steps, self.text()
        QTimer.singleShot(0, steps.stack, steps.stack.redo)
        QTimer.singleShot(0, steps.stack, lambda: steps.take_back(self._id, what))


def legal_moves(actor: Actor | None, one: WhistleView, lines: dict[int, tuple[int, ...]]) -> tuple[Move, ...]:
    """The next steps that this person may take: what the table has, without what the service would refuse."""
    if actor is None or one.withdrawn:
        return ()
    return tuple(move for move in moves_from(one.state) if _may(actor, move, one, lines))


def other_actions(
    actor: Actor | None, one: WhistleView, lines: dict[int, tuple[int, ...]]
) -> list[tuple[str, str, str]]:
    """Name, words and icon of what else may be done with a whistle."""
    if actor is None or one.withdrawn:
        return []
    found = []
    if one.state is not WhistleState.DRAFT and _allowed(actor, Action.VIEW, one.org_id, lines):
        found.append(("print", _("打印吹哨单"), "print"))
    if not _allowed(actor, Action.RECORD_DAILY, one.org_id, lines):
        return found
    is_office = _allowed(actor, Action.CHECK_DAILY, one.org_id, lines)
    if one.state is WhistleState.DRAFT:
        found.append(("correct", _("修改"), "edit"))
    if one.state in (WhistleState.RATED, WhistleState.FILED) and one.solved in FAILED:
        found.append(("again", _("重吹"), "redo"))
    if one.standing_moves:
        found.append(("take_back", _("撤回上一步"), "undo"))
    if is_office or one.state in (WhistleState.DRAFT, WhistleState.SIGNING):
        found.append(("withdraw", _("撤回整件"), "delete"))
    return found


def _may(actor: Actor, move: Move, one: WhistleView, lines: dict[int, tuple[int, ...]]) -> bool:
    if _allowed(actor, move.who, one.org_id, lines):
        return True
    own = one.department.org_id
    return move.step in OF_DEPARTMENT and own is not None and _allowed(actor, move.who, own, lines)


def _allowed(actor: Actor, action: Action, org_id: int, lines: dict[int, tuple[int, ...]]) -> bool:
    return org_id in lines and actor.may(action, lines[org_id])
