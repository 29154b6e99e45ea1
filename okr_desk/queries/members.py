"""Members of branches and those who report to them, as they stand on a day, and how many a branch has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.member_terms import MemberKind
from okr_desk.model.columns import Member, OrgVersion, Reporter
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.queries.objectives import QuarterView
from okr_desk.terms import stored


@dataclass(frozen=True)
class MemberView:
    """A member; `left_on` None: still in the branch."""

    id: int
    uid: str
    org_id: int
    name: str
    kind: MemberKind
    is_committee: bool
    grid: str
    duty: str
    joined_on: date | None
    left_on: date | None
    left_reason: str
    search_keys: str

    def is_in(self, day: date) -> bool:
        """Whether the member belongs to the branch on a day."""
        return (self.joined_on is None or self.joined_on <= day) and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True)
class ReporterView:
    """Somebody whose Party life is elsewhere and who reports to the branch for service."""

    id: int
    org_id: int
    name: str
    unit: str
    reported_on: date
    ended_on: date | None
    search_keys: str

    @property
    def label(self) -> str:
        """Name and unit."""
        return _("{name}（{unit}）").format(name=self.name, unit=self.unit)


@dataclass(frozen=True)
class Strength:
    """How many members a branch has: those registered by name, and what the roster says (None: says nothing)."""

    registered: int
    roster: int | None

    @property
    def total(self) -> int:
        """What shares are divided by: the larger, so that a list with gaps makes no share look better."""
        return max(self.registered, self.roster or 0)

    @property
    def said(self) -> str:
        """The number of members, and where it comes from when the two differ."""
        if self.roster is None or self.roster == self.registered:
            return _("党员 {n} 人").format(n=self.total)
        return _("党员 {n} 人（名册 {roster} 人，登记姓名 {registered} 人）").format(
            n=self.total, roster=self.roster, registered=self.registered
        )


def members(
    session: Reader, org_ids: Sequence[int], day: date | None = None, only: Collection[int] | None = None
) -> tuple[MemberView, ...]:
    """The members of branches on `day` (None: all who ever were), committee first, then as they were entered.

    `only`: the ids of those who are asked for.
    """
    rows = session.execute(
        select(*Member.ALL)
        .where(Member.org_id.in_(org_ids))
        .order_by(Member.org_id, Member.is_committee.desc(), Member.id)
    )
    found = (_view(row) for row in facts(rows) if only is None or row.id in only)
    return tuple(one for one in found if day is None or one.is_in(day))


def committee(session: Reader, org_ids: Sequence[int], day: date) -> dict[int, list[str]]:
    """The names of the committee members of branches on a day."""
    found: dict[int, list[str]] = defaultdict(list)
    for org_id, name in session.execute(_COMMITTEE, {"orgs": list(org_ids), "day": day}).all():
        found[org_id].append(name)
    return found


def present(session: Reader, org_ids: Sequence[int], day: date) -> Mapping[int, int]:
    """The branch of each member who is in one of these on `day`, by the member's id."""
    rows = session.execute(select(Member.id, Member.org_id).where(*_in(org_ids, day)))
    return dict(facts(rows))


def _in(org_ids: Sequence[int] | BindParameter[Any], day: date | BindParameter[Any]) -> tuple[ColumnElement[bool], ...]:
    """Members of branches who belong to them on a day, as `MemberView.is_in` says."""
    return (
        Member.org_id.in_(org_ids),
        or_(Member.joined_on.is_(None), Member.joined_on <= day),
        or_(Member.left_on.is_(None), Member.left_on > day),
    )


_COMMITTEE = (
    select(Member.org_id, Member.name)
    .where(*_in(bindparam("orgs", expanding=True), bindparam("day")), Member.is_committee)
    .order_by(Member.id)
)
"""Built once: every piece of work asks it."""


def member(session: Reader, member_id: int) -> MemberView:
    """One member. Raises Refusal when there is none."""
    row = session.execute(select(*Member.ALL).where(Member.id == member_id)).first()
    if row is None:
        raise Refusal(_("名单里没有这名党员，请刷新后再试。"))
    return _view(row)


def reporters(session: Reader, org_ids: Sequence[int], quarter: QuarterView | None = None) -> tuple[ReporterView, ...]:
    """Those who report to branches, in a quarter those who still did at its end (None: all who ever did)."""
    wanted = select(*Reporter.ALL).where(Reporter.org_id.in_(org_ids)).order_by(Reporter.org_id, Reporter.id)
    if quarter is not None:
        wanted = wanted.where(
            Reporter.reported_on <= quarter.ends_on,
            or_(Reporter.ended_on.is_(None), Reporter.ended_on > quarter.ends_on),
        )
    return tuple(
        ReporterView(row.id, row.org_id, row.name, row.unit, row.reported_on, row.ended_on, row.search_keys)
        for row in session.execute(wanted)
    )


def strengths(session: Reader, org_ids: Sequence[int], day: date) -> Mapping[int, Strength]:
    """How many members each branch has on a day."""
    wanted = select(Member.org_id, func.count()).where(*_in(org_ids, day)).group_by(Member.org_id)
    counted: dict[int, int] = dict(facts(session.execute(wanted)))
    known = rosters(session, org_ids, day)
    return {org_id: Strength(counted.get(org_id, 0), _roster(known.get(org_id))) for org_id in org_ids}


def rosters(session: Reader, org_ids: Sequence[int], day: date) -> dict[int, Facts]:
    """What the roster says of branches on a day: members, households."""
    rows = session.execute(
        select(
            OrgVersion.org_id, OrgVersion.full_members, OrgVersion.probationary_members, OrgVersion.households
        ).where(
            OrgVersion.org_id.in_(org_ids),
            OrgVersion.valid_from <= day,
            or_(OrgVersion.valid_to.is_(None), OrgVersion.valid_to >= day),
        )
    )
    return {row.org_id: row for row in facts(rows)}


def _roster(row: Facts | None) -> int | None:
    if row is None or row.full_members is None:
        return None
    return int(row.full_members + (row.probationary_members or 0))


_KINDS = stored(MemberKind)


def _view(row: Facts) -> MemberView:
    return MemberView(
        row.id,
        row.uid,
        row.org_id,
        row.name,
        _KINDS[row.kind],
        row.is_committee,
        row.grid,
        row.duty,
        row.joined_on,
        row.left_on,
        row.left_reason,
        row.search_keys,
    )
