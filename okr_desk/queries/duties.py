"""Organisational life of branches in a quarter: what is owed, held, still missing and overdue, from one snapshot."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from okr_desk.duty_terms import ATTENDED, DutyKind, DutyLight
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import (
    Account,
    Category,
    Meeting,
    MeetingKind,
    MemberReview,
    OrgVersion,
    Person,
    Quarter,
    Year,
)
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import policy
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.duties import BASIS
from okr_desk.scoring import duties
from okr_desk.scoring.duties import BranchSize, Due, Frequencies
from okr_desk.scoring.explained import Explained
from okr_desk.terms import EntryBasis


@dataclass(frozen=True)
class Roster:
    """What an organisation's roster said on a day, as far as duties depend on it."""

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


@dataclass(frozen=True)
class MeetingView:
    """One event as it stands; `recorded_by` entered it, for `reported_by` where that is another person."""

    id: int
    uid: str
    org_id: int
    quarter_id: int
    held_on: date
    kinds: tuple[DutyKind, ...]
    topic: str
    host: str
    place: str
    due: int
    present: int
    minutes: str
    group_number: int | None
    is_election: bool
    reported_by: str
    basis: EntryBasis
    is_late: bool
    late_reason: str
    recorded_at: datetime
    recorded_by: str
    corrects_id: int | None


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
class BranchDuties:
    """A branch's organisational life in a quarter as of a day."""

    org: OrgView
    quarter: QuarterView
    roster: Roster
    owed: Due
    kinds: tuple[KindStand, ...]
    meetings: tuple[MeetingView, ...]
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
    wanted = select(
        OrgVersion.org_id, OrgVersion.valid_from, OrgVersion.full_members, OrgVersion.probationary_members,
        OrgVersion.groups, OrgVersion.has_committee, OrgVersion.elected_on, OrgVersion.category_id,
    ).order_by(OrgVersion.valid_from)  # fmt: skip
    if org_ids is not None:
        wanted = wanted.where(OrgVersion.org_id.in_(org_ids))
    found: dict[int, Facts] = {}
    for row in session.execute(wanted):
        if row.org_id not in found or row.valid_from <= day:
            found[row.org_id] = row
    names = {row.id: row.name for row in session.execute(select(Category.id, Category.name))}
    return {org_id: _roster(row, names) for org_id, row in found.items()}


def meetings(session: Reader, org_ids: Sequence[int] | None, first: date, last: date) -> tuple[MeetingView, ...]:
    """Events that stand, held from `first` to `last`, oldest first; `org_ids` None: of all branches."""
    wanted = _STANDING.where(Meeting.held_on >= first, Meeting.held_on <= last)
    if org_ids is not None:
        wanted = wanted.where(Meeting.org_id.in_(org_ids))
    return _views(session, session.execute(wanted).all())


def meeting(session: Reader, meeting_id: int) -> MeetingView:
    """One event, whether it still stands or not. Raises Refusal when there is none."""
    rows = session.execute(_EVER.where(Meeting.id == meeting_id)).all()
    if not rows:
        raise Refusal(_("没有这条组织生活记录，请刷新后再试。"))
    return _views(session, rows)[0]


def branches(session: Reader, quarter: QuarterView, orgs: Sequence[OrgView], day: date) -> tuple[BranchDuties, ...]:
    """How each of these branches stands in a quarter as of `day`, in the order given; four questions in all."""
    ids = [org.id for org in orgs]
    often, sizes = policy.frequencies(session), rosters(session, quarter.starts_on, ids)
    held: dict[int, list[MeetingView]] = defaultdict(list)
    for one in (*_earlier_of_year(session, quarter, ids), *meetings(session, ids, quarter.starts_on, quarter.ends_on)):
        held[one.org_id].append(one)
    graded = reviewed(session, quarter.year, quarter.ends_on, ids)
    return tuple(_branch(org, quarter, sizes[org.id], often, held[org.id], org.id in graded, day) for org in orgs)


def _earlier_of_year(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> tuple[MeetingView, ...]:
    """Events from January to the quarter's start of those kinds that are owed once a year."""
    yearly = select(MeetingKind.meeting_id).where(MeetingKind.kind.in_((DutyKind.LIFE, DutyKind.REVIEW)))
    wanted = _STANDING.where(
        Meeting.held_on >= date(quarter.year, 1, 1),
        Meeting.held_on < quarter.starts_on,
        Meeting.org_id.in_(org_ids),
        Meeting.id.in_(yearly),
    )
    return _views(session, session.execute(wanted).all())


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


def counted(events: Sequence[MeetingView], size: BranchSize, often: Frequencies) -> dict[DutyKind, int]:
    """How many events of each kind count towards what is owed; each group only up to its own number."""
    held = Counter(kind for one in events for kind in one.kinds)
    by_group = Counter(one.group_number for one in events if DutyKind.GROUP in one.kinds)
    return {**held, DutyKind.GROUP: duties.capped_groups(by_group, size.groups or 0, often.group)}


def months_passed(quarter: QuarterView, day: date) -> int:
    """How many months of the quarter are over on `day` (0 to 3)."""
    if day > quarter.ends_on:
        return duties.MONTHS
    return max(0, (day.year - quarter.starts_on.year) * 12 + day.month - quarter.starts_on.month)


_EVER = (
    select(*Meeting.ALL, Person.name.label("who"))
    .select_from(Meeting.TABLE)
    .join(Account.TABLE, Account.id == Meeting.account_id, isouter=True)
    .join(Person.TABLE, Person.id == Account.person_id, isouter=True)
    .order_by(Meeting.held_on, Meeting.id)
)
_STANDING = _EVER.where(Meeting.superseded_at.is_(None), Meeting.withdrawn_at.is_(None))


def _views(session: Reader, rows: Sequence[Facts]) -> tuple[MeetingView, ...]:
    if not rows:
        return ()
    ids = [row.id for row in rows]
    kinds: dict[int, list[DutyKind]] = defaultdict(list)
    found = select(MeetingKind.meeting_id, MeetingKind.kind)
    if len(ids) <= 500:  # a question takes only so many numbers; beyond that all of these days are read
        found = found.where(MeetingKind.meeting_id.in_(ids))
    else:
        days = Meeting.held_on.between(min(row.held_on for row in rows), max(row.held_on for row in rows))
        found = found.join(Meeting.TABLE, Meeting.id == MeetingKind.meeting_id).where(days)
    for meeting_id, kind in session.execute(found):
        kinds[meeting_id].append(DutyKind(kind))
    order = list(DutyKind)
    return tuple(_view(row, tuple(sorted(kinds[row.id], key=order.index))) for row in rows)


def _view(row: Facts, kinds: tuple[DutyKind, ...]) -> MeetingView:
    return MeetingView(
        id=row.id,
        uid=row.uid,
        org_id=row.org_id,
        quarter_id=row.quarter_id,
        held_on=row.held_on,
        kinds=kinds,
        topic=row.topic,
        host=row.host,
        place=row.place,
        due=row.due,
        present=row.present,
        minutes=row.minutes,
        group_number=row.group_number,
        is_election=row.is_election,
        reported_by=row.reported_by,
        basis=EntryBasis(row.basis),
        is_late=row.is_late,
        late_reason=row.late_reason,
        recorded_at=row.recorded_at,
        recorded_by=row.who or "",
        corrects_id=row.corrects_id,
    )


def _roster(row: Facts, names: Mapping[int, str]) -> Roster:
    size = BranchSize(row.full_members, row.groups, row.has_committee)
    return Roster(size, row.probationary_members, names.get(row.category_id, ""), row.elected_on)


def _branch(
    org: OrgView,
    quarter: QuarterView,
    roster: Roster,
    often: Frequencies,
    held: Sequence[MeetingView],
    is_graded: bool,
    day: date,
) -> BranchDuties:
    own = [one for one in held if one.held_on >= quarter.starts_on]
    owed = duties.due(roster.size, often, quarter.number)
    done = counted(own, roster.size, often)
    of_year = Counter(kind for one in held for kind in one.kinds)
    for kind in (DutyKind.LIFE, DutyKind.REVIEW):
        done[kind] = of_year[kind]
    done[DutyKind.REVIEW] = max(done[DutyKind.REVIEW], int(is_graded))
    passed = months_passed(quarter, day)
    kinds = tuple(_stand(kind, owed, own, done.get(kind, 0), passed, roster.size) for kind in DutyKind)
    return BranchDuties(org, quarter, roster, owed, kinds, tuple(own), duties.completion(done, owed.counts))


def _stand(
    kind: DutyKind, owed: Due, events: Sequence[MeetingView], counts: int, passed: int, size: BranchSize
) -> KindStand:
    own = [one for one in events if kind in one.kinds]
    due = owed.counts[kind]
    done = duties.capped(counts, due)
    stand = KindStand(
        kind=kind,
        due=due,
        held=len(own),
        done=done,
        behind=max(0, owed.through(kind, passed) - done),
        present=sum(one.present for one in own),
        should=sum(one.due for one in own),
        light=DutyLight.NONE,
        basis=_(BASIS[kind]),
    )
    return replace(stand, light=_light(stand, size))


def _light(stand: KindStand, size: BranchSize) -> DutyLight:
    if not stand.due:
        unknown = stand.kind is DutyKind.COMMITTEE and size.owes_committee is None
        return DutyLight.UNKNOWN if unknown else DutyLight.NONE
    if stand.behind:
        return DutyLight.BEHIND
    return DutyLight.DONE if stand.done == stand.due else DutyLight.ON_TIME
