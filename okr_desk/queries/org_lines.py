"""The line of an organisation: itself, its parent, and so on to the township. Used by permissions and scopes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select

from okr_desk.model.columns import OrgVersion
from okr_desk.model.reading import Reader


def parents(session: Reader, day: date) -> dict[int, int | None]:
    """The parent of every organisation on `day`: one that starts later counts as it begins, one that ended as it was.

    An ended branch keeps its line, because the office may still have to correct its last quarter.
    """
    rows = session.execute(_VERSIONS).all()
    found: dict[int, int | None] = {}
    settled: set[int] = set()
    for org_id, parent_id, valid_from in rows:
        if org_id not in settled:
            found[org_id] = parent_id
        if valid_from <= day:
            settled.add(org_id)
    return found


_VERSIONS = select(OrgVersion.org_id, OrgVersion.parent_id, OrgVersion.valid_from).order_by(
    OrgVersion.valid_from.desc()
)
"""Built once: every permission asks it."""


def line(session: Reader, org_id: int, day: date) -> tuple[int, ...]:
    """`org_id` followed by the ids above it, asked step by step, whatever the size of the township."""
    steps: list[int] = []
    current: int | None = org_id
    while current is not None and current not in steps:
        steps.append(current)
        current = _parent(session, current, day)
    return tuple(steps)


def _parent(session: Reader, org_id: int, day: date) -> int | None:
    above: int | None = None
    for parent_id, valid_from in session.execute(_OWN, {"org": org_id}):
        above = parent_id
        if valid_from <= day:
            break
    return above


_OWN = (
    select(OrgVersion.parent_id, OrgVersion.valid_from)
    .where(OrgVersion.org_id == bindparam("org"))
    .order_by(OrgVersion.valid_from.desc())
)


def climb(above: dict[int, int | None], org_id: int) -> tuple[int, ...]:
    """The line of `org_id` in a map of parents; a loop in damaged data ends the climb."""
    steps: list[int] = []
    current: int | None = org_id
    while current is not None and current not in steps:
        steps.append(current)
        current = above.get(current)
    return tuple(steps)
