"""A workbook of members: read, entered once, unknown branches sent back with their row, taken back on its day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from okr_desk.clock import FixedClock
from okr_desk.errors import Refusal
from okr_desk.exchange.folder import read_folder
from okr_desk.member_terms import MemberKind
from okr_desk.queries import imports as known_queries
from okr_desk.queries import members as standing
from okr_desk.rules.member_points import PointsDraft
from okr_desk.services import imports, member_points
from tests.membered_township import Membered, membered

HEADS = ("序号", "党支部", "姓名", "性别", "类别", "支委", "网格", "联系电话")
LINES = (
    (1, "青石村党支部", "韦 国强", "男", "正式党员", "是", "第一网格", "13800000000"),
    (2, "", "覃丽", "女", "预备", "否", "第二网格", "13800000001"),
    (3, "青石村", "黄建华", "男", "流动党员", "", "", ""),
    (4, "中心小学党支部", "石磊", "男", "正式", "宣传委员", "", ""),
    (5, "黑石村党支部", "刘芳", "女", "正式", "", "", ""),
    (6, "青石村党支部", "蓝天", "女", "积极分子", "", "", ""),
    (7, "青石村党支部", "王玥", "女", "预备", "", "", ""),
    (8, "青石村党支部", "李旭昇", "男", "正式", "", "", ""),
)


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    return membered(tmp_path / "镇.okr", clock)


def workbook(folder: Path, lines: tuple[tuple[object, ...], ...] = LINES) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "党员名单"
    sheet.append(["青山镇党员名单"])
    sheet.append(list(HEADS))
    for line in lines:
        sheet.append(list(line))
    path = folder / "党员名单.xlsx"
    book.save(path)
    return path


def apply(town: Membered, path: Path):
    with town.small.store.read() as session:
        known = known_queries.known(session)
    reading = read_folder([path], known)
    with town.small.store.read() as session:
        plan = imports.prepare(session, reading)
    with town.small.store.write(town.small.office) as session:
        return plan, imports.apply(session, town.small.office, plan)


def listed(town: Membered, org_id: int | None = None) -> dict[str, tuple[MemberKind, bool, str, str]]:
    found = town.read(standing.members, [org_id or town.small.village])
    return {one.name: (one.kind, one.is_committee, one.grid, one.duty) for one in found if one.left_on is None}


def test_members_are_entered_and_lines_that_cannot_be_come_back_with_their_row(town: Membered, tmp_path: Path) -> None:
    """李旭昇 stands as the list says him; 王玥 stands with another kind; two lines are not understood; four are new."""
    plan, outcome = apply(town, workbook(tmp_path))
    assert (len(plan.will_write), plan.same, outcome.value.taken) == (4, 1, 4)
    village = listed(town)
    assert village["韦国强"] == (MemberKind.FULL, True, "第一网格", "")
    assert village["覃丽"] == (MemberKind.PROBATIONARY, False, "第二网格", "")
    assert village["黄建华"] == (MemberKind.FLOATING, False, "", "")
    assert listed(town, town.small.school) == {"石磊": (MemberKind.FULL, True, "", "宣传委员")}
    said = "\n".join(note.reason for note in outcome.value.refused)
    assert "党员名单 第 7 行 刘芳：“黑石村党支部”不在组织名册中，没有读入。" in said
    assert "党员名单 第 8 行 蓝天：类别“积极分子”看不懂，请填正式、预备或流动，没有读入。" in said
    assert "党员名单 C9：名单里已有“王玥”，类别、支委、网格或分工和表中不同，没有改动。" in said
    assert village["王玥"][0] is MemberKind.FULL
    assert "13800000000" not in str(plan)


def test_reading_again_adds_nobody_and_the_day_takes_the_list_back(town: Membered, tmp_path: Path) -> None:
    before = listed(town)
    path = workbook(tmp_path)
    _plan, outcome = apply(town, path)
    again, second = apply(town, path)
    assert (again.same, second.value.taken) == (5, 0)
    with town.small.store.write(town.small.office) as session:
        imports.undo(session, town.small.office, outcome.value.batch_id)
    assert listed(town) == before
    assert listed(town, town.small.school) == {}


def test_a_list_that_was_built_upon_is_not_taken_back(town: Membered, tmp_path: Path) -> None:
    _plan, outcome = apply(town, workbook(tmp_path))
    one = next(one for one in town.read(standing.members, [town.small.village]) if one.name == "覃丽")
    town.write(member_points.record, PointsDraft(one.id, date(2026, 7, 11), "J2", points=Decimal(2)))
    with town.small.store.write(town.small.office) as session, pytest.raises(Refusal, match="不能整批撤消"):
        imports.undo(session, town.small.office, outcome.value.batch_id)


def test_a_name_twice_in_the_list_is_entered_once(town: Membered, tmp_path: Path) -> None:
    twice = (LINES[0], (2, "青石村党支部", "韦国强", "男", "正式党员", "是", "第一网格", ""))
    _plan, outcome = apply(town, workbook(tmp_path, twice))
    assert outcome.value.taken == 1
    assert "本支部已有“韦国强”" in outcome.value.refused[-1].reason
