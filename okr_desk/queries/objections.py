"""Objections of a quarter with their decisions: what was said, the points before and after, what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import Objection, ObjectionDecision, Review
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import orgs, users
from okr_desk.queries.objectives import QuarterView
from okr_desk.review_terms import ObjectionOutcome, ReviewState
from okr_desk.terms import EntryBasis

RECORD = "objections"
"""The word of the register where its records have files (`queries.attachments`)."""


@dataclass(frozen=True)
class DecisionView:
    """The decision on an objection; `points` are the new ones, those of before where it was dismissed."""

    outcome: ObjectionOutcome
    points: Decimal | None
    opinion: str
    rests_on: str
    decided_on: date
    by: str
    substitution: str
    recorded_by: str


@dataclass(frozen=True)
class ObjectionView:
    """One objection. `points` are those objected to, `claimed` those that the branch holds to be right."""

    id: int
    number: str
    review_id: int
    org_id: int
    org: str
    line_id: int | None
    subject: str
    points: Decimal | None
    claimed: Decimal | None
    reason: str
    received_on: date
    due_on: date
    by: str
    basis: EntryBasis
    again_of_id: int | None
    recorded_by: str
    recorded_at: datetime
    review_state: ReviewState
    decision: DecisionView | None
    withdrawn: bool
    withdrawn_reason: str

    @property
    def is_open(self) -> bool:
        """Whether it waits for its decision."""
        return self.decision is None and not self.withdrawn

    def is_overdue(self, day: date) -> bool:
        """Whether the day by which it had to be decided has passed."""
        return self.is_open and day > self.due_on


def objections(
    session: Reader, quarter: QuarterView, org_ids: Sequence[int] | None = None
) -> tuple[ObjectionView, ...]:
    """The objections of a quarter in the order of their numbers; `org_ids` None: of all branches."""
    rows = session.execute(
        select(*Objection.ALL, Review.org_id, Review.state)
        .select_from(Objection.TABLE)
        .join(Review.TABLE, Review.id == Objection.review_id)
        .where(Review.quarter_id == quarter.id)
        .order_by(Objection.id)
    ).all()
    if not rows:
        return ()
    wanted = None if org_ids is None else set(org_ids)
    names = users.names(session)
    called = {org.id: org.short_name for org in orgs.tree(session, quarter.ends_on)}
    decided = {row.objection_id: row for row in session.execute(select(*ObjectionDecision.ALL))}
    return tuple(
        _view(row, decided.get(row.id), called.get(row.org_id, ""), names)
        for row in rows
        if wanted is None or row.org_id in wanted
    )


def objection(session: Reader, quarter: QuarterView, objection_id: int) -> ObjectionView | None:
    """One objection; None where the quarter does not have it."""
    return next((one for one in objections(session, quarter) if one.id == objection_id), None)


def _view(row: Facts, decided: Facts | None, org: str, names: dict[int, str]) -> ObjectionView:
    return ObjectionView(
        id=row.id,
        number=row.number,
        review_id=row.review_id,
        org_id=row.org_id,
        org=org,
        line_id=row.line_id,
        subject=row.subject,
        points=row.points,
        claimed=row.claimed,
        reason=row.reason,
        received_on=row.received_on,
        due_on=row.due_on,
        by=row.by,
        basis=EntryBasis(row.basis),
        again_of_id=row.again_of_id,
        recorded_by=names.get(row.account_id, ""),
        recorded_at=row.recorded_at,
        review_state=ReviewState(row.state),
        decision=None if decided is None else _decision(decided, names),
        withdrawn=row.withdrawn_at is not None,
        withdrawn_reason=row.withdrawn_reason,
    )


def _decision(row: Facts, names: dict[int, str]) -> DecisionView:
    return DecisionView(
        ObjectionOutcome(row.outcome),
        row.points,
        row.opinion,
        row.rests_on,
        row.decided_on,
        row.by,
        row.substitution,
        names.get(row.account_id, ""),
    )
