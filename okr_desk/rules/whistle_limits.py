"""By when a department signs in, comes and closes, by the class of the whistle; what each whistle made of it.

The limits are settings of the office. Sources: domain 4.1 (30 minutes [55a]; 2 h, 6 h, 3 to 7 working days [71]).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from okr_desk.clock import local
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.working_hours import OfficeHours, closing_day, working_deadline, working_minutes
from okr_desk.whistle_terms import WhistleClass


@dataclass(frozen=True)
class ClassLimit:
    """Hours to sign in and to come, working days to close; `round_the_clock`: hours count day and night."""

    sign_in: Decimal
    arrive: Decimal
    close_days: int
    round_the_clock: bool = False


@dataclass(frozen=True)
class Due:
    """The deadlines of one whistle, instants; None where the calendar of the year is not filled in."""

    sign_in: datetime | None
    arrive: datetime | None
    close_on: date | None


NO_DUE = Due(None, None, None)
"""Before a whistle is blown."""


@dataclass(frozen=True)
class WhistleLimits:
    """Limits by class with the hours and the calendar that they are counted in.

    `answered_by_arrival`: 应哨及时率 counts the arrival, else the sign-in.
    """

    classes: Mapping[WhistleClass, ClassLimit]
    office: OfficeHours
    calendar: Calendar
    answered_by_arrival: bool = True

    def due(self, kind: WhistleClass, blown_at: datetime, promised_on: date | None = None) -> Due:
        """The deadlines of a whistle blown at an instant; what was promised takes the place of the usual days."""
        limit, start = self.classes[kind], local(blown_at)
        usual = closing_day(start.date(), limit.close_days, self.calendar)
        return Due(
            self._after(start, limit.sign_in, limit), self._after(start, limit.arrive, limit), promised_on or usual
        )

    def minutes(self, kind: WhistleClass, first: datetime, last: datetime) -> int | None:
        """How long it took in the minutes that count for the class; None where the calendar does not reach."""
        start, end = local(first), local(last)
        if self.classes[kind].round_the_clock:
            return int((end - start).total_seconds() // 60)
        return working_minutes(start, end, self.calendar, self.office)

    def _after(self, start: datetime, hours: Decimal, limit: ClassLimit) -> datetime | None:
        if limit.round_the_clock:
            return start + timedelta(seconds=int(hours * 3600))
        return working_deadline(start, hours, self.calendar, self.office)


def in_time(done: datetime | None, due: datetime | None, now: datetime) -> bool | None:
    """Whether it was done by the deadline; None while that is open, or where nobody can say."""
    if due is None:
        return None
    if done is not None:
        return done <= due
    return False if now > due else None


def closed_in_time(closed_at: datetime | None, due: date | None, today: date) -> bool | None:
    """Whether it was closed by the end of the day; None while that is open, or where there is no day."""
    if due is None:
        return None
    if closed_at is not None:
        return local(closed_at).date() <= due
    return False if today > due else None
