"""Organisational life of branches in a quarter: what is owed, held, still missing and overdue, from one snapshot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from sqlalchemy import bindparam, select

from okr_desk.duty_terms import ATTENDED, DutyKind, DutyLight
from okr_desk.i18n import _
from okr_desk.model.columns import Category, MemberReview, Org, OrgVersion, Quarter, Year
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.queries import policy
from okr_desk.queries.duty_meetings import YEARLY, Held, MeetingView, held, meeting, meetings
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.duties import BASIS
from okr_desk.scoring import duties
from okr_desk.scoring.duties import BranchSize, Due, Frequencies
from okr_desk.scoring.explained import Explained
from okr_desk.terms import OrgKind

__all__ = ["Held", "MeetingView", "meeting", "meetings"]


@dataclass(frozen=True)
class Roster:
    """What an organisation's roster said on a day, as far as duties depend on it."""

    name: str
    kind: OrgKind
    size: BranchSize
    probationary: int | None
    category: str
    elected_on: date | None

    @property
    def members(self) -> int | None:
        """Full and probationary members; None where the roster does not say."""
        if self.size.full_members is None:
            return None
        return self.size.full_members + (self.probationary or 0)


M = TypeVar("M", bound=Held, covariant=True)


@dataclass(frozen=True)
class KindStand:
    """One kind in a quarter: `held` as entered, `done` as it counts (never above `due`), `behind` what is overdue.

    `present` of `should` people came, over the events of this kind.
    """

    kind: DutyKind
    due: int
    held: int
    done: int
    behind: int
    present: int
    should: int
    light: DutyLight
    basis: str

    @property
    def missing(self) -> int:
        """How many are still to be held."""
        return self.due - self.done


@dataclass(frozen=True)
class BranchDuties(Generic[M]):
    """A branch's organisational life in a quarter as of a day; its events in full or as far as they count."""

    org: OrgView
    quarter: QuarterView
    roster: Roster
    owed: Due
    kinds: tuple[KindStand, ...]
    meetings: tuple[M, ...]
    completion: Explained

    @property
    def due(self) -> int:
        """All meetings owed."""
        return sum(one.due for one in self.kinds)

    @property
    def done(self) -> int:
        """All that count."""
        return sum(one.done for one in self.kinds)

    @property
    def behind(self) -> int:
        """All that are overdue."""
        return sum(one.behind for one in self.kinds)

    @property
    def attendance(self) -> tuple[int, int]:
        """Present and due over what all members should attend: what B08 counts."""
        attended = [one for one in self.meetings if set(one.kinds) & set(ATTENDED)]
        return sum(one.present for one in attended), sum(one.due for one in attended)

    def lacking(self, day: date) -> tuple[Mapping[DutyKind, int], ...]:
        """What each month of the quarter still owes as of `day`, up to the month of `day`; later months owe nothing.

        What is lacking in all stands where it was not held: a meeting made up for later is no gap any more.
        """
        over = months_passed(self.quarter, day)
        is_within = self.quarter.starts_on <= day <= self.quarter.ends_on
        gaps: tuple[dict[DutyKind, int], ...] = tuple({} for _month in range(duties.MONTHS))
        for one in self.kinds:
            left = self.owed.through(one.kind, over + is_within) - one.done
            for place in range(min(over + is_within, duties.MONTHS)):
                month = self.quarter.starts_on.month + place
                held = sum(one.kind in met.kinds and met.held_on.month == month for met in self.meetings)
                gap = min(left, self.owed.in_month(one.kind, place + 1) - held)
                if gap > 0:
                    gaps[place][one.kind] = gap
                    left -= gap
        return gaps

    def kind(self, kind: DutyKind) -> KindStand:
        """How one kind stands."""
        return next(one for one in self.kinds if one.kind is kind)


def rosters(session: Reader, day: date, org_ids: Sequence[int] | None = None) -> dict[int, Roster]:
    """What the roster says of each organisation on `day`: at the quarter's start for what a quarter owes.

    Before its first version an organisation is taken as it began.
    """
    asked = session.execute(_ROSTERS) if org_ids is None else session.execute(_ROSTERS_OF, {"orgs": list(org_ids)})
    found: dict[int, Facts] = {}
    for row in facts(asked):
        if row.org_id not in found or row.valid_from <= day:
            found[row.org_id] = row
    return {org_id: _roster(row) for org_id, row in found.items()}


_ROSTERS = (
    select(
        OrgVersion.org_id, OrgVersion.valid_from, OrgVersion.short_name, Org.kind, OrgVersion.full_members,
        OrgVersion.probationary_members, OrgVersion.groups, OrgVersion.has_committee, OrgVersion.elected_on,
        Category.name.label("category"),
    )
    .join_from(OrgVersion.TABLE, Org.TABLE, Org.id == OrgVersion.org_id)
    .join(Category.TABLE, Category.id == OrgVersion.category_id, isouter=True)
    .order_by(OrgVersion.valid_from)
)  # fmt: skip
_ROSTERS_OF = _ROSTERS.where(OrgVersion.org_id.in_(bindparam("orgs", expanding=True)))
"""Built once: every entry asks it."""


def branches(
    session: Reader, quarter: QuarterView, orgs: Sequence[OrgView], day: date
) -> tuple[BranchDuties[MeetingView], ...]:
    """How each of these branches stands in a quarter as of `day`, in the order given, with its events in full."""
    ids = [org.id for org in orgs]
    return _stands(session, quarter, orgs, day, meetings(session, ids, quarter.starts_on, quarter.ends_on))


def compared(
    session: Reader, quarter: QuarterView, orgs: Sequence[OrgView], day: date
) -> tuple[BranchDuties[Held], ...]:
    """The same where only numbers are asked: its events as far as they count."""
    ids = [org.id for org in orgs]
    return _stands(session, quarter, orgs, day, held(session, ids, quarter.starts_on, quarter.ends_on))


def _stands(
    session: Reader, quarter: QuarterView, orgs: Sequence[OrgView], day: date, events: Iterable[M]
) -> tuple[BranchDuties[M], ...]:
    ids = [org.id for org in orgs]
    often, sizes = policy.frequencies(session), rosters(session, quarter.starts_on, ids)
    own: dict[int, list[M]] = defaultdict(list)
    for one in events:
        own[one.org_id].append(one)
    earlier: dict[int, Counter[DutyKind]] = defaultdict(Counter)
    eve = quarter.starts_on - timedelta(days=1)
    for event in held(session, ids, date(quarter.year, 1, 1), eve, YEARLY):
        earlier[event.org_id].update(event.kinds)
    graded = reviewed(session, quarter.year, quarter.ends_on, ids)
    return tuple(
        _branch(org, quarter, sizes[org.id], often, own[org.id], earlier[org.id], org.id in graded, day) for org in orgs
    )


def reviewed(session: Reader, year: int, until: date, org_ids: Sequence[int]) -> frozenset[int]:
    """The branches whose yearly grading of members is on record by `until`."""
    found = session.execute(
        select(MemberReview.org_id)
        .join(Quarter.TABLE, Quarter.id == MemberReview.quarter_id)
        .join(Year.TABLE, Year.id == Quarter.year_id)
        .where(
            Year.number == year,
            MemberReview.reviewed_on <= until,
            MemberReview.org_id.in_(org_ids),
            MemberReview.superseded_at.is_(None),
            MemberReview.withdrawn_at.is_(None),
        )
    )
    return frozenset(found.scalars())


def counted(events: Sequence[Held], size: BranchSize, often: Frequencies) -> dict[DutyKind, int]:
    """How many events of each kind count towards what is owed; each group only up to its own number."""
    held = Counter(kind for one in events for kind in one.kinds)
    by_group = Counter(one.group_number for one in events if DutyKind.GROUP in one.kinds)
    return {**held, DutyKind.GROUP: duties.capped_groups(by_group, size.groups or 0, often.group)}


def months_passed(quarter: QuarterView, day: date) -> int:
    """How many months of the quarter are over on `day` (0 to 3)."""
    if day > quarter.ends_on:
        return duties.MONTHS
    return max(0, (day.year - quarter.starts_on.year) * 12 + day.month - quarter.starts_on.month)


def _roster(row: Facts) -> Roster:
    size = BranchSize(row.full_members, row.groups, row.has_committee)
    return Roster(row.short_name, OrgKind(row.kind), size, row.probationary_members, row.category or "", row.elected_on)


def _branch(
    org: OrgView,
    quarter: QuarterView,
    roster: Roster,
    often: Frequencies,
    own: Sequence[M],
    earlier: Counter[DutyKind],
    is_graded: bool,
    day: date,
) -> BranchDuties[M]:
    owed = duties.due(roster.size, often, quarter.number)
    done = counted(own, roster.size, often)
    for kind in YEARLY:
        done[kind] = earlier[kind] + sum(kind in one.kinds for one in own)
    done[DutyKind.REVIEW] = max(done[DutyKind.REVIEW], int(is_graded))
    passed = months_passed(quarter, day)
    kinds = tuple(_stand(kind, owed, own, done.get(kind, 0), passed, roster.size) for kind in DutyKind)
    return BranchDuties(org, quarter, roster, owed, kinds, tuple(own), duties.completion(done, owed.counts))


def _stand(kind: DutyKind, owed: Due, events: Sequence[Held], counts: int, passed: int, size: BranchSize) -> KindStand:
    own = [one for one in events if kind in one.kinds]
    due = owed.counts[kind]
    done = duties.capped(counts, due)
    behind = max(0, owed.through(kind, passed) - done)
    return KindStand(
        kind=kind,
        due=due,
        held=len(own),
        done=done,
        behind=behind,
        present=sum(one.present for one in own),
        should=sum(one.due for one in own),
        light=_light(kind, due, done, behind, size),
        basis=_(BASIS[kind]),
    )


def _light(kind: DutyKind, due: int, done: int, behind: int, size: BranchSize) -> DutyLight:
    if not due:
        unknown = kind is DutyKind.COMMITTEE and size.owes_committee is None
        return DutyLight.UNKNOWN if unknown else DutyLight.NONE
    if behind:
        return DutyLight.BEHIND
    return DutyLight.DONE if done == due else DutyLight.ON_TIME
