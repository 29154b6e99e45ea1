"""The office lets points stand that the evidence would cap, with its reason; it can be taken back and both stay."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import CapLift
from okr_desk.queries import cycles, survey_caps
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Action, Actor
from okr_desk.scoring.evidence import EvidenceGrade
from okr_desk.services import official, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import QuarterState

_CHANGED = changed(Topic.SURVEYS, Topic.SCORES)


@dataclass(frozen=True)
class LiftDraft:
    """Which branch, which quarter, and why its points stand although the evidence is C."""

    org_id: int
    quarter_id: int
    reason: str


def lift(session: Session, actor: Actor, draft: LiftDraft) -> Outcome[int]:
    """Let the points of a branch stand in a quarter. Source: methods A9 "unless the office overrides with a reason".

    Raises InputRefused without a reason and where nothing is capped (D cannot be lifted), WrongState once it stands
    already or the quarter is closed, NotAllowed.
    """
    permits.require(session, actor, Action.EDIT_SURVEYS, draft.org_id)
    _open(session, draft.quarter_id)
    found = survey_caps.standing(session, [draft.quarter_id]).get((draft.quarter_id, draft.org_id))
    if found is None:
        raise InputRefused(_("本季度的测评还没有计入，没有可以放宽的限制。"), "org_id")
    if found.grade is EvidenceGrade.D:
        raise InputRefused(_("证据等级 D 不予判定，不能放宽。请补测以后重新计入。"), "org_id")
    if found.grade is not EvidenceGrade.C:
        raise InputRefused(_("得分没有受证据等级限制，不需要填写放宽理由。"), "org_id")
    if found.lift is not None:
        raise WrongState(_("这个支部本季度已经放宽限制，请刷新。"))
    reason = check_reason(draft.reason, _("放宽限制须写明理由，会印在评分表上。"))
    row = CapLift(
        org_id=draft.org_id, quarter_id=draft.quarter_id, reason=reason,
        account_id=official.account_of(actor), recorded_at=now(session),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(draft.org_id))


def restore(session: Session, actor: Actor, lift_id: int, reason: str) -> Outcome[int]:
    """Take the office's word back: the cap holds again; both reasons stay on record."""
    row = session.get(CapLift, lift_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("放宽已经撤回，请刷新。"))
    permits.require(session, actor, Action.EDIT_SURVEYS, row.org_id)
    _open(session, row.quarter_id)
    row.withdrawn_reason = check_reason(reason, _("撤回放宽须写明理由，原理由保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    session.flush()
    return Outcome(row.key, _CHANGED.of(row.org_id))


def _open(session: Session, quarter_id: int) -> None:
    quarter = cycles.by_id(session, quarter_id)
    if quarter is None:
        raise InputRefused(_("没有这个季度。"), "quarter_id")
    if quarter.state is QuarterState.CLOSED:
        raise WrongState(_("{quarter}已关账，不能再改。").format(quarter=quarter.label))
