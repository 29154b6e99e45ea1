"""The ledger of a branch: lines of done and due by month and quarter, and the yearly grading of members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.duty_terms import RegisterKind
from okr_desk.model.columns import DutyRegister, MemberReview, Quarter, Year
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.queries import cycles, duties, policy
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.duties import MONTHLY
from okr_desk.scoring.party_fees import hours_due
from okr_desk.terms import EntryBasis, QuarterState, stored


@dataclass(frozen=True)
class LineView:
    """A line as it stands; `month` for what is kept by month. Amounts are yuan."""

    id: int
    org_id: int
    kind: RegisterKind
    year: int
    quarter: int
    month: int | None
    due: int
    done: int
    amount_due: Decimal | None
    amount_done: Decimal | None
    note: str
    as_of: date
    reported_by: str
    basis: EntryBasis
    is_late: bool


@dataclass(frozen=True)
class ReviewView:
    """The grading of a year as it stands; numbers are people."""

    id: int
    org_id: int
    reviewed_on: date
    due: int
    took_part: int
    probationary: int
    excellent: int
    qualified: int
    basically: int
    unqualified: int
    note: str
    reported_by: str


@dataclass(frozen=True)
class Period:
    """A month or quarter of the ledger, the line that stands in it, and how many are due by the roster.

    `is_begun`: whether anything can be entered for it today.
    """

    kind: RegisterKind
    quarter: int
    month: int | None
    usual_due: int | None
    is_begun: bool
    line: LineView | None


@dataclass(frozen=True)
class Ledger:
    """Everything a branch keeps in a year, kind by kind in periods; `hours` are those due by each quarter's end."""

    org: OrgView
    year: int
    quarters: tuple[QuarterView, ...]
    periods: tuple[Period, ...]
    review: ReviewView | None
    member_hours: tuple[Decimal, ...]
    committee_hours: tuple[Decimal, ...]

    def of(self, kind: RegisterKind) -> tuple[Period, ...]:
        """The periods of a kind in order."""
        return tuple(one for one in self.periods if one.kind is kind)


def lines(session: Reader, year: int, org_ids: Sequence[int] | None = None) -> tuple[LineView, ...]:
    """All lines of a year that stand, in order of branch, kind and period."""
    wanted = (
        select(*DutyRegister.ALL, Quarter.number, Year.number.label("year"))
        .select_from(DutyRegister.TABLE)
        .join(Quarter.TABLE, Quarter.id == DutyRegister.quarter_id)
        .join(Year.TABLE, Year.id == Quarter.year_id)
        .where(Year.number == year, DutyRegister.superseded_at.is_(None), DutyRegister.withdrawn_at.is_(None))
        .order_by(DutyRegister.org_id, DutyRegister.kind, Quarter.number, DutyRegister.month)
    )
    if org_ids is not None:
        wanted = wanted.where(DutyRegister.org_id.in_(org_ids))
    return tuple(_line(row) for row in facts(session.execute(wanted)))


def reviews(session: Reader, year: int, org_ids: Sequence[int] | None = None) -> dict[int, ReviewView]:
    """The grading of a year that stands, by branch."""
    wanted = (
        select(*MemberReview.ALL)
        .join(Quarter.TABLE, Quarter.id == MemberReview.quarter_id)
        .join(Year.TABLE, Year.id == Quarter.year_id)
        .where(Year.number == year, MemberReview.superseded_at.is_(None), MemberReview.withdrawn_at.is_(None))
        .order_by(MemberReview.id)
    )
    if org_ids is not None:
        wanted = wanted.where(MemberReview.org_id.in_(org_ids))
    return {row.org_id: _review(row) for row in session.execute(wanted)}


def ledger(session: Reader, org: OrgView, year: int, day: date) -> Ledger:
    """The year of a branch as of `day`; the number due is proposed from the roster at each quarter's start."""
    quarters = tuple(one for one in cycles.quarters(session) if one.year == year)
    standing = {(one.kind, one.quarter, one.month): one for one in lines(session, year, [org.id])}
    rosters = {one.number: duties.rosters(session, one.starts_on, [org.id])[org.id] for one in quarters}
    periods = []
    for kind in RegisterKind:
        for quarter in quarters:
            usual = _usual(kind, rosters[quarter.number])
            first = quarter.starts_on.month
            for month in (first, first + 1, first + 2) if kind in MONTHLY else (None,):
                begins = quarter.starts_on if month is None else date(year, month, 1)
                line = standing.get((kind, quarter.number, month))
                is_begun = begins <= day and quarter.state is not QuarterState.PLANNING
                periods.append(Period(kind, quarter.number, month, usual, is_begun, line))
    numbers = [one.number for one in quarters]
    of_members, of_committee = (policy.integer(session, key) for key in ("duty.member_hours", "duty.committee_hours"))
    return Ledger(
        org,
        year,
        quarters,
        tuple(periods),
        reviews(session, year, [org.id]).get(org.id),
        tuple(hours_due(of_members, n) for n in numbers),
        tuple(hours_due(of_committee, n) for n in numbers),
    )


def _usual(kind: RegisterKind, roster: duties.Roster) -> int | None:
    if kind in (RegisterKind.FEES, RegisterKind.MEMBER_HOURS, RegisterKind.TALKS):
        return roster.members
    return 1 if kind is RegisterKind.OPENNESS else None


_KINDS, _BASES = stored(RegisterKind), stored(EntryBasis)


def _line(row: Facts) -> LineView:
    return LineView(
        id=row.id,
        org_id=row.org_id,
        kind=_KINDS[row.kind],
        year=row.year,
        quarter=row.number,
        month=row.month,
        due=row.due,
        done=row.done,
        amount_due=row.amount_due,
        amount_done=row.amount_done,
        note=row.note,
        as_of=row.as_of,
        reported_by=row.reported_by,
        basis=_BASES[row.basis],
        is_late=row.is_late,
    )


def _review(row: Facts) -> ReviewView:
    return ReviewView(
        id=row.id,
        org_id=row.org_id,
        reviewed_on=row.reviewed_on,
        due=row.due,
        took_part=row.took_part,
        probationary=row.probationary,
        excellent=row.excellent,
        qualified=row.qualified,
        basically=row.basically,
        unqualified=row.unqualified,
        note=row.note,
        reported_by=row.reported_by,
    )
