"""组织生活 through the real widgets: its answer, an event typed and taken back, the ledger, all branches, who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from okr_desk.duty_terms import DutyKind
from okr_desk.model.tables import Quarter
from okr_desk.queries import cycles, duty_registers, orgs
from okr_desk.rules.permissions import Actor
from okr_desk.services.permits import SETUP
from okr_desk.settings import Settings
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.meeting import MeetingDialog
from okr_desk.ui.pages.duties import ELECTIONS, LEDGER, LIFE, DutiesPage
from tests.dutied_township import DAY, Dutied, dutied
from tests.ui.answers import answering

Idle = Callable[[Desk], None]
Sit = Callable[..., DutiesPage]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Dutied]:
    made = dutied(tmp_path / "镇.okr")
    yield made
    made.small.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle, town: Dutied) -> Iterator[Sit]:
    """Opens the page for a person in a quarter."""
    desks: list[Desk] = []

    def open_page(actor: Actor, number: int = 3) -> DutiesPage:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, DAY), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.small.quarters[number])
        page = DutiesPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


def fill(page: DutiesPage, present: str = "10") -> None:
    entry = page.branch.entry
    entry.set_day(date(2026, 7, 3))
    entry.kinds[DutyKind.PARTY_DAY].setChecked(True)
    entry.topic.setText("学习党章")
    entry.present.setText(present)


def test_a_branch_types_an_event_and_saves_it_with_enter(
    sit: Sit, town: Dutied, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sit(town.small.secretary)
    said: list[str] = []
    page.desk.noticed.connect(said.append)
    assert page.answer.text() == "本季应开展 14 次，已开展 0 次，逾期 14 次。"
    entry = page.branch.entry
    assert entry.reported_by.isHidden() and entry.reason.isHidden() and not entry.isHidden()
    fill(page)
    assert entry.due.text() == "13"  # 12 full members and one on probation
    for _time in range(2):  # Enter twice is one event
        qtbot.keyClick(entry.present, Qt.Key.Key_Return)
    idle(page.desk)
    assert page.answer.text() == "本季应开展 14 次，已开展 1 次，逾期 13 次。党员到会率 76.9%。"
    assert entry.present.text() == "" and entry.day.day("held_on") == date(2026, 7, 3)
    assert any(text.startswith("已登记2026-07-03 主题党日。按 Ctrl+Z 可撤回。") for text in said)
    assert page.branch.calendar.letters(date(2026, 7, 3)) == "日"
    assert page.branch.list.sieve.rowCount() == 1
    monkeypatch.setattr(Reason, "ask", lambda *_args: "填错")
    page.undo_stack().undo()
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.branches[0].done == 0)
    idle(page.desk)


def test_a_day_is_typed_short_and_one_of_another_quarter_refused(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.secretary)
    entry = page.branch.entry
    fill(page)
    entry.day.setText("6月30日")
    page.record()
    assert "2026-06-30 不在2026年第三季度" in entry.sentence.text() and entry.day.property("wrong")
    assert entry.day.text() == "6月30日" and entry.topic.text() == "学习党章"
    entry.day.setText("7.6")
    page.record()
    idle(page.desk)
    assert page.shown is not None and [one.held_on for one in page.shown.branches[0].meetings] == [date(2026, 7, 6)]
    assert not entry.day.property("wrong") and entry.sentence.isHidden()


def freeze(town: Dutied) -> None:
    with town.small.store.write(SETUP) as session:
        session.get_one(Quarter, town.small.quarters[3]).state = QuarterState.FROZEN.value


def test_a_quarter_frozen_meanwhile_is_said_at_the_day_and_asks_the_office_for_its_reason(
    sit: Sit, town: Dutied, idle: Idle
) -> None:
    page, office = sit(town.small.secretary), sit(town.small.office)
    office.desk.selection.choose_org(town.small.village)
    idle(office.desk)
    fill(page)
    fill(office)
    freeze(town)
    page.record()
    idle(page.desk)
    entry = page.branch.entry
    assert entry.sentence.text().startswith("“日期”2026-07-03 在2026年第三季度：本季度已冻结，支部不能再填报。")
    assert entry.day.property("wrong") and (entry.topic.text(), entry.present.text()) == ("学习党章", "10")
    office.record()
    idle(office.desk)
    entry = office.branch.entry
    assert entry.sentence.text().endswith("在2026年第三季度：季度已冻结，补报或更正请写明理由。")
    assert entry.reason.isVisible() and entry.reason.property("wrong") and entry.topic.text() == "学习党章"
    entry.reason.setText("支部漏报")
    office.record()
    idle(office.desk)
    assert entry.sentence.isHidden(), entry.sentence.text()
    assert office.shown is not None and office.shown.branches[0].done == 1


def test_the_ledger_of_a_frozen_quarter_says_so_and_stands_at_its_cell(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(LEDGER)
    page.ledger.fees.put(0, 4, "13")
    page.ledger.fees.put(1, 4, "13")  # May, in the second quarter
    page.save()
    idle(page.desk)
    assert "在2026年第二季度：本季度已冻结" in page.ledger.sentence.text() and page.ledger.is_typed()
    assert (page.ledger.fees.currentColumn(), page.ledger.fees.item(1, 4).text()) == (4, "13")
    page.ledger.forget()
    assert page.ledger.sentence.isHidden()


def test_what_is_refused_stays_typed_with_the_cursor_at_its_field(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.secretary)
    fill(page, "14")
    page.record()
    idle(page.desk)
    assert page.branch.entry.sentence.text().startswith("实到 14 人多于应到 13 人")
    assert page.branch.entry.present.text() == "14" and page.branch.entry.present.property("wrong")
    page.branch.entry.present.setText("约十人")
    page.record()
    assert "实到" in page.branch.entry.sentence.text()
    assert page.shown is not None and not page.shown.branches[0].meetings


def test_fields_follow_what_the_branch_has(sit: Sit, town: Dutied) -> None:
    page = sit(town.small.stranger)
    entry = page.branch.entry
    assert entry.kinds[DutyKind.COMMITTEE].isHidden() and entry.kinds[DutyKind.GROUP].isHidden()
    page = sit(town.small.secretary)
    page.branch.entry.kinds[DutyKind.GROUP].setChecked(True)
    assert not page.branch.entry.group.isHidden() and page.branch.entry.group.count() == 3


def test_the_office_sees_all_branches_and_opens_one(sit: Sit, town: Dutied, idle: Idle) -> None:
    town.record()
    page = sit(town.small.office)
    assert page.life.currentWidget() is page.matrix
    assert page.answer.text() == "2 个支部本季应开展 19 次，已开展 1 次，2 个支部逾期 18 次，逾期最多的是青石村党支部。"
    names = [page.matrix.sieve.index(row, 0).data() for row in range(2)]
    assert names == ["青石村党支部", "中心小学党支部"]
    row = {column.title: page.matrix.sieve.index(1, at).data() for at, column in enumerate(page.matrix.model.columns)}
    assert (row["党员大会"], row["支委会"], row["主题党日"]) == ("0/1", "—", "0/3")
    QAbstractItemModelTester(page.matrix.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert "有逾期" in page.matrix.block(everything=True)[1]
    assert not page.tabs.isTabVisible(LEDGER)
    page.tabs.setCurrentIndex(ELECTIONS)
    assert page.elections.sieve.index(0, 0).data() == "中心小学党支部"
    assert page.elections.sieve.index(0, 7).data() == "■ 已届满"
    page.open_branch(page.matrix.model.rows[0])
    idle(page.desk)
    assert page.life.currentWidget() is page.branch and page.tabs.isTabVisible(LEDGER)
    assert not page.branch.entry.reported_by.isHidden()


def test_a_ledger_that_was_never_shown_does_not_keep_the_window_open(sit: Sit, town: Dutied) -> None:
    page = sit(town.small.office)
    assert page.shown is not None and page.shown.one is None
    assert not page.ledger.is_typed()
    assert page.can_close()


def test_the_ledger_is_typed_in_place_and_saved_once(
    sit: Sit, town: Dutied, idle: Idle, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(LEDGER)
    assert page.save_button.isVisible() and not page.save_button.isEnabled()
    page.ledger.fees.put(1, 6, "13", "12")  # July and August paid in full
    page.ledger.rest.put(0, 5, "10")  # hours of members in the third quarter
    assert page.save_button.isEnabled() and page.ledger.is_typed()
    page.save()
    idle(page.desk)
    assert not page.ledger.is_typed()
    assert town.values()["B09"].quantize(town.values()["B12"]) and set(town.values()) == {"B09", "B12"}
    assert page.ledger.fees.item(0, 6).text() == "13"
    page.ledger.rest.put(0, 5, "20")
    page.save()
    idle(page.desk)
    assert "已完成 20 多于应完成 13" in page.ledger.sentence.text() and page.ledger.is_typed()
    wrong = page.ledger.rest.currentItem()
    assert (wrong.row(), wrong.column(), wrong.text()) == (0, 5, "20") and "已完成 20 多于" in wrong.toolTip()
    page.ledger.rest.put(0, 5, "10")
    monkeypatch.setattr(Reason, "ask", lambda *_args: "填错")
    page.undo_stack().undo()
    qtbot.waitUntil(lambda: town.values() == {})
    idle(page.desk)


def test_a_note_goes_with_the_line_under_the_cursor(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(LEDGER)
    ledger = page.ledger

    def noted(text: str) -> None:
        ledger.fees.setCurrentCell(1, 6)
        ledger.note.setText(text)
        ledger.note.textEdited.emit(text)
        page.save()
        idle(page.desk)

    ledger.fees.put(1, 6, "13")
    noted("含2名流动党员")
    assert not ledger.is_typed() and ledger.fees.item(1, 6).toolTip() == "含2名流动党员"
    ledger.fees.setCurrentCell(1, 7)
    assert ledger.note.text() == ""
    noted("")
    with town.small.store.read() as session:
        (line,) = duty_registers.lines(session, 2026, [town.small.village])
    assert (line.due, line.done, line.note) == (13, 13, "")
    ledger.fees.setCurrentCell(1, 7)
    ledger.note.textEdited.emit("只有备注")
    page.save()
    assert "应完成数和已完成数都要填" in ledger.sentence.text()


def test_the_appraisal_of_members_is_reached_from_what_is_owed_and_from_the_ledger(sit: Sit, town: Dutied) -> None:
    page, gone = sit(town.small.secretary), list[tuple[str, object]]()
    page.desk.going.connect(lambda key, arguments: gone.append((key, arguments)))
    row = page.branch.kinds.model.rows[0]
    page.branch.kinds.opened.emit(row)
    page.branch.kinds.opened.emit(replace(row, kind=DutyKind.REVIEW))
    page.ledger.appraisal.click()
    assert gone == [("titles", {"tab": "members"})] * 2 and page.branch.entry.kinds[row.kind].isChecked()


def test_the_grading_is_saved_with_the_ledger(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(LEDGER)
    for name, text in (
        ("due", "13"),
        ("took_part", "13"),
        ("probationary", "1"),
        ("excellent", "5"),
        ("qualified", "7"),
    ):
        page.ledger.review[name].setText(text)
    page.save()
    assert page.ledger.sentence.text() == "请填写“民主评议日期”。"
    page.ledger.review_day.set_day(date(2026, 9, 20))
    page.save()
    idle(page.desk)
    assert "最多 4 人" in page.ledger.sentence.text() and page.ledger.review["excellent"].property("wrong")
    page.ledger.review["excellent"].setText("4")
    page.ledger.review["qualified"].setText("8")
    page.save()
    idle(page.desk)
    assert town.values() == {"B07": 100}


def test_a_correction_in_the_dialog(sit: Sit, town: Dutied, idle: Idle, qtbot: QtBot) -> None:
    town.record()
    page = sit(town.small.secretary)

    def put(dialog: MeetingDialog) -> None:
        dialog.present.setValue(12)
        dialog.minutes.setPlainText("一、学习党章。")
        dialog.submit()
        qtbot.waitUntil(lambda: not dialog.isVisible())

    answering(put)
    page.branch.list.view.selectRow(0)
    page.branch.correct_button.click()
    idle(page.desk)
    assert page.shown is not None
    (one,) = page.shown.branches[0].meetings
    assert (one.present, one.minutes) == (12, "一、学习党章。")


def test_frozen_and_viewers(sit: Sit, town: Dutied) -> None:
    page = sit(town.small.secretary, 2)
    assert "支部不能再登记" in page._band_text.text() and page.branch.entry.isHidden()
    assert page.branch.correct_button.isHidden()
    page = sit(town.small.viewer)
    assert page.life.currentWidget() is page.matrix
    page.open_branch(page.matrix.model.rows[0])


def test_all_branches_have_no_ledger_so_the_page_goes_back_to_the_quarter(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.office)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    assert page.life.currentWidget() is page.branch
    page.tabs.setCurrentIndex(LEDGER)
    page.desk.selection.choose_org(town.small.school)
    idle(page.desk)
    assert page.tabs.currentIndex() == LEDGER
    page.desk.selection.choose_org(None)
    idle(page.desk)
    assert page.tabs.currentIndex() == LIFE and page.life.currentWidget() is page.matrix


def test_a_quarter_without_meetings_says_what_to_do_first(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.secretary)
    held = page.branch.held
    assert held.is_empty and held.empty.sentence == "本季还没有登记三会一课。" and held.empty.button is not None
    held.empty.button.click()
    assert page.focusWidget() is page.branch.entry.day
    viewer = sit(town.small.viewer)
    viewer.desk.selection.choose_org(town.small.village)
    idle(viewer.desk)
    assert viewer.branch.held.empty.button is None
    town.record()
    page.refresh()
    idle(page.desk)
    assert not held.is_empty


def test_what_does_not_fit_goes_below_and_nothing_is_pressed_together(sit: Sit, town: Dutied, idle: Idle) -> None:
    page = sit(town.small.office)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    entry, calendar = page.branch.entry, page.branch.calendar
    page.resize(1200, 640)
    QApplication.processEvents()
    assert abs(entry.reported_by.y() - entry.topic.y()) < entry.topic.height()
    page.resize(760, 480)
    QApplication.processEvents()
    assert entry.reported_by.y() > entry.topic.geometry().bottom(), "for whom stands in a row of its own"
    assert page.branch.kinds.y() > calendar.geometry().bottom(), "the kinds stand below the calendar"
    assert calendar.height() >= calendar.sizeHint().height()
