"""Who may verify that a finding was put right: with fewer than two persons a substitute is recorded."""

from __future__ import annotations

from sqlmodel import Session

from okr_desk.model.store import today
from okr_desk.queries import users
from okr_desk.rules.permissions import Action, grant_for


def checkers(session: Session) -> frozenset[int]:
    """The persons whose accounts may check findings today."""
    day = today(session)
    able = [one for one in users.accounts(session, day) if not one.is_disabled]
    return frozenset(one.person_id for one in able if grant_for(one.grants, Action.CHECK_FINDINGS, None, day))
