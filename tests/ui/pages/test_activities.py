"""活动 through the real widgets: one line enters one activity, a refusal stands at its field, what stands is seen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Activity
from okr_desk.queries import cycles, orgs
from okr_desk.rules.permissions import Actor
from okr_desk.services import indicators
from okr_desk.services.permits import SETUP
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.pages.activities import ActivitiesPage
from tests.small_township import Small, build, percent

Open = Callable[..., ActivitiesPage]
Idle = Callable[[Desk], None]


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    made = build(tmp_path / "镇.okr", clock)
    with made.store.write(SETUP) as session:
        indicators.create(session, SETUP, percent("F12", "党群服务活动场次", unit="场", decimals=0))
    yield made
    made.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle, town: Small) -> Iterator[Open]:
    desks: list[Desk] = []

    def open_page(actor: Actor, number: int = 3) -> ActivitiesPage:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(town.store)
        desk.sign_in(actor)
        with town.store.read() as session:
            tree, quarters = orgs.tree(session, desk.clock.today()), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.quarters[number])
        page = ActivitiesPage(desk)
        qtbot.addWidget(page)
        page.resize(1180, 620)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


def type_in(page: ActivitiesPage, topic: str, attended: str, counts: str, place: str = "党群服务中心") -> None:
    line = page.line
    line.topic.setText(topic)
    line.place.setText(place)
    line.attended.setText(attended)
    for field, text in zip((*line.counts, line.unsure), counts.split(","), strict=True):
        field.setText(text)


def enter(page: ActivitiesPage, qtbot: QtBot, idle: Idle) -> None:
    qtbot.keyClick(page.line.unsure, Qt.Key.Key_Return)
    idle(page.desk)
    idle(page.desk)


def cells(page: ActivitiesPage) -> list[list[str]]:
    return page.table.block(everything=True)[1:]


def snap(page: ActivitiesPage, name: str) -> None:
    folder = os.environ.get("PICTURES")
    if folder:
        page.grab().save(f"{folder}/{name}.png")


def test_a_secretary_enters_a_line_mends_it_and_takes_one_back(
    sit: Open, town: Small, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sit(town.secretary)
    assert page.answer.text() == "2026年第三季度还没有登记活动。"
    assert page.line.org.isHidden() and page.line.rest.isHidden() and not page.tabs.isTabVisible(1)
    type_in(page, "暑期托管班", "２０", "30,5,,,,")
    enter(page, qtbot, idle)
    assert page.line.sentence.text() == "评价 35 份，超过参加的 20 人，请核对。"
    assert page.line.topic.text() == "暑期托管班"  # nothing is lost
    page.line.counts[0].setText("十")
    enter(page, qtbot, idle)
    assert page.line.sentence.text() == "“十”不是份数或人数，请填 0 或更大的整数。"
    snap(page, "activities_refused")
    page.line.counts[0].setText("10")
    enter(page, qtbot, idle)
    assert page.line.sentence.isHidden() and page.line.topic.text() == ""
    page.line.day.setText("9月31日")
    type_in(page, "法律讲座", "30", ",2,3,8,6,1")
    enter(page, qtbot, idle)
    assert page.line.sentence.text().startswith("“日期”里的“9月31日”不是日期") and page.line.topic.text() == "法律讲座"
    page.line.day.setText("9月30日")
    enter(page, qtbot, idle)
    shown = [(row[2], row[4], row[5], row[6], row[7]) for row in cells(page)]
    assert shown == [("法律讲座", "30", "19", "30.5", "未达标"), ("暑期托管班", "20", "15", "93.3", "计入")]
    assert page.answer.text().startswith("2026年第三季度办了 2 场，现场评价达到 60 分、计入场次的 1 场。平均得分 61.9")
    monkeypatch.setattr(Reason, "ask", lambda *_args: "重复登记")
    assert page.table.mark(lambda row: row.topic == "法律讲座")
    page.take_back()
    idle(page.desk)
    idle(page.desk)
    assert [row[7] for row in cells(page)] == ["已撤回", "计入"]
    snap(page, "activities_secretary")


def test_the_office_enters_for_branches_and_sees_their_sums(sit: Open, town: Small, qtbot: QtBot, idle: Idle) -> None:
    page = sit(town.office)
    assert not page.line.org.isHidden() and not page.line.rest.isHidden() and page.tabs.isTabVisible(1)
    page.line.org.setCurrentIndex(page.line.org.findData(town.school))
    page.line.reported_by.setText("单晓")
    type_in(page, "家长开放日", "60", "20,10,3,1,1,2")
    enter(page, qtbot, idle)
    assert cells(page)[0][1] == "中心小学党支部" and cells(page)[0][8] == "单晓（王玥代，纸质表） 补报"
    assert page.line.org.currentData() == town.school
    snap(page, "activities_office")
    page.tabs.setCurrentIndex(1)
    assert page.sums.block(everything=True)[1][:5] == ["中心小学党支部", "学校", "1", "1", "100%"]
    snap(page, "activities_sums")


def test_a_frozen_quarter_shows_who_may_and_a_viewer_only_reads(sit: Open, town: Small) -> None:
    page = sit(town.secretary, 2)
    assert page.line.isHidden() and "支部不能再登记" in page._band_text.text()
    office = sit(town.office, 2)
    assert not office.line.isHidden() and not office.line.reason.isHidden()
    viewer = sit(town.viewer)
    assert viewer.line.isHidden() and viewer.back_button.isHidden()


def test_a_day_in_a_frozen_quarter_asks_the_office_for_its_reason_and_keeps_what_was_typed(
    sit: Open, town: Small, qtbot: QtBot, idle: Idle
) -> None:
    page = sit(town.office)
    line = page.line
    assert line.reason.isHidden()
    line.org.setCurrentIndex(line.org.findData(town.village))
    line.reported_by.setText("李旭昇")
    line.day.setText("5.4")
    type_in(page, "青年读书会", "20", "10,2,,,,")
    enter(page, qtbot, idle)
    assert not line.reason.isHidden() and line.reason.property("wrong") and "写明理由" in line.sentence.text()
    assert line.topic.text() == "青年读书会" and cells(page) == []
    line.reason.setText("材料迟交")
    enter(page, qtbot, idle)
    assert line.sentence.isHidden() and line.topic.text() == ""
    with town.store.rows() as session:
        (kept,) = session.exec(select(Activity)).all()
    assert (kept.quarter_id, kept.is_late, kept.late_reason) == (town.quarters[2], True, "材料迟交")


def test_a_branch_chosen_above_leaves_the_sums_and_all_of_them_come_back(sit: Open, town: Small, idle: Idle) -> None:
    page = sit(town.office)
    page.tabs.setCurrentIndex(1)
    page.desk.selection.choose_org(town.village)
    idle(page.desk)
    assert page.tabs.currentIndex() == 0 and not page.tabs.isTabVisible(1)
    page.desk.selection.choose_org(None)
    idle(page.desk)
    assert page.tabs.currentIndex() == 1


def test_a_quarter_without_activities_says_what_to_do_first(sit: Open, town: Small) -> None:
    page = sit(town.secretary)
    register, sums = page.places
    assert register.is_empty and sums.is_empty and register.empty.button is not None
    register.empty.button.click()
    assert page.focusWidget() is page.line.topic
    assert sit(town.viewer).places[0].empty.button is None
