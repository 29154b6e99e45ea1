"""Activities are entered and taken back, never edited; each entry counts the indicators anew in its own transaction."""

from __future__ import annotations

from sqlmodel import Session

from okr_desk.errors import WrongState
from okr_desk.i18n import _
from okr_desk.model.store import now
from okr_desk.model.tables import Activity
from okr_desk.queries.activities import SOURCE
from okr_desk.rules import activities as rules
from okr_desk.rules.activities import ActivityDraft
from okr_desk.rules.checks import check_reason
from okr_desk.rules.permissions import Actor
from okr_desk.services import counting, official, quarter_lock
from okr_desk.services.outcome import Outcome, Topic, changed
from okr_desk.terms import EntryBasis

_CHANGED = changed(Topic.ACTIVITIES)


def record(session: Session, actor: Actor, draft: ActivityDraft) -> Outcome[int]:
    """Enter an activity that was held; a branch does so for itself, the office for any.

    Raises InputRefused at the field, WrongState once the quarter takes nothing, NotAllowed.
    """
    place = quarter_lock.dated(
        session, actor, draft.org_id, draft.held_on, field="held_on", name=_("日期"), reason=draft.reason
    )
    rules.check(draft)
    row = Activity(
        org_id=draft.org_id,
        quarter_id=place.quarter_id,
        held_on=draft.held_on,
        topic=draft.topic.strip(),
        place=draft.place.strip(),
        attended=draft.attended,
        counts=",".join(str(count) for count in draft.counts),
        unsure=draft.unsure,
        reported_by=draft.reported_by.strip(),
        basis=(draft.basis if actor.is_office else EntryBasis.OWN).value,
        is_late=place.is_late,
        late_reason=draft.reason.strip(),
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    counted = counting.recount(session, actor, SOURCE, [draft.org_id], draft.held_on, draft.reason)
    notices = (_("已过填报截止日，本次标记为“补报”。"),) if place.is_late else ()
    return Outcome(row.key, _CHANGED.of(draft.org_id) | counted, notices)


def withdraw(session: Session, actor: Actor, activity_id: int, reason: str) -> Outcome[int]:
    """Take an activity back: it stays on record with the reason and no longer counts."""
    row = session.get(Activity, activity_id)
    if row is None or row.withdrawn_at is not None:
        raise WrongState(_("这场活动已经撤回，请刷新。"))
    quarter_lock.check_withdrawal(session, actor, row.quarter_id, row.org_id)
    row.withdrawn_reason = check_reason(reason, _("撤回活动须写明理由，原登记保留备查。"))
    row.withdrawn_at = now(session)
    session.add(row)
    session.flush()
    counted = counting.recount(session, actor, SOURCE, [row.org_id], row.held_on, row.withdrawn_reason)
    return Outcome(row.key, _CHANGED.of(row.org_id) | counted)
