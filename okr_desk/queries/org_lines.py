"""The line of an organisation: itself, its parent, and so on to the township. Used by permissions and scopes."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, or_, select

from okr_desk.model.tables import OrgVersion


def parents(session: Session, day: date) -> dict[int, int | None]:
    """The parent of every organisation on `day`; one that starts later counts with its first version."""
    rows = session.exec(
        select(OrgVersion.org_id, OrgVersion.parent_id, OrgVersion.valid_from)
        .where(or_(col(OrgVersion.valid_to).is_(None), col(OrgVersion.valid_to) >= day))
        .order_by(col(OrgVersion.valid_from).desc())
    ).all()
    found: dict[int, int | None] = {}
    for org_id, parent_id, valid_from in rows:
        if org_id not in found or valid_from > day:
            found[org_id] = parent_id
    return found


def line(session: Session, org_id: int, day: date) -> tuple[int, ...]:
    """`org_id` followed by the ids above it."""
    return climb(parents(session, day), org_id)


def climb(above: dict[int, int | None], org_id: int) -> tuple[int, ...]:
    """The line of `org_id` in a map of parents; a loop in damaged data ends the climb."""
    steps: list[int] = []
    current: int | None = org_id
    while current is not None and current not in steps:
        steps.append(current)
        current = above.get(current)
    return tuple(steps)
