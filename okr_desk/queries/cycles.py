"""Quarters, their reopenings and the working-day calendar as they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from okr_desk.model.tables import CalendarDay, CalendarYear, Quarter, Reopening, Year
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.cycles import Calendar, provisional_due, quarter_label
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


def quarters(session: Session) -> tuple[QuarterView, ...]:
    """All quarters, oldest first."""
    rows = session.exec(
        select(Quarter, Year.number)
        .join(Year, col(Year.id) == col(Quarter.year_id))
        .order_by(col(Year.number), col(Quarter.number))
    ).all()
    return tuple(_view(row, year) for row, year in rows)


def quarter(session: Session, year: int, number: int) -> QuarterView | None:
    """One quarter of a year, or None."""
    return next((q for q in quarters(session) if (q.year, q.number) == (year, number)), None)


def by_id(session: Session, quarter_id: int) -> QuarterView | None:
    """The quarter with this id, or None."""
    return next((q for q in quarters(session) if q.id == quarter_id), None)


def by_key(session: Session, key: str) -> QuarterView | None:
    """The quarter written 2026Q3 (also 2026q3, 2026-Q3), or None."""
    found = re.fullmatch(r"\s*(\d{4})\s*-?[Qq]([1-4])\s*", key)
    return quarter(session, int(found[1]), int(found[2])) if found else None


def current(session: Session, day: date) -> QuarterView | None:
    """The quarter that the desk should show: the newest open one, else the one holding `day`, else the nearest."""
    found = quarters(session)
    is_open = [q for q in found if q.state is QuarterState.OPEN]
    if is_open:
        return is_open[-1]
    begun = [q for q in found if q.starts_on <= day]
    return begun[-1] if begun else next(iter(found), None)


def years(session: Session) -> tuple[YearView, ...]:
    """All years, newest first."""
    found = quarters(session)
    rows = session.exec(select(Year).order_by(col(Year.number).desc())).all()
    return tuple(
        YearView(
            row.key, row.number, YearState(row.state), row.copied_from, tuple(q for q in found if q.year == row.number)
        )
        for row in rows
    )


def calendar(session: Session) -> Calendar:
    """The working-day calendar of all years that are filled in."""
    days = session.exec(select(col(CalendarDay.day), col(CalendarDay.is_working))).all()
    known = session.exec(select(CalendarYear.number)).all()
    return Calendar({row[0]: row[1] for row in days}, frozenset(known))


def calendar_days(session: Session, year: int) -> tuple[DayView, ...]:
    """The listed days of a year, in order."""
    rows = session.exec(
        select(CalendarDay)
        .where(col(CalendarDay.day) >= date(year, 1, 1), col(CalendarDay.day) <= date(year, 12, 31))
        .order_by(col(CalendarDay.day))
    )
    return tuple(DayView(row.key, row.day, row.is_working, row.name, row.source) for row in rows)


def calendar_years(session: Session) -> tuple[CalendarYearView, ...]:
    """The years that are filled in, in order."""
    rows = session.exec(select(CalendarYear).order_by(col(CalendarYear.number)))
    return tuple(CalendarYearView(row.number, row.source, row.confirmed_at) for row in rows)


def is_provisional(quarter: QuarterView, calendar: Calendar) -> bool:
    """Whether the due date only stands in until the calendar after the quarter is filled in."""
    return quarter.due_on == provisional_due(quarter.ends_on) and not calendar.knows(quarter.due_on.year)


def reopenings(session: Session, quarter_id: int | None = None) -> tuple[ReopeningView, ...]:
    """All reopenings, or those of one quarter, newest first."""
    wanted = select(Reopening).order_by(col(Reopening.id).desc())
    if quarter_id is not None:
        wanted = wanted.where(Reopening.quarter_id == quarter_id)
    return tuple(
        ReopeningView(
            row.key,
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
        for row in session.exec(wanted)
    )


def reopened(session: Session, quarter_id: int) -> frozenset[int]:
    """The organisations for which a frozen quarter is open again."""
    return frozenset(found.org_id for found in reopenings(session, quarter_id) if found.is_in_force)


def last_closed_day(session: Session) -> date | None:
    """The end of the newest closed quarter: nothing before it changes any more."""
    return session.exec(select(func.max(Quarter.ends_on)).where(Quarter.state == QuarterState.CLOSED)).first()


def _view(row: Quarter, year: int) -> QuarterView:
    return QuarterView(
        id=row.key,
        year=year,
        number=row.number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        due_on=row.due_on,
        state=QuarterState(row.state),
        label=quarter_label(year, row.number),
        key=f"{year}Q{row.number}",
    )
