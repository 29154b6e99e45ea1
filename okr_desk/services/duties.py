"""Meetings are recorded, corrected and taken back; what they make of indicators is counted in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam
from sqlalchemy import select as plain
from sqlmodel import Session, select

from okr_desk.duty_terms import DutyKind
from okr_desk.errors import InputRefused, Refusal
from okr_desk.i18n import _
from okr_desk.model import columns
from okr_desk.model.reading import facts
from okr_desk.model.store import now
from okr_desk.model.tables import Meeting, MeetingKind, Quarter
from okr_desk.queries import duties as query
from okr_desk.queries.duty_counts import MEETINGS
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.checks import check_reason
from okr_desk.rules.duties import MeetingDraft, check_meeting
from okr_desk.rules.permissions import Actor
from okr_desk.services import counting, quarter_lock
from okr_desk.services.outcome import Changes, Outcome, Topic, changed
from okr_desk.services.quarter_lock import Dated
from okr_desk.terms import OrgKind, QuarterState

CHANGED = changed(Topic.DUTIES)


def record(session: Session, actor: Actor, draft: MeetingDraft) -> Outcome[int]:
    """Store one event; its id. The notices say what is doubtful about it: too few for a decision, entered late.

    Raises InputRefused with the field that is wrong, WrongState or NotAllowed.
    """
    dated, notices = _checked(session, actor, draft)
    if _stands_already(session, draft):
        notices = (*notices, _("当天已有一次相同的活动。如果是重复登记，请撤回其中一次，以免到会率算重。"))
    row = _added(session, actor, draft, dated)
    counted = _recount(session, actor, draft.org_id, draft.held_on, draft.reason, dated.quarters)
    changes = CHANGED.of(draft.org_id) | counted
    return Outcome(row.key, changes, notices)


def correct(session: Session, actor: Actor, meeting_id: int, draft: MeetingDraft) -> Outcome[int]:
    """Store an event anew in the place of what was said before, which stays on record; the id of the new entry.

    Saying the same again changes nothing. Raises as `record` does.
    """
    old = _standing(session, meeting_id)
    if old.org_id != draft.org_id:
        raise InputRefused(_("更正不能换支部。登记错了支部的，请撤回后在正确的支部重新登记。"), "org_id")
    quarter_lock.check_withdrawal(session, actor, old.quarter_id, old.org_id)
    dated, notices = _checked(session, actor, draft)
    if _says_the_same(session, old, draft):
        return Outcome(old.key, Changes())
    _check_reason_if_shut(session, old.quarter_id, draft.reason)
    row = _added(session, actor, draft, dated, old.key)
    old.superseded_at = now(session)
    session.add(old)
    first = min(old.held_on, draft.held_on)
    counted = _recount(session, actor, draft.org_id, first, draft.reason, dated.quarters)
    changes = CHANGED.of(draft.org_id) | counted
    return Outcome(row.key, changes, notices)


def withdraw(session: Session, actor: Actor, meeting_id: int, reason: str) -> Outcome[int | None]:
    """Take an event back with a reason: it stays on record; what it had corrected stands again.

    Returns the id of the entry that stands now, if any. Raises InputRefused, Refusal, WrongState or NotAllowed.
    """
    row = _standing(session, meeting_id)
    quarter_lock.check_withdrawal(session, actor, row.quarter_id, row.org_id)
    row.withdrawn_reason = check_reason(reason, _("撤回须写明理由，原记录保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    earlier = session.get(Meeting, row.corrects_id) if row.corrects_id else None
    first = row.held_on
    if earlier is not None:
        earlier.superseded_at = None
        session.add(earlier)
        first = min(first, earlier.held_on)
    changes = CHANGED.of(row.org_id) | _recount(session, actor, row.org_id, first, reason)
    return Outcome(None if earlier is None else earlier.key, changes)


def kinds_of(session: Session, meeting_id: int) -> tuple[DutyKind, ...]:
    """The kinds that an event carries."""
    found = session.exec(select(MeetingKind.kind).where(MeetingKind.meeting_id == meeting_id))
    kinds = {DutyKind(kind) for kind in found}
    return tuple(kind for kind in DutyKind if kind in kinds)


def _checked(session: Session, actor: Actor, draft: MeetingDraft) -> tuple[Dated, tuple[str, ...]]:
    dated = quarter_lock.dated(
        session, actor, draft.org_id, draft.held_on, field="held_on", name=_("日期"), reason=draft.reason
    )
    roster = query.rosters(session, dated.quarter.starts_on, [draft.org_id]).get(draft.org_id)
    if roster is None or roster.kind is not OrgKind.BRANCH:
        raise InputRefused(_("组织生活按党支部登记，请选择一个党支部。"), "org_id")
    notices = check_meeting(draft, roster.size, roster.name)
    late = (_("已过填报截止日，本次标记为“补报”。"),) if dated.is_late else ()
    return dated, (*notices, *late)


def _stands_already(session: Session, draft: MeetingDraft) -> bool:
    """Whether the same event was entered before: attendance would be counted twice."""
    said = {"org": draft.org_id, "day": draft.held_on, "due": draft.due, "present": draft.present}
    same = (draft.topic.strip(), draft.host.strip(), draft.group_number)
    alike = [row.id for row in facts(session.execute(_ALIKE, said)) if (row.topic, row.host, row.group_number) == same]
    return any(set(kinds_of(session, found)) & set(draft.kinds) for found in alike)


_OF = columns.Meeting
_ALIKE = plain(_OF.id, _OF.topic, _OF.host, _OF.group_number).where(
    _OF.org_id == bindparam("org"),
    _OF.held_on == bindparam("day"),
    _OF.due == bindparam("due"),
    _OF.present == bindparam("present"),
    _OF.superseded_at.is_(None),
    _OF.withdrawn_at.is_(None),
)
"""Events of the day with the same numbers. Built once: every event asks it."""


def _added(session: Session, actor: Actor, draft: MeetingDraft, dated: Dated, corrects: int | None = None) -> Meeting:
    row = Meeting(
        org_id=draft.org_id,
        quarter_id=dated.quarter_id,
        held_on=draft.held_on,
        topic=draft.topic.strip(),
        host=draft.host.strip(),
        place=draft.place.strip(),
        due=draft.due,
        present=draft.present,
        minutes=draft.minutes.strip(),
        group_number=draft.group_number,
        is_election=draft.is_election,
        reported_by=draft.reported_by.strip(),
        basis=draft.basis.value,
        is_late=dated.is_late,
        late_reason=draft.reason.strip() if dated.is_late else "",
        account_id=actor.account_id,
        recorded_at=now(session),
        corrects_id=corrects,
    )
    session.add(row)
    session.flush()
    session.add_all(MeetingKind(meeting_id=row.key, kind=kind.value) for kind in draft.kinds)
    return row


def _recount(
    session: Session,
    actor: Actor,
    org_id: int,
    first: date,
    reason: str,
    quarters: Sequence[QuarterView] | None = None,
) -> Changes:
    return counting.recount(session, actor, MEETINGS, [org_id], first, reason, quarters=quarters)


def _standing(session: Session, meeting_id: int) -> Meeting:
    row = session.get(Meeting, meeting_id)
    if row is None or row.withdrawn_at is not None or row.superseded_at is not None:
        raise Refusal(_("这条组织生活记录已经被更正或撤回，请刷新后再看。"))
    return row


def _check_reason_if_shut(session: Session, quarter_id: int, reason: str) -> None:
    state = QuarterState(session.get_one(Quarter, quarter_id).state)
    if state in (QuarterState.FROZEN, QuarterState.CLOSED):
        check_reason(reason, _("季度已冻结，补报或更正请写明理由。"))


def _says_the_same(session: Session, row: Meeting, draft: MeetingDraft) -> bool:
    said = (row.held_on, row.topic, row.host, row.place, row.due, row.present, row.minutes, row.group_number)
    again = (
        draft.held_on,
        draft.topic.strip(),
        draft.host.strip(),
        draft.place.strip(),
        draft.due,
        draft.present,
        draft.minutes.strip(),
        draft.group_number,
    )
    kinds = set(draft.kinds) == set(kinds_of(session, row.key))
    return said == again and kinds and row.is_election == draft.is_election
