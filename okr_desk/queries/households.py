"""Households as a quarter sees them: who looks after them, in which months a visit is due, when they were visited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select

from okr_desk.i18n import _
from okr_desk.member_terms import HouseholdKind, Rater
from okr_desk.model.columns import Household, HouseholdLink, HouseholdRating, HouseholdVisit
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.queries import members, policy
from okr_desk.queries.entered import parts
from okr_desk.queries.members import MemberView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.households import MARK_DAY, Limits
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.household_rating import half_year
from okr_desk.terms import EntryBasis, label, stored


@dataclass(frozen=True)
class LinkView:
    """Who looked after a household between two dates (both included)."""

    member_id: int
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it held on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class VisitView:
    """One visit that stands."""

    id: int
    household_id: int
    member_id: int
    visited_on: date
    what: str
    has_demand: bool
    is_late: bool
    reported_by: str
    basis: EntryBasis


@dataclass(frozen=True)
class MonthView:
    """A household in a month: who owes it a visit (None: nobody looked after it), and the visits made."""

    month: int
    member_id: int | None
    visits: tuple[VisitView, ...]

    @property
    def is_due(self) -> bool:
        """Whether a visit is owed."""
        return self.member_id is not None

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the visits."""
        return tuple(one.visited_on.day for one in self.visits)


@dataclass(frozen=True)
class Reach:
    """A household in a quarter as it counts: by month, whether a visit was due and whether one was made."""

    org_id: int
    due: tuple[bool, ...]
    visited: tuple[bool, ...]
    newest: date | None

    @property
    def is_covered(self) -> bool:
        """Whether some member looked after it in the quarter."""
        return any(self.due)

    @property
    def is_reached(self) -> bool:
        """Whether it was visited in every month in which a visit was owed."""
        return self.is_covered and all(done for due, done in zip(self.due, self.visited, strict=True) if due)


@dataclass(frozen=True)
class HouseholdView:
    """A household with the months of a quarter. `member_id`: who looks after it on the quarter's last day or today."""

    id: int
    org_id: int
    label: str
    head: str
    kind: HouseholdKind
    listed_on: date
    ended_on: date | None
    search_keys: str
    links: tuple[LinkView, ...]
    member_id: int | None
    months: tuple[MonthView, ...]

    @property
    def reach(self) -> Reach:
        """What counts of it."""
        days = [visit.visited_on for month in self.months for visit in month.visits]
        due, visited = zip(*((one.is_due, bool(one.visits)) for one in self.months), strict=True)
        return Reach(self.org_id, due, visited, max(days, default=None))

    def keeper(self, day: date) -> int | None:
        """Who looks after it on a day."""
        return next((one.member_id for one in self.links if one.holds_on(day)), None)


@dataclass(frozen=True)
class RatingView:
    """The half-yearly evaluation of a member: the marks and what they come to."""

    member_id: int
    year: int
    half: int
    marks: tuple[Decimal | None, ...]

    @property
    def explained(self) -> Explained:
        """The mean of what was given, with its way."""
        return half_year({label(rater): mark for rater, mark in zip(Rater, self.marks, strict=True)})


def households(session: Reader, org_ids: Sequence[int], quarter: QuarterView, day: date) -> tuple[HouseholdView, ...]:
    """The households of branches that were listed in a quarter, in the order of their labels.

    `day` is today: in a quarter that runs, who looks after a household now.
    """
    rows = facts(session.execute(select(*Household.ALL).where(*_listed(org_ids, quarter))))
    ids, now = [row.id for row in rows], min(day, quarter.ends_on)
    links, visits = links_of(session, ids), _visits(session, ids, quarter)
    found = [_view(row, links.get(row.id, ()), visits.get(row.id, ()), quarter, now) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.org_id, natural(one.label), one.id)))


def reach(session: Reader, org_ids: Sequence[int], quarter: QuarterView) -> tuple[Reach, ...]:
    """What counts of the households of branches in a quarter, in any order: `reach` of each view, and nothing else."""
    listed = _listed(org_ids, quarter)
    held: dict[int, list[LinkView]] = defaultdict(list)
    of = HouseholdLink.TABLE.join(Household.TABLE, Household.id == HouseholdLink.household_id)
    for household_id, *link in session.execute(_LINKS.select_from(of).where(*listed)).all():
        held[household_id].append(LinkView(*link))
    days: dict[int, list[date]] = defaultdict(list)
    of = HouseholdVisit.TABLE.join(Household.TABLE, Household.id == HouseholdVisit.household_id)
    wanted = select(HouseholdVisit.household_id, HouseholdVisit.visited_on).select_from(of)
    for household_id, day in session.execute(wanted.where(*listed, *_standing(quarter))).all():
        days[household_id].append(day)
    rows = session.execute(
        select(Household.id, Household.org_id, Household.listed_on, Household.ended_on).where(*listed)
    )
    found = []
    for key, org_id, listed_on, ended_on in rows.all():
        due = tuple(one is not None for one in _keepers(listed_on, ended_on, held[key], quarter))
        months = {day.month for day in days[key]}
        visited = tuple(month in months for month in months_of(quarter))
        found.append(Reach(org_id, due, visited, max(days[key], default=None)))
    return tuple(found)


def _listed(org_ids: Sequence[int], quarter: QuarterView) -> tuple[ColumnElement[bool], ...]:
    """Households of branches that were listed in a quarter."""
    return (
        Household.org_id.in_(org_ids),
        Household.listed_on <= quarter.ends_on,
        or_(Household.ended_on.is_(None), Household.ended_on > quarter.starts_on),
    )


def _standing(quarter: QuarterView) -> tuple[ColumnElement[bool], ...]:
    """Visits of a quarter that stand."""
    return (
        HouseholdVisit.visited_on >= quarter.starts_on,
        HouseholdVisit.visited_on <= quarter.ends_on,
        HouseholdVisit.withdrawn_at.is_(None),
    )


def links_of(session: Reader, household_ids: Sequence[int]) -> Mapping[int, tuple[LinkView, ...]]:
    """All links of households, oldest first."""
    found: dict[int, list[LinkView]] = defaultdict(list)
    for some in parts(household_ids):
        for household_id, *link in session.execute(_LINKS.where(HouseholdLink.household_id.in_(some))).all():
            found[household_id].append(LinkView(*link))
    return {key: tuple(each) for key, each in found.items()}


_LINKS = select(
    HouseholdLink.household_id, HouseholdLink.member_id, HouseholdLink.valid_from, HouseholdLink.valid_to
).order_by(HouseholdLink.valid_from, HouseholdLink.id)


def held_by(session: Reader, member_id: int, day: date) -> int:
    """How many households a member looks after on a day, or will."""
    rows = session.execute(
        select(HouseholdLink.valid_to, Household.ended_on)
        .select_from(HouseholdLink.TABLE)
        .join(Household.TABLE, Household.id == HouseholdLink.household_id)
        .where(HouseholdLink.member_id == member_id)
    )
    return sum((row.valid_to is None or row.valid_to >= day) and row.ended_on is None for row in rows)


def limits(session: Reader, of: MemberView) -> Limits:
    """How many households a member should and may look after, by the office's settings."""
    found = policy.values(session)
    if of.grid and found["households.micro_grids"] == "true":
        return Limits(_whole(found["households.grid_least"]), _whole(found["households.grid_most"]))
    return Limits(_whole(found["households.least"]), _whole(found["households.most"]))


def ratings(session: Reader, org_ids: Sequence[int], year: int) -> tuple[RatingView, ...]:
    """The evaluations of a year that stand, by member and half."""
    of = {one.id for one in members.members(session, org_ids)}
    rows = session.execute(
        select(*HouseholdRating.ALL)
        .where(HouseholdRating.year == year, HouseholdRating.superseded_at.is_(None))
        .order_by(HouseholdRating.member_id, HouseholdRating.half)
    )
    return tuple(
        RatingView(row.member_id, row.year, row.half, (row.cadre, row.committee, row.households, row.monthly))
        for row in rows
        if row.member_id in of
    )


def half_of(quarter: QuarterView) -> int:
    """The half of the year that a quarter lies in."""
    return (quarter.number + 1) // 2


def months_of(quarter: QuarterView) -> tuple[int, int, int]:
    """The three months of a quarter."""
    first = quarter.starts_on.month
    return first, first + 1, first + 2


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """A label as people order it: 3组2号 stands before 3组12号."""
    parts: list[tuple[int, int | str]] = []
    digits = ""
    for character in text + "\n":
        if character.isdecimal():
            digits += character
            continue
        if digits:
            parts.append((0, int(digits)))
            digits = ""
        parts.append((1, character))
    return tuple(parts)


def mark_day(year: int, month: int) -> date:
    """The day by which it is told who owes a visit in a month."""
    return date(year, month, MARK_DAY)


def _visits(session: Reader, household_ids: Sequence[int], quarter: QuarterView) -> Mapping[int, tuple[VisitView, ...]]:
    found: dict[int, list[VisitView]] = defaultdict(list)
    asked = (
        select(
            HouseholdVisit.id, HouseholdVisit.household_id, HouseholdVisit.member_id, HouseholdVisit.visited_on,
            HouseholdVisit.what, HouseholdVisit.has_demand, HouseholdVisit.is_late, HouseholdVisit.reported_by,
            HouseholdVisit.basis,
        )
        .where(*_standing(quarter))
        .order_by(HouseholdVisit.visited_on, HouseholdVisit.id)
    )  # fmt: skip
    for some in parts(household_ids):
        for row in facts(session.execute(asked.where(HouseholdVisit.household_id.in_(some)))):
            found[row.household_id].append(
                VisitView(
                    row.id,
                    row.household_id,
                    row.member_id,
                    row.visited_on,
                    row.what,
                    row.has_demand,
                    row.is_late,
                    row.reported_by,
                    _BASES[row.basis],
                )
            )
    return {key: tuple(each) for key, each in found.items()}


def _view(
    row: Facts, links: Sequence[LinkView], visits: Sequence[VisitView], quarter: QuarterView, now: date
) -> HouseholdView:
    keepers = zip(months_of(quarter), _keepers(row.listed_on, row.ended_on, links, quarter), strict=True)
    months = [
        MonthView(month, keeper, tuple(one for one in visits if one.visited_on.month == month))
        for month, keeper in keepers
    ]
    is_over = row.ended_on is not None and row.ended_on <= now
    return HouseholdView(
        row.id,
        row.org_id,
        row.label,
        row.head,
        _KINDS[row.kind],
        row.listed_on,
        row.ended_on,
        row.search_keys,
        tuple(links),
        None if is_over else next((one.member_id for one in links if one.holds_on(now)), None),
        tuple(months),
    )


def _keepers(
    listed_on: date, ended_on: date | None, links: Sequence[LinkView], quarter: QuarterView
) -> tuple[int | None, ...]:
    """Who owes a household a visit, month by month; None where nobody looked after it, or it was not listed."""
    marks = [mark_day(quarter.year, month) for month in months_of(quarter)]
    return tuple(
        next((one.member_id for one in links if one.holds_on(mark)), None)
        if listed_on <= mark and (ended_on is None or ended_on > mark)
        else None
        for mark in marks
    )


_KINDS, _BASES = stored(HouseholdKind), stored(EntryBasis)


def _whole(text: str) -> int:
    return int(Decimal(text))


def named(of: HouseholdView) -> str:
    """A household as one says it: 3组12号（张三）."""
    return _("{label}（{head}）").format(label=of.label, head=of.head) if of.head else of.label
