"""The half-yearly evaluation of members who look after households: a new one supersedes, nothing is overwritten."""

from __future__ import annotations

from sqlmodel import Session, col, select

from okr_desk.model.store import now, today
from okr_desk.model.tables import HouseholdRating
from okr_desk.queries import members
from okr_desk.rules.households import RatingDraft, check_rating
from okr_desk.rules.permissions import Action, Actor
from okr_desk.services import official, permits
from okr_desk.services.outcome import Changes, Outcome, Topic, changed


def rate(session: Session, actor: Actor, draft: RatingDraft) -> Outcome[int]:
    """Enter the marks of a member for a half-year. Raises InputRefused, NotAllowed."""
    of = members.member(session, draft.member_id)
    permits.require(session, actor, Action.RECORD_DAILY, of.org_id)
    check_rating(draft, today(session))
    old = session.exec(
        select(HouseholdRating).where(
            HouseholdRating.member_id == draft.member_id,
            HouseholdRating.year == draft.year,
            HouseholdRating.half == draft.half,
            col(HouseholdRating.superseded_at).is_(None),
        )
    ).first()
    marks = (draft.cadre, draft.committee, draft.households, draft.monthly)
    if old is not None:
        if (old.cadre, old.committee, old.households, old.monthly) == marks:
            return Outcome(old.key, Changes())
        old.superseded_at = now(session)
        session.add(old)
    row = HouseholdRating(
        member_id=draft.member_id,
        year=draft.year,
        half=draft.half,
        cadre=draft.cadre,
        committee=draft.committee,
        households=draft.households,
        monthly=draft.monthly,
        account_id=official.account_of(actor),
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, changed(Topic.HOUSEHOLDS).of(of.org_id))
