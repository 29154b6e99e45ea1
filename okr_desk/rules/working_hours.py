"""Deadlines in working hours: the office's hours on the days of its calendar, lunch and holidays left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.cycles import Calendar

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_FURTHEST = 400
"""Days after which a deadline in hours is given up: nobody waits for a year."""


@dataclass(frozen=True)
class OfficeHours:
    """The spans of a working day in order: 8:30 to 12:00, 14:00 to 17:30."""

    spans: tuple[tuple[time, time], ...]

    @property
    def minutes(self) -> int:
        """Working minutes of a whole day."""
        return sum(_minutes(first, last) for first, last in self.spans)


def read_hours(text: str) -> OfficeHours:
    """Hours from a text such as 8:30-12:00 14:00-17:30. Raises InputRefused for what is none, or falls backwards."""
    bare = text.replace("：", ":").replace("—", "-").replace("－", "-").replace("至", "-").replace("～", "-")
    refused = InputRefused(_("“办公时间”请写成 8:30-12:00 14:00-17:30 的样子。"), "value")
    parts = [part for part in re.split(r"[\s、，,；;]+", bare) if part]
    spans = []
    for part in parts:
        found = _SPAN.fullmatch(part)
        if found is None:
            raise refused
        try:
            span = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
        except ValueError:
            raise refused from None
        spans.append(span)
    flat = [moment for span in spans for moment in span]
    if not flat or flat != sorted(set(flat)):
        raise refused
    return OfficeHours(tuple(spans))


def working_deadline(start: datetime, hours: Decimal, calendar: Calendar, office: OfficeHours) -> datetime | None:
    """When `hours` working hours after `start` are over, in the office's time (`start` is a local time).

    Outside the hours the count begins with the next span; a deadline falls at the end of a span, never at the begin of
    the next. None where it runs into a year whose holidays nobody has filled in: it is never guessed.
    """
    left = timedelta(seconds=int(hours * 3600))
    day = start.date()
    for _number in range(_FURTHEST):
        working = calendar.is_working_day(day)
        if working is None:
            return None
        for first, last in office.spans if working else ():
            begins = max(datetime.combine(day, first, start.tzinfo), start)
            ends = datetime.combine(day, last, start.tzinfo)
            if begins >= ends:
                continue
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        day += timedelta(days=1)
    return None


def working_minutes(start: datetime, end: datetime, calendar: Calendar, office: OfficeHours) -> int | None:
    """Whole working minutes from `start` to `end`, both local; None where a year on the way is not filled in."""
    if not all(calendar.knows(year) for year in range(start.year, end.year + 1)):
        return None
    total, day = timedelta(), start.date()
    while day <= end.date():
        for first, last in office.spans if calendar.is_working_day(day) else ():
            begins = max(datetime.combine(day, first, start.tzinfo), start)
            ends = min(datetime.combine(day, last, start.tzinfo), end)
            total += max(ends - begins, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)


def closing_day(blown_on: date, days: int, calendar: Calendar) -> date | None:
    """The last day to close: the `days`th working day after the day of whistling."""
    return calendar.nth_working_day_after(blown_on, days)


def _minutes(first: time, last: time) -> int:
    return (last.hour - first.hour) * 60 + last.minute - first.minute
