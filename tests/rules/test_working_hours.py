"""Deadlines in working hours, worked by hand over lunch, night, weekend, holiday and make-up day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.clock import BEIJING
from okr_desk.errors import InputRefused
from okr_desk.rules.cycles import Calendar
from okr_desk.rules.whistle_limits import ClassLimit, WhistleLimits, closed_in_time, in_time
from okr_desk.rules.working_hours import closing_day, read_hours, working_deadline, working_minutes
from okr_desk.whistle_terms import WhistleClass

OFFICE = read_hours("8:30-12:00 14:00-17:30")
CALENDAR = Calendar(
    {**{date(2026, 10, day): False for day in range(1, 8)}, date(2026, 10, 10): True}, frozenset({2026})
)
"""National Day of 2026: 1 to 7 October off, Saturday the 10th a make-up day."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-07-03 09:00", "2", "2026-07-03 11:00"),  # within a morning
        ("2026-07-03 11:00", "2", "2026-07-03 15:00"),  # an hour before lunch, an hour after
        ("2026-07-03 10:00", "2", "2026-07-03 12:00"),  # ends with the morning, not at 14:00
        ("2026-07-03 12:36", "1", "2026-07-03 15:00"),  # whistled at lunch: counts from 14:00
        ("2026-07-03 07:10", "6", "2026-07-03 16:30"),  # before work: 3.5 h morning, 2.5 h afternoon
        ("2026-07-03 16:30", "2", "2026-07-06 09:30"),  # a Friday: an hour, the rest on Monday
        ("2026-07-04 10:00", "6", "2026-07-06 16:30"),  # a Saturday: as from Monday 8:30
        ("2026-09-30 16:00", "6", "2026-10-08 15:00"),  # 1.5 h, then after the holiday 3.5 h + 1 h
        ("2026-10-09 17:00", "1", "2026-10-10 09:00"),  # Saturday the 10th is worked
        ("2026-07-03 08:30", "14", "2026-07-06 17:30"),  # two whole days, over the weekend
        ("2026-07-03 09:00", "0.5", "2026-07-03 09:30"),
    ],
)
def test_a_deadline_worked_by_hand(start: str, hours: str, expected: str) -> None:
    assert working_deadline(at(start), Decimal(hours), CALENDAR, OFFICE) == at(expected)


def test_a_year_that_nobody_filled_in_has_no_deadline() -> None:
    assert working_deadline(at("2026-12-31 17:00"), Decimal(2), CALENDAR, OFFICE) is None
    assert working_minutes(at("2026-12-31 17:00"), at("2027-01-04 09:00"), CALENDAR, OFFICE) is None
    assert closing_day(date(2026, 12, 30), 7, CALENDAR) is None


def test_minutes_leave_out_lunch_and_the_weekend() -> None:
    assert working_minutes(at("2026-07-03 11:30"), at("2026-07-06 09:00"), CALENDAR, OFFICE) == 30 + 210 + 30
    assert working_minutes(at("2026-07-04 09:00"), at("2026-07-05 09:00"), CALENDAR, OFFICE) == 0


@given(st.integers(0, 300 * 24 * 60), st.integers(1, 40))
def test_deadline_and_minutes_agree(minute: int, hours: int) -> None:
    start = at("2026-01-05 00:00") + timedelta(minutes=minute)
    due = working_deadline(start, Decimal(hours), CALENDAR, OFFICE)
    if due is not None:
        assert working_minutes(start, due, CALENDAR, OFFICE) == hours * 60


@pytest.mark.parametrize("text", ["", "8:30", "12:00-8:30", "8:30-12:00 11:00-13:00", "25:00-26:00", "上午"])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="办公时间"):
        read_hours(text)


def test_hours_are_read_as_offices_write_them() -> None:
    assert read_hours("8：30至12：00、14:00—17:30") == OFFICE
    assert OFFICE.minutes == 420


LIMITS = WhistleLimits(
    {
        WhistleClass.URGENT: ClassLimit(Decimal("0.5"), Decimal("0.5"), 3, round_the_clock=True),
        WhistleClass.MAJOR: ClassLimit(Decimal(2), Decimal(4), 15),
        WhistleClass.DAILY: ClassLimit(Decimal(6), Decimal(14), 7),
    },
    OFFICE,
    CALENDAR,
)


def test_an_urgent_whistle_runs_at_night_and_a_daily_one_waits_for_the_morning() -> None:
    night = at("2026-07-13 21:04")
    assert LIMITS.due(WhistleClass.URGENT, night).sign_in == at("2026-07-13 21:34")
    assert LIMITS.due(WhistleClass.DAILY, night).sign_in == at("2026-07-14 16:30")
    assert LIMITS.minutes(WhistleClass.URGENT, night, at("2026-07-13 21:29")) == 25
    assert LIMITS.due(WhistleClass.DAILY, night).close_on == date(2026, 7, 22)
    assert LIMITS.due(WhistleClass.DAILY, night, date(2026, 7, 20)).close_on == date(2026, 7, 20)


def test_whether_it_was_in_time_stays_open_until_it_is_known() -> None:
    due, now = at("2026-07-03 11:00"), at("2026-07-03 10:00")
    assert in_time(None, due, now) is None
    assert in_time(None, due, at("2026-07-03 11:01")) is False
    assert in_time(due, due, now) is True
    assert in_time(now, None, now) is None
    assert closed_in_time(at("2026-07-10 23:00"), date(2026, 7, 10), date(2026, 7, 11)) is True
    assert closed_in_time(None, date(2026, 7, 10), date(2026, 7, 10)) is None
    assert closed_in_time(None, date(2026, 7, 10), date(2026, 7, 11)) is False
    assert closed_in_time(None, None, date(2026, 7, 11)) is None
