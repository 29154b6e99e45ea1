"""The office's date and the time beside it come from one notion of local time, whatever zone the PC is set to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from okr_desk.clock import SystemClock, local

EVENING = datetime(2026, 10, 7, 16, 30, tzinfo=UTC)
"""Half past midnight of 8 October in Beijing."""


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Shanghai"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The PC's time zone."""
    monkeypatch.setenv("TZ", request.param)
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def test_today_is_the_date_of_the_printed_time(zone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _clock: EVENING)
    assert SystemClock().today() == local(EVENING).date() == date(2026, 10, 8)
