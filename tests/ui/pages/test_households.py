"""联户和积分 through the real widgets: its answer, the grid of visits, lines of points and hours, who sees what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.qtbot import QtBot

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Quarter
from okr_desk.queries import cycles, orgs
from okr_desk.rules.households import typed_households
from okr_desk.rules.permissions import Actor
from okr_desk.services.permits import SETUP
from okr_desk.settings import Settings
from okr_desk.terms import QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.household import HouseholdsDialog
from okr_desk.ui.dialogs.member import MembersDialog
from okr_desk.ui.dialogs.points_scheme import PointsSchemeDialog
from okr_desk.ui.dialogs.reporter import ReportersDialog
from okr_desk.ui.dialogs.visit import VisitDialog
from okr_desk.ui.pages.households import HOUSEHOLDS, MEMBERS, POINTS, SERVICE, HouseholdsPage
from okr_desk.ui.widgets.entry_lines import OTHER
from okr_desk.ui.widgets.keeper_list import FREE
from okr_desk.ui.widgets.visit_grid import VisitGrid
from tests.membered_township import Membered, membered

Open = Callable[[Actor], HouseholdsPage]
Idle = Callable[[Desk], None]
LABELS = tuple(f"3组{n}号" for n in range(1, 7))


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Membered]:
    made = membered(tmp_path / "镇.okr", clock)
    yield made
    made.small.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle, town: Membered) -> Iterator[Open]:
    """Opens the page for a person in the third quarter."""
    desks: list[Desk] = []

    def open_page(actor: Actor) -> HouseholdsPage:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, desk.clock.today()), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.small.quarters[3])
        page = HouseholdsPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


def cell(page: HouseholdsPage, row: int, place: int) -> str:
    return str(page.households.grid.item(row, 4 + place).text())


def editor(grid: VisitGrid) -> QLineEdit:
    """The field open in a cell, as the first key opens it."""
    if grid.state() != QAbstractItemView.State.EditingState:
        grid.edit(grid.currentIndex())
    return next(one for one in grid.viewport().findChildren(QLineEdit) if one.isVisible())


def test_visits_are_typed_down_the_month_and_saved_at_once(sit: Open, town: Membered, idle: Idle, qtbot: QtBot) -> None:
    town.list_households("李旭昇", LABELS)
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(HOUSEHOLDS)
    grid = page.households.grid
    assert not page.next_button.isEnabled()
    grid.setCurrentCell(0, 4)
    for day in ("3", "4"):
        QTest.keyClicks(editor(grid), day)
        QTest.keyClick(editor(grid), Qt.Key.Key_Return)
        qtbot.wait(10)
    assert (grid.currentRow(), grid.count, page.next_button.text()) == (2, 2, "保存（2）")
    page.do_next()
    idle(page.desk)
    assert grid.count == 0 and (cell(page, 0, 0), cell(page, 1, 0)) == ("3", "4")
    assert page.answer.text() == "联户 6 户，9月走访 0 户，逐月都走访到 0 户。"
    assert page.steps.stack.undoText() == "走访 2 次"
    assert page.households.keepers.item(1).text() == "李旭昇　6 户"


def test_what_is_no_day_stays_typed_and_gets_the_cursor(sit: Open, town: Membered, idle: Idle) -> None:
    town.list_households("李旭昇", LABELS)
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(HOUSEHOLDS)
    page.households.grid.put(1, 0, "√")
    page.do_next()
    said = page.households.refusal.text()
    assert said == "3组2号：“√”看不出是几日，请填 1 至 31 的日子，两次用空格隔开，如“3 17”。"
    assert (cell(page, 1, 0), page.households.grid.currentRow(), page.households.grid.count) == ("√", 1, 1)
    page.households.grid.forget()


def test_a_day_of_a_frozen_quarter_is_said_at_the_day_and_the_office_is_offered_the_reason(
    sit: Open, town: Membered, idle: Idle
) -> None:
    branch, office = sit(town.small.secretary), sit(town.small.office)
    office.desk.selection.choose_org(town.small.village)
    idle(office.desk)
    for page, said in ((branch, "本季度已冻结，支部不能再填报。"), (office, "季度已冻结，补报或更正请写明理由。")):
        for tab, place in ((POINTS, page.points), (SERVICE, page.service)):
            page.tabs.setCurrentIndex(tab)
            line = place.line
            line.day.setText("6.3")
            if tab == POINTS:
                line.member.pick(town.ids["王玥"])
                line.rule.pick("J1")
                line.points.setText("8")
            else:
                line.who.pick(("member", town.ids["王玥"]))
                line.hours.setText("2")
            page.save_line()
            idle(page.desk)
            assert f"2026-06-03 在2026年第二季度：{said}" in place.refusal.text(), tab
            assert line.day.property("wrong") is (page is branch)
            assert page.source.reason.isVisible() is (page is office)
    office.source.reason.setText("支部漏报")
    office.save_line()
    idle(office.desk)
    assert office.service.refusal.isHidden() and office.source.reason.isHidden() and not office.source.said().reason


def test_visits_of_a_quarter_frozen_meanwhile_stay_typed_with_the_cursor_in_their_month(
    sit: Open, town: Membered, idle: Idle
) -> None:
    town.list_households("李旭昇", LABELS)
    branch, office = sit(town.small.secretary), sit(town.small.office)
    office.desk.selection.choose_org(town.small.village)
    idle(office.desk)
    for page in (branch, office):
        page.tabs.setCurrentIndex(HOUSEHOLDS)
        page.households.grid.put(4, 1, "7")
    with town.small.store.write(SETUP) as session:
        session.get_one(Quarter, town.small.quarters[3]).state = QuarterState.FROZEN.value
    branch.do_next()
    idle(branch.desk)
    said = branch.households.refusal.text()
    assert said.startswith("3组5号：“走访日期”2026-08-07 在2026年第三季度：本季度已冻结，支部不能再填报。")
    grid = branch.households.grid
    assert (cell(branch, 4, 1), grid.currentRow(), grid.currentColumn(), grid.count) == ("7", 4, 5, 1)
    grid.forget()
    office.do_next()
    idle(office.desk)
    assert office.households.refusal.text().endswith("补报或更正请写明理由。") and office.source.reason.isVisible()
    office.source.reason.setText("支部漏报")
    office.do_next()
    idle(office.desk)
    assert office.households.refusal.isHidden() and office.households.grid.count == 0 and cell(office, 4, 1) == "7"


def test_a_visit_in_a_frozen_quarter_asks_for_its_reason_in_the_window(sit: Open, town: Membered, idle: Idle) -> None:
    town.list_households("李旭昇", LABELS, date(2026, 5, 1))
    page = sit(town.small.office)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    assert page.shown is not None
    dialog = VisitDialog(page.desk, page.shown, page.shown.households[0], page.source.said(), page)
    dialog.day.setText("6.3")
    dialog.submit()
    idle(page.desk)
    assert dialog.refusal == "“走访日期”2026-06-03 在2026年第二季度：季度已冻结，补报或更正请写明理由。"
    assert not dialog.fields["reason"].isHidden()
    dialog.fields["reason"].setText("补录")
    dialog.submit()
    idle(page.desk)
    assert dialog.outcome is not None


def test_points_are_entered_on_one_line_and_a_refusal_loses_nothing(sit: Open, town: Membered, idle: Idle) -> None:
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(POINTS)
    line, place = page.points.line, page.points
    line.member.pick(town.ids["王玥"])
    line.rule.pick("J1")
    line.note.setText("清淤")
    line.day.setText("下周")
    QTest.keyClick(line.note, Qt.Key.Key_Return)
    assert place.refusal.text() == "“日期”里的“下周”不是日期，请写成 7.3、7月3日 或 20260703。"
    line.day.setText("7月12日")
    QTest.keyClick(line.note, Qt.Key.Key_Return)
    idle(page.desk)
    assert place.refusal.text() == "“在重点工作中起重要作用”每次＋5 至 10 分，请填写分值。"
    assert line.note.text() == "清淤"
    line.points.setText("8")
    QTest.keyClick(line.points, Qt.Key.Key_Return)
    idle(page.desk)
    first = place.people.model.rows[0]
    assert (first.member.name, str(first.sum.value)) == ("王玥", "108")
    assert first.entries[0].happened_on == date(2026, 7, 12)
    assert (line.points.text(), line.rule.key) == ("", "J1")
    assert "本季有积分 1 人，占党员 4 人的 25%" in page.answer.text()
    assert page.source.isHidden()


def test_hours_of_somebody_from_elsewhere(sit: Open, town: Membered, idle: Idle) -> None:
    page = sit(town.small.office)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    page.tabs.setCurrentIndex(SERVICE)
    line = page.service.line
    line.who.pick(OTHER)
    for field, text in ((line.name, "周正"), (line.unit, "县医院"), (line.hours, "40"), (line.project, "义诊")):
        field.setText(text)
    page.save_line()
    idle(page.desk)
    assert page.service.refusal.text() == "一天最多 24 小时，填的是 40 小时。几天的服务请分天登记。"
    line.hours.setText("2.5")
    line.day.setText("20260703")
    page.save_line()
    idle(page.desk)
    (row,) = page.service.people.model.rows
    assert (row.name, row.unit, row.entries[0].basis.value) == ("周正", "县医院", "paper")
    assert row.entries[0].served_on == date(2026, 7, 3)


def test_the_office_sees_all_branches_and_opens_one(sit: Open, town: Membered, idle: Idle) -> None:
    town.list_households("李旭昇", LABELS)
    page = sit(town.small.office)
    assert page.views.currentWidget() is page.all
    assert page.answer.text() == "1 个支部登记联系户 6 户，9月已走访 0 户，占 0%。"
    shares = {row.org.short_name: row for row in page.all.model.rows}
    assert shares["青石村党支部"].strength.registered == 4 and shares["中心小学党支部"].reached is None
    page.all.opened.emit(shares["青石村党支部"])
    idle(page.desk)
    assert page.shown is not None and page.shown.org.id == town.small.village
    assert not page.source.isHidden()
    page.tabs.setCurrentIndex(MEMBERS)
    assert len(page.members.model.rows) == 4


def test_a_branch_without_members_begins_with_a_list(sit: Open, town: Membered, idle: Idle) -> None:
    page = sit(town.small.stranger)
    assert page.empty.sentence == "中心小学党支部还没有登记党员。"
    assert page.shown is not None
    dialog = MembersDialog(page.desk, page.shown.org, page)
    dialog.fields["text"].setPlainText("姓名\n单晓\n覃喆\n")
    dialog.submit()
    idle(page.desk)
    assert [one.name for one in page.shown.members] == ["单晓", "覃喆"]


def test_households_are_listed_by_the_line(sit: Open, town: Membered, idle: Idle) -> None:
    page = sit(town.small.secretary)
    assert page.shown is not None
    dialog = HouseholdsDialog(page.desk, page.shown, town.ids["王玥"], page)
    dialog.fields["label"].setPlainText("3组12号 张三 重点户\n3组13号，李四\n")
    dialog.submit()
    idle(page.desk)
    assert [(one.label, one.head, one.kind.value) for one in page.shown.households] == [
        ("3组12号", "张三", "priority"), ("3组13号", "李四", "ordinary"),
    ]  # fmt: skip
    assert FREE not in [page.households.keepers.item(n).data(257) for n in range(page.households.keepers.count())]
    assert typed_households("\n", 1, date(2026, 7, 1), None) == ()


def test_the_rules_of_points_are_typed_over(sit: Open, town: Membered, idle: Idle) -> None:
    page = sit(town.small.office)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    assert page.shown is not None
    dialog = PointsSchemeDialog(page.desk, page.shown.quarter, page.shown.scheme, page)
    dialog.preset.setCurrentIndex(2)
    dialog.table.set_rows([("A1", "巡查", "加分", "1-3", "12"), ("B1", "缺席", "减", "5", "")])
    dialog.submit()
    assert dialog.refusal == "“缺席”请写明“加分”或“扣分”。"
    dialog.table.item(1, 2).setText("扣分")
    dialog.submit()
    idle(page.desk)
    assert [one.words for one in page.shown.scheme.rules] == ["－5 分", "＋1 至 3 分"]
    assert str(page.shown.scheme.base) == "60"


def test_one_visit_with_what_was_said_and_those_who_report(sit: Open, town: Membered, idle: Idle) -> None:
    town.list_households("李旭昇", LABELS)
    page = sit(town.small.secretary)
    assert page.shown is not None
    dialog = VisitDialog(page.desk, page.shown, page.shown.households[0], page.source.said(), page)
    dialog.fields["what"].setPlainText("屋后排水不畅")
    dialog.demand.setChecked(True)
    dialog.submit()
    idle(page.desk)
    (visit,) = page.shown.households[0].months[2].visits
    assert (visit.what, visit.has_demand, visit.visited_on) == ("屋后排水不畅", True, date(2026, 9, 30))
    report = ReportersDialog(page.desk, page.shown, page)
    report.fields["name"].setPlainText("周正 县医院\n吴越\t县供电公司")
    report.submit()
    idle(page.desk)
    assert [(one.name, one.unit) for one in page.shown.reporters] == [("周正", "县医院"), ("吴越", "县供电公司")]
    assert "报到党员 2 人，时长达标 0 人" in page.answer.text()


def test_tabs_without_entries_say_what_to_do_first(sit: Open, town: Membered) -> None:
    page = sit(town.small.secretary)
    page.tabs.setCurrentIndex(POINTS)
    people, entries = page.points.places
    assert not people.is_empty and entries.empty.sentence == "本季还没有登记积分。"
    assert entries.empty.button is not None
    entries.empty.button.click()
    assert page.focusWidget() is page.points.line.day
    nobody, entries = page.service.places
    assert nobody.empty.sentence == "还没有党员到这里报到。" and entries.is_empty
    assert nobody.empty.button is not None and nobody.empty.button.text() == "登记报到党员"
