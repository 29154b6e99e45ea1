"""The end of organisations: retired, merged, split. Who came from whom stays on record; nothing is re-scored.

How what is unfinished passes on is in `services.handover`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session, col, func, or_, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import Appointment, Org, OrgSuccession, OrgVersion, RoleGrant
from okr_desk.queries import orgs as standing
from okr_desk.rules import orgs as rules
from okr_desk.rules.orgs import MergeDraft, OrgDraft, RetireDraft, SplitDraft
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import handover, orgs, permits
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import OrgKind

_CHANGED = changed(Topic.ORGS, Topic.USERS, Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS)


def retire(session: Session, actor: Actor, draft: RetireDraft) -> Outcome[int]:
    """End an organisation; its posts and branch accounts end with it, its history stays.

    Raises WrongState while organisations stand under it, InputRefused without a reason or before it began.
    """
    permits.require(session, actor, Action.EDIT_ORGS, draft.org_id)
    rules.check_retirement(draft)
    org = orgs.live(session, draft.org_id)
    if org.kind == OrgKind.TOWNSHIP:
        raise WrongState(_("镇党委不能撤销。"))
    _end(session, org, draft.on, draft.reason)
    return Outcome(org.key, changed(Topic.ORGS, Topic.USERS))


def merge(session: Session, actor: Actor, draft: MergeDraft) -> Outcome[int]:
    """Several organisations become one; the id of that one. What `heirs_of` have not finished passes on to it.

    Baselines and targets that both have are not added up by guess: the notices name what the office has to settle.
    """
    rules.check_merger(draft)
    gone = [org_id for org_id in dict.fromkeys(draft.predecessor_ids) if org_id != draft.into_id]
    for org_id in [*gone, *([draft.into_id] if draft.into_id else [])]:
        permits.require(session, actor, Action.EDIT_ORGS, org_id)
        _check_branch(orgs.live(session, org_id))
    kinds = {orgs.live(session, org_id).kind for org_id in gone}
    if draft.into_id is not None and {orgs.live(session, draft.into_id).kind} != kinds:
        raise InputRefused(_("只有同一层级的党组织才能合并。"), "predecessor_ids")
    for org_id in gone:
        _end(session, orgs.live(session, org_id), draft.on, draft.reason)
    successor_id = draft.into_id or _founded(session, actor, draft.successor, draft.on, draft.reason)
    notices = [_("合并后的党员人数、任职等请及时修改。")]
    for org_id in gone:
        _record(session, rules.MERGER, org_id, successor_id, draft.on, org_id in draft.heirs_of, draft.reason)
    heirs_of = [org_id for org_id in gone if org_id in draft.heirs_of]
    notices += handover.pass_on(session, actor, rules.MERGER, heirs_of, successor_id, draft.on, draft.reason)
    session.flush()
    return Outcome(successor_id, _CHANGED, tuple(notices))


def split(session: Session, actor: Actor, draft: SplitDraft) -> Outcome[tuple[int, ...]]:
    """One organisation becomes several; the ids of the new ones in the order of the draft. The heir goes on with what
    is unfinished; the notices name what is left to settle.
    """
    permits.require(session, actor, Action.EDIT_ORGS, draft.predecessor_id)
    rules.check_split(draft)
    org = orgs.live(session, draft.predecessor_id)
    _check_branch(org)
    if not draft.continues:
        _end(session, org, draft.on, draft.reason)
    else:
        orgs.check_not_closed(session, draft.on)
    made: list[int] = []
    notices: list[str] = []
    for place, successor in enumerate(draft.successors):
        new_id = _founded(session, actor, successor, draft.on, draft.reason)
        inherits = not draft.continues and place == draft.heir
        _record(session, rules.SPLIT, org.key, new_id, draft.on, inherits, draft.reason)
        if inherits:
            notices += handover.pass_on(session, actor, rules.SPLIT, [org.key], new_id, draft.on, draft.reason)
        made.append(new_id)
    session.flush()
    return Outcome(tuple(made), _CHANGED, tuple(notices))


def _end(session: Session, org: Org, on: date, reason: str) -> None:
    orgs.check_not_closed(session, on)
    below = [o for o in standing.tree(session, max(on, today(session))) if o.parent_id == org.key]
    if below:
        sentence = _("下面还有 {n} 个党组织（{name} 等），请先调整它们的上级。")
        raise WrongState(sentence.format(n=len(below), name=below[0].short_name))
    first = session.exec(select(func.min(OrgVersion.valid_from)).where(OrgVersion.org_id == org.key)).one()
    if first is None or on <= first:
        raise InputRefused(_("撤销日期应晚于成立日期（{day}）。").format(day=first), "on")
    last = on - timedelta(days=1)
    org.retired_on = on
    session.add(org)
    for version in session.exec(select(OrgVersion).where(OrgVersion.org_id == org.key)):
        if version.valid_from > last:
            session.delete(version)
        elif version.valid_to is None or version.valid_to > last:
            version.valid_to = last
            version.reason = version.reason or reason.strip()
            session.add(version)
    for row in session.exec(
        select(Appointment).where(
            Appointment.org_id == org.key, or_(col(Appointment.valid_to).is_(None), col(Appointment.valid_to) > last)
        )
    ):
        row.valid_to = max(last, row.valid_from)
        session.add(row)
    for grant in session.exec(
        select(RoleGrant).where(
            RoleGrant.org_id == org.key, or_(col(RoleGrant.valid_to).is_(None), col(RoleGrant.valid_to) > last)
        )
    ):
        grant.valid_to = max(last, grant.valid_from)
        session.add(grant)
    session.flush()


def _founded(session: Session, actor: Actor, draft: OrgDraft | None, on: date, reason: str) -> int:
    assert draft is not None
    return orgs.create(session, actor, replace(draft, valid_from=on, reason=draft.reason or reason)).value


def _record(
    session: Session, kind: str, predecessor_id: int, successor_id: int, on: date, inherits: bool, reason: str
) -> None:
    session.add(
        OrgSuccession(
            kind=kind,
            predecessor_id=predecessor_id,
            successor_id=successor_id,
            on=on,
            inherits=inherits,
            reason=reason.strip(),
        )
    )


def _check_branch(org: Org) -> None:
    if org.kind == OrgKind.TOWNSHIP:
        raise WrongState(_("镇党委不能合并或拆分。"))
