"""Whistles are written, moved step by step, taken back with a reason: what the table of moves allows, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from okr_desk.clock import local
from okr_desk.errors import InputRefused, NotAllowed, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import Department, Quarter, Whistle, WhistleHelper, WhistleMove, WhistleRating, Year
from okr_desk.queries import cycles, whistle_rules
from okr_desk.queries.whistle_counts import SOURCE
from okr_desk.rules import whistles as rules
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.whistles import MoveDraft, Present, WhistleDraft
from okr_desk.services import counting, official, permits, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.services.quarter_lock import Dated
from okr_desk.terms import QuarterState, label
from okr_desk.whistle_terms import Solved, WhistleClass, WhistleState, WhistleStep

CHANGED = changed(Topic.WHISTLES)
OF_DEPARTMENT = (WhistleStep.SIGN_IN, WhistleStep.DECLINE, WhistleStep.ARRIVE, WhistleStep.PLAN, WhistleStep.FINISH)
"""Steps of the department: its own branch may enter them as well as the one that whistled."""


def create(session: Session, actor: Actor, draft: WhistleDraft) -> Outcome[int]:
    """Write a whistle as a draft with the next number of its quarter; its id.

    Raises InputRefused, WrongState or NotAllowed; a whistle again only after a result that failed.
    """
    placed = _dated(session, actor, draft.org_id, draft.drawn_on, "drawn_on", _("日期"), draft.reason)
    rules.check_whistle(draft)
    _check_departments(session, draft)
    first = None if draft.again_of_id is None else _failed(session, draft.again_of_id)
    row = Whistle(
        number=next_number(session, placed.quarter_id),
        quarter_id=placed.quarter_id,
        org_id=draft.org_id,
        kind=draft.kind.value,
        matter="",
        department_id=draft.department_id or 0,
        drawn_on=draft.drawn_on,
        state=WhistleState.DRAFT.value,
        again_of_id=first,
        account_id=official.account_of(actor) or 0,
        basis=draft.basis.value,
        is_late=placed.is_late,
        late_reason=draft.reason.strip(),
        recorded_at=now(session),
    )
    _fill(session, row, draft)
    return Outcome(row.key, CHANGED.of(draft.org_id))


def correct(session: Session, actor: Actor, whistle_id: int, draft: WhistleDraft) -> Outcome[int]:
    """Write a draft anew, before it is handed in or after it was sent back; the number stays."""
    row = _row(session, whistle_id)
    _check_withdrawal(session, actor, row.quarter_id, row.org_id)
    if WhistleState(row.state) is not WhistleState.DRAFT:
        raise WrongState(_("已经报审的吹哨单不能修改，请先退回修改。"))
    rules.check_whistle(draft)
    _check_departments(session, draft)
    row.kind, row.department_id = draft.kind.value, draft.department_id or 0
    for helper in session.exec(select(WhistleHelper).where(WhistleHelper.whistle_id == row.key)):
        session.delete(helper)
    session.flush()
    _fill(session, row, draft)
    return Outcome(row.key, CHANGED.of(row.org_id))


def move(session: Session, actor: Actor, draft: MoveDraft) -> Outcome[str]:
    """Take one step; the new state. Raises WrongState for one that the table does not have, InputRefused, NotAllowed.

    The notice says where a promise lies beyond the usual days.
    """
    row = _row(session, draft.whistle_id)
    step = rules.move_of(WhistleState(row.state), draft.step)
    org_id = _acting_org(session, actor, row, step)
    permits.require(session, actor, step.who, org_id)
    last = _last(session, row.key)
    there = Present(row.goal, row.department_id, row.drawn_on)
    rules.check_move(step, draft, there, None if last is None else last.at, now(session))
    day = local(draft.at).date()
    placed = _dated(session, actor, org_id, day, "at", _("时间"), draft.reason)
    done = WhistleMove(
        whistle_id=row.key,
        step=draft.step.value,
        before=step.before.value,
        after=step.after.value,
        at=draft.at,
        by=draft.by.strip(),
        note=draft.note.strip(),
        account_id=official.account_of(actor) or 0,
        recorded_at=now(session),
    )
    touched = [row.department_id]
    if draft.step is WhistleStep.REASSIGN:
        done.before_department_id, row.department_id = row.department_id, _living(session, draft.department_id)
        row.promised_on, row.plan = None, ""
        touched.append(row.department_id)
    session.add(done)
    session.flush()
    _apply(session, row, draft, done)
    row.state = step.after.value
    session.add(row)
    session.flush()
    reason = draft.reason if placed.is_late else ""
    return Outcome(row.state, _changes(session, actor, row, touched, day, reason), _notices(session, row, draft))


def take_back(session: Session, actor: Actor, whistle_id: int, reason: str) -> Outcome[str]:
    """Take the last step back; it stays with the reason, and the whistle stands where it stood before it."""
    row = _row(session, whistle_id)
    last = _last(session, row.key)
    if last is None:
        raise WrongState(_("这一哨还没有办理，没有可以撤回的步骤。"))
    said = check_reason(reason, _("撤回要写明理由，原来的记录留存备查。"))
    step = rules.move_of(WhistleState(last.before), WhistleStep(last.step))
    permits.require(session, actor, step.who, row.org_id)
    day = local(last.at).date()
    _check_withdrawal(session, actor, _quarter_of(session, day, row.quarter_id), row.org_id)
    touched = [row.department_id]
    last.withdrawn, last.withdrawn_reason = True, said
    session.add(last)
    _unapply(session, row, last)
    touched.append(row.department_id)
    row.state = last.before
    session.add(row)
    session.flush()
    return Outcome(row.state, _changes(session, actor, row, touched, day, said))


def withdraw(session: Session, actor: Actor, whistle_id: int, reason: str) -> Outcome[str]:
    """Take a whole whistle back that should not have been entered; it stays with the reason. Its number is not reused.

    Once it was blown only the office does that: a department's rating hangs on it.
    """
    row = _row(session, whistle_id)
    said = check_reason(reason, _("撤回要写明理由，原来的记录留存备查。"))
    _check_withdrawal(session, actor, row.quarter_id, row.org_id)
    if WhistleState(row.state) not in (WhistleState.DRAFT, WhistleState.SIGNING):
        permits.require(session, actor, Action.CHECK_DAILY, row.org_id)
    row.withdrawn, row.withdrawn_reason = True, said
    session.add(row)
    session.flush()
    return Outcome(row.number, _changes(session, actor, row, [row.department_id], row.drawn_on, said))


def next_number(session: Session, quarter_id: int) -> str:
    """The next number of a quarter: 哨2026-3-013."""
    quarter = session.get_one(Quarter, quarter_id)
    year = session.get_one(Year, quarter.year_id).number
    first = rules.prefix(year, quarter.number)
    taken = session.exec(select(Whistle.number).where(col(Whistle.number).startswith(first))).all()
    return rules.number_of(year, quarter.number, rules.next_running(taken))


# Inside


def _dated(session: Session, actor: Actor, org_id: int, day: date, field: str, name: str, reason: str) -> Dated:
    """As every entry of daily work, but a whistle does not wait until somebody opens the quarter that has begun."""
    permits.require(session, actor, Action.RECORD_DAILY, org_id)
    quarters = cycles.quarters(session)
    quarter = cycles.holding(quarters, day)
    if quarter is not None and quarter.state is QuarterState.PLANNING and day <= today(session):
        return Dated(quarter, False, quarters)
    return quarter_lock.dated(session, actor, org_id, day, field=field, name=name, reason=reason)


def _check_withdrawal(session: Session, actor: Actor, quarter_id: int, org_id: int) -> None:
    """As every entry of daily work; in a quarter that nobody has opened yet whoever may enter may take back."""
    permits.require(session, actor, Action.RECORD_DAILY, org_id)
    if session.get_one(Quarter, quarter_id).state != QuarterState.PLANNING:
        quarter_lock.check_withdrawal(session, actor, quarter_id, org_id)


def _row(session: Session, whistle_id: int) -> Whistle:
    row = session.get(Whistle, whistle_id)
    if row is None:
        raise WrongState(_("没有找到这一哨，请刷新后再试。"))
    if row.withdrawn:
        raise WrongState(_("{number}已撤回，不能再办理。").format(number=row.number))
    return row


def _last(session: Session, whistle_id: int) -> WhistleMove | None:
    moves = select(WhistleMove).where(WhistleMove.whistle_id == whistle_id, ~col(WhistleMove.withdrawn))
    return session.exec(moves.order_by(col(WhistleMove.id).desc()).limit(1)).first()


def _acting_org(session: Session, actor: Actor, row: Whistle, step: rules.Move) -> int:
    """The organisation for which this person acts: the one that whistled, or the department's own."""
    own = session.get_one(Department, row.department_id).org_id
    if step.step in OF_DEPARTMENT and own is not None:
        try:
            permits.require(session, actor, Action.RECORD_DAILY, row.org_id)
        except NotAllowed:
            return own
    return row.org_id


def _living(session: Session, department_id: int | None) -> int:
    found = session.get(Department, department_id) if department_id else None
    if found is None or not found.is_active:
        raise InputRefused(_("这个部门没有登记或已停用，请先在“部门”中增加。"), "department_id")
    return found.key


def _check_departments(session: Session, draft: WhistleDraft) -> None:
    _living(session, draft.department_id)
    for helper in draft.helper_ids:
        found = session.get(Department, helper)
        if found is None or not found.is_active:
            raise InputRefused(_("这个部门没有登记或已停用，请先在“部门”中增加。"), "helper_ids")


def _failed(session: Session, whistle_id: int) -> int:
    """The first whistle on the matter, by way of the one that failed."""
    row = _row(session, whistle_id)
    rules.check_again(WhistleState(row.state), Solved(row.solved) if row.solved else None, row.number)
    return row.again_of_id or row.key


def _fill(session: Session, row: Whistle, draft: WhistleDraft) -> None:
    row.source, row.matter = draft.source.strip(), draft.matter.strip()
    row.place, row.goal = draft.place.strip(), draft.goal.strip()
    row.blown_by, row.reported_by = draft.blown_by.strip(), draft.reported_by.strip()
    session.add(row)
    session.flush()
    for helper in dict.fromkeys(draft.helper_ids):
        session.add(WhistleHelper(whistle_id=row.key, department_id=helper))
    session.flush()


def _apply(session: Session, row: Whistle, draft: MoveDraft, done: WhistleMove) -> None:
    """What a step leaves on the record beside its state."""
    if draft.step is WhistleStep.BLOW:
        row.signed_by = done.by
    elif draft.step is WhistleStep.PLAN:
        row.plan, row.promised_on = done.note, draft.promised_on
    elif draft.step is WhistleStep.FINISH:
        row.result = done.note
    elif draft.step is WhistleStep.RATE:
        row.solved, row.said = (draft.solved.value if draft.solved else ""), done.note
        for rating in draft.ratings:
            if rating.levels:
                session.add(
                    WhistleRating(
                        whistle_id=row.key,
                        move_id=done.key,
                        rater=rating.rater.value,
                        levels=rating.stored,
                        comment=rating.comment.strip(),
                    )
                )


def _unapply(session: Session, row: Whistle, last: WhistleMove) -> None:
    """The record without what the step left on it."""
    step = WhistleStep(last.step)
    if step is WhistleStep.BLOW:
        row.signed_by = ""
    elif step is WhistleStep.PLAN:
        row.plan, row.promised_on = "", None
    elif step is WhistleStep.FINISH:
        row.result = ""
    elif step is WhistleStep.REASSIGN and last.before_department_id is not None:
        row.department_id = last.before_department_id
    elif step is WhistleStep.RATE:
        row.solved = row.said = ""
        for rating in session.exec(select(WhistleRating).where(WhistleRating.move_id == last.key)):
            rating.withdrawn = True
            session.add(rating)


def _quarter_of(session: Session, day: date, otherwise: int) -> int:
    found = cycles.holding(cycles.quarters(session), day)
    return otherwise if found is None else found.id


def _changes(
    session: Session, actor: Actor, row: Whistle, department_ids: Sequence[int], day: date, reason: str
) -> Changes:
    """The whistle, and what its departments' branches are counted as."""
    own = session.exec(select(Department.org_id).where(col(Department.id).in_(department_ids)))
    fed = [org_id for org_id in own if org_id is not None]
    changes = CHANGED.of(row.org_id, *fed)
    return changes | counting.recount(session, actor, SOURCE, fed, day, reason) if fed else changes


def _notices(session: Session, row: Whistle, draft: MoveDraft) -> tuple[str, ...]:
    """Where a promise lies beyond the usual days of its class."""
    if draft.step is not WhistleStep.PLAN or draft.promised_on is None:
        return ()
    blown = _blown_at(session, row.key)
    kind = WhistleClass(row.kind)
    usual = None if blown is None else whistle_rules.limits(session).due(kind, blown).close_on
    if usual is None or draft.promised_on <= usual:
        return ()
    said = _("承诺办结日 {promised} 晚于“{kind}”类的通常时限 {usual}，已按承诺登记，请核对。")
    return (said.format(promised=draft.promised_on, kind=label(kind), usual=usual),)


def _blown_at(session: Session, whistle_id: int) -> datetime | None:
    blown = (WhistleStep.BLOW.value, WhistleStep.REASSIGN.value)
    moves = select(WhistleMove.at).where(
        WhistleMove.whistle_id == whistle_id, col(WhistleMove.step).in_(blown), ~col(WhistleMove.withdrawn)
    )
    return session.exec(moves.order_by(col(WhistleMove.id).desc()).limit(1)).first()
