"""Member points of a quarter: the rules in force, what was entered, and each member's sum with its caps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, select

from okr_desk.i18n import _
from okr_desk.member_terms import MemberKind, PointsKind
from okr_desk.model.columns import MemberPoint, PointsRule, PointsScheme
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.queries import members
from okr_desk.queries.members import MemberView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.member_points import PointsSchemeDraft, RuleDraft, presets
from okr_desk.scoring.member_points import Entered, PointsSum, quarter_points
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, stored


@dataclass(frozen=True)
class PointsEntry:
    """Points that stand; `imported` from a workbook."""

    id: int
    member_id: int
    org_id: int
    happened_on: date
    code: str
    matter: str
    points: Decimal
    note: str
    is_late: bool
    reported_by: str
    basis: EntryBasis
    imported: bool


@dataclass(frozen=True)
class MemberQuarter:
    """A member's quarter. `place` by points inside the branch, equal points share it; `flag` what follows, or ""."""

    member: MemberView
    sum: PointsSum
    entries: tuple[PointsEntry, ...]
    place: int
    flag: str

    @property
    def is_active(self) -> bool:
        """Whether the member earned points: a deduction alone is no activity."""
        return any(one.points > 0 for one in self.entries)


@dataclass(frozen=True)
class Activity:
    """A branch's entries of a quarter: how many, how many of its members earned points, the newest day."""

    entries: int
    active: int
    newest: date


def scheme_on(session: Reader, day: date) -> PointsSchemeDraft:
    """The rules in force on a day; until the office has set its own, the first preset."""
    row = session.execute(
        select(*PointsScheme.ALL).where(PointsScheme.valid_from <= day).order_by(PointsScheme.valid_from.desc())
    ).first()
    return presets()[0] if row is None else _scheme(session, row)


_BASES = stored(EntryBasis)


def entries(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> tuple[PointsEntry, ...]:
    """What stands of a quarter, oldest first."""
    rows = session.execute(
        select(*MemberPoint.ALL).where(*_standing(quarter, org_ids)).order_by(MemberPoint.happened_on, MemberPoint.id)
    )
    return tuple(
        PointsEntry(
            row.id,
            row.member_id,
            row.org_id,
            row.happened_on,
            row.code,
            row.matter,
            row.points,
            row.note,
            row.is_late,
            row.reported_by,
            _BASES[row.basis],
            row.batch_id is not None,
        )
        for row in facts(rows)
    )


def activity(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> dict[int, Activity]:
    """What of a quarter's entries counts, by branch; a deduction alone, or of somebody who left, is no activity."""
    here = members.present(session, org_ids, quarter.ends_on)
    days: dict[int, list[date]] = defaultdict(list)
    active: dict[int, set[int]] = defaultdict(set)
    wanted = select(MemberPoint.org_id, MemberPoint.member_id, MemberPoint.happened_on, MemberPoint.points > 0)
    for org_id, member_id, day, is_bonus in session.execute(wanted.where(*_standing(quarter, org_ids))).all():
        days[org_id].append(day)
        if is_bonus and member_id in here:
            active[org_id].add(member_id)
    return {org_id: Activity(len(each), len(active[org_id]), max(each)) for org_id, each in days.items()}


def _standing(quarter: QuarterView, org_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """Points of a quarter that stand."""
    return (
        MemberPoint.org_id.in_(org_ids),
        MemberPoint.quarter_id == quarter.id,
        MemberPoint.withdrawn_at.is_(None),
    )


def quarter_list(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> tuple[MemberQuarter, ...]:
    """Every member of the branches at the quarter's end with the points of the quarter, best first in each branch."""
    scheme = scheme_on(session, quarter.ends_on)
    of: dict[int, list[PointsEntry]] = defaultdict(list)
    for one in entries(session, quarter, org_ids):
        of[one.member_id].append(one)
    known: dict[int, list[tuple[MemberView, PointsSum]]] = defaultdict(list)
    for person in members.members(session, org_ids, quarter.ends_on):
        made = [Entered(one.code, one.matter, one.points) for one in of[person.id]]
        known[person.org_id].append((person, quarter_points(scheme.base, made, scheme.caps, scheme.bonus_cap)))
    found = []
    for org_id in org_ids:
        ordered = sorted(known[org_id], key=lambda pair: -pair[1].value)
        for person, sum_ in ordered:
            place = 1 + sum(other.value > sum_.value for _person, other in ordered)
            found.append(MemberQuarter(person, sum_, tuple(of[person.id]), place, flag(scheme, person, sum_.value)))
    return tuple(found)


def flag(scheme: PointsSchemeDraft, of: MemberView, value: Decimal) -> str:
    """What follows from a quarter's points: correction below the limit, no confirmation of a probationary member."""
    if scheme.correction_below is not None and value < scheme.correction_below:
        return _("低于 {n} 分，按办法转入整改支部").format(n=plain(scheme.correction_below))
    limit = scheme.probationary_below
    if of.kind is MemberKind.PROBATIONARY and limit is not None and value < limit:
        return _("预备党员低于 {n} 分，按办法不能转正").format(n=plain(limit))
    return ""


def _scheme(session: Reader, row: Facts) -> PointsSchemeDraft:
    rules = session.execute(select(*PointsRule.ALL).where(PointsRule.scheme_id == row.id).order_by(PointsRule.position))
    return PointsSchemeDraft(
        name=row.name,
        base=row.base,
        rules=tuple(RuleDraft(one.code, one.name, PointsKind(one.kind), one.low, one.high, one.cap) for one in rules),
        bonus_cap=row.bonus_cap,
        correction_below=row.correction_below,
        probationary_below=row.probationary_below,
        source=row.source,
        valid_from=row.valid_from,
    )
