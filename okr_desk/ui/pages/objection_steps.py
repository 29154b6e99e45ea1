"""What can be done on 申辩和公示: object, answer, take back; what a person may do with one objection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.review_records import ReviewRecord
from okr_desk.reports.registry import by_key
from okr_desk.review_terms import ReviewState, ReviewStep
from okr_desk.rules import reviews as rules
from okr_desk.rules.permissions import Action, Actor
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.objection import ObjectionDialog
from okr_desk.ui.dialogs.objection_decision import DecisionDialog

DOCUMENT = "objection"
"""The document of one objection, where it can be printed."""


class ObjectionSteps:
    """The actions of the page; `widget` is what dialogs stand over."""

    def __init__(self, desk: Desk, widget: QWidget) -> None:
        self._desk, self._widget = desk, widget

    def create(self, quarter: QuarterView, branches: Sequence[OrgView], org_id: int | None) -> int | None:
        """A new objection; its id."""
        made = ObjectionDialog.ask(self._widget, self._desk, quarter, branches, org_id=org_id)
        return self._entered(made)

    def again(self, quarter: QuarterView, org: OrgView, one: ObjectionView) -> int | None:
        """Object to an answer; the id of the new objection."""
        made = ObjectionDialog.ask(self._widget, self._desk, quarter, [org], org_id=org.id, again=one)
        return self._entered(made)

    def decide(self, one: ObjectionView) -> None:
        """Answer an objection."""
        if DecisionDialog.ask(self._widget, self._desk, one) is not None:
            self._desk.say(_("{number}已答复。支部可以在新的申辩期内再次提出。").format(number=one.number))

    def withdraw(self, one: ObjectionView) -> None:
        """Take an objection back, with the reason."""
        note = _("{number}不再复核，原来的记录和理由留存备查。").format(number=one.number)
        reason = Reason.ask(self._widget, _("撤回申辩"), note, _("理由"), _("撤回"))
        if reason is not None:
            said = _("{number}已撤回。").format(number=one.number)
            self._desk.tasks.write(
                services.objections.withdraw,
                one.id,
                reason,
                done=lambda _made: self._desk.say(said),
                owner=self._widget,
            )

    def _entered(self, made: object) -> int | None:
        if made is None:
            return None
        self._desk.say(_("申辩已登记。可以在右侧添加附件；评审表上的得分带 *，到答复为止。"))
        return int(getattr(made, "value", 0))


def may_object(actor: Actor | None, org: OrgView, record: ReviewRecord, day: date) -> bool:
    """Whether an objection of a branch can be entered today by this person."""
    if actor is None or not actor.may(Action.OBJECT, org.line):
        return False
    is_legal = any(move.step is ReviewStep.OBJECT for move in rules.moves_from(record.state))
    in_time = record.until is None or day <= record.until or actor.is_office
    return is_legal and in_time  # on paper it counts from its arrival, which may have been in time


def actions(
    actor: Actor | None,
    one: ObjectionView,
    org: OrgView | None,
    record: ReviewRecord | None,
    of: Sequence[ObjectionView],
    day: date,
) -> list[tuple[str, str, str]]:
    """Name, words and icon of what this person may do with an objection."""
    found: list[tuple[str, str, str]] = []
    if actor is None or org is None:
        return found
    if one.is_open and actor.may(Action.CHECK_REVIEW, org.line):
        found.append(("decide", _("答复…"), "comment"))
    if one.is_open and actor.may(Action.OBJECT, org.line):
        found.append(("withdraw", _("撤回申辩…"), "undo"))
    is_answered = one.decision is not None and one.again_of_id is None
    is_first = not any(other.again_of_id == one.id for other in of)
    back = record is not None and record.state in (ReviewState.RECHECKED, ReviewState.OBJECTED)
    if is_answered and is_first and back and record is not None and may_object(actor, org, record, day):
        found.append(("again", _("再次申辩…"), "redo"))
    found.append(("review", _("查看评审表"), "document"))
    if by_key(DOCUMENT) is not None:
        found.append(("print", _("打印"), "print"))
    return found
