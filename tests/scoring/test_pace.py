"""Expected today, the gap and the light (methods B3; design: "Status", "Expected progress today")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk import i18n
from okr_desk.errors import InputRefused
from okr_desk.scoring.pace import (
    Elapsed,
    Pace,
    Thresholds,
    elapsed,
    elapsed_share,
    guard_pace,
    held_back,
    pace,
    rate_guard,
    weekday_only,
)
from okr_desk.terms import Nature, Status

D = Decimal

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 15)  # two plain weeks, ten working days
PLAN = [(date(2026, 3, 6), D("0.2")), (date(2026, 3, 13), D("0.5"))]


def on(day: int, progress: str | None, **more: object) -> Pace:
    """The pace over the two weeks on a day of March 2026."""
    return pace(
        start=MONDAY,
        end=SUNDAY,
        today=date(2026, 3, day),
        progress=None if progress is None else D(progress),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("day", "share"),
    [(1, "0"), (2, "0.1"), (6, "0.5"), (7, "0.5"), (8, "0.5"), (9, "0.6"), (13, "1"), (15, "1"), (20, "1")],
)
def test_the_share_is_nothing_before_the_first_day_and_all_after_the_last(day: int, share: str) -> None:
    assert elapsed_share(MONDAY, SUNDAY, date(2026, 3, day), weekday_only) == D(share)


def test_a_make_up_saturday_counts_and_a_holiday_does_not() -> None:
    holiday, make_up = date(2026, 3, 4), date(2026, 3, 7)

    def office(day: date) -> bool:
        return day == make_up or (weekday_only(day) and day != holiday)

    assert elapsed(MONDAY, SUNDAY, date(2026, 3, 6), office) == Elapsed(4, 10)
    assert elapsed(MONDAY, SUNDAY, make_up, office) == Elapsed(5, 10)


def test_a_span_without_working_days_counts_all_days_and_says_so() -> None:
    saturday = date(2026, 3, 7)
    found = pace(start=saturday, end=date(2026, 3, 8), today=saturday, progress=D(0))
    assert found.expected == D("0.5")
    assert any("日历天" in step for step in found.steps)
    assert elapsed_share(saturday, date(2026, 3, 8), date(2026, 3, 1)) == 0


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(InputRefused):
        elapsed_share(SUNDAY, MONDAY, MONDAY)
    with pytest.raises(InputRefused):
        pace(start=SUNDAY, end=MONDAY, today=MONDAY, progress=None)


@pytest.mark.parametrize(
    ("progress", "status"),
    [
        ("0.4", Status.ON_TRACK),  # gap -0.10 exactly: equality to the better
        ("0.3999999999", Status.WATCH),
        ("0.25", Status.WATCH),  # gap -0.25 exactly
        ("0.2499999999", Status.BEHIND),
        ("0.9999999999", Status.ON_TRACK),
        ("1", Status.DONE),
        ("1.3", Status.DONE),
        ("-0.2", Status.BEHIND),
    ],
)
def test_the_lights_half_way(progress: str, status: Status) -> None:
    assert on(6, progress).status is status


def test_limits_are_decided_in_decimals() -> None:
    """Competitors C9: 0.45 - 0.65 against -0.2; and 0.3 - 0.4, which falls below -0.1 in binary."""
    limits = Thresholds(watch=D("-0.2"), behind=D("-0.4"))
    found = on(6, "0.45", plan=[(date(2026, 3, 6), D("0.65"))], thresholds=limits)
    assert (found.gap, found.status) == (D("-0.20"), Status.ON_TRACK)
    assert 0.3 - 0.4 < -0.1
    assert on(6, "0.3", plan=[(date(2026, 3, 6), D("0.4"))]).status is Status.ON_TRACK


def test_a_third_does_not_misjudge_a_limit() -> None:
    """1/3 is cut after 28 digits: 13/30 - 1/3 is exactly 0.1 and must count as such."""
    plan = [(date(2026, 3, 6), D(13) / D(30))]
    assert pace(start=MONDAY, end=SUNDAY, today=PLAN[0][0], progress=D(1) / 3, plan=plan).status is Status.ON_TRACK
    almost = D(1) / 3 * 3
    assert almost < 1
    assert pace(start=MONDAY, end=SUNDAY, today=MONDAY, progress=almost).status is Status.DONE


def test_before_the_start_nothing_is_expected_and_nothing_is_judged() -> None:
    found = on(1, "0.5", report_overdue=True)
    assert (found.expected, found.gap, found.status) == (0, None, Status.NOT_STARTED)


@pytest.mark.parametrize("progress", ["0", "0.9", "1"])
def test_silence_is_never_green(progress: str) -> None:
    found = on(6, progress, report_overdue=True)
    assert found.status is Status.DUE
    assert found.gap == D(progress) - D("0.5")
    assert "到期未报" in found.steps[-1]


def test_nothing_reported_is_due() -> None:
    found = on(6, None)
    assert (found.expected, found.gap, found.status) == (D("0.5"), None, Status.DUE)
    assert "还没有填报" in found.steps[-1]


def test_an_aspirational_line_leads_to_seven_tenths() -> None:
    found = on(15, "0.7", nature=Nature.ASPIRATIONAL)
    assert (found.expected, found.gap, found.status) == (D("0.7"), D("0.0"), Status.ON_TRACK)
    assert on(6, "0.35", nature=Nature.ASPIRATIONAL).gap == 0


def test_the_straight_line_says_that_it_is_rough_and_how_it_was_counted() -> None:
    found = on(9, "0.55")
    assert found.expected == D("0.6")
    assert found.steps == (
        "没有分期计划，按直线推算应达，只作粗略参考。",
        "2026-03-02 至 2026-03-15 共 10 个工作日，到 2026-03-09 已过 6 个。",
        "承诺型期满应达 1：应达＝6÷10×1＝0.6",
        "偏差＝完成度 0.55－应达 0.6＝－0.05",
        "偏差不低于 －0.1 为正常，不低于 －0.25 为关注，再低为滞后；判为“正常”。",
    )
    assert found.explained.value == D("0.6")


@pytest.mark.parametrize(
    ("day", "expected"),
    [(2, "0.04"), (5, "0.16"), (6, "0.2"), (8, "0.2"), (9, "0.26"), (13, "0.5"), (15, "0.5")],
)
def test_a_typed_plan_is_taken_as_it_stands(day: int, expected: str) -> None:
    for nature in Nature:
        found = on(day, "0", plan=PLAN[::-1], nature=nature)
        assert found.expected == D(expected)
        assert "分期计划" in found.steps[0]


def test_a_stretch_of_a_plan_without_working_days_stays_until_its_day() -> None:
    plan = [(date(2026, 3, 6), D("0.2")), (date(2026, 3, 8), D("0.5"))]
    assert on(7, "0", plan=plan).expected == D("0.2")
    assert on(8, "0", plan=plan).expected == D("0.5")


@pytest.mark.parametrize(
    "plan",
    [
        [(date(2026, 3, 1), D("0.1"))],
        [(date(2026, 3, 16), D("0.1"))],
        [(date(2026, 3, 6), D("0.1")), (date(2026, 3, 6), D("0.2"))],
    ],
)
def test_a_plan_with_impossible_dates_is_refused(plan: list[tuple[date, D]]) -> None:
    with pytest.raises(InputRefused) as refused:
        on(3, "0", plan=plan)
    assert refused.value.field == "plan"


def test_days_counted_once_serve_every_key_result() -> None:
    counted = elapsed(MONDAY, SUNDAY, date(2026, 3, 9))
    assert on(9, "0.3", counted=counted) == on(9, "0.3")


def test_the_shared_sentences_follow_the_language() -> None:
    chinese = on(9, "0.3").steps
    with i18n.using("en"):
        on(9, "0.3")
    assert on(9, "0.3").steps == chinese


def test_guard_rails_are_kept_or_broken() -> None:
    kept, broken = guard_pace(D(1)), guard_pace(D(0))
    assert (kept.expected, kept.gap, kept.status) == (1, 0, Status.ON_TRACK)
    assert (broken.expected, broken.gap, broken.status) == (1, -1, Status.BEHIND)


def test_a_silent_guard_rail_is_not_green() -> None:
    assert guard_pace(None).status is Status.DUE
    assert guard_pace(None).gap is None
    assert guard_pace(D(1), report_overdue=True).status is Status.DUE
    before = guard_pace(D(1), started=False)
    assert (before.expected, before.gap, before.status) == (0, None, Status.NOT_STARTED)


@given(st.integers(0, 500), st.integers(-10, 510), st.integers(0, 30))
def test_the_share_is_bounded_and_never_falls(length: int, today: int, later: int) -> None:
    end, now = MONDAY + timedelta(days=length), MONDAY + timedelta(days=today)
    here = elapsed_share(MONDAY, end, now)
    assert 0 <= here <= elapsed_share(MONDAY, end, now + timedelta(days=later)) <= 1


@given(st.decimals(0, 1, places=3), st.decimals(0, 1, places=3), st.integers(2, 15))
def test_more_progress_never_means_a_worse_light(one: D, other: D, day: int) -> None:
    order = [Status.BEHIND, Status.WATCH, Status.ON_TRACK, Status.DONE]
    low, high = (order.index(on(day, str(value)).status) for value in sorted((one, other)))
    assert low <= high


@pytest.mark.parametrize(("rate", "said"), [("60", ""), ("59.999999", "59.9%"), ("0", "0%")])
def test_a_satisfied_rate_below_the_guard_says_why(rate: str, said: str) -> None:
    found = rate_guard(Decimal(rate))
    assert (said in found) if said else found == ""


def test_a_broken_guard_is_behind_whatever_the_progress_but_never_judges_silence() -> None:
    done = Pace(Decimal(1), Decimal(0), Status.DONE, ("够了。",))
    assert held_back(done, "") is done
    barred = held_back(done, "不行。")
    assert (barred.status, tuple(barred.steps), barred.gap) == (Status.BEHIND, ("够了。", "不行。"), 0)
    silent = replace(done, status=Status.DUE)
    assert held_back(silent, "不行。") is silent
    assert rate_guard(None) == ""
