"""Visits are called for from the 20th on, marks in the last month of a half-year; and the exports of the same town."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.exchange import export
from okr_desk.queries.reminders import reminders
from okr_desk.rules.households import RatingDraft
from okr_desk.rules.member_points import PointsDraft
from okr_desk.rules.service_hours import HoursDraft
from okr_desk.services import household_ratings, member_points, service_hours
from tests.membered_township import Membered, membered


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    return membered(tmp_path / "镇.okr", clock)


def said(town: Membered, day: date) -> list[tuple[str, date | None]]:
    number = (day.month + 2) // 3
    found = town.read(reminders, town.quarter(number), town.small.village, day)
    return [(one.said, one.due_on) for one in found if one.page == "households"]


def test_from_the_20th_on_what_was_not_visited_is_owed(town: Membered) -> None:
    first, _second = town.list_households("李旭昇", ("1组1号", "1组2号"))
    town.visit(first, 9, 3)
    assert said(town, date(2026, 9, 19)) == []
    assert said(town, date(2026, 9, 20)) == [("本月还有 1 户联系户没有走访", date(2026, 9, 30))]
    assert said(town, date(2026, 8, 25)) == [("本月还有 2 户联系户没有走访", date(2026, 8, 31))]


def test_marks_are_owed_in_the_last_month_of_a_half_year(town: Membered) -> None:
    town.list_households("李旭昇", ("1组1号",))
    assert said(town, date(2026, 12, 1)) == [("下半年还有 1 名党员的联户评分没有登记", date(2026, 12, 31))]
    town.write(household_ratings.rate, RatingDraft(town.ids["李旭昇"], 2026, 2, Decimal(90)))
    assert said(town, date(2026, 12, 1)) == []


def test_a_branch_without_households_is_not_called(town: Membered) -> None:
    assert said(town, date(2026, 12, 25)) == []


def test_what_leaves_the_program_and_for_whom(town: Membered, tmp_path: Path) -> None:
    (key,) = town.list_households("李旭昇", ("1组1号",))
    town.visit(key, 7, 3, 17)
    town.write(member_points.record, PointsDraft(town.ids["欧阳修"], date(2026, 8, 1), "J2"))
    town.write(
        service_hours.record, HoursDraft(town.small.village, date(2026, 7, 11), Decimal("2.5"), None, "周正", "县医院")
    )
    store = town.small.store
    assert [row["name"] for row in export.rows(store, "members")] == ["李旭昇", "王玥", "欧阳修", "赵敏"]
    (household,) = export.rows(store, "households", "2026Q3")
    assert (household["member"], household["month1"], household["reached"]) == ("李旭昇", "3 17", False)
    (points,) = export.rows(store, "member-points", "2026Q3")
    assert (points["grid"], points["points"], points["code"]) == ("第二网格", "2", "J2")
    (hours,) = export.rows(store, "service-hours", "2026Q3", town.small.secretary)
    assert (hours["name"], hours["unit"], hours["hours"]) == ("周正", "县医院", "2.5")
    assert export.rows(store, "members", "", town.small.stranger) == []
    assert export.rows(store, "members", "", town.small.viewer) == []
    made = export.write_xlsx(tmp_path / "积分.xlsx", "member-points", [points])
    assert made.exists()
