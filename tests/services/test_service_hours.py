"""Hours of service: 12.5, 25, 37.5, 50 of 50 a year; F11 and X04 by hand. Source: domain 1.1 row 23, 1.4 F11, X04."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import InputRefused, NotAllowed
from okr_desk.queries import service_hours as standing
from okr_desk.rules.members import ReporterDraft
from okr_desk.rules.service_hours import HoursDraft, due_hours
from okr_desk.services import members, service_hours
from tests.membered_township import Membered, membered

DAY = date(2026, 7, 11)


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    return membered(tmp_path / "镇.okr", clock)


def serve(town: Membered, name: str, hours: str, day: date = DAY, unit: str = "县供电公司", **more: object):
    own = town.ids.get(name)
    said = {} if own else {"name": name, "unit": unit}
    draft = HoursDraft(town.small.village, day, Decimal(hours), own, **said, **more)  # type: ignore[arg-type]
    return town.write(service_hours.record, draft)


def days(town: Membered, name: str, *hours: str) -> None:
    """Day after day from 11 July on."""
    for place, each in enumerate(hours):
        serve(town, name, each, date(2026, 7, 11 + place))


def test_the_hours_due_grow_by_quarter() -> None:
    assert [due_hours(Decimal(50), quarter) for quarter in (1, 2, 3, 4)] == [
        Decimal("12.5"), Decimal(25), Decimal("37.5"), Decimal(50),
    ]  # fmt: skip


def test_f11_is_who_reached_the_hours_due(town: Membered) -> None:
    """37.5 reached exactly, 37.4 not, one reported and never came: 1 of 3."""
    days(town, "周正", "12.5", "12.5", "12.5")
    days(town, "吴越", "12.5", "12.5", "12.4")
    town.write(members.report, [ReporterDraft(town.small.village, "郑和", "县医院", date(2026, 3, 1))])
    value, note = town.value("F11") or (None, "")
    assert value == Decimal("33.333333")
    assert note == "取自志愿服务记录：报到党员 3 人，年初至本季末满 37.5 小时的 1 人"
    assert town.value("X04") is None  # nobody of the branch's own members served


def test_x04_is_hours_of_members_by_all_members(town: Membered) -> None:
    """9.5 hours of the quarter, four members: 2.375."""
    serve(town, "王玥", "6")
    serve(town, "李旭昇", "3.5")
    serve(town, "周正", "20")
    assert town.value("X04") == (Decimal("2.375"), "取自志愿服务记录：党员 4 人，本季服务 9.5 小时")


def test_a_day_has_24_hours(town: Membered) -> None:
    with pytest.raises(InputRefused, match="一天最多 24 小时，填的是 25 小时。几天的服务请分天登记"):
        serve(town, "王玥", "25")
    serve(town, "王玥", "20")
    with pytest.raises(InputRefused, match=r"王玥 2026-07-11 已登记 20 小时，再加 4.5 小时超过一天 24 小时"):
        serve(town, "王玥", "4.5")
    serve(town, "王玥", "4")
    with pytest.raises(InputRefused, match="大于 0"):
        serve(town, "王玥", "0")


def test_somebody_from_elsewhere_is_known_again(town: Membered) -> None:
    serve(town, "周正", "2")
    serve(town, "周 正", "3", date(2026, 7, 12))
    (one,) = town.read(standing.people, town.quarter(), [town.small.village])
    assert (one.name, one.unit, one.year, one.quarter, one.due) == (
        "周正", "县供电公司", Decimal(5), Decimal(5), Decimal("37.5"),
    )  # fmt: skip
    with pytest.raises(InputRefused, match="请填写“单位”"):
        serve(town, "吴越", "2", unit="")


def test_taken_back_with_a_reason(town: Membered) -> None:
    key = serve(town, "王玥", "6").value
    town.write(service_hours.withdraw, [key], "登错人")
    assert town.value("X04") is None and town.value("F11") is None
    with pytest.raises(NotAllowed):
        town.write(service_hours.record, HoursDraft(town.small.village, DAY, Decimal(1), town.ids["王玥"]),
                   who=town.small.stranger)  # fmt: skip
