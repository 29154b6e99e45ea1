"""The clock is injected: instants are UTC, the office's dates are local dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol

BEIJING = timezone(timedelta(hours=8), "UTC+8")


class Clock(Protocol):
    """What the program asks for the time."""

    def now(self) -> datetime:
        """The instant, UTC, with time zone."""
        ...

    def today(self) -> date:
        """The office's date."""
        ...


@dataclass(frozen=True)
class SystemClock:
    """The PC's clock. Its instant counts, not its time zone: the office's date is that of every printed time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return local(self.now()).date()


@dataclass(frozen=True)
class FixedClock:
    """A day that stands still: the demo (printed date 2026-10-08) and the tests."""

    day: date
    at: time = time(9, 32)

    def now(self) -> datetime:
        return datetime.combine(self.day, self.at, BEIJING).astimezone(UTC)

    def today(self) -> date:
        return self.day


def local(instant: datetime) -> datetime:
    """An instant as the office reads it; naive instants from the database are taken as UTC."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(BEIJING)
