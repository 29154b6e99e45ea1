"""The table of moves, when something may be recorded, and the arithmetic of quarters and working days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.errors import InputRefused, WrongState
from okr_desk.rules import cycles
from okr_desk.rules.cycles import QUARTER_MOVES, Calendar
from okr_desk.terms import QuarterState

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("before", list(QuarterState))
@pytest.mark.parametrize("after", list(QuarterState))
def test_quarters_go_forward_one_step_at_a_time(before: QuarterState, after: QuarterState) -> None:
    order = list(QuarterState)
    if order.index(after) == order.index(before) + 1:
        assert cycles.move_of(QUARTER_MOVES, before, after).after is after
    else:
        with pytest.raises(WrongState):
            cycles.move_of(QUARTER_MOVES, before, after)


@pytest.mark.parametrize(
    ("state", "branch", "reopened", "office"),
    [
        (QuarterState.PLANNING, False, False, False),
        (QuarterState.OPEN, True, True, True),
        (QuarterState.FROZEN, False, True, True),
        (QuarterState.CLOSED, False, False, True),
    ],
)
def test_who_may_record_in_which_state(state: QuarterState, branch: bool, reopened: bool, office: bool) -> None:
    for is_reopened, is_office, allowed in ((False, False, branch), (True, False, reopened), (False, True, office)):
        if allowed:
            cycles.may_record(state, is_reopened, is_office)
        else:
            with pytest.raises(WrongState):
                cycles.may_record(state, is_reopened, is_office)


def test_the_due_day_itself_is_in_time() -> None:
    assert not cycles.is_late(date(2026, 10, 13), date(2026, 10, 13))
    assert cycles.is_late(date(2026, 10, 14), date(2026, 10, 13))


def test_quarters_cover_the_year_without_gap() -> None:
    spans = [cycles.span(2028, number) for number in (1, 2, 3, 4)]
    assert spans[0] == (date(2028, 1, 1), date(2028, 3, 31))
    assert spans[3][1] == date(2028, 12, 31)
    for earlier, later in pairwise(spans):
        assert later[0] == earlier[1] + timedelta(days=1)


@given(DAYS)
def test_the_next_quarter_starts_on_or_after_the_day(day: date) -> None:
    start = cycles.next_quarter_start(day)
    assert start >= day
    assert start.day == 1
    assert start.month in (1, 4, 7, 10)
    assert (start - day).days <= 91


@given(st.dictionaries(DAYS, st.booleans(), max_size=40), DAYS, st.integers(1, 30))
def test_counting_and_stepping_agree(days: dict[date, bool], first: date, n: int) -> None:
    calendar = Calendar(days, frozenset({2026, 2027}))
    there = calendar.nth_working_day_after(first, n)
    assert there is not None
    assert calendar.is_working_day(there)
    assert calendar.working_days(first + timedelta(days=1), there) == n


@pytest.mark.parametrize("due", [date(2026, 9, 30), date(2026, 12, 1)])
def test_due_dates_out_of_reason_are_refused(due: date) -> None:
    with pytest.raises(InputRefused):
        cycles.check_due(due, date(2026, 9, 30))


@pytest.mark.parametrize("year", [26, 1999, 2100])
def test_years_nobody_can_mean_are_refused(year: int) -> None:
    with pytest.raises(InputRefused, match="四位数"):
        cycles.check_year(year)
