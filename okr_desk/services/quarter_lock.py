"""Whether a quarter takes an entry now, and which quarter a day belongs to: asked by every record of daily work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import DayShut, InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Quarter, Reopening
from okr_desk.queries import cycles
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules import cycles as rules
from okr_desk.rules.checks import check_day
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import permits
from okr_desk.terms import QuarterState


@dataclass(frozen=True)
class Dated:
    """The quarter that an entry belongs to; `is_late` where the entry comes after the last day in time (补报).

    `quarters` are all there are, so that whoever counts the entry does not ask again.
    """

    quarter: QuarterView
    is_late: bool
    quarters: tuple[QuarterView, ...]

    @property
    def quarter_id(self) -> int:
        """The id of the quarter."""
        return self.quarter.id


def dated(session: Session, actor: Actor, org_id: int, day: date, *, field: str, name: str, reason: str = "") -> Dated:
    """The quarter of `day`, once it is certain that it takes an entry on `org_id` from this person.

    `field` and `name` are the day's in the form. Frozen and closed quarters take entries of the office with a
    `reason`; without one they are refused at the field `reason`, which the form then offers. Raises InputRefused for a
    day that has not come or that no year holds, DayShut and NotAllowed.
    """
    permits.require(session, actor, Action.RECORD_DAILY, org_id)
    check_day(day, field, name, today(session))
    quarters = cycles.quarters(session)
    quarter = cycles.holding(quarters, day)
    if quarter is None:
        said = _("“{name}”{day} 不在已建立的年度里，请核对日期，或请镇党建办先建立年度。")
        raise InputRefused(said.format(name=name, day=day), field)
    try:
        return Dated(quarter, check_open(session, actor, quarter, org_id, reason), quarters)
    except (WrongState, InputRefused) as shut:
        said = _("“{name}”{day} 在{quarter}：{why}").format(
            name=name, day=day, quarter=quarter.label, why=shut.sentence
        )
        if isinstance(shut, InputRefused):
            raise InputRefused(said, shut.field) from shut
        raise DayShut(said, field) from shut


def check_open(session: Session, actor: Actor, quarter: Quarter | QuarterView, org_id: int, reason: str) -> bool:
    """Whether an entry made now is late; raises WrongState, NotAllowed or InputRefused where none may be made."""
    state = QuarterState(quarter.state)
    reopened = state is QuarterState.FROZEN and is_reopened(session, quarter, org_id)
    rules.may_record(state, reopened, actor.is_office or actor is permits.SETUP)
    if state in (QuarterState.FROZEN, QuarterState.CLOSED) and not reopened:
        permits.require(session, actor, Action.RECORD_AFTER_FREEZE, org_id)
        if not reason.strip():
            is_closed = state is QuarterState.CLOSED
            shut = _("季度已关账，补报或更正请写明理由。") if is_closed else _("季度已冻结，补报或更正请写明理由。")
            raise InputRefused(shut, "reason")
        return True
    return rules.is_late(today(session), quarter.due_on)


def check_withdrawal(session: Session, actor: Actor, quarter_id: int, org_id: int) -> None:
    """Raise WrongState where an entry may not be taken back: the quarter is frozen, and not opened again for it.

    After the freeze the office alone takes entries back, because what was reviewed would change.
    """
    permits.require(session, actor, Action.RECORD_DAILY, org_id)
    quarter = session.get_one(Quarter, quarter_id)
    state = QuarterState(quarter.state)
    if state is QuarterState.OPEN or (state is QuarterState.FROZEN and is_reopened(session, quarter, org_id)):
        return
    if not (actor.is_office or actor is permits.SETUP):
        raise WrongState(_("季度已冻结，不能撤回。如有错误，请由镇党建办另报更正。"))


def is_reopened(session: Session, quarter: Quarter | QuarterView, org_id: int) -> bool:
    """Whether a frozen quarter was opened again for this branch."""
    running = select(Reopening.id).where(
        Reopening.quarter_id == quarter.id,
        Reopening.org_id == org_id,
        col(Reopening.agreed_at).is_not(None),
        col(Reopening.ended_at).is_(None),
    )
    return session.exec(running).first() is not None
