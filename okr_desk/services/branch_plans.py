"""The plan of a branch that lags behind is drawn up, replaced by another one, tested, taken back with a reason."""

from __future__ import annotations

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import BranchPlan, PlanAcceptance, Quarter
from okr_desk.queries import followup_rules, orgs
from okr_desk.rules.branch_plans import AcceptanceDraft, PlanDraft, check_acceptance, check_plan
from okr_desk.rules.entered import ITSELF
from okr_desk.rules.followups import same_person
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import entered, permits
from okr_desk.services.outcome import Outcome, Topic, changed

CHANGED = changed(Topic.FOLLOWUPS)


def draw_up(session: Session, actor: Actor, draft: PlanDraft) -> Outcome[int]:
    """Draw up the plan of a branch; one that stood before it is superseded and stays. Raises InputRefused, NotAllowed.

    Not while the plan before it has passed in the same quarter: then there is nothing left to plan.
    """
    permits.require(session, actor, Action.CHECK_FINDINGS, draft.org_id)
    check_plan(draft)
    if session.get(Quarter, draft.quarter_id) is None:
        raise InputRefused(_("没有这个季度。"), "quarter_id")
    for before in _running(session, draft.org_id):
        before.superseded_at = now(session)
        session.add(before)
    assert draft.begins_on is not None
    row = BranchPlan(
        org_id=draft.org_id,
        quarter_id=draft.quarter_id,
        ailment=draft.ailment.strip(),
        remedy=draft.remedy.strip(),
        duties=draft.duties.strip(),
        county_leader=draft.county_leader.strip(),
        town_leader=draft.town_leader.strip(),
        first_secretary=draft.first_secretary.strip(),
        within_30=draft.within_30.strip(),
        within_60=draft.within_60.strip(),
        within_90=draft.within_90.strip(),
        begins_on=draft.begins_on,
        **entered.stamp(session, actor, ITSELF),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, CHANGED.of(row.org_id))


def accept(session: Session, actor: Actor, draft: AcceptanceDraft) -> Outcome[bool]:
    """Test a plan; whether it passed. Whoever answers for it in the branch does not verify it.

    Raises InputRefused, WrongState for a plan that was superseded or has passed already, NotAllowed.
    """
    plan = entered.standing(session, BranchPlan, draft.plan_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, plan.org_id)
    if plan.superseded_at is not None:
        raise WrongState(_("这份计划已经换过，请对新的计划验收。"))
    if any(one.passed for one in _acceptances(session, plan.key)):
        raise WrongState(_("这份计划已经通过验收，不用再验。"))
    check_acceptance(draft, plan.begins_on, today(session))
    secretary = orgs.view(session, plan.org_id, draft.on).secretary
    if same_person(draft.by, secretary) or same_person(draft.by, plan.first_secretary):
        raise InputRefused(_("验收人不能是本支部书记或第一书记，请由其他同志验收。"), "by")
    row = PlanAcceptance(
        plan_id=plan.key,
        on=draft.on,
        points=draft.points,
        votes=draft.votes,
        against=draft.against,
        by=draft.by.strip(),
        opinion=draft.opinion.strip(),
        passed=followup_rules.exit_limits(session).passed(draft.points, draft.votes, draft.against),
        **entered.stamp(session, actor, ITSELF),
    )
    session.add(row)
    session.flush()
    return Outcome(row.passed, CHANGED.of(plan.org_id))


def withdraw(session: Session, actor: Actor, plan_id: int, reason: str) -> Outcome[int]:
    """Take a plan back that was drawn up in error."""
    row = entered.standing(session, BranchPlan, plan_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, row.org_id)
    entered.take_back(session, row, reason)
    return Outcome(row.key, CHANGED.of(row.org_id))


def withdraw_acceptance(session: Session, actor: Actor, plan_id: int, reason: str) -> Outcome[int]:
    """Take the newest test of a plan back."""
    plan = entered.standing(session, BranchPlan, plan_id)
    permits.require(session, actor, Action.CHECK_FINDINGS, plan.org_id)
    tests = _acceptances(session, plan.key)
    if not tests:
        raise WrongState(_("这份计划还没有验收，没有可以撤回的。"))
    entered.take_back(session, tests[-1], reason)
    return Outcome(plan.key, CHANGED.of(plan.org_id))


# Inside


def _running(session: Session, org_id: int) -> list[BranchPlan]:
    """The plans of a branch that stand and were neither superseded nor passed."""
    own = select(BranchPlan).where(
        BranchPlan.org_id == org_id, col(BranchPlan.withdrawn_at).is_(None), col(BranchPlan.superseded_at).is_(None)
    )
    return [plan for plan in session.exec(own).all() if not any(one.passed for one in _acceptances(session, plan.key))]


def _acceptances(session: Session, plan_id: int) -> list[PlanAcceptance]:
    tests = select(PlanAcceptance).where(PlanAcceptance.plan_id == plan_id, col(PlanAcceptance.withdrawn_at).is_(None))
    return list(session.exec(tests.order_by(col(PlanAcceptance.id))))
