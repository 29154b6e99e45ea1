"""组织, 年度与季度, 人员与账号 through real widgets on a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from okr_desk.model.store import Store
from okr_desk.queries import cycles as cycles_now
from okr_desk.queries import orgs as orgs_now
from okr_desk.queries import today as today_now
from okr_desk.queries import users as users_now
from okr_desk.settings import Settings
from okr_desk.terms import Post, QuarterState, Role, YearState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.account import AccountDialog, GrantDialog, ResetDialog
from okr_desk.ui.dialogs.calendar_day import CalendarDayDialog
from okr_desk.ui.dialogs.merge import MergeDialog, SplitDialog
from okr_desk.ui.dialogs.org import OrgDialog, RetireDialog
from okr_desk.ui.dialogs.org_categories import CategoriesDialog
from okr_desk.ui.dialogs.person import AppointDialog, PersonBox, PersonDialog, VacateDialog
from okr_desk.ui.dialogs.quarter import AgreeDialog, DueDialog, ReopenDialog
from okr_desk.ui.dialogs.quarter_new_year import NewYearDialog
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.cycles import CyclesPage
from okr_desk.ui.pages.orgs import OrgsPage
from okr_desk.ui.pages.users import UsersPage
from tests.founded_township import TODAY, Town, found

VILLAGE, SPRING, SCHOOL, GENERAL = "青石村党支部", "龙泉村党支部", "中心小学党支部", "教育党总支"
Idle = Callable[[Desk], None]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return found(tmp_path / "镇.okr")


@pytest.fixture
def desk(town: Town, look: None) -> Iterator[Desk]:
    made = Desk(Settings(theme="light"))
    made.take_store(town.store)
    made.sign_in(town.actors["admin"])
    yield made
    made.close()


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot, idle: Idle) -> Callable[[type[Page]], Any]:
    """Opens a page and waits until it stands."""

    def build(kind: type[Page]) -> Page:
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        idle(desk)
        return page

    return build


def save(dialog: SavingDialog, qtbot: QtBot, idle: Idle) -> None:
    """Press OK and wait until it is saved or refused."""
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    idle(dialog.desk)


def fill(dialog: SavingDialog, **texts: str) -> None:
    """Type into fields by name."""
    for name, text in texts.items():
        field = dialog.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)


def names_in(page: OrgsPage) -> list[str]:
    top = page.tree.topLevelItem(0)
    return [top.child(at).text(0) for at in range(top.childCount()) if not top.child(at).isHidden()]


def test_the_tree_shows_levels_and_answers_the_question(shown: Any) -> None:
    page = shown(OrgsPage)
    assert page.answer.text() == "1 个党总支、3 个党支部，正式党员 40 人。3 个支部书记空缺。"
    assert names_in(page) == [VILLAGE, SPRING, GENERAL]
    assert page.tree.topLevelItem(0).child(2).child(0).text(0) == SCHOOL
    QTest.keyClicks(page.search, "zxxx")
    assert names_in(page) == [GENERAL]


def test_the_list_of_organisations_is_sorted_and_taken_out(shown: Any, town: Town, idle: Idle, desk: Desk) -> None:
    page = shown(OrgsPage)
    page.arrive(org_id=town.ids[SCHOOL])
    page.as_list.setChecked(True)
    assert page.current().id == town.ids[SCHOOL]
    heads, *rows = page.list.block(everything=True)
    school = dict(zip(heads, next(row for row in rows if row[0] == SCHOOL), strict=True))
    assert (school["层级"], school["上级"]) == ("党支部", GENERAL)
    page.list.view.sortByColumn(7, Qt.SortOrder.DescendingOrder)
    members = [row[heads.index("正式党员")] for row in page.list.block(everything=True)[1:]]
    given = [int(words) for words in members if words]
    assert given == sorted(given, reverse=True) and members[len(given) :] == [""] * (len(members) - len(given))
    page.list.mark(lambda org: org.id == town.ids[VILLAGE])
    page.as_list.setChecked(False)
    assert page.current().id == town.ids[VILLAGE]


def test_a_new_branch_appears_and_a_refusal_stands_at_its_field(
    shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle
) -> None:
    page = shown(OrgsPage)
    dialog = OrgDialog(desk, page._around(), parent_id=town.township)
    fill(dialog, full_name="中共青山镇柳湾村支部委员会", short_name=SPRING)
    save(dialog, qtbot, idle)
    assert dialog.outcome is None
    assert dialog.refusal == "已有名为“龙泉村党支部”的党组织，请核对。"
    fill(dialog, short_name="柳湾村党支部")
    save(dialog, qtbot, idle)
    assert dialog.outcome is not None
    assert names_in(page)[-1] == "柳湾村党支部"


def test_renaming_from_a_day_on_keeps_the_past(shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle) -> None:
    page = shown(OrgsPage)
    org = town.read(orgs_now.view, town.ids[VILLAGE], TODAY)
    version = town.read(orgs_now.history, org.id).versions[-1]
    dialog = OrgDialog(desk, page._around(), org=org, version=version)
    fill(dialog, full_name="中共青山镇青石社区支部委员会", short_name="青石社区党支部", reason="撤村改居")
    save(dialog, qtbot, idle)
    assert "青石社区党支部" in names_in(page)
    page.day.set_day(date(2026, 10, 7))
    idle(desk)
    assert VILLAGE in names_in(page)
    assert "这是 2026-10-07 的情况。" in page._band_text.text()


def test_the_day_of_entry_is_not_called_a_founding(shown: Any, desk: Desk, town: Town, idle: Idle) -> None:
    page = shown(OrgsPage)
    page.arrive(org_id=town.ids[VILLAGE])
    idle(desk)
    said = [label.text() for label in page.findChildren(QLabel)]
    assert "2026-01-01　登记" in said and not any("设立" in words for words in said)


def test_merge_split_and_retire_from_the_page(shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle) -> None:
    page = shown(OrgsPage)
    org = town.read(orgs_now.view, town.ids[VILLAGE], TODAY)
    merging = MergeDialog(desk, page._around(), org)
    merging.list.tick(town.ids[SPRING])
    save(merging, qtbot, idle)
    assert merging.refusal == "请写明理由，如批复文件或会议决定。"
    fill(merging, reason="并村")
    save(merging, qtbot, idle)
    assert names_in(page) == [VILLAGE, GENERAL]
    splitting = SplitDialog(desk, page._around(), org)
    fill(splitting, successors="东村党支部", full_1="中共青山镇东村支部委员会", reason="分村")
    splitting.continues.setChecked(True)
    save(splitting, qtbot, idle)
    assert names_in(page) == [VILLAGE, GENERAL, "东村党支部"]
    school = town.read(orgs_now.view, town.ids[SCHOOL], TODAY)
    ending = RetireDialog(desk, school, TODAY)
    fill(ending, reason="学校撤并")
    save(ending, qtbot, idle)
    assert page.tree.topLevelItem(0).child(1).childCount() == 0
    page.ended.setChecked(True)
    gone = page.tree.topLevelItem(1)
    assert {gone.child(at).text(0) for at in range(gone.childCount())} == {SPRING, SCHOOL}


def test_order_is_changed_with_the_menu(shown: Any, desk: Desk, town: Town, idle: Idle) -> None:
    page = shown(OrgsPage)
    page.arrive(org_id=town.ids[SPRING])
    page.shift(-1)
    idle(desk)
    assert names_in(page)[:2] == [SPRING, VILLAGE]
    assert page.current().id == town.ids[SPRING]


def test_categories_are_kept_in_their_dialog(desk: Desk, town: Town, qtbot: QtBot, idle: Idle) -> None:
    dialog = CategoriesDialog(desk)
    qtbot.addWidget(dialog)
    idle(desk)
    assert not dialog.retire_button.isEnabled()
    dialog.fields["name"].setText("商圈市场")  # type: ignore[attr-defined]
    dialog.add()
    idle(desk)
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    dialog.retire()
    idle(desk)
    assert [(c.name, c.is_retired) for c in town.read(orgs_now.categories)][-1] == ("商圈市场", True)


def test_appointing_somebody_new_and_ending_the_term(
    shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle
) -> None:
    page = shown(OrgsPage)
    tree, people = page._snapshot.tree, page._snapshot.people
    dialog = AppointDialog(desk, tree, people, TODAY, org_id=town.ids[VILLAGE])
    save(dialog, qtbot, idle)
    assert dialog.refusal == "请选择或输入姓名；没有人选请勾“空缺”。"
    dialog.person.setEditText("覃丽华")
    save(dialog, qtbot, idle)
    assert town.read(orgs_now.holder, town.ids[VILLAGE], Post.SECRETARY, TODAY) == "覃丽华"
    assert page.answer.text().endswith("2 个支部书记空缺。")
    term = town.read(users_now.appointments, town.ids[VILLAGE], TODAY)[0]
    ending = VacateDialog(desk, term, TODAY)
    save(ending, qtbot, idle)
    assert town.read(users_now.appointments, town.ids[VILLAGE])[0].valid_to == TODAY


def test_a_viewer_finds_no_button_that_would_be_refused(town: Town, desk: Desk, shown: Any) -> None:
    desk.sign_in(town.actors["viewer"])
    page = shown(OrgsPage)
    assert page.accent_button is None
    page.edit()
    assert shown(CyclesPage).accent_button is None
    assert shown(UsersPage).accent_button is None


def test_the_accent_goes_to_the_move_that_is_due(
    shown: Any, desk: Desk, town: Town, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_parent: object, _title: str, words: str, *_more: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.Ok

    monkeypatch.setattr(QMessageBox, "question", agree)
    page = shown(CyclesPage)
    assert page.accent.text() == "启用 2026 年度"
    page.accent.click()
    idle(desk)
    assert town.read(cycles_now.years)[0].state is YearState.OPEN
    assert page.accent.text() == "2026年第三季度开放填报"
    page.accent.click()
    idle(desk)
    assert town.quarter(3).state is QuarterState.OPEN
    assert page.answer.text() == "2026年第三季度正在填报，2026-10-13 截止，还有 5 个工作日（含当天）。"
    page.cards[0].buttons[town.quarter(3).id].click()
    idle(desk)
    assert town.quarter(3).state is QuarterState.FROZEN
    assert len(asked) == 3
    assert "支部不能再填报" in asked[-1]


def test_reopening_is_asked_and_agreed_on_the_page(
    shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle
) -> None:
    quarter = town.freeze()
    page = shown(CyclesPage)
    asking = ReopenDialog(desk, quarter, page._snapshot.branches)
    asking.list.tick(town.ids[VILLAGE])
    save(asking, qtbot, idle)
    assert asking.refusal == "重新开放须写明理由。"
    asking.fields["reason"].setPlainText("到会人数录错")  # type: ignore[attr-defined]
    save(asking, qtbot, idle)
    row = town.read(cycles_now.reopenings)[0]
    agreeing = AgreeDialog(desk, row, VILLAGE, alone=page._snapshot.office_people < 2)
    save(agreeing, qtbot, idle)
    assert "只有一人" in agreeing.refusal
    fill(agreeing, substitution="镇纪委 朱丽华")
    save(agreeing, qtbot, idle)
    assert town.read(cycles_now.reopened, quarter.id) == {town.ids[VILLAGE]}
    page.end(town.read(cycles_now.reopenings)[0])
    idle(desk)
    assert town.read(cycles_now.reopened, quarter.id) == frozenset()


def test_due_dates_and_days_are_entered(shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle) -> None:
    page = shown(CyclesPage)
    due = DueDialog(desk, town.quarter(3))
    due.due.set_day(date(2026, 10, 15))
    save(due, qtbot, idle)
    assert town.quarter(3).due_on == date(2026, 10, 15)
    day = CalendarDayDialog(desk, date(2026, 11, 9))
    fill(day, name="县庆")
    save(day, qtbot, idle)
    page.calendar.read()
    idle(desk)
    assert page.calendar.sheet.words(date(2026, 11, 9)) == "2026-11-09 县庆（放假）"
    assert page.calendar.table.mark(lambda row: row.name == "县庆")
    page.calendar.take_out()
    idle(desk)
    assert page.calendar.sheet.words(date(2026, 11, 9)) == "2026-11-09 工作日"


def test_a_year_without_calendar_is_said(shown: Any, desk: Desk, idle: Idle) -> None:
    page = shown(CyclesPage)
    page.calendar.year.setCurrentIndex(page.calendar.year.findData(2028))
    idle(desk)
    assert page.calendar.words.text() == "2028年的节假日还没有填写完整，涉及的工作日和截止日不作推算。"
    assert page.calendar.sheet.words(date(2028, 5, 9)) == "2028-05-09 本年日历还没有填写"
    with_refusal: list[str] = []
    desk.refused.connect(with_refusal.append)
    page.calendar.fill_in()
    idle(desk)
    assert with_refusal[0].startswith("程序自带的节假日资料没有 2028 年")


def test_the_sheet_is_walked_with_the_arrow_keys(shown: Any, qtbot: QtBot) -> None:
    sheet = shown(CyclesPage).calendar.sheet
    picked: list[date] = []
    sheet.picked.disconnect()
    sheet.picked.connect(picked.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(sheet, key)
    assert picked == [date(2026, 10, 16)]


def test_the_new_year_shows_its_plan_first(
    shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle, tmp_path: Path
) -> None:
    shown(CyclesPage)
    dialog = NewYearDialog(desk, 2026)
    idle(desk)
    assert dialog.words.text() == "新建 2027 年度和四个季度；0 条基线（取上年第四季度实绩），0 条不适用。"
    assert ["", "工作日历", "2027年的节假日还没有填写。"] in dialog.gaps.block(everything=True)
    dialog.gaps.search.setText("书记")
    assert {row[1] for row in dialog.gaps.block(everything=True)[1:]} == {"书记"}
    dialog.gaps.export_to(tmp_path / "待补.xlsx")
    idle(desk)
    assert (tmp_path / "待补.xlsx").is_file()
    save(dialog, qtbot, idle)
    assert [year.number for year in town.read(cycles_now.years)] == [2027, 2026]


def test_accounts_are_given_and_closed(
    shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(UsersPage)
    assert page.answer.text() == "3 人，1 个账号可以登录。2 个账号还没有设置密码。3 个支部书记空缺。"
    person = PersonDialog(desk)
    fill(person, name="董玥")
    save(person, qtbot, idle)
    shown_now = page._snapshot
    dialog = AccountDialog(desk, shown_now.people, shown_now.orgs, TODAY, person_id=person.outcome.value)
    fill(dialog, login="dongyue", password="12345678")
    save(dialog, qtbot, idle)
    assert dialog.refusal == "请选择这个角色用在哪个党组织。"
    dialog.rows.org.setCurrentIndex(dialog.rows.org.findText(SPRING))
    save(dialog, qtbot, idle)
    assert dialog.refusal == "这个密码太常见，容易被猜中，请换一个。"
    fill(dialog, password="春风十里2026")
    save(dialog, qtbot, idle)
    assert [a.name for a in page._snapshot.accounts] == ["王玥", "李旭昇", "覃喆", "董玥"]
    account = page._snapshot.accounts[-1]
    assert [g.role for g in account.grants] == [Role.BRANCH_SECRETARY]
    adding = GrantDialog(desk, account, page._snapshot.orgs, TODAY)
    adding.rows.role.setCurrentIndex(adding.rows.role.findData(Role.VIEWER))
    adding.rows.org.setCurrentIndex(0)
    save(adding, qtbot, idle)
    setting = ResetDialog(desk, account)
    fill(setting, password="另一个好口令2026", again="不一样")
    save(setting, qtbot, idle)
    assert setting.refusal == "两次输入的密码不一样，请重新输入。"
    assert page.accounts.mark(lambda row: row.login == "dongyue")
    ok = QMessageBox.StandardButton.Ok
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: ok)
    from okr_desk.ui.widgets.account_panel import AccountPanel

    panel = page.findChildren(AccountPanel)[-1]
    panel.switch()
    idle(desk)
    assert town.read(users_now.by_login, "dongyue", TODAY).is_disabled


def test_a_new_account_is_for_its_owners_post_and_place(
    shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle
) -> None:
    page = shown(UsersPage)
    appointing = AppointDialog(desk, page._snapshot.orgs, page._snapshot.people, TODAY, org_id=town.ids[SPRING])
    appointing.findChild(PersonBox).setEditText("曹晨曦")
    save(appointing, qtbot, idle)
    now = page._snapshot
    dialog = AccountDialog(desk, now.people, now.orgs, TODAY, now.terms)
    dialog.person.setEditText("曹晨曦")
    role, org_id = dialog.rows.chosen()
    assert (role, org_id) == (Role.BRANCH_SECRETARY, town.ids[SPRING])
    fill(dialog, login="cao", password="春风十里2026")
    save(dialog, qtbot, idle)
    heads, *rows = page.accounts.block(everything=True)
    mine = dict(zip(heads, next(row for row in rows if row[0] == "cao"), strict=True))
    assert mine["党组织"] == SPRING


def test_people_are_listed_with_their_posts(shown: Any, desk: Desk, town: Town, qtbot: QtBot, idle: Idle) -> None:
    page = shown(UsersPage)
    for name in (VILLAGE, SPRING):
        dialog = AppointDialog(desk, page._snapshot.orgs, page._snapshot.people, TODAY, org_id=town.ids[name])
        dialog.post.setCurrentIndex(dialog.post.findData(Post.LIAISON_LEADER))
        dialog.person.setEditText("王玥")
        save(dialog, qtbot, idle)
    rows = {row.person.name: row.posts for row in page.people.model.rows}
    assert rows["王玥"] == f"联系领导：{VILLAGE}、{SPRING}"


def test_people_are_found_by_sound(desk: Desk, town: Town, shown: Any, qtbot: QtBot) -> None:
    page = shown(UsersPage)
    box = PersonBox(page._snapshot.people)
    qtbot.addWidget(box)
    for typed, name in (("wy", "王玥"), ("lixu", "李旭昇"), ("qin", "覃喆"), ("tz", "覃喆"), ("旭", "李旭昇")):
        box.completer().setCompletionPrefix(typed)
        assert box.completer().currentCompletion() == name
    box.setEditText("王玥")
    assert box.chosen() == (page._snapshot.accounts[0].person_id, "")
    box.setEditText("王小玥")
    assert box.chosen() == (None, "王小玥")


def test_the_order_follows_the_keyboard(shown: Any, desk: Desk, town: Town, idle: Idle) -> None:
    page = shown(OrgsPage)
    page.arrive(org_id=town.ids[VILLAGE])
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    idle(desk)
    assert names_in(page)[:2] == [SPRING, VILLAGE]


def test_freezing_names_who_has_not_reported(
    demo_store: Store, look: None, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def refuse(_parent: object, _title: str, words: str, *_more: object) -> QMessageBox.StandardButton:
        asked.append(words)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", refuse)
    desk = Desk(Settings(theme="light"))
    desk.take_store(demo_store)
    with demo_store.read() as session:
        account = users_now.by_login(session, "admin", TODAY)
        assert account is not None
        desk.sign_in(users_now.actor(session, account.id, TODAY))
        third = cycles_now.quarter(session, 2026, 3)
        incomplete = today_now.office(session, third).incomplete  # type: ignore[arg-type]
    page = CyclesPage(desk)
    qtbot.addWidget(page)
    page.show()
    idle(desk)
    page.cards[0].buttons[third.id].click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bool(asked))
    assert f"还有 {len(incomplete)} 个支部没有报全（{incomplete[0].org.short_name}" in asked[0]
    with demo_store.read() as session:
        assert cycles_now.quarter(session, 2026, 3).state is QuarterState.OPEN  # type: ignore[union-attr]
    idle(desk)
    desk.tasks.finish()
