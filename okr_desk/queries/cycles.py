"""Quarters, their reopenings and the working-day calendar as they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from okr_desk.clock import local
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import CalendarDay, CalendarYear, Quarter, Reopening, Review, Year
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.model.store import today
from okr_desk.queries import users
from okr_desk.queries.objectives import QuarterView
from okr_desk.review_terms import ReviewState
from okr_desk.rules.cycles import QUARTER_MOVES, Calendar, missing, next_move, provisional_due, quarter_label
from okr_desk.terms import QuarterState, YearState

__all__ = ["Calendar", "QuarterView"]


@dataclass(frozen=True)
class YearView:
    """A year with its quarters in order."""

    id: int
    number: int
    state: YearState
    copied_from: int | None
    quarters: tuple[QuarterView, ...]


@dataclass(frozen=True)
class DayView:
    """A day of the calendar that differs from Monday-to-Friday, or a holiday that falls on a weekend."""

    id: int
    day: date
    is_working: bool
    name: str
    source: str


@dataclass(frozen=True)
class CalendarYearView:
    """A year that somebody has filled in: where the days come from and when that was said."""

    number: int
    source: str
    confirmed_at: datetime


@dataclass(frozen=True)
class ReopeningView:
    """A quarter opened again for an organisation; it waits for the second person until `agreed_by` is set."""

    id: int
    quarter_id: int
    org_id: int
    reason: str
    asked_by: int
    asked_at: datetime
    agreed_by: int | None
    agreed_at: datetime | None
    substitution: str
    ended_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Agreed, and not yet ended."""
        return self.agreed_at is not None and self.ended_at is None

    @property
    def is_waiting(self) -> bool:
        """Asked for, neither agreed nor ended."""
        return self.agreed_at is None and self.ended_at is None

    def told(self, names: Mapping[int, str]) -> str:
        """When and by whom it was opened again, and why; `names` by account."""
        day = local(self.agreed_at or self.asked_at).date()
        return _("{day}经{first}申请、{second}同意重新开放：{reason}").format(
            day=day,
            first=names.get(self.asked_by, ""),
            second=self.substitution or names.get(self.agreed_by or 0, ""),
            reason=self.reason.rstrip("。"),
        )


def quarters(session: Reader) -> tuple[QuarterView, ...]:
    """All quarters, oldest first."""
    return tuple(_view(row) for row in facts(session.execute(_QUARTERS)))


_QUARTERS = (
    select(*Quarter.ALL, Year.number.label("year"))
    .select_from(Quarter.TABLE)
    .join(Year.TABLE, Year.id == Quarter.year_id)
    .order_by(Year.number, Quarter.number)
)
"""Built once: every entry asks it."""


def quarter(session: Reader, year: int, number: int) -> QuarterView | None:
    """One quarter of a year, or None."""
    return next((q for q in quarters(session) if (q.year, q.number) == (year, number)), None)


def holding(found: Iterable[QuarterView], day: date) -> QuarterView | None:
    """The quarter that a day belongs to, or None where no year holds it."""
    return next((q for q in found if q.starts_on <= day <= q.ends_on), None)


def by_id(session: Reader, quarter_id: int) -> QuarterView | None:
    """The quarter with this id, or None."""
    return next((q for q in quarters(session) if q.id == quarter_id), None)


def spelled(key: str) -> tuple[int, int] | None:
    """Year and number of a quarter written 2026Q3 (also 2026q3, 2026-Q3); None for what is no quarter."""
    found = re.fullmatch(r"\s*(\d{4})\s*-?[Qq]([1-4])\s*", key)
    return (int(found[1]), int(found[2])) if found else None


def by_key(session: Reader, key: str) -> QuarterView | None:
    """The quarter written so, or None."""
    found = spelled(key)
    return quarter(session, *found) if found else None


def current(session: Reader, day: date) -> QuarterView | None:
    """The quarter that the desk should show: the newest open one, else the one holding `day`, else the nearest."""
    found = quarters(session)
    is_open = [q for q in found if q.state is QuarterState.OPEN]
    if is_open:
        return is_open[-1]
    begun = [q for q in found if q.starts_on <= day]
    return begun[-1] if begun else next(iter(found), None)


def years(session: Reader) -> tuple[YearView, ...]:
    """All years, newest first."""
    found = quarters(session)
    rows = session.execute(select(*Year.ALL).order_by(Year.number.desc())).all()
    return tuple(
        YearView(
            row.id, row.number, YearState(row.state), row.copied_from, tuple(q for q in found if q.year == row.number)
        )
        for row in rows
    )


def calendar(session: Reader) -> Calendar:
    """The working-day calendar of all years that are filled in."""
    days = session.execute(select(CalendarDay.day, CalendarDay.is_working))
    known = session.execute(select(CalendarYear.number)).scalars()
    return Calendar({row.day: row.is_working for row in days}, frozenset(known))


def calendar_days(session: Reader, year: int) -> tuple[DayView, ...]:
    """The listed days of a year, in order."""
    rows = session.execute(
        select(*CalendarDay.ALL)
        .where(CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
        .order_by(CalendarDay.day)
    )
    return tuple(DayView(row.id, row.day, row.is_working, row.name, row.source) for row in rows)


def calendar_years(session: Reader) -> tuple[CalendarYearView, ...]:
    """The years that are filled in, in order."""
    rows = session.execute(select(*CalendarYear.ALL).order_by(CalendarYear.number))
    return tuple(CalendarYearView(row.number, row.source, row.confirmed_at) for row in rows)


def is_provisional(quarter: QuarterView, calendar: Calendar) -> bool:
    """Whether the due date only stands in until the calendar after the quarter is filled in."""
    return quarter.due_on == provisional_due(quarter.ends_on) and not calendar.knows(quarter.due_on.year)


def reopenings(session: Reader, quarter_id: int | None = None) -> tuple[ReopeningView, ...]:
    """All reopenings, or those of one quarter, newest first."""
    wanted = select(*Reopening.ALL).order_by(Reopening.id.desc())
    if quarter_id is not None:
        wanted = wanted.where(Reopening.quarter_id == quarter_id)
    return tuple(
        ReopeningView(
            row.id,
            row.quarter_id,
            row.org_id,
            row.reason,
            row.asked_by,
            row.asked_at,
            row.agreed_by,
            row.agreed_at,
            row.substitution,
            row.ended_at,
        )
        for row in session.execute(wanted)
    )


def reopened(session: Reader, quarter_id: int) -> frozenset[int]:
    """The organisations for which a frozen quarter is open again."""
    return frozenset(found.org_id for found in reopenings(session, quarter_id) if found.is_in_force)


def in_force(session: Reader, quarter_id: int, org_id: int) -> ReopeningView | None:
    """The reopening under which an organisation records in a frozen quarter, or None."""
    return next((r for r in reopenings(session, quarter_id) if r.org_id == org_id and r.is_in_force), None)


def voided(session: Reader, quarter_id: int) -> dict[int, tuple[str, ...]]:
    """By organisation, a sentence for each time that the quarter was opened again, the oldest first, ended ones too.

    Sheets printed before are void (design 9: 作废待换), whatever became of the reopening.
    """
    names, found = users.names(session), defaultdict[int, list[str]](list)
    for row in reversed(reopenings(session, quarter_id)):
        if row.agreed_at is not None:
            sentence = _("本季于{told}。此前打印的评审表作废。")
            found[row.org_id].append(sentence.format(told=row.told(names)))
    return {org_id: tuple(sentences) for org_id, sentences in found.items()}


def last_closed_day(session: Reader) -> date | None:
    """The end of the newest closed quarter: nothing before it changes any more."""
    newest: date | None = session.execute(
        select(func.max(Quarter.ends_on)).where(Quarter.state == QuarterState.CLOSED)
    ).scalar()
    return newest


def facts_of(session: Reader, quarter_id: int) -> dict[str, bool]:
    """What the table of moves asks about a quarter. Raises Refusal when it is unknown."""
    found = by_id(session, quarter_id)
    if found is None:
        raise Refusal(_("没有这个季度，请刷新后再试。"))
    year = next(year for year in years(session) if year.number == found.year)
    waiting = [one for one in reopenings(session, quarter_id) if one.ended_at is None]
    return {
        "year_open": year.state is YearState.OPEN,
        "begun": found.starts_on <= today(session),
        "ended": found.ends_on < today(session),
        "nothing_reopened": not waiting,
        "reviews_done": not _under_review(session, quarter_id),
        "earlier_closed": all(q.state is QuarterState.CLOSED for q in year.quarters if q.number < found.number),
    }


def _under_review(session: Reader, quarter_id: int) -> bool:
    """Whether a review of the quarter has begun and is not final."""
    over = (ReviewState.DRAFTING.value, ReviewState.FINAL.value)
    asked = select(Review.id).where(Review.quarter_id == quarter_id, Review.state.not_in(over)).limit(1)
    return session.execute(asked).first() is not None


def waits_for(session: Reader, quarter: QuarterView) -> tuple[str, ...]:
    """What the next move of a quarter still waits for, in sentences; nothing where no move is left."""
    move = next_move(QUARTER_MOVES, quarter.state)
    return () if move is None else missing(move, facts_of(session, quarter.id))


def _view(row: Facts) -> QuarterView:
    return QuarterView(
        id=row.id,
        year=row.year,
        number=row.number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        due_on=row.due_on,
        state=QuarterState(row.state),
        label=quarter_label(row.year, row.number),
        key=f"{row.year}Q{row.number}",
    )
