"""A workbook of member points: read, written by the rules, read again without doubling, taken back on its day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from okr_desk.clock import FixedClock
from okr_desk.exchange.folder import read_folder
from okr_desk.queries import imports as known_queries
from okr_desk.queries import member_points as standing
from okr_desk.services import imports
from tests.membered_township import Membered, membered

LINES = (
    ("青石村党支部", "王 玥", "2026-07-11", "参加志愿服务", 2, ""),
    ("青石村", "王玥", date(2026, 7, 12), "J2", 2, ""),
    ("", "欧阳修", "2026年8月3日", "无故不参加组织生活", 5, "缺席主题党日"),
    ("青石村党支部", "赵敏", "2026-08-04", "捐款助学", 3, ""),
    ("青石村党支部", "孙悟", "2026-08-04", "参加志愿服务", 2, ""),
    ("黑石村党支部", "王玥", "2026-08-04", "参加志愿服务", 2, ""),
    ("青石村党支部", "王玥", "昨天", "参加志愿服务", 2, ""),
    ("青石村党支部", "王玥", "2026-08-05", "参加志愿服务", "约2", ""),
    ("青石村党支部", "李旭昇", "2026-08-06", "参加志愿服务", 50, ""),
)


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Membered:
    return membered(tmp_path / "镇.okr", clock)


def workbook(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "积分"
    sheet.append(["青山镇党员积分登记表（2026年第三季度）"])
    sheet.append(["党支部", "姓名", "日期", "事项", "分值", "备注"])
    for line in LINES:
        sheet.append(list(line))
    path = folder / "党员积分.xlsx"
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


def values(town: Membered) -> dict[str, Decimal]:
    found = town.read(standing.quarter_list, town.quarter(), [town.small.village])
    return {one.member.name: one.sum.value for one in found}


def test_lines_are_written_and_those_that_cannot_be_come_back_with_their_row(town: Membered, tmp_path: Path) -> None:
    plan, outcome = apply(town, workbook(tmp_path))
    assert len(plan.will_write) == 6
    assert outcome.value.taken == 4
    assert values(town) == {"王玥": Decimal(104), "赵敏": Decimal(103), "李旭昇": Decimal(100), "欧阳修": Decimal(95)}
    said = "\n".join(note.reason for note in outcome.value.refused)
    assert "积分 B7：本支部的党员名单里没有“孙悟”，请先在“联户和积分”页登记，或核对姓名。" in said
    assert "积分 第 8 行 王玥：“黑石村党支部”不在组织名册中，没有读入。" in said
    assert "积分 第 9 行 王玥：日期：看不出是哪一天" in said
    assert "积分 第 10 行 王玥：分值：" in said
    assert "积分 B11：“参加志愿服务”每次＋2 分，填的是 50，请核对。" in said
    assert town.value("X10") == (Decimal(50), "取自党员积分：党员 4 人，本季有加分记录 2 人")


def test_reading_again_adds_nothing_and_the_day_takes_it_back(town: Membered, tmp_path: Path) -> None:
    path = workbook(tmp_path)
    _plan, outcome = apply(town, path)
    again, second = apply(town, path)
    assert again.same == 4
    assert second.value.taken == 0
    assert values(town)["王玥"] == Decimal(104)
    with town.small.store.write(town.small.office) as session:
        imports.undo(session, town.small.office, outcome.value.batch_id)
    assert set(values(town).values()) == {Decimal(100)}
    assert town.value("X10") is None
