"""The township's matrix and what follows from it, against sums done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from okr_desk.queries import cycles, today
from okr_desk.queries.dashboard import BranchRow
from okr_desk.queries.today import OfficeToday
from okr_desk.queries.wording import deadline
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.services import approvals, checkins, objectives
from okr_desk.services.permits import SETUP
from okr_desk.terms import Dimension, Status
from tests.filled_township import Filled, fill
from tests.small_township import metric, objective

D = Decimal


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Filled]:
    """The village of six key results, and a school with one from 60 to 90 that is basic."""
    made = fill(tmp_path / "镇.okr")
    with made.small.store.write(SETUP) as session:
        above = objectives.create(session, SETUP, objective(made.small.school)).value
        draft = metric(dimension=Dimension.BASIC)
        made.school_rate = objectives.create_key_result(session, SETUP, above, draft).value  # type: ignore[attr-defined]
        approvals.submit(session, SETUP, [above])
        approvals.approve(session, SETUP, [above])
    yield made
    made.small.store.close()


def report(town: Filled, quarter: int = 3, **values: Decimal) -> None:
    with town.small.store.write(town.small.office) as session:
        for name, value in values.items():
            draft = CheckInDraft(getattr(town, name), town.small.quarters[quarter], value=value, reason="补报")
            checkins.record(session, town.small.office, draft)


def seen(town: Filled, day: date | None = None, within: int | None = None) -> OfficeToday:
    store = town.small.store if day is None else Store.open(town.small.store.path, FixedClock(day))
    with store.read() as session:
        quarter = cycles.by_key(session, "2026Q3")
        assert quarter is not None
        found = today.office(session, quarter, within)
    if day is not None:
        store.close()
    return found


def row(of: OfficeToday, org_id: int) -> BranchRow:
    return next(row for row in of.township.rows if row.org.id == org_id)


def test_a_branch_by_dimension(town: Filled) -> None:
    report(town, rate=D(78), safety=D(0), school_rate=D(75))
    of = seen(town)
    village, school = row(of, town.small.village), row(of, town.small.school)
    assert village.total.value.value == village.fusion.value.value == (40 * D("0.6") + 10) / D(50) == D("0.68")
    assert village.basic.value.value is None and village.basic.status is Status.NOT_STARTED
    assert school.total.value.value == school.basic.value.value == D("0.5")


def test_means_by_dimension_count_only_branches_that_have_it(town: Filled) -> None:
    """Only the school has something basic (0.5), only the village fusion (0.68): neither pulls the other down."""
    report(town, rate=D(78), safety=D(0), school_rate=D(75))
    of = seen(town).township
    assert (of.means.basic.value.value, of.means.fusion.value.value) == (D("0.5"), D("0.68"))
    assert "1 个支部有此项" in of.means.basic.value.steps[0]
    village, school = of.categories
    assert (village.means.basic.value.value, village.means.basic.status) == (None, Status.NOT_STARTED)
    assert school.means.basic.value.value == D("0.5")
    whole = today.lines(of)[-1]
    assert [None if cell is None else cell.value.value for cell in whole.cells[:3]] == [D("0.59"), D("0.5"), D("0.68")]


def test_who_owes_what(town: Filled) -> None:
    report(town, rate=D(78))
    of = seen(town)
    village = row(of, town.small.village)
    assert (village.owed, village.reported, village.overdue) == (4, 1, 0)
    assert village.missing == ("KR1.2 村集体经营性收入", "KR1.3 产业路硬化", "KR1.4 安全生产事故")
    assert of.township.unreported == ("中心小学党支部",)
    assert [waiting.org.id for waiting in of.incomplete] == [town.small.school, town.small.village]


def test_after_the_deadline_what_is_missing_is_overdue(town: Filled) -> None:
    report(town, rate=D(78))
    of = seen(town, date(2026, 10, 8))
    village = row(of, town.small.village)
    assert (village.owed, village.reported, village.overdue) == (6, 1, 5)
    assert of.township.overdue == 6
    assert of.days_left == -8


def test_the_township_is_the_plain_mean_of_its_branches(town: Filled) -> None:
    report(town, rate=D(78), safety=D(0), school_rate=D(75))
    of = seen(town).township
    assert of.mean.value.value == (D("0.68") + D("0.5")) / 2
    assert [(c.category, c.mean.value.value) for c in of.categories] == [("农村", D("0.68")), ("学校", D("0.5"))]


def test_the_change_since_last_quarter(town: Filled) -> None:
    report(town, 2, rate=D(69))
    report(town, rate=D(78))
    cell = row(seen(town), town.small.village).total
    assert (cell.previous, cell.value.value) == (D("0.3"), D("0.6"))


def test_a_mean_is_due_while_a_part_is_silent_and_then_judged(town: Filled) -> None:
    report(town, rate=D(78))
    assert row(seen(town), town.small.village).status is Status.DUE
    report(town, income=D(40), safety=D(0))
    with town.small.store.write(town.small.office) as session:
        draft = CheckInDraft(town.road, town.small.quarters[3], nodes=("立项", "开工"))
        checkins.record(session, town.small.office, draft)
    village = row(seen(town), town.small.village)
    assert village.status is Status.WATCH  # 0.6125 against 0.763: the gap of -0.15 lies between -0.10 and -0.25
    assert village.total.reason.startswith("村集体经营性收入：完成50%，应达74%")


def test_a_reason_names_what_counts_and_what_it_really_is(town: Filled) -> None:
    report(town, rate=D("22.8"))  # (22.8 - 60) / (90 - 60) = -1.24
    assert "办结率由60%提高到90%：完成0%（实-124%），应达" in row(seen(town), town.small.village).total.reason


def test_only_a_part_of_the_township(town: Filled) -> None:
    of = seen(town, within=town.small.school).township
    assert [one.org.id for one in of.rows] == [town.small.school]


def test_the_matrix_line_by_line(town: Filled) -> None:
    report(town, rate=D(78), school_rate=D(75))
    found = today.lines(seen(town).township)
    assert [line.name for line in found] == [
        "农村平均（1个）",
        "青石村党支部",
        "学校平均（1个）",
        "中心小学党支部",
        "全镇平均（2个）",
    ]
    assert [(line.reported, line.owed) for line in found] == [(1, 4), (1, 4), (1, 1), (1, 1), (2, 5)]
    village = found[1]
    assert village.cells[1] is None and village.cells[2] is not None


def test_the_reminder_names_branch_and_what_is_missing(town: Filled) -> None:
    report(town, rate=D(78))
    words = today.reminder(seen(town)).splitlines()
    assert words[1].startswith("2026年第三季度目标与关键结果填报截止日为9月30日，还有 5 天。截至9月25日")
    assert words[2] == "1. 中心小学党支部：未报 1 项（KR1.1 办结率由60%提高到90%）"
    assert words[3] == "2. 青石村党支部：未报 3 项（KR1.2 村集体经营性收入、KR1.3 产业路硬化、KR1.4 安全生产事故）"
    assert words[-2:] == ["青山镇党建办", "2026年9月25日"]
    assert "已逾期 8 天" in today.reminder(seen(town, date(2026, 10, 8)))


def test_nobody_is_reminded_when_all_have_reported(town: Filled) -> None:
    report(town, rate=D(78), income=D(40), safety=D(0), school_rate=D(75))
    with town.small.store.write(town.small.office) as session:
        checkins.record(session, town.small.office, CheckInDraft(town.road, town.small.quarters[3], nodes=("立项",)))
    of = seen(town)
    assert of.incomplete == () and today.reminder(of) == ""


def test_the_deadline_in_words(town: Filled) -> None:
    of = seen(town)
    assert deadline(of.township.quarter, 5) == "9月30日截止，还有 5 天。"
    assert deadline(of.township.quarter, 0) == "9月30日截止，今天是最后一天。"
    with town.small.store.read() as session:
        frozen = cycles.by_key(session, "2026Q2")
    assert frozen is not None and deadline(frozen, 5) == ""
