"""挂名委员: members of a committee whom no entry of the quarter names (article; domain 5.4). As B15 counts them.

A branch whose list names no committee, or whose entries name nobody at all, is said to be unknown: missing is not idle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from okr_desk.model.columns import WorkEntry
from okr_desk.model.reading import Reader
from okr_desk.queries import members
from okr_desk.queries.committee_counts import people
from okr_desk.queries.objectives import OrgView, QuarterView


@dataclass(frozen=True)
class CommitteeView:
    """The committee of a branch: of `members`, those that no entry names are `idle`, each with its post.

    `is_known`: the list has a committee and at least one entry of the quarter names somebody.
    """

    org: OrgView
    members: int
    idle: tuple[tuple[str, str], ...]
    is_listed: bool
    is_known: bool


def committees(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView]) -> tuple[CommitteeView, ...]:
    """One line a branch, in the order given."""
    ids = [org.id for org in orgs]
    listed: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in members.members(session, ids, quarter.ends_on):
        if one.is_committee:
            listed[one.org_id].append((one.name, one.duty))
    named: dict[int, set[str]] = defaultdict(set)
    told = set()
    asked = select(WorkEntry.org_id, WorkEntry.who).where(
        WorkEntry.org_id.in_(list(listed)),
        WorkEntry.withdrawn_at.is_(None),
        WorkEntry.done_on >= quarter.starts_on,
        WorkEntry.done_on <= quarter.ends_on,
        WorkEntry.who != "",
    )
    for row in session.execute(asked):
        told.add(row.org_id)
        named[row.org_id] |= people(row.who, [name for name, _duty in listed[row.org_id]])
    return tuple(_view(org, listed.get(org.id, []), named[org.id], org.id in told) for org in orgs)


def _view(org: OrgView, own: Sequence[tuple[str, str]], named: set[str], told: bool) -> CommitteeView:
    idle = tuple((name, duty) for name, duty in own if name not in named) if told else ()
    return CommitteeView(org, len(own), idle, bool(own), bool(own) and told)
