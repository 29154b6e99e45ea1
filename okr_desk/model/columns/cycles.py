"""Years and quarters with their state, and the working-day calendar."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class Year(Columns, table="year"):
    """A year of assessment."""

    number: Column[int]
    state: Column[str]
    copied_from: Column[int | None]


class Quarter(Columns, table="quarter"):
    """A quarter of a year; `due_on` is the last day on which a report is in time."""

    year_id: Column[int]
    number: Column[int]
    starts_on: Column[date]
    ends_on: Column[date]
    due_on: Column[date]
    state: Column[str]


class Reopening(Columns, table="reopening"):
    """A frozen quarter opened again for one organisation, by two persons, with a reason."""

    quarter_id: Column[int]
    org_id: Column[int]
    reason: Column[str]
    asked_by: Column[int]
    asked_at: Column[datetime]
    agreed_by: Column[int | None]
    agreed_at: Column[datetime | None]
    substitution: Column[str]
    ended_at: Column[datetime | None]


class CalendarYear(Columns, table="calendaryear"):
    """A year whose holidays somebody has filled in: the library's data or the office's own."""

    number: Column[int]
    source: Column[str]
    confirmed_at: Column[datetime]


class CalendarDay(Columns, table="calendarday"):
    """A day that differs from Monday-to-Friday: a public holiday, or a make-up working day."""

    day: Column[date]
    is_working: Column[bool]
    name: Column[str]
    source: Column[str]
