"""What the page on members and households shows: a branch with all its registers, or the township with shares."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import household_counts, households, member_points, members, orgs, service_hours
from okr_desk.queries.household_counts import Reached
from okr_desk.queries.households import HouseholdView, RatingView, Reach
from okr_desk.queries.member_points import MemberQuarter
from okr_desk.queries.members import MemberView, ReporterView, Strength
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.service_hours import PersonHours, Served
from okr_desk.rules.households import Limits
from okr_desk.rules.member_points import PointsSchemeDraft

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Shares:
    """Where a branch stands in a quarter. `month` is the one looked at: this month, or the quarter's last."""

    org: OrgView
    strength: Strength
    households: Reached
    month: int
    month_due: int
    month_done: int
    active: int
    entries: int
    people: tuple[Served, ...]

    @property
    def reached(self) -> Decimal | None:
        """Households visited in every month, of all, in percent; None without households."""
        return _share(self.households.reached, self.households.whole)

    @property
    def month_share(self) -> Decimal | None:
        """Households visited in the month, of those due."""
        return _share(self.month_done, self.month_due)

    @property
    def active_share(self) -> Decimal | None:
        """Members who earned points, of all members; None where nothing was entered."""
        return _share(self.active, self.strength.total) if self.entries else None

    @property
    def served(self) -> int:
        """People who reached the hours due."""
        return sum(one.is_reached for one in self.people)

    @property
    def served_share(self) -> Decimal | None:
        """The same in percent of those who report."""
        return _share(self.served, len(self.people))

    @property
    def hours(self) -> Decimal:
        """Hours of the branch's own members in the quarter."""
        return sum((one.quarter for one in self.people if one.member_id is not None), _ZERO)


@dataclass(frozen=True)
class Keeper:
    """A member with the households looked after. `notice`: too few or none of what the office asks; "" else."""

    member: MemberView
    households: tuple[HouseholdView, ...]
    limits: Limits
    rating: RatingView | None

    @property
    def notice(self) -> str:
        """What to say where there are too few; a member without any is not called."""
        return self.limits.notice(self.member.name, len(self.households)) if self.households else ""


@dataclass(frozen=True)
class BranchBoard:
    """Everything of one branch in a quarter. `free`: households that nobody looks after now."""

    quarter: QuarterView
    today: date
    shares: Shares
    members: tuple[MemberView, ...]
    gone: tuple[MemberView, ...]
    keepers: tuple[Keeper, ...]
    households: tuple[HouseholdView, ...]
    people: tuple[PersonHours, ...]
    points: tuple[MemberQuarter, ...]
    scheme: PointsSchemeDraft
    reporters: tuple[ReporterView, ...]

    @property
    def org(self) -> OrgView:
        """The branch."""
        return self.shares.org

    @property
    def free(self) -> tuple[HouseholdView, ...]:
        """Households that nobody looks after now."""
        return tuple(one for one in self.households if one.member_id is None and one.ended_on is None)

    def name_of(self, member_id: int | None) -> str:
        """The name of a member, also of one who left; "" for nobody."""
        return next((one.name for one in (*self.members, *self.gone) if one.id == member_id), "")


@dataclass(frozen=True)
class TownshipBoard:
    """All branches with their shares."""

    quarter: QuarterView
    rows: tuple[Shares, ...]


def month_shown(quarter: QuarterView, day: date) -> int:
    """This month where it lies in the quarter, else the quarter's last."""
    return day.month if quarter.starts_on <= day <= quarter.ends_on else quarter.ends_on.month


def branch(session: Reader, quarter: QuarterView, org_id: int) -> BranchBoard:
    """One branch in a quarter. Raises Refusal for one that does not exist."""
    day = today(session)
    last = min(day, quarter.ends_on)
    org = orgs.view(session, org_id, last)
    ever = members.members(session, [org_id])
    here = tuple(one for one in ever if one.is_in(last))
    listed = households.households(session, [org_id], quarter, day)
    half = households.half_of(quarter)
    rated = {one.member_id: one for one in households.ratings(session, [org_id], quarter.year) if one.half == half}
    held: dict[int, list[HouseholdView]] = defaultdict(list)
    for one in listed:
        if one.member_id is not None:
            held[one.member_id].append(one)
    keepers = tuple(
        Keeper(one, tuple(held.get(one.id, ())), households.limits(session, one), rated.get(one.id)) for one in here
    )
    people = service_hours.people(session, quarter, [org_id])
    (shares,) = _shares(session, quarter, [org], day, [one.reach for one in listed], people)
    points = member_points.quarter_list(session, quarter, [org_id])
    return BranchBoard(
        quarter,
        day,
        shares,
        here,
        tuple(one for one in ever if not one.is_in(last)),
        keepers,
        listed,
        people,
        points,
        member_points.scheme_on(session, last),
        members.reporters(session, [org_id], quarter),
    )


def township(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> TownshipBoard:
    """The shares of branches, in the order of the register."""
    wanted, day = set(org_ids), today(session)
    of = [org for org in orgs.tree(session, min(day, quarter.ends_on)) if org.id in wanted]
    ids = [org.id for org in of]
    listed, people = households.reach(session, ids, quarter), service_hours.served(session, quarter, ids)
    return TownshipBoard(quarter, tuple(_shares(session, quarter, of, day, listed, people)))


def _shares(
    session: Reader,
    quarter: QuarterView,
    of: Sequence[OrgView],
    day: date,
    listed: Iterable[Reach],
    people: Iterable[Served],
) -> list[Shares]:
    ids = [org.id for org in of]
    by_org: dict[int, list[Reach]] = defaultdict(list)
    for one in listed:
        by_org[one.org_id].append(one)
    serving: dict[int, list[Served]] = defaultdict(list)
    for person in people:
        serving[person.org_id].append(person)
    activity = member_points.activity(session, quarter, ids)
    strengths = members.strengths(session, ids, min(day, quarter.ends_on))
    rosters = household_counts.roster_households(session, ids, quarter)
    month = month_shown(quarter, day)
    made = []
    for org in of:
        sum_ = household_counts.reached(by_org[org.id], quarter, rosters.get(org.id))
        earned = activity.get(org.id)
        due, done = next(((due, done) for at, due, done in sum_.by_month if at == month), (0, 0))
        made.append(
            Shares(
                org,
                strengths[org.id],
                sum_,
                month,
                due,
                done,
                0 if earned is None else earned.active,
                0 if earned is None else earned.entries,
                tuple(serving[org.id]),
            )
        )
    return made


def days_in(year: int, month: int) -> int:
    """The last day of a month."""
    return calendar.monthrange(year, month)[1]


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) * 100 / whole if whole else None
