"""Urgent demands are raised and moved on by the table of moves, up to the resident's own word; steps are taken back."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, func, select

from okr_desk.errors import WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Demand, DemandCase, DemandStep
from okr_desk.queries.demand_counts import SOURCE
from okr_desk.register_terms import DemandAction, DemandState
from okr_desk.rules.demands import (
    DemandDraft,
    PostponeDraft,
    StepDraft,
    check_demand,
    check_postponable,
    check_postponement,
    check_postponer,
    check_step,
    move_of,
    state_after,
)
from okr_desk.rules.masking import masked
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import counting, entered, permits, quarter_lock
from okr_desk.services.entered import stamp
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.DEMANDS)


def register(session: Session, actor: Actor, draft: DemandDraft) -> Outcome[int]:
    """Enter a demand with its number of the branch and year; its id. The asker's name is kept masked.

    Raises InputRefused, WrongState for a promise in a quarter that no longer takes entries, NotAllowed.
    """
    permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
    check_demand(draft)
    dated = quarter_lock.dated(
        session, actor, draft.org_id, draft.raised_on, field="raised_on", name=_("提出日期"), reason=draft.by.reason
    )
    late = entered.check_planned(session, actor, draft.org_id, draft.promised_on, draft.by.reason)
    year = draft.raised_on.year
    last = session.exec(select(func.max(Demand.number)).where(Demand.org_id == draft.org_id, Demand.year == year)).one()
    row = Demand(
        org_id=draft.org_id,
        year=year,
        number=(last or 0) + 1,
        quarter_id=dated.quarter_id,
        raised_on=draft.raised_on,
        source=draft.source.value,
        asker=masked(draft.asker),
        what=draft.what.strip(),
        category=draft.category.strip(),
        owner=draft.owner.strip(),
        promised_on=draft.promised_on,
        **stamp(session, actor, draft.by, dated.is_late or late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, row.org_id, row.promised_on, draft.by.reason))


def move(session: Session, actor: Actor, draft: StepDraft) -> Outcome[int]:
    """Move a demand on; the step's id. Raises WrongState for a move that the table does not have, InputRefused for
    one without what it needs."""
    demand = entered.standing(session, Demand, draft.demand_id)
    permits.require(session, actor, Action.RECORD_DAILY, demand.org_id)
    steps = _steps(session, demand.key)
    state = state_after(DemandAction(step.action) for step in steps)
    allowed = move_of(state, draft.action)
    check_step(draft, allowed, steps[-1].on if steps else demand.raised_on, today(session))
    dated = quarter_lock.dated(
        session, actor, demand.org_id, draft.on, field="on", name=_("日期"), reason=draft.by.reason
    )
    row = DemandStep(
        demand_id=demand.key,
        action=draft.action.value,
        on=draft.on,
        note=draft.note.strip(),
        way=draft.way.value if draft.way is not None and allowed.way else "",
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, demand.org_id, _first(session, demand, row.on), draft.by.reason))


def postpone(session: Session, actor: Actor, draft: PostponeDraft) -> Outcome[int]:
    """Put the promised day off with a reason; the old one stays beside it. The step's id.

    The rate counts a demand in the quarter of its promised day, so both days are asked as entries would be; a day that
    has passed is moved by the office alone. Raises InputRefused, WrongState or NotAllowed.
    """
    demand = entered.standing(session, Demand, draft.demand_id)
    permits.require(session, actor, Action.RECORD_DAILY, demand.org_id)
    check_postponable(_state(session, demand.key))
    promised_on = _promised(session, demand)
    check_postponement(draft, promised_on)
    check_postponer(promised_on, today(session), actor.is_office or actor is permits.SETUP)
    late = [
        entered.check_planned(session, actor, demand.org_id, day, draft.by.reason)
        for day in (promised_on, draft.promised_on)
    ]
    row = DemandStep(
        demand_id=demand.key,
        action=DemandAction.POSTPONE.value,
        on=draft.promised_on,
        note=draft.note.strip(),
        **stamp(session, actor, draft.by, any(late)),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, demand.org_id, promised_on, draft.by.reason))


def withdraw_step(session: Session, actor: Actor, step_id: int, reason: str) -> Outcome[int]:
    """Take the last step of a demand back: it stands again where it stood. Raises WrongState for an earlier one."""
    row = entered.standing(session, DemandStep, step_id)
    demand = entered.standing(session, Demand, row.demand_id)
    if row.action == DemandAction.POSTPONE:
        return _withdraw_postponement(session, actor, demand, row, reason)
    entered.check_withdrawal(session, actor, demand.org_id, row.on)
    if _steps(session, demand.key)[-1] is not row:
        raise WrongState(_("后面还有登记，请从最后一步起依次撤回。"))
    _check_no_case(session, demand.key)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, demand.org_id, _first(session, demand, row.on), reason))


def withdraw(session: Session, actor: Actor, demand_id: int, reason: str) -> Outcome[int]:
    """Take a demand back that was entered in error: it keeps its number, stays with the reason and counts no more."""
    row = entered.standing(session, Demand, demand_id)
    promised_on = _promised(session, row)
    entered.check_withdrawal(session, actor, row.org_id, row.raised_on, promised_on)
    _check_no_case(session, row.key)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, row.org_id, promised_on, reason))


def _withdraw_postponement(
    session: Session, actor: Actor, demand: Demand, row: DemandStep, reason: str
) -> Outcome[int]:
    """The day promised before counts again; the newest postponement alone, and only while the demand is open."""
    check_postponable(_state(session, demand.key))
    if _postponements(session, demand.key)[-1] is not row:
        raise WrongState(_("后面还有一次延期，请先撤回后面的。"))
    entered.check_withdrawal(session, actor, demand.org_id, row.on)
    entered.take_back(session, row, reason)
    before = _promised(session, demand)
    entered.check_withdrawal(session, actor, demand.org_id, before)
    return Outcome(row.key, _recount(session, actor, demand.org_id, before, reason))


def _first(session: Session, demand: Demand, day: date) -> date:
    """From where a step may change what is counted: its own quarter on, or the year of a promise that is to come."""
    promised_on = _promised(session, demand)
    return promised_on if day.year < promised_on.year else day


def _state(session: Session, demand_id: int) -> DemandState:
    return state_after(DemandAction(step.action) for step in _steps(session, demand_id))


def _promised(session: Session, demand: Demand) -> date:
    """The day that counts: the newest one promised."""
    later = _postponements(session, demand.key)
    return later[-1].on if later else demand.promised_on


def _check_no_case(session: Session, demand_id: int) -> None:
    rows = session.exec(
        select(DemandCase.id).where(DemandCase.demand_id == demand_id, col(DemandCase.withdrawn_at).is_(None))
    )
    if rows.first() is not None:
        raise WrongState(_("这件诉求已写成典型案例，请先撤回案例。"))


def _steps(session: Session, demand_id: int) -> list[DemandStep]:
    """The moves in order, postponements left out."""
    return [row for row in _all_steps(session, demand_id) if row.action != DemandAction.POSTPONE]


def _postponements(session: Session, demand_id: int) -> list[DemandStep]:
    return [row for row in _all_steps(session, demand_id) if row.action == DemandAction.POSTPONE]


def _all_steps(session: Session, demand_id: int) -> list[DemandStep]:
    rows = session.exec(
        select(DemandStep)
        .where(DemandStep.demand_id == demand_id, col(DemandStep.withdrawn_at).is_(None))
        .order_by(col(DemandStep.id))
    )
    return list(rows)


def _recount(session: Session, actor: Actor, org_id: int, first: date, reason: str) -> Changes:
    return _CHANGED.of(org_id) | counting.recount(session, actor, SOURCE, [org_id], first, reason)
