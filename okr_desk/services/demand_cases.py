"""Cases of one page: written by the branch of a demand that was confirmed, reviewed by the office as valid or not."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import CaseReview, Demand, DemandCase, DemandStep
from okr_desk.queries.demand_counts import SOURCE
from okr_desk.register_terms import DemandAction
from okr_desk.rules.demands import CaseDraft, ReviewDraft, check_case, check_review
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import counting, entered, permits, quarter_lock
from okr_desk.services.entered import stamp
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.DEMANDS)


def write(session: Session, actor: Actor, draft: CaseDraft) -> Outcome[int]:
    """Write a case of a demand; its id. It counts once the office has reviewed it as valid.

    Raises WrongState for a demand that the resident has not confirmed or that has a case already, InputRefused for
    a text that does not fit the page.
    """
    demand = entered.standing(session, Demand, draft.demand_id)
    permits.require(session, actor, Action.RECORD_DAILY, demand.org_id)
    check_case(draft, _confirmed_on(session, demand.key), today(session))
    if _case_of(session, demand.key) is not None:
        raise WrongState(_("这件诉求已经写过案例。要改写的请先撤回原来的。"))
    dated = quarter_lock.dated(
        session, actor, demand.org_id, draft.written_on, field="written_on", name=_("填写日期"), reason=draft.by.reason
    )
    row = DemandCase(
        demand_id=demand.key,
        org_id=demand.org_id,
        written_on=draft.written_on,
        title=draft.title.strip(),
        background=draft.background.strip(),
        practice=draft.practice.strip(),
        effect=draft.effect.strip(),
        opinion=draft.opinion.strip(),
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def review(session: Session, actor: Actor, draft: ReviewDraft) -> Outcome[int]:
    """The office's word on a case, valid or not; the review's id. Raises WrongState where it was reviewed already."""
    case = entered.standing(session, DemandCase, draft.case_id)
    permits.require(session, actor, Action.CHECK_DAILY, case.org_id)
    check_review(draft, case.written_on, today(session))
    if _review_of(session, case.key) is not None:
        raise WrongState(_("这个案例已经复核。要改的请先撤回复核。"))
    dated = quarter_lock.dated(
        session, actor, case.org_id, draft.on, field="on", name=_("复核日期"), reason=draft.by.reason
    )
    row = CaseReview(
        case_id=case.key,
        on=draft.on,
        is_valid=draft.is_valid,
        note=draft.note.strip(),
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, case.org_id, row.on, draft.by.reason))


def withdraw_review(session: Session, actor: Actor, review_id: int, reason: str) -> Outcome[int]:
    """Take a review back: the case waits again. The office alone."""
    row = entered.standing(session, CaseReview, review_id)
    case = entered.standing(session, DemandCase, row.case_id)
    permits.require(session, actor, Action.CHECK_DAILY, case.org_id)
    entered.check_withdrawal(session, actor, case.org_id, row.on)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, case.org_id, row.on, reason))


def withdraw(session: Session, actor: Actor, case_id: int, reason: str) -> Outcome[int]:
    """Take a case back that was not reviewed; of one that was, the office takes the review back first."""
    row = entered.standing(session, DemandCase, case_id)
    entered.check_withdrawal(session, actor, row.org_id, row.written_on)
    if _review_of(session, row.key) is not None:
        raise WrongState(_("这个案例已经复核，请先由镇党建办撤回复核。"))
    entered.take_back(session, row, reason)
    return Outcome(row.key, _CHANGED.of(row.org_id))


def _confirmed_on(session: Session, demand_id: int) -> date | None:
    """The day on which the resident was satisfied, where that is the last word."""
    last = session.exec(
        select(DemandStep)
        .where(DemandStep.demand_id == demand_id, col(DemandStep.withdrawn_at).is_(None))
        .order_by(col(DemandStep.id).desc())
    ).first()
    return last.on if last is not None and last.action == DemandAction.SATISFIED else None


def _case_of(session: Session, demand_id: int) -> DemandCase | None:
    return session.exec(
        select(DemandCase).where(DemandCase.demand_id == demand_id, col(DemandCase.withdrawn_at).is_(None))
    ).first()


def _review_of(session: Session, case_id: int) -> CaseReview | None:
    return session.exec(
        select(CaseReview).where(CaseReview.case_id == case_id, col(CaseReview.withdrawn_at).is_(None))
    ).first()


def _recount(session: Session, actor: Actor, org_id: int, first: date, reason: str) -> Changes:
    return _CHANGED.of(org_id) | counting.recount(session, actor, SOURCE, [org_id], first, reason)
