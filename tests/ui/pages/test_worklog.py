"""工作底单 through the real widgets: Enter saves and stays, what it counts for is said, corrections stand beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from okr_desk.model.tables import Quarter
from okr_desk.queries import cycles, orgs
from okr_desk.rules.permissions import Actor
from okr_desk.services.permits import SETUP
from okr_desk.settings import Settings
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.work_entry import WorkEntryDialog
from okr_desk.ui.dialogs.work_kinds import WorkKindsDialog
from okr_desk.ui.pages.worklog import DAYS, LOG, MATRIX, WorklogPage
from tests.worked_township import Worked, worked

D = Decimal
Open = Callable[..., WorklogPage]
Idle = Callable[[Desk], None]


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Worked]:
    made = worked(tmp_path / "镇.okr")
    made.record("tech_service", date(2026, 7, 3), "果园病虫害防治", "24", who="陈立")
    yield made
    made.small.store.close()


@pytest.fixture
def sit(town: Worked, look: None, qtbot: QtBot, idle: Idle) -> Iterator[Open]:
    """Opens the page for a person."""
    desks: list[Desk] = []

    def open_page(actor: Actor, number: int = 3) -> WorklogPage:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, desk.clock.today()), cycles.quarters(session)
        desk.selection.offer(quarters, [o for o in tree if any(grant.org_id in o.line for grant in actor.grants)])
        desk.selection.choose_quarter(town.small.quarters[number])
        page = WorklogPage(desk)
        qtbot.addWidget(page)
        page.resize(1180, 640)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


def choose(page: WorklogPage, key: str) -> None:
    page.log.line.kind.setCurrentIndex(page.log.line.kind.findData(key))


def listed(page: WorklogPage) -> list[str]:
    rows = page.log.table.sieve
    return [str(rows.index(row, 2).data()) for row in range(rows.rowCount())]


def test_enter_saves_stays_and_says_what_it_counts_for(town: Worked, sit: Open, idle: Idle) -> None:
    page = sit(town.small.secretary)
    line = page.log.line
    assert line.chosen is not None and line.chosen.key == "tech_service"  # as the last one
    assert line.feeds.text() == "自动计入：F27 科技服务人天" and line.amount_words.text() == "人数×天数（人天）"
    assert line.part.isHidden() and [tick.property("key") for tick in line.ticks] == [town.talks]
    line.what.setText("冬小麦田管")
    line.amount.setText("6")
    QTest.keyClick(line.what, Qt.Key.Key_Return)
    idle(page.desk)
    assert listed(page) == ["冬小麦田管", "果园病虫害防治"]
    assert line.what.text() == "" and line.who.text() == "" and line.chosen.key == "tech_service"
    assert page.answer.text() == "青石村党支部：本季 2 条，计入 F27。记录条数不计分。"
    assert page.steps.stack.canUndo()
    QAbstractItemModelTester(page.log.table.model)


def test_a_refusal_stands_at_its_field_and_nothing_is_lost(town: Worked, sit: Open, idle: Idle) -> None:
    page = sit(town.small.secretary)
    line = page.log.line
    choose(page, "superior_task")
    assert not line.part.isHidden() and line.part_words.text() == "其中按时办结"
    line.what.setText("防汛督查整改")
    line.amount.setText("3")
    line.part.setText("4")
    page.save()
    idle(page.desk)
    assert line.refusal.text() == "“按时办结”应在 0 和“应办结”之间，请核对。" and not line.refusal.isHidden()
    assert line.what.text() == "防汛督查整改" and listed(page) == ["果园病虫害防治"]
    line.part.setText("3")
    page.save()
    idle(page.desk)
    assert listed(page)[0] == "防汛督查整改" and line.refusal.isHidden()


def test_correct_copy_and_take_back(town: Worked, sit: Open, idle: Idle, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sit(town.small.secretary)
    page.log.table.mark(lambda _row: True)
    page.copy_last()
    assert (page.log.line.what.text(), page.log.line.amount.text()) == ("果园病虫害防治", "24")
    monkeypatch.setattr(WorkEntryDialog, "exec", lambda dialog: _corrected(dialog, idle))
    page.correct()
    idle(page.desk)
    rows = page.log.table.model.rows
    assert [(row.amount, row.corrects_id is not None) for row in rows] == [(D(12), True)]
    page.log.withdrawn.setChecked(True)
    assert len(page.log.table.model.rows) == 2
    monkeypatch.setattr(Reason, "ask", classmethod(lambda _cls, *_a: "记错日期"))
    page.log.withdrawn.setChecked(False)
    page.log.table.mark(lambda _row: True)
    page.take_back()
    idle(page.desk)
    assert [row.amount for row in page.log.table.model.rows] == [D(24)]


def _corrected(dialog: WorkEntryDialog, idle: Idle) -> int:
    dialog.amount.setText("12")
    dialog.why.setText("人数记错")
    dialog.submit()
    idle(dialog.desk)
    assert dialog.saved is not None, dialog.refusal
    return 1


def test_files_are_dropped_on_an_entry_and_a_renamed_program_is_refused(
    town: Worked, sit: Open, idle: Idle, tmp_path: Path
) -> None:
    page = sit(town.small.secretary)
    page.log.table.mark(lambda _row: True)
    page.show_entry(page.log.table.current())
    idle(page.desk)
    files = page.panel.files
    photo, program = tmp_path / "现场.jpg", tmp_path / "报告.pdf"
    photo.write_bytes(b"\xff\xd8\xff one")
    program.write_bytes(b"MZ program")
    said: list[str] = []
    page.desk.refused.connect(said.append)
    for path in (photo, program):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        files.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
        idle(page.desk)
    assert files.attached is not None and [one.kept.name for one in files.attached.pieces] == ["现场.jpg"]
    assert said == ["“报告.pdf”的内容和后缀不符，不是真正的 pdf 文件，没有添加。请用原来的软件打开另存后再试。"]


def test_days_show_the_points_and_months_show_the_branches(town: Worked, sit: Open, idle: Idle) -> None:
    page = sit(town.small.office)
    assert page.tabs.currentIndex() == MATRIX  # the office begins with all branches
    page.tabs.setCurrentIndex(DAYS)
    idle(page.desk)
    assert page.answer.text() == "青石村党支部：由底单累计的得分，F27 科技服务人天 0.6/3 分。"
    assert str(page.days.table.sieve.index(0, 6).data()) == "+0.6分"
    page.tabs.setCurrentIndex(MATRIX)
    idle(page.desk)
    assert "不计分、不排名" in page.answer.text()
    assert page.matrix.table is not None
    cells = page.matrix.table.sieve
    assert [str(cells.index(row, 1).data()) for row in range(cells.rowCount())] == ["1 条 · F27", "—"]
    page.open_branch(town.small.school)
    idle(page.desk)
    assert page.tabs.currentIndex() == LOG and "还没有记录" in page.answer.text()


def test_the_office_changes_a_kind_and_a_frozen_quarter_says_who_may(
    town: Worked, sit: Open, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sit(town.small.office, 2)
    page.open_branch(town.small.village)
    idle(page.desk)
    assert page._band_text.text() == "本季度已冻结。镇党建办可以补登，须写明理由，标记“补报”。"
    assert not page.log.line.reason.isHidden() and not page.kinds_button.isHidden()

    def change(dialog: WorkKindsDialog) -> int:
        dialog.which.setCurrentIndex(dialog.which.findText("环境整治"))
        dialog.fields["name"].setText("美丽乡村")  # type: ignore[attr-defined]
        dialog.submit()
        idle(dialog.desk)
        assert dialog.saved is not None, dialog.refusal
        return 1

    monkeypatch.setattr(WorkKindsDialog, "exec", change)
    page.steps.change_kinds()
    idle(page.desk)
    assert page.log.line.kind.findText("美丽乡村") >= 0
    branch = sit(town.small.secretary, 2)
    assert "支部不能再登记" in branch._band_text.text() and branch.log.line.isHidden()


def test_a_quarter_frozen_meanwhile_is_said_at_the_day_and_asks_the_office_for_its_reason(
    town: Worked, sit: Open, idle: Idle
) -> None:
    branch, office = sit(town.small.secretary), sit(town.small.office)
    office.open_branch(town.small.village)
    idle(office.desk)
    for page in (branch, office):
        page.log.line.what.setText("冬小麦田管")
        page.log.line.day.setText("7.9")
    with town.small.store.write(SETUP) as session:
        session.get_one(Quarter, town.small.quarters[3]).state = QuarterState.FROZEN.value
    branch.save()
    idle(branch.desk)
    line = branch.log.line
    assert line.refusal.text().startswith("“日期”2026-07-09 在2026年第三季度：本季度已冻结，支部不能再填报。")
    assert line.day.property("wrong") and line.what.text() == "冬小麦田管"
    office.save()
    idle(office.desk)
    line = office.log.line
    assert line.refusal.text().endswith("季度已冻结，补报或更正请写明理由。") and line.reason.isVisible()
    line.reason.setText("支部漏报")
    office.save()
    idle(office.desk)
    assert line.refusal.isHidden(), line.refusal.text()
    assert "冬小麦田管" in listed(office)


def test_a_branch_chosen_above_goes_to_its_entries_and_all_of_them_back_to_the_branches(
    town: Worked, sit: Open, idle: Idle
) -> None:
    page = sit(town.small.office)
    assert page.tabs.currentIndex() == MATRIX
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    assert page.tabs.currentIndex() == LOG and listed(page) == ["果园病虫害防治"]
    page.desk.selection.choose_org(town.small.school)
    idle(page.desk)
    assert page.tabs.currentIndex() == LOG and page.shown is not None and page.shown.org.id == town.small.school
    page.desk.selection.choose_org(None)
    idle(page.desk)
    assert page.tabs.currentIndex() == MATRIX and page.matrix.table is not None
    page.tabs.setCurrentIndex(DAYS)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    assert page.tabs.currentIndex() == DAYS, "who looks at days goes on looking at days"


def test_a_quarter_without_entries_says_what_to_do_first(town: Worked, sit: Open, idle: Idle) -> None:
    page = sit(town.small.stranger)
    empty = page.log.list.empty
    assert page.log.list.is_empty and empty.sentence == "本季还没有底单。" and empty.button is not None
    empty.button.click()
    assert page.focusWidget() is page.log.line.what
    assert not sit(town.small.secretary).log.list.is_empty
