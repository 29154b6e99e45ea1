"""项目和诉求 and 先锋和共建 through the real widgets: what they answer, what is entered by keys, what is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from okr_desk.clock import FixedClock
from okr_desk.errors import NotAllowed
from okr_desk.queries import attachments, cycles, demands, orgs, posts, projects
from okr_desk.register_terms import DemandAction, DemandState, PartnerList, PostResult
from okr_desk.rules.entered import By
from okr_desk.rules.permissions import Actor
from okr_desk.rules.posts import PostDraft
from okr_desk.services import attachments as attachment_services
from okr_desk.services import demands as demand_services
from okr_desk.services import posts as post_services
from okr_desk.services import projects as project_services
from okr_desk.services.outcome import Topic
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.demand import PostponeDialog
from okr_desk.ui.dialogs.partner import MatchDialog
from okr_desk.ui.dialogs.project import ProjectDialog
from okr_desk.ui.pages.base import Page
from okr_desk.ui.pages.daily import BoardPage
from okr_desk.ui.pages.partners import LISTS, PartnersPage
from okr_desk.ui.pages.projects import BRANCHES, DEMANDS, ProjectsPage
from okr_desk.ui.widgets.register_panel import RegisterPanel
from tests.registers import confirmed, project, raised, registers, values
from tests.small_township import Small
from tests.ui.answers import answering, put

Idle = Callable[[Desk], None]
Open = Callable[..., Page]
DAY = date(2026, 7, 10)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    made = registers(tmp_path / "镇.okr", FixedClock(date(2026, 9, 20)))
    yield made
    made.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle) -> Iterator[Open]:
    """Opens a page for a person in the third quarter."""
    desks: list[Desk] = []

    def open_page(kind: type[Page], small: Small, actor: Actor) -> Page:
        desk = Desk(Settings(theme="light", bundled_fonts=True))
        desks.append(desk)
        desk.take_store(small.store)
        desk.sign_in(actor)
        with small.store.read() as session:
            tree, quarters = orgs.tree(session, desk.clock.today()), cycles.quarters(session)
        desk.selection.offer(quarters, [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)])
        desk.selection.choose_quarter(small.quarters[3])
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


def ledger(small: Small) -> tuple[demands.DemandView, ...]:
    with small.store.read() as session:
        return demands.ledger(session, 2026, date(2026, 9, 30), [small.village])


def test_a_demand_is_entered_in_one_line_by_enter_and_taken_back_by_undo(
    small: Small, sit: Open, idle: Idle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = sit(ProjectsPage, small, small.secretary)
    assert isinstance(page, ProjectsPage)
    page.tabs.setCurrentIndex(DEMANDS)
    line = page.demands.line
    assert not line.branch.isVisible(), "a branch enters for itself"
    for name, text in (
        ("raised_on", "7.3"),
        ("asker", "覃大爷"),
        ("what", "路灯不亮"),
        ("owner", "单晓"),
        ("promised_on", "9月10日"),
    ):
        line.fields[name].setText(text)
    line.fields["raised_on"].setFocus()
    for name in ("source", "asker", "what", "category", "owner", "promised_on"):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
        assert page.focusWidget() is line.fields[name]
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    idle(page.desk)
    one = ledger(small)[0]
    assert (one.who, one.raised_on, one.promised_on) == ("覃**", date(2026, 7, 3), date(2026, 9, 10))
    assert line.text("what") == "" and line.text("owner") == "单晓"
    assert "本季到期诉求 1 件，群众已确认 0 件" in page.answer.text()
    monkeypatch.setattr(Reason, "ask", lambda *_args: "登错了")
    page.undo_stack().undo()
    qtbot.waitUntil(lambda: not ledger(small))
    idle(page.desk)
    assert page.undo_stack().count() == 0


def test_what_is_refused_stays_with_the_sentence_under_it(small: Small, sit: Open, idle: Idle) -> None:
    page = sit(ProjectsPage, small, small.office)
    assert isinstance(page, ProjectsPage)
    page.tabs.setCurrentIndex(DEMANDS)
    line = page.demands.line
    assert line.branch.isVisible() and line.branch.count() == 2
    line.fields["what"].setText("路灯不亮")
    line.fields["promised_on"].setText("下周")
    line.button.click()
    assert "不是日期" in line.sentence.text()
    line.fields["promised_on"].setText("9.30")
    line.button.click()
    idle(page.desk)
    assert line.sentence.text() == "请填写“责任人”。" and line.text("what") == "路灯不亮"
    line.fields["owner"].setText("单晓")
    line.reported_by.setText("李旭昇")
    line.button.click()
    idle(page.desk)
    assert ledger(small)[0].entry.told == "李旭昇 报（纸质表），王玥 2026-09-20 代录"


def test_only_legal_moves_can_be_pressed(small: Small, sit: Open, idle: Idle) -> None:
    raised(small, small.secretary)
    page = sit(ProjectsPage, small, small.secretary)
    assert isinstance(page, ProjectsPage)
    page.tabs.setCurrentIndex(DEMANDS)

    def pressable() -> set[DemandAction]:
        return {action for action, button in page.demands.moves.items() if button.isEnabled()}

    assert pressable() == {DemandAction.START, DemandAction.CANNOT, DemandAction.POSTPONE}
    answering(lambda dialog: (dialog.submit(), idle(page.desk)))
    page.demands.moves[DemandAction.START].click()
    idle(page.desk)
    assert ledger(small)[0].state is DemandState.HANDLING
    assert pressable() == {DemandAction.FINISH, DemandAction.CANNOT, DemandAction.POSTPONE}
    page.show_row(page.demands.current())
    assert not page.side.isHidden()


def test_a_demand_is_put_off_and_keeps_the_slip_that_the_resident_signed(
    small: Small, sit: Open, idle: Idle, tmp_path: Path, qtbot: QtBot
) -> None:
    raised(small, small.secretary, promised_on=date(2026, 9, 25))
    page = sit(ProjectsPage, small, small.secretary)
    assert isinstance(page, ProjectsPage)
    page.tabs.setCurrentIndex(DEMANDS)
    titles = [column.title for column in page.demands.table.model.columns]
    first = titles.index("原承诺")
    assert page.demands.table.view.isColumnHidden(first)

    def fill(dialog: PostponeDialog) -> None:
        put(dialog, promised_on="9.20", note="供电所排期在十月")
        dialog.submit()
        idle(page.desk)
        assert dialog.refusal == "新的承诺办结日须晚于原来的 2026-09-25，请改正。"
        put(dialog, promised_on="10月20日")
        dialog.submit()
        idle(page.desk)

    answering(fill)
    page.demands.moves[DemandAction.POSTPONE].click()
    idle(page.desk)
    model = page.demands.table.model
    assert model.index(0, first).data() == "2026-09-25" and not page.demands.table.view.isColumnHidden(first)
    assert model.index(0, titles.index("承诺办结")).data() == "2026-10-20"
    page.show_row(page.demands.current())
    idle(page.desk)
    panel = page.side.findChild(RegisterPanel)
    assert panel is not None and panel.files is not None
    slip = tmp_path / "签认单.png"
    slip.write_bytes(b"\x89PNG\r\n\x1a\n")
    panel.files.add([slip])
    idle(page.desk)
    with small.store.read() as session:
        (kept,) = attachments.of_record(session, "demands", ledger(small)[0].id)
    assert kept.kept.name == "签认单.png"


def test_a_node_has_files_and_a_stranger_adds_none(small: Small, tmp_path: Path) -> None:
    with small.store.write(small.office) as session:
        project_services.register(session, small.office, project(small.village, by=By(reason="补登")))
    with small.store.read() as session:
        node = projects.projects(session, 2026, [small.village])[0].nodes[1]
    photo = tmp_path / "开工.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    with small.store.write(small.stranger) as session, pytest.raises(NotAllowed):
        attachment_services.attach(session, small.stranger, "projects", node.id, (photo,))
    with small.store.write(small.secretary) as session:
        made = attachment_services.attach(session, small.secretary, "projects", node.id, (photo,))
    assert len(made.value) == 1 and made.changes.topics == {Topic.PROJECTS}


def test_nodes_show_how_they_stand_and_are_said_to_be_done(small: Small, sit: Open, idle: Idle) -> None:
    with small.store.write(small.office) as session:
        project_services.register(session, small.office, project(small.village, by=By(reason="补登")))
    page = sit(ProjectsPage, small, small.secretary)
    assert isinstance(page, ProjectsPage)
    model = page.nodes.table.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    titles = [column.title for column in model.columns]
    states = [model.index(row, titles.index("状态")).data() for row in range(4)]
    assert states == ["已逾期", "已逾期", "已逾期", "未到期"]
    assert model.index(1, titles.index("全年进度")).data() == "已过 67 天"
    assert "年初至本季末应完成节点 3 个，已完成 0 个" in page.answer.text() and "3 个节点已逾期" in page.answer.text()
    page.nodes.table.mark(lambda row: row.node.name == "开工")
    answering(lambda dialog: (dialog.submit(), idle(page.desk)))
    page.steps.node(page.shown, page.nodes.current(), False)  # type: ignore[arg-type]
    idle(page.desk)
    assert values(small, "F01")[3][0] == pytest.approx(37.5)
    assert not page.tabs.isTabVisible(BRANCHES)


def test_a_project_is_typed_with_its_nodes(small: Small, sit: Open, idle: Idle) -> None:
    page = sit(ProjectsPage, small, small.secretary)
    assert isinstance(page, ProjectsPage) and page.nodes.is_empty

    def fill(dialog: ProjectDialog) -> None:
        dialog.fields["name"].setText("茶园")
        dialog.fields["lead"].setText("李旭昇")
        dialog.fields["goal"].setPlainText("新建茶园")
        dialog.start.set_day(date(2026, 7, 1))
        dialog.nodes.set_rows((("整地", "40", "8.15"), ("栽苗", "50", "9月20日")))
        dialog.submit()
        idle(page.desk)
        assert dialog.refusal == "节点权重合计 90，请改为合计 100。"
        dialog.nodes.set_rows((("整地", "40", "8.15"), ("栽苗", "60", "9月20日")))
        dialog.submit()
        idle(page.desk)

    answering(fill)
    page.do_next()
    idle(page.desk)
    assert [row.node.name for row in page.nodes.table.model.rows] == ["整地", "栽苗"]


def test_the_office_sees_every_branch_with_the_sum(small: Small, sit: Open) -> None:
    confirmed(small, small.secretary, raised(small, small.secretary), DAY)
    with small.store.write(small.stranger) as session:
        from tests.registers import demand

        demand_services.register(session, small.stranger, demand(small.school))
    page = sit(ProjectsPage, small, small.office)
    assert isinstance(page, ProjectsPage)
    assert page.tabs.isTabVisible(BRANCHES)
    assert "到期诉求 2 件，群众已确认 1 件，办结率 50%" in page.branches.foot.text()
    reader = sit(ProjectsPage, small, small.viewer)
    assert isinstance(reader, ProjectsPage)
    reader.tabs.setCurrentIndex(DEMANDS)
    assert not reader.demands.line.isVisible() and not reader.next_button.isVisible()


def test_checks_are_typed_into_the_grid_and_saved_together(small: Small, sit: Open, idle: Idle) -> None:
    with small.store.write(small.secretary) as session:
        for name in ("便民岗", "治安岗"):
            draft = PostDraft(small.village, name, "大厅", "单晓", date(2026, 7, 1))
            post_services.hang(session, small.secretary, draft)
    page = sit(PartnersPage, small, small.secretary)
    assert isinstance(page, PartnersPage)
    titles = [column.title for column in page.posts.table.model.columns]
    result, by, note = (titles.index(name) for name in ("本季考评", "考评人", "说明"))
    model = page.posts.table.model
    model.setData(model.index(0, result), "1")
    model.setData(model.index(1, result), "7")
    assert len(page.posts.pending) == 1, "what is no result is refused, nothing is lost"
    model.setData(model.index(1, result), "不达标")
    page.do_next()
    idle(page.desk)
    assert len(page.posts.pending) == 2, "a miss says why, nothing was saved"
    model.setData(model.index(1, note), "不在岗")
    model.setData(model.index(1, by), "王玥")
    assert page.next_button.text() == "保存考评（2）"
    page.do_next()
    idle(page.desk)
    with small.store.read() as session:
        found = posts.posts(session, [small.village])
    assert [one.checks[0].result for one in found] == [PostResult.MET, PostResult.MISSED]
    assert values(small, "X06")[3][0] == 50 and page.undo_stack().count() == 2 and page.can_close()


def test_a_need_and_a_resource_are_matched(small: Small, sit: Open, idle: Idle) -> None:
    page = sit(PartnersPage, small, small.secretary)
    assert isinstance(page, PartnersPage)
    page.units.line.fields["name"].setText("供电所")
    page.units.line.button.click()
    idle(page.desk)
    page.tabs.setCurrentIndex(LISTS)
    for kind, text in ((PartnerList.NEED, "路灯"), (PartnerList.RESOURCE, "电工")):
        page.lists.kind.setCurrentIndex(page.lists.kind.findData(kind))
        page.lists.line.fields["text"].setText(text)
        page.lists.line.button.click()
        idle(page.desk)
    assert page.lists.match_button.isEnabled()

    def fill(dialog: MatchDialog) -> None:
        dialog.planned.setText("9.25")
        dialog.submit()
        idle(page.desk)

    answering(fill)
    page.lists.match_button.click()
    idle(page.desk)
    assert page.lists.project is not None and page.lists.project.item.text == "路灯"
    assert not page.lists.match_button.isEnabled()
    assert "本半年到期共建项目 1 个，已办结 0 个" in page.answer.text()


@pytest.mark.parametrize("kind", [ProjectsPage, PartnersPage])
def test_a_branch_chosen_above_leaves_the_sums_and_all_of_them_come_back_to_them(
    small: Small, sit: Open, idle: Idle, kind: type[Page]
) -> None:
    page = sit(kind, small, small.office)
    assert isinstance(page, BoardPage) and page.overview == BRANCHES
    page.tabs.setCurrentIndex(BRANCHES)
    page.desk.selection.choose_org(small.village)
    idle(page.desk)
    assert page.tabs.currentIndex() == 0 and not page.tabs.isTabVisible(BRANCHES)
    page.desk.selection.choose_org(None)
    idle(page.desk)
    assert page.tabs.currentIndex() == BRANCHES
    page.tabs.setCurrentIndex(1)
    page.desk.selection.choose_org(small.village)
    page.desk.selection.choose_org(None)
    idle(page.desk)
    assert page.tabs.currentIndex() == 1, "who looks at entries goes on looking at entries"


def test_an_empty_tab_says_what_to_do_first_and_its_button_leads_there(small: Small, sit: Open, idle: Idle) -> None:
    page = sit(ProjectsPage, small, small.secretary)
    assert isinstance(page, ProjectsPage)
    assert page.nodes.is_empty and page.next_button.isHidden()
    page.tabs.setCurrentIndex(DEMANDS)
    empty = page.demands.list.empty
    assert page.demands.list.is_empty and empty.sentence == "本年还没有登记急难愁盼。" and page.next_button.isHidden()
    assert empty.button is not None
    empty.button.click()
    assert page.focusWidget() is page.demands.line.fields["asker"]
    viewer = sit(ProjectsPage, small, small.viewer)
    assert isinstance(viewer, ProjectsPage) and viewer.demands.list.empty.button is None
    raised(small, small.secretary)
    page.refresh()
    idle(page.desk)
    assert not page.demands.list.is_empty and not page.next_button.isHidden()
    partners = sit(PartnersPage, small, small.secretary)
    assert isinstance(partners, PartnersPage)
    assert partners.posts.list.is_empty and partners.units.list.is_empty and partners.next_button.isHidden()
    need, resource, made = (partners.lists.lists[kind].list.empty for kind in PartnerList)
    assert (need.sentence, resource.sentence, made.sentence) == ("还没有需求。", "还没有资源。", "还没有共建项目。")
    partners.tabs.setCurrentIndex(LISTS)
    assert resource.button is not None and made.button is None
    resource.button.click()
    assert partners.lists.kind.currentData() == PartnerList.RESOURCE
    assert partners.focusWidget() is partners.lists.line.fields["text"]


def test_the_button_of_a_year_without_projects_opens_the_form(
    small: Small, sit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ProjectDialog, "ask", lambda *args: asked.append(args))
    page = sit(ProjectsPage, small, small.secretary)
    assert isinstance(page, ProjectsPage) and page.nodes.empty.button is not None
    page.nodes.empty.button.click()
    assert len(asked) == 1
