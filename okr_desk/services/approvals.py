"""From the branch's draft to what counts: submit, approve or send back (design 9)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.store import now, today
from okr_desk.model.tables import KeyResult, Objective
from okr_desk.queries import approvals
from okr_desk.queries.objective_drafts import draft_of
from okr_desk.rules.checks import check_reason
from okr_desk.rules.objectives import Step, after, check_key_result
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, permits
from okr_desk.services.indicators import current_baseline, current_target
from okr_desk.services.library import newest
from okr_desk.services.objectives import (
    CHANGED,
    key_result_notices,
    key_results_of,
    objective_notices,
    objective_row,
)
from okr_desk.services.outcome import Outcome
from okr_desk.terms import Accumulation, ApprovalState


def submit(session: Session, actor: Actor, objective_ids: Sequence[int]) -> Outcome[int]:
    """Hand objectives in for the township's check. Everything that could not start is refused, with what is missing."""
    notices: dict[str, None] = {}
    for objective_id in objective_ids:
        row = objective_row(session, objective_id)
        permits.require(session, actor, Action.SUBMIT_OBJECTIVES, row.org_id)
        official.year_state(session, row.year)
        state = after(ApprovalState(row.state), Step.SUBMIT, row.code)
        _check_complete(session, row)
        _move(session, row, state, "")
        notices |= dict.fromkeys(objective_notices(session, row) + key_result_notices(session, row))
    session.flush()
    return Outcome(len(objective_ids), CHANGED, tuple(notices))


def approve(session: Session, actor: Actor, objective_ids: Sequence[int], reason: str = "") -> Outcome[int]:
    """Approve submitted objectives: from now on they count, and change only by adjustment.

    What comes on top of a plan approved before is itself an adjustment: raises InputRefused without a `reason`;
    quarters that are frozen or closed stay without it.
    """
    for objective_id in objective_ids:
        row = objective_row(session, objective_id)
        permits.require(session, actor, Action.APPROVE_OBJECTIVES, row.org_id)
        official.year_state(session, row.year)
        state = after(ApprovalState(row.state), Step.APPROVE, row.code)
        _check_complete(session, row)
        if approvals.is_in_force(session, row.org_id, row.year, objective_ids):
            _add(session, actor, row, check_reason(reason, _(official.ASK)))
        row.approved_at, row.approved_by = now(session), official.account_of(actor)
        _move(session, row, state, "")
    session.flush()
    return Outcome(len(objective_ids), CHANGED)


def send_back(session: Session, actor: Actor, objective_ids: Sequence[int], opinion: str) -> Outcome[int]:
    """Return submitted objectives to the branch, with the opinion it has to meet."""
    said = check_reason(opinion, _("退回须写明意见，支部才知道改什么。"))
    for objective_id in objective_ids:
        row = objective_row(session, objective_id)
        permits.require(session, actor, Action.APPROVE_OBJECTIVES, row.org_id)
        official.year_state(session, row.year)
        _move(session, row, after(ApprovalState(row.state), Step.RETURN, row.code), said)
    session.flush()
    return Outcome(len(objective_ids), CHANGED)


def check_startable(session: Session, objective: Objective, row: KeyResult) -> None:
    """Raise InputRefused unless the key result has all it needs to be measured from the first day.

    A year-cumulative measure starts at 0 and needs only its target; what does not apply needs nothing.
    """
    check_key_result(draft_of(session, row), today(session))
    if row.indicator_id is None:
        return
    key = (objective.org_id, row.indicator_id, objective.year)
    if official.exempt(session, *key) is not None:
        return
    meaning = newest(session, row.indicator_id)
    lacks = []
    if meaning.accumulation != Accumulation.YEAR_TO_DATE and current_baseline(session, *key) is None:
        lacks.append(_("基线"))
    if current_target(session, *key) is None:
        lacks.append(_("目标值"))
    if lacks:
        raise InputRefused(
            _("{code} 关联的“{name}”还没有{what}，请先由镇党建办在“指标”页补齐。").format(
                code=row.code, name=meaning.name, what=_("和").join(lacks)
            ),
            "indicator_id",
        )


def _add(session: Session, actor: Actor, row: Objective, reason: str) -> None:
    """Note an objective as added to the plan, and let it count like what an adjustment adds."""
    row.counts_from = official.first_open_day(session, row.year)
    official.note(
        session,
        actor,
        org_id=row.org_id,
        year=row.year,
        objective_id=row.key,
        what=official.ADDED,
        before="",
        after=f"{row.code} {row.title}",
        reason=reason,
    )
    for key_result in key_results_of(session, row.key):
        key_result.counts_from = row.counts_from
        session.add(key_result)


def _check_complete(session: Session, objective: Objective) -> None:
    rows = [row for row in key_results_of(session, objective.key) if row.state != ApprovalState.STOPPED]
    if not rows:
        raise InputRefused(_("“{code}”还没有关键结果，请先添加。").format(code=objective.code), "key_results")
    for row in rows:
        try:
            check_startable(session, objective, row)
        except InputRefused as refusal:
            if row.code in refusal.sentence:
                raise
            raise InputRefused(f"{row.code}：{refusal.sentence}", refusal.field) from refusal


def _move(session: Session, row: Objective, state: ApprovalState, reason: str) -> None:
    row.state, row.state_reason = state.value, reason
    session.add(row)
    for key_result in key_results_of(session, row.key):
        if key_result.state != ApprovalState.STOPPED:
            key_result.state = state.value
            session.add(key_result)
