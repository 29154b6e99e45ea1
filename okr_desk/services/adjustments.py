"""After approval every change is an adjustment: old and new, the reason, who agreed and when; the old line is kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import N_, _
from okr_desk.model.store import now
from okr_desk.model.tables import KeyResult, Objective
from okr_desk.queries import objective_drafts
from okr_desk.rules.checks import check_reason
from okr_desk.rules.objectives import HANDED_OVER, KeyResultDraft, ObjectiveDraft, Step, after
from okr_desk.rules.permissions import Action, Actor
from okr_desk.scoring.rounding import plain
from okr_desk.services import official, permits
from okr_desk.services.approvals import check_startable
from okr_desk.services.objectives import (
    CHANGED,
    key_result_notices,
    key_result_row,
    key_results_of,
    new_key_result,
    new_objective,
    objective_notices,
    objective_row,
    put_under,
    write_key_result,
    write_objective,
)
from okr_desk.services.outcome import Changes, Outcome
from okr_desk.terms import ApprovalState, label

STOPPED, MOVED = N_("中止"), N_("调整所属目标")
_ASK = official.ASK


def add_objective(session: Session, actor: Actor, draft: ObjectiveDraft, reason: str) -> Outcome[int]:
    """Add an objective to a plan that was approved; quarters that are frozen or closed stay without it."""
    permits.require(session, actor, Action.APPROVE_OBJECTIVES, draft.org_id)
    said = check_reason(reason, _(_ASK))
    row = new_objective(session, draft, ApprovalState.APPROVED)
    row.counts_from = official.first_open_day(session, draft.year)
    row.approved_at, row.approved_by = now(session), official.account_of(actor)
    _note(session, actor, row, None, official.ADDED, "", f"{row.code} {row.title}", said)
    session.flush()
    return Outcome(row.key, CHANGED, objective_notices(session, row))


def add_key_result(
    session: Session, actor: Actor, objective_id: int, draft: KeyResultDraft, reason: str
) -> Outcome[int]:
    """Add a key result to an approved objective; quarters that are frozen or closed stay without it."""
    objective = _approved(session, actor, objective_id)
    said = check_reason(reason, _(_ASK))
    row = new_key_result(session, objective, draft, ApprovalState.APPROVED)
    row.counts_from = official.first_open_day(session, objective.year)
    check_startable(session, objective, row)
    _note(session, actor, objective, row, official.ADDED, "", f"{row.code} {row.title}", said)
    session.flush()
    return Outcome(row.key, CHANGED, key_result_notices(session, objective))


def change_objective(
    session: Session, actor: Actor, objective_id: int, draft: ObjectiveDraft, reason: str
) -> Outcome[int]:
    """Change an approved objective; each changed field becomes one adjustment."""
    row = _approved(session, actor, objective_id)
    before = _objective_texts(session, row)
    write_objective(session, row, draft)
    after_ = _objective_texts(session, row)
    if before == after_:
        return Outcome(row.key, Changes())
    _note_differences(session, actor, row, None, before, after_, check_reason(reason, _(_ASK)))
    return Outcome(row.key, CHANGED, objective_notices(session, row))


def change_key_result(
    session: Session, actor: Actor, key_result_id: int, draft: KeyResultDraft, reason: str
) -> Outcome[int]:
    """Change an approved key result; its kind and its indicator stay, as earlier values were measured by them."""
    row, objective = _approved_key_result(session, actor, key_result_id)
    if draft.kind != row.kind or draft.indicator_id != row.indicator_id:
        raise InputRefused(_("批准后不能改类型和关联的指标。请中止这一项，再另增一项。"), "kind")
    before = _key_result_texts(session, row)
    write_key_result(session, row, objective, draft)
    after_ = _key_result_texts(session, row)
    if before == after_:
        return Outcome(row.key, Changes())
    _note_differences(session, actor, objective, row, before, after_, check_reason(reason, _(_ASK)))
    return Outcome(row.key, CHANGED, key_result_notices(session, objective))


def move_key_result(session: Session, actor: Actor, key_result_id: int, objective_id: int, reason: str) -> Outcome[int]:
    """Hang an approved key result under another approved objective of the same organisation."""
    row, objective = _approved_key_result(session, actor, key_result_id)
    other = _approved(session, actor, objective_id)
    if other.key == objective.key:
        return Outcome(row.key, Changes())
    said = check_reason(reason, _(_ASK))
    put_under(session, row, objective, other)
    _note(session, actor, other, row, MOVED, objective.code, other.code, said)
    session.flush()
    return Outcome(row.key, CHANGED, key_result_notices(session, other))


def stop_objective(session: Session, actor: Actor, objective_id: int, reason: str) -> Outcome[int]:
    """Stop an objective with all its key results: kept, shown, and counted only in quarters frozen or closed before."""
    row = _approved(session, actor, objective_id)
    row.state = after(ApprovalState(row.state), Step.STOP, row.code).value
    row.state_reason = check_reason(reason, _("中止须写明理由。"))
    row.stopped_on = official.first_open_day(session, row.year)
    session.add(row)
    for key_result in key_results_of(session, row.key):
        if key_result.state != ApprovalState.STOPPED:
            _stop(session, key_result, row.stopped_on, row.state_reason)
    _note(session, actor, row, None, STOPPED, f"{row.code} {row.title}", _("中止"), row.state_reason)
    session.flush()
    return Outcome(row.key, CHANGED, objective_notices(session, row))


def stop_key_result(session: Session, actor: Actor, key_result_id: int, reason: str) -> Outcome[int]:
    """Stop one key result; its weight goes to the others of the objective."""
    row, objective = _approved_key_result(session, actor, key_result_id)
    said = check_reason(reason, _("中止须写明理由。"))
    _stop(session, row, official.first_open_day(session, objective.year), said)
    _note(session, actor, objective, row, STOPPED, f"{row.code} {row.title}", _("中止"), said)
    session.flush()
    return Outcome(row.key, CHANGED, key_result_notices(session, objective))


def hand_over(
    session: Session, actor: Actor, objective_id: int, key_results: Collection[int], on: date, reason: str
) -> Outcome[int]:
    """Stop key results of an objective as of `on`, because another organisation goes on with them.

    Until then they stay approved: the quarters before are still reported, judged and printed by them.
    """
    row = _approved(session, actor, objective_id)
    said = check_reason(reason, _("中止须写明理由。"))
    stopped = [found for found in key_results_of(session, row.key) if found.key in key_results]
    for found in stopped:
        found.stopped_on, found.state_reason = on, said
        session.add(found)
    before = f"{row.code} {row.title}（{'、'.join(found.code for found in stopped)}）"
    _note(session, actor, row, None, HANDED_OVER, before, _("自 {day} 起中止").format(day=on), said, on)
    session.flush()
    return Outcome(row.key, CHANGED)


def _approved(session: Session, actor: Actor, objective_id: int) -> Objective:
    row = objective_row(session, objective_id)
    permits.require(session, actor, Action.APPROVE_OBJECTIVES, row.org_id)
    official.year_state(session, row.year)
    after(ApprovalState(row.state), Step.STOP, row.code)  # only what is approved can be adjusted
    handed = (r.stopped_on for r in key_results_of(session, row.key) if r.state != ApprovalState.STOPPED)
    day = next((day for day in handed if day is not None), None)
    if day is not None:
        raise WrongState(_("“{code}”自 {day} 起由其他党组织承接，这里不能再变动。").format(code=row.code, day=day))
    return row


def _approved_key_result(session: Session, actor: Actor, key_result_id: int) -> tuple[KeyResult, Objective]:
    row, objective = key_result_row(session, key_result_id)
    _approved(session, actor, objective.key)
    if row.state == ApprovalState.STOPPED:
        raise WrongState(_("“{code}”已经中止，不能再变动。").format(code=row.code))
    return row, objective


def _stop(session: Session, row: KeyResult, on: date, reason: str) -> None:
    row.state, row.stopped_on, row.state_reason = ApprovalState.STOPPED.value, on, reason
    session.add(row)


def _note(
    session: Session,
    actor: Actor,
    objective: Objective,
    row: KeyResult | None,
    what: str,
    before: str,
    after_: str,
    reason: str,
    on: date | None = None,
) -> None:
    official.note(
        session,
        actor,
        org_id=objective.org_id,
        year=objective.year,
        objective_id=objective.key,
        key_result_id=None if row is None else row.key,
        what=what,
        before=before,
        after=after_,
        reason=reason,
        on=on,
    )


def _note_differences(
    session: Session,
    actor: Actor,
    objective: Objective,
    row: KeyResult | None,
    before: dict[str, str],
    after_: dict[str, str],
    reason: str,
) -> None:
    for what, text in before.items():
        if text != after_[what]:
            _note(session, actor, objective, row, what, text, after_[what], reason)
    session.flush()


def _objective_texts(session: Session, row: Objective) -> dict[str, str]:
    above = session.get(Objective, row.aligned_to_id) if row.aligned_to_id else None
    return {
        N_("编号"): row.code,
        N_("名称"): row.title,
        N_("权重"): plain(row.weight),
        N_("责任人"): row.leader,
        N_("对应上级目标"): above.code if above else "",
    }


def _key_result_texts(session: Session, row: KeyResult) -> dict[str, str]:
    draft = objective_drafts.draft_of(session, row)
    baseline = ""
    if draft.baseline is not None:
        baseline = _("{amount}（{day}，{source}）").format(
            amount=plain(draft.baseline) + draft.unit, day=draft.baseline_on or "", source=draft.baseline_source
        )
    return {
        N_("编号"): draft.code,
        N_("名称"): draft.title,
        N_("性质"): label(draft.nature),
        N_("维度"): label(draft.dimension),
        N_("权重"): plain(draft.weight),
        N_("单位"): draft.unit,
        N_("方向"): label(draft.direction) if draft.direction else "",
        N_("基线"): baseline,
        N_("目标值"): _amount(draft.target, draft.unit),
        N_("上限"): _amount(draft.upper, draft.unit),
        N_("允许偏离"): _amount(draft.slack, draft.unit),
        N_("是否含边界值"): _("含") if draft.inclusive else _("不含"),
        N_("小数位数"): str(draft.decimals),
        N_("分期计划"): " / ".join(plain(value) for value in draft.plan),
        N_("节点"): "、".join(f"{name}{plain(weight)}" for name, weight in draft.nodes),
    }


def _amount(value: Decimal | None, unit: str) -> str:
    return "" if value is None else plain(value) + unit
