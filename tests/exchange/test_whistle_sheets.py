"""The sample's list of whistles comes in cell by cell, stays as it is when read again, and goes when undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from okr_desk.clock import FixedClock, local
from okr_desk.exchange import export
from okr_desk.exchange.folder import read_folder
from okr_desk.model.store import Store
from okr_desk.queries import whistles
from okr_desk.queries.whistles import WhistleView
from okr_desk.rules.imports import EntryFact, Reading
from okr_desk.rules.permissions import Actor
from okr_desk.services import imports
from okr_desk.services import whistles as service
from okr_desk.whistle_terms import RatedItem, WhistleState, WhistleStep
from tests.exchange import desk
from tests.exchange.sample import FOLDER, TRUTH

ROSTER, SHEET = FOLDER / "01_组织名册.xlsx", FOLDER / "08_吹哨单_2026.xlsx"


def lines() -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(SHEET).active
    assert sheet is not None
    return list(sheet.iter_rows(min_row=3, values_only=True))


@pytest.fixture
def township(tmp_path: Path) -> Iterator[tuple[Store, Actor]]:
    store, actor = desk.new(tmp_path / "青山镇.okr", FixedClock(date(2026, 10, 8)))
    yield store, actor
    store.close()


def read(store: Store, *paths: Path) -> Reading:
    return read_folder(list(paths), desk.known(store))


def all_of(store: Store) -> list[WhistleView]:
    with store.read() as session:
        return list(whistles.whistles(session))


def test_every_cell_of_the_workbook_stands_as_it_was(township: tuple[Store, Actor]) -> None:
    store, actor = township
    result = desk.take(store, actor, read(store, ROSTER, SHEET))
    found = all_of(store)
    assert (len(found), result.refused) == (TRUTH["whistles"], ())
    kinds = {"daily": "日常", "major": "重大", "urgent": "紧急"}
    for one, line in zip(found, lines(), strict=True):
        head = (one.number, one.org, kinds[one.kind], one.source, one.matter, one.department.name)
        times = tuple(None if at is None else f"{local(at):%Y-%m-%d %H:%M}" for at in (one.blown_at, one.received_at))
        finished = None if one.finished_at is None else f"{local(one.finished_at):%Y-%m-%d %H:%M}"
        given = one.ratings[0].levels if one.ratings else {}
        levels = tuple(given.get(item) for item in RatedItem)
        assert (*head, *times, str(one.promised_on), finished, *levels) == line
        done = line[9] is not None
        assert one.state is (WhistleState.RATED if done else WhistleState.WORKING)
        assert one.arrived_at is None and one.came_in_time in (None, False)
    assert [one.number for one in found if one.state is WhistleState.WORKING] == ["哨2026-1-006", "哨2026-2-017"]


def test_reading_again_adds_nothing_also_after_the_desk_went_on(township: tuple[Store, Actor]) -> None:
    store, actor = township
    desk.take(store, actor, read(store, ROSTER, SHEET))
    again = desk.take(store, actor, read(store, SHEET))
    assert (again.batch_id, again.taken, again.unchanged) == (None, 0, 46)
    open_one = next(one for one in all_of(store) if one.state is WhistleState.WORKING)
    from sqlmodel import select

    from okr_desk.model.tables import Quarter
    from okr_desk.rules.whistles import MoveDraft
    from okr_desk.terms import QuarterState

    with store.write(actor) as session:
        for quarter in session.exec(select(Quarter)):
            quarter.state = QuarterState.OPEN.value
            session.add(quarter)
        session.flush()
        at = datetime.fromisoformat("2026-10-08 09:00+08:00")
        service.move(session, actor, MoveDraft(open_one.id, WhistleStep.FINISH, at, note="已清淤"))
    assert desk.take(store, actor, read(store, SHEET)).unchanged == 46


def test_a_changed_line_is_sent_back_and_never_overwrites(township: tuple[Store, Actor], tmp_path: Path) -> None:
    store, actor = township
    desk.take(store, actor, read(store, ROSTER, SHEET))
    changed = tmp_path / "改过.xlsx"
    book = openpyxl.load_workbook(SHEET)
    sheet = book.active
    assert sheet is not None
    sheet["E3"] = "噪声扰民二次"
    nine = datetime(2026, 9, 21, 9, 5)  # noqa: DTZ001 - a cell of a workbook has no zone
    for row, number, kind, department, blown in (
        (49, "哨2026-3-013", "日常", "气象站", "2026-09-20 09:00"),
        (50, "哨2026-3-014", "一般", "城建办", nine),
        (51, "哨2026-3-015", "日常", "城建办", nine),
    ):
        for column, text in zip("ABCEFG", (number, "西沟村党支部", kind, "路灯", department, blown), strict=True):
            sheet[f"{column}{row}"] = text
    book.save(changed)
    result = desk.take(store, actor, read(store, changed))
    said = [note.reason for note in result.refused]
    assert [text for text in said if "已经登记，与表中不同" in text and "哨2026-1-001" in text]
    assert [text for text in said if "没有“气象站”这个部门，请先在“部门”中增加。" in text]
    assert [text for text in said if text.startswith("吹哨 C50：类别应为")]
    assert (result.taken, result.unchanged, len(all_of(store))) == (1, 45, 47)
    added = all_of(store)[-1]
    assert (added.number, added.state) == ("哨2026-3-015", WhistleState.BLOWN)
    assert added.blown_at is not None and f"{local(added.blown_at):%H:%M}" == "09:05"


def test_undo_leaves_nothing_and_is_stopped_by_a_later_step(township: tuple[Store, Actor]) -> None:
    store, actor = township
    desk.take(store, actor, read(store, ROSTER))
    done = desk.take(store, actor, read(store, SHEET))
    with store.write(actor) as session:
        assert imports.undo(session, actor, done.batch_id or 0).value == 46
    assert all_of(store) == []


def test_the_export_has_what_the_contract_names(township: tuple[Store, Actor]) -> None:
    store, actor = township
    desk.take(store, actor, read(store, ROSTER, SHEET))
    rows = export.rows(store, "whistles")
    assert rows[0] == {
        "number": "哨2026-1-001", "org": "双河村党支部", "class": "日常", "department": "派出所", "state": "已评",
    }  # fmt: skip
    assert len(rows) == 46 and len(export.rows(store, "whistles", "2026Q3")) == 12


def test_what_cannot_be_read_is_said_with_its_cell(township: tuple[Store, Actor], tmp_path: Path) -> None:
    store, actor = township
    desk.take(store, actor, read(store, ROSTER))
    odd = tmp_path / "错.xlsx"
    book = openpyxl.load_workbook(SHEET)
    sheet = book.active
    assert sheet is not None
    for cell, text in (("G3", "上午"), ("H4", "2026-01-01 08:00"), ("K5", 7), ("J6", None), ("B7", "没有的支部")):
        sheet[cell] = text
    book.save(odd)
    reading = read(store, odd)
    assert sum(isinstance(fact, EntryFact) for fact in reading.facts) == 41
    assert [note.reason for note in reading.not_taken] == [
        "吹哨 G3：“上午”看不出是什么时间，应写作 2026-09-28 14:30。",
        "吹哨 H4：时间早于上一步，请核对先后。",
        "吹哨 K5：“7”不是评分，应填 1 到 5 的整数。",
        "吹哨 J6：有评分却没有实际办结时间，请核对。",
        "吹哨 B7：“没有的支部”不在组织名册中。",
    ]
