"""Urgent demands are raised and moved on by the table of moves, up to the resident's own word; steps are taken back."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, func, select

from okr_desk.errors import WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Demand, DemandCase, DemandStep
from okr_desk.queries.demand_counts import SOURCE
from okr_desk.register_terms import DemandAction
from okr_desk.rules.demands import DemandDraft, StepDraft, check_demand, check_step, move_of, state_after
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
    return Outcome(row.key, _recount(session, actor, demand.org_id, _first(demand, row.on), draft.by.reason))


def withdraw_step(session: Session, actor: Actor, step_id: int, reason: str) -> Outcome[int]:
    """Take the last step of a demand back: it stands again where it stood. Raises WrongState for an earlier one."""
    row = entered.standing(session, DemandStep, step_id)
    demand = entered.standing(session, Demand, row.demand_id)
    entered.check_withdrawal(session, actor, demand.org_id, row.on)
    if _steps(session, demand.key)[-1] is not row:
        raise WrongState(_("后面还有登记，请从最后一步起依次撤回。"))
    _check_no_case(session, demand.key)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, demand.org_id, _first(demand, row.on), reason))


def withdraw(session: Session, actor: Actor, demand_id: int, reason: str) -> Outcome[int]:
    """Take a demand back that was entered in error: it keeps its number, stays with the reason and counts no more."""
    row = entered.standing(session, Demand, demand_id)
    entered.check_withdrawal(session, actor, row.org_id, row.raised_on, row.promised_on)
    _check_no_case(session, row.key)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, row.org_id, row.promised_on, reason))


def _first(demand: Demand, day: date) -> date:
    """From where a step may change what is counted: its own quarter on, or the year of a promise that is to come."""
    return demand.promised_on if day.year < demand.promised_on.year else day


def _check_no_case(session: Session, demand_id: int) -> None:
    rows = session.exec(
        select(DemandCase.id).where(DemandCase.demand_id == demand_id, col(DemandCase.withdrawn_at).is_(None))
    )
    if rows.first() is not None:
        raise WrongState(_("这件诉求已写成典型案例，请先撤回案例。"))


def _steps(session: Session, demand_id: int) -> list[DemandStep]:
    rows = session.exec(
        select(DemandStep)
        .where(DemandStep.demand_id == demand_id, col(DemandStep.withdrawn_at).is_(None))
        .order_by(col(DemandStep.id))
    )
    return list(rows)


def _recount(session: Session, actor: Actor, org_id: int, first: date, reason: str) -> Changes:
    return _CHANGED.of(org_id) | counting.recount(session, actor, SOURCE, [org_id], first, reason)
