"""Years and quarters with their state, and the working-day calendar."""

from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row
from okr_desk.model.types import Instant


class Year(Row, table=True):
    """A year of assessment."""

    number: int = Field(unique=True)
    state: str
    copied_from: int | None = None


class Quarter(Row, table=True):
    """A quarter of a year; `due_on` is the last day on which a report is in time."""

    __table_args__ = (UniqueConstraint("year_id", "number"), STRICT)
    year_id: int = Field(foreign_key="year.id", index=True)
    number: int
    starts_on: date
    ends_on: date
    due_on: date
    state: str


class Reopening(Row, table=True):
    """A frozen quarter opened again for one organisation, by two persons, with a reason."""

    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    org_id: int = Field(foreign_key="org.id")
    reason: str
    asked_by: int = Field(foreign_key="account.id")
    asked_at: datetime = Field(sa_type=Instant)
    agreed_by: int | None = Field(default=None, foreign_key="account.id")
    agreed_at: datetime | None = Field(default=None, sa_type=Instant)
    substitution: str = ""
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class CalendarYear(Row, table=True):
    """A year whose holidays somebody has filled in: the library's data or the office's own."""

    number: int = Field(unique=True)
    source: str
    confirmed_at: datetime = Field(sa_type=Instant)


class CalendarDay(Row, table=True):
    """A day that differs from Monday-to-Friday: a public holiday, or a make-up working day."""

    day: date = Field(unique=True)
    is_working: bool
    name: str = Field(max_length=40)
    source: str
