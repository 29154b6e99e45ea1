"""The register of meetings (sheet 05): read whole, compared with truth.json, sent back by row, taken back, repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.duty_terms import QUARTERLY, DutyKind
from okr_desk.exchange import export
from okr_desk.exchange.folder import read_folder
from okr_desk.model import audit_check
from okr_desk.model.store import Store
from okr_desk.model.tables import Indicator, MeasuredValue, Meeting, MeetingKind, Org
from okr_desk.queries import cycles, duties, orgs
from okr_desk.queries import imports as import_queries
from okr_desk.rules.imports import EntryFact, FactKind, OrgFact, OrgName, Reading
from okr_desk.rules.permissions import Actor
from okr_desk.services import cycles as move
from okr_desk.services import imports
from okr_desk.terms import OrgKind, Origin, QuarterState, YearState, label
from tests.exchange import desk
from tests.exchange.sample import FOLDER, TRUTH, known, reading

BOOK = FOLDER / "05_三会一课记录_2026.xlsx"
HEADS = ("序号", "党支部", "日期", "类型", "主题", "应到", "实到", "主持人")
DAY = date(2026, 10, 8)
ROSTER = tuple(fact for fact in reading().facts if isinstance(fact, OrgFact))


def roster_and_meetings() -> Reading:
    """Branches with their sizes, and what they held."""
    facts = tuple(fact for fact in reading().facts if isinstance(fact, OrgFact | EntryFact))
    return replace(reading(), facts=facts, doubts=(), returns=(), surveys=())


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Actor]]:
    """The sample's branches and meetings, imported once; only for looking."""
    made, actor = desk.new(tmp_path_factory.mktemp("meetings") / "青山镇.okr", FixedClock(DAY))
    desk.take(made, actor, roster_and_meetings())
    with made.write(actor) as session:
        move.move_year(session, actor, cycles.years(session)[0].id, YearState.OPEN)
        for quarter in cycles.quarters(session)[:3]:
            move.move_quarter(session, actor, quarter.id, QuarterState.OPEN)
    yield made, actor
    made.close()


def test_every_line_becomes_a_meeting(township: tuple[Store, Actor]) -> None:
    entries = [fact for fact in reading().facts if isinstance(fact, EntryFact) and fact.kind is FactKind.MEETING]
    assert len(entries) == TRUTH["meeting_rows"] == 1206
    assert not any(note.workbook == BOOK.name for note in reading().not_taken)
    with township[0].rows() as session:
        assert len(session.exec(select(Meeting.id)).all()) == len(session.exec(select(MeetingKind.id)).all()) == 1206
        assert audit_check.first_fault(session) is None


def test_held_and_due_are_those_of_the_truth_for_every_branch_quarter_and_kind(township: tuple[Store, Actor]) -> None:
    found: dict[str, list[int]] = {}
    with township[0].read() as session:
        branches = [org for org in orgs.tree(session, DAY) if org.kind == OrgKind.BRANCH]
        for quarter in cycles.quarters(session)[:3]:
            for one in duties.branches(session, quarter, branches, DAY):
                for kind in (one.kind(kind) for kind in QUARTERLY):
                    if kind.due:
                        found[f"{one.org.short_name}|{quarter.key}|{label(kind.kind)}"] = [kind.done, kind.due]
    assert found == TRUTH["meetings_held_due"]


def test_attendance_is_what_the_township_typed(township: tuple[Store, Actor]) -> None:
    """B08 of sheet 04 was made from sheet 05: the counted value differs by rounding alone."""
    typed = {f"{q}|{key}": value for q in TRUTH["actual"] for key, value in TRUTH["actual"][q].items() if "B08" in key}
    with township[0].read() as session:
        names = {org.id: org.short_name for org in orgs.tree(session, DAY)}
        quarters = {one.id: one.key for one in cycles.quarters(session)}
    with township[0].rows() as session:
        b08 = session.exec(select(Indicator.id).where(Indicator.code == "B08")).one()
        rows = session.exec(select(MeasuredValue).where(MeasuredValue.indicator_id == b08)).all()
        counted = {f"{quarters[row.quarter_id]}|{names[row.org_id]}|B08": row for row in rows}
    assert counted.keys() == typed.keys() and len(counted) == 87
    for key, row in counted.items():
        assert row.origin == Origin.COMPUTED.value
        assert abs(row.value - Decimal(str(typed[key]))) <= Decimal("0.05"), (
            key
        )  # the indicator's tolerance: no conflict
    assert "取自三会一课记录：应到" in next(iter(counted.values())).note


def test_a_second_import_adds_nothing_and_the_first_can_be_taken_back(tmp_path: Path) -> None:
    store, actor = desk.new(tmp_path / "青山镇.okr", FixedClock(DAY))
    facts = roster_and_meetings().facts
    september = replace(
        roster_and_meetings(), facts=tuple(f for f in facts if isinstance(f, OrgFact) or f.on >= date(2026, 9, 1))
    )
    with store.write(actor) as session:  # so that the values it makes go with it
        move.move_year(session, actor, cycles.years(session)[0].id, YearState.OPEN)
        move.move_quarter(session, actor, cycles.quarters(session)[2].id, QuarterState.OPEN)
    desk.take(store, actor, september)
    again = desk.take(store, actor, september)
    assert (again.batch_id, again.taken) == (None, 0)
    with store.read() as session:
        batch = import_queries.batches(session)[0].id
    with store.write(actor) as session:
        imports.undo(session, actor, batch)
    with store.rows() as session:
        for table in (Meeting, MeetingKind, MeasuredValue):
            assert session.exec(select(table.id)).all() == []
        assert session.exec(select(Org.id).where(col(Org.batch_id).is_not(None))).all() == []
        assert audit_check.first_fault(session) is None
    store.close()


def book(path: Path, lines: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> Path:
    """A register with a title that names the year."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "记录"
    sheet.append(["青山镇2026年组织生活记录"])
    sheet.append(list(heads))
    for line in lines:
        sheet.append(list(line))
    made.save(path)
    return path


def read(path: Path) -> Reading:
    told = replace(known(), orgs=tuple(OrgName(one.short, one.full) for one in ROSTER))
    return read_folder([path], told)


def test_only_the_lines_that_cannot_be_are_sent_back_with_row_and_reason(tmp_path: Path) -> None:
    lines = [
        (1, "青石村党支部", date(2026, 7, 3), "主题党日", "学习", 45, 40, "李旭昇"),
        (2, "不存在村党支部", date(2026, 7, 3), "主题党日", "学习", 45, 40, ""),
        (3, "青石村党支部", "上周五", "主题党日", "学习", 45, 40, ""),
        (4, "青石村党支部", date(2026, 7, 3), "茶话会", "学习", 45, 40, ""),
        (5, "青石村党支部", date(2026, 7, 3), "党课", "学习", 45, 46, ""),
        (6, "青石村党支部", date(2026, 7, 3), "党课", "学习", "约40", 30, ""),
        (7, "青石村", "7月6日", "党员大会、党课", "学习", "４５", 40, ""),
        ("合计", None, None, None, None, 180, 160, None),
    ]
    found = read(book(tmp_path / "记录.xlsx", lines))
    facts = [fact for fact in found.facts if isinstance(fact, EntryFact)]
    assert [(fact.org, fact.on, fact.text("kind"), fact.text("due")) for fact in facts] == [
        ("青石村党支部", date(2026, 7, 3), "主题党日", "45"),
        ("青石村党支部", date(2026, 7, 6), "党员大会、党课", "45"),
    ]
    said = [note.reason for note in found.not_taken]
    assert [text.split("：")[0] for text in said] == [f"记录 第 {row} 行" for row in (4, 5, 6, 7, 8)]
    assert "“不存在村党支部”不在组织名册中" in said[0] and "看不出是哪一天" in said[1]
    assert "不是组织生活的类型" in said[2] and "实到 46 人多于应到 45 人" in said[3] and "“约40”" in said[4]


def test_other_heads_and_groups_are_understood(tmp_path: Path) -> None:
    heads = ("支部名称", "会议时间", "会议类型", "会议主题", "应到人数", "实到人数", "主持", "会议地点", "党小组")
    line = ("青石村党支部", "2026.7.3", "党小组会议", "讨论", "9", "8", "王玥", "党群服务中心", "第三党小组")
    (fact,) = read(book(tmp_path / "记录.xlsx", [line], heads)).facts
    assert isinstance(fact, EntryFact)
    assert dict(fact.fields) == {
        "kind": "党小组会", "topic": "讨论", "due": "9", "present": "8", "host": "王玥", "place": "党群服务中心",
        "group": "3",
    }  # fmt: skip


def test_what_a_branch_cannot_hold_is_refused_and_the_rest_is_written(
    township: tuple[Store, Actor], tmp_path: Path
) -> None:
    store, actor = desk.new(tmp_path / "青山镇.okr", FixedClock(DAY))
    desk.take(store, actor, replace(roster_and_meetings(), facts=ROSTER))
    lines = [
        (1, "绿丰果蔬合作社党支部", date(2026, 7, 3), "支委会", "研究", 3, 3, ""),
        (2, "绿丰果蔬合作社党支部", date(2026, 7, 3), "主题党日", "研究", 5, 4, ""),
        (3, "绿丰果蔬合作社党支部", date(2026, 10, 9), "主题党日", "研究", 5, 4, ""),
        (4, "绿丰果蔬合作社党支部", date(2027, 1, 9), "主题党日", "研究", 5, 4, ""),
        (5, "滨河社区党总支", date(2026, 7, 3), "主题党日", "研究", 5, 4, ""),
    ]
    result = desk.take(store, actor, read(book(tmp_path / "记录.xlsx", lines)))
    said = " ".join(note.reason for note in result.refused)
    assert result.taken == 1
    assert "绿丰果蔬合作社党支部名册上不设支委会" in said and "还没有到" in said and "按党支部登记" in said
    with store.read() as session:
        (one,) = duties.meetings(session, None, date(2026, 1, 1), DAY)
    assert (one.kinds, one.due, one.present) == ((DutyKind.PARTY_DAY,), 5, 4)
    store.close()


def test_meetings_leave_as_they_came(township: tuple[Store, Actor]) -> None:
    rows = export.rows(township[0], "meetings")
    assert len(rows) == 1206
    assert rows[0] == {
        "org": rows[0]["org"], "date": "2026-01-05", "period": "2026Q1", "kind": rows[0]["kind"],
        "topic": rows[0]["topic"], "due": rows[0]["due"], "present": rows[0]["present"], "host": rows[0]["host"],
    }  # fmt: skip
    assert len(export.rows(township[0], "meetings", "2026Q3")) < 1206
