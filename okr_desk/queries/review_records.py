"""Reviews as they stand: each with its steps, the term that runs, and what was said at each step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from okr_desk.model.columns import Review
from okr_desk.model.columns import ReviewStep as Step
from okr_desk.model.reading import Reader
from okr_desk.queries import users
from okr_desk.review_terms import ReviewState, ReviewStep


@dataclass(frozen=True)
class StepView:
    """One step: on which day, by whom; `until` is the last day of the term that began with it."""

    id: int
    step: ReviewStep
    after: ReviewState
    on: date
    by: str
    note: str
    document: str
    until: date | None
    substitution: str
    recorded_by: str
    account_id: int
    recorded_at: datetime


@dataclass(frozen=True)
class ReviewRecord:
    """The review of a branch-quarter; `id` 0: nobody has begun it."""

    id: int
    org_id: int
    quarter_id: int
    number: str
    state: ReviewState
    steps: tuple[StepView, ...] = ()

    @property
    def until(self) -> date | None:
        """The last day of the term that runs, where one does."""
        return self.steps[-1].until if self.steps else None

    @property
    def since(self) -> date | None:
        """Since when it stands where it stands."""
        return self.steps[-1].on if self.steps else None

    def last(self, *kinds: ReviewStep) -> StepView | None:
        """The newest step of these kinds."""
        return next((one for one in reversed(self.steps) if one.step in kinds), None)


def records(session: Reader, quarter_id: int, org_ids: Sequence[int]) -> dict[int, ReviewRecord]:
    """The reviews of branches in a quarter, by branch; every branch has one, begun or not."""
    rows = {row.org_id: row for row in session.execute(select(*Review.ALL).where(Review.quarter_id == quarter_id))}
    steps = _steps(session, quarter_id) if rows else {}
    found = {}
    for org_id in org_ids:
        row = rows.get(org_id)
        if row is None:
            found[org_id] = ReviewRecord(0, org_id, quarter_id, "", ReviewState.DRAFTING)
        else:
            own = tuple(steps.get(row.id, ()))
            found[org_id] = ReviewRecord(row.id, org_id, quarter_id, row.number, ReviewState(row.state), own)
    return found


def _steps(session: Reader, quarter_id: int) -> dict[int, list[StepView]]:
    names = users.names(session)
    asked = (
        select(*Step.ALL)
        .join(Review.TABLE, Review.id == Step.review_id)
        .where(Review.quarter_id == quarter_id)
        .order_by(Step.id)
    )
    found: dict[int, list[StepView]] = defaultdict(list)
    for row in session.execute(asked):
        found[row.review_id].append(
            StepView(
                row.id,
                ReviewStep(row.step),
                ReviewState(row.after),
                row.on,
                row.by,
                row.note,
                row.document,
                row.until,
                row.substitution,
                names.get(row.account_id, ""),
                row.account_id,
                row.recorded_at,
            )
        )
    return found
