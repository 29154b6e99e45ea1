"""What waits for the township's yes: for whom, and whether it comes on top of a plan that is in force already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.model.columns import Objective
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs
from okr_desk.terms import ApprovalState

_DECIDED = (ApprovalState.APPROVED, ApprovalState.STOPPED)


@dataclass(frozen=True)
class Waiting:
    """An objective to be approved; `is_addition` when its organisation's plan of that year was approved before."""

    id: int
    org_name: str
    code: str
    title: str
    is_addition: bool


def waiting(session: Reader, objective_ids: Sequence[int]) -> tuple[Waiting, ...]:
    """The objectives named, in this order; those that are gone are left out."""
    rows = {row.id: row for row in session.execute(select(*Objective.ALL).where(Objective.id.in_(objective_ids)))}
    found = [rows[objective_id] for objective_id in objective_ids if objective_id in rows]
    day = today(session)
    return tuple(
        Waiting(
            row.id,
            orgs.view(session, row.org_id, day).short_name,
            row.code,
            row.title,
            is_in_force(session, row.org_id, row.year, objective_ids),
        )
        for row in found
    )


def submitted(session: Reader, year: int, day: date, within: int | None = None) -> int:
    """How many objectives of a year wait for approval, of all organisations or of `within` and those below it."""
    rows = session.execute(
        select(Objective.org_id).where(Objective.year == year, Objective.state == ApprovalState.SUBMITTED)
    )
    waiting = list(rows.scalars())
    if within is None or not waiting:
        return len(waiting)
    inside = {org.id for org in orgs.tree(session, day) if within in org.line}
    return sum(org_id in inside for org_id in waiting)


def is_in_force(session: Reader, org_id: int, year: int, but: Collection[int] = ()) -> bool:
    """Whether an organisation has objectives of the year that were approved, apart from those named.

    What comes later is an adjustment with reason, approver and date (design 9).
    """
    known = select(Objective.id).where(
        Objective.org_id == org_id, Objective.year == year, Objective.state.in_(_DECIDED)
    )
    return any(objective_id not in but for objective_id in session.execute(known).scalars())
