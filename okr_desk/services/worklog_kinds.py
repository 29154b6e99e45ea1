"""The office changes kinds of work: their words and what they feed from now on; what was entered keeps its links."""

from __future__ import annotations

from sqlmodel import Session, select

from okr_desk.model.base import new_uid
from okr_desk.model.store import now, today
from okr_desk.model.tables import WorkKind
from okr_desk.queries import worklog_kinds
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.worklog_kinds import KindDraft, check_kind
from okr_desk.services import permits
from okr_desk.services.outcome import Outcome, Topic, changed


def change(session: Session, actor: Actor, draft: KindDraft) -> Outcome[str]:
    """Put a kind in force as the office wants it; the trail keeps what it was. Returns its key.

    Raises InputRefused for codes that cannot be fed, NotAllowed for anybody but the office.
    """
    permits.require(session, actor, Action.CHECK_DAILY)
    known = worklog_kinds.known(session, today(session))
    check_kind(draft, worklog_kinds.kinds(session, retired=True), known)
    key = draft.key or f"own-{new_uid()[:8]}"
    row = session.exec(select(WorkKind).where(WorkKind.word == key)).first()
    if row is None:
        row = WorkKind(word=key, name="", unit="", account_id=actor.account_id, recorded_at=now(session))
    row.name, row.unit, row.use = draft.name.strip(), draft.unit.strip(), draft.use.strip()
    row.amount_name, row.part_name = draft.amount_name.strip(), draft.part_name.strip()
    row.feeds = ",".join(dict.fromkeys(draft.feeds))
    row.is_retired, row.account_id, row.recorded_at = draft.is_retired, actor.account_id, now(session)
    session.add(row)
    session.flush()
    return Outcome(key, changed(Topic.WORKLOG))
