"""吹哨 through the real widgets: the board and its keys, a whistle typed and rated, what is refused, who sees what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from okr_desk.clock import BEIJING, FixedClock
from okr_desk.errors import InputRefused
from okr_desk.queries import cycles, orgs
from okr_desk.queries.whistle_board import Group
from okr_desk.rules.permissions import Actor
from okr_desk.rules.whistles import move_of
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.usual_departments import UsualDepartmentsDialog
from okr_desk.ui.dialogs.whistle import WhistleDialog
from okr_desk.ui.dialogs.whistle_move import MomentField, MoveDialog
from okr_desk.ui.pages.whistles import BOARD, RATINGS, REGISTER, WhistlesPage
from okr_desk.ui.widgets.rating_grid import RatingGrid
from okr_desk.ui.widgets.whistle_panel import WhistlePanel
from okr_desk.whistle_terms import RatedItem, Rater, WhistleState, WhistleStep
from tests.small_whistles import WAY, Whistled, whistled
from tests.ui.answers import answering

Idle = Callable[[Desk], None]
T = WhistleStep


@pytest.fixture
def town(tmp_path: Path, clock: FixedClock) -> Iterator[Whistled]:
    made = whistled(tmp_path / "小镇.okr", clock)
    yield made
    made.small.store.close()


@pytest.fixture
def sit(look: None, qtbot: QtBot, idle: Idle, clock: FixedClock) -> Iterator[Callable[[Whistled, Actor], WhistlesPage]]:
    """Opens the page for a person in the third quarter."""
    desks: list[Desk] = []

    def open_page(town: Whistled, actor: Actor) -> WhistlesPage:
        desk = Desk(Settings(theme="light"), clock)
        desks.append(desk)
        desk.take_store(town.small.store)
        desk.sign_in(actor)
        with town.small.store.read() as session:
            tree, quarters = orgs.tree(session, clock.today()), cycles.quarters(session)
        seen = [one for one in tree if any(grant.org_id in one.line for grant in actor.grants)]
        desk.selection.offer(quarters, seen)
        desk.selection.choose_quarter(town.small.quarters[3])
        page = WhistlesPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


def panel(page: WhistlesPage) -> WhistlePanel:
    return next(one for one in page.side.findChildren(WhistlePanel) if not one.isHidden())


def buttons(page: WhistlesPage) -> list[str]:
    return [button.text() for button in panel(page).buttons]


def test_an_empty_quarter_says_what_to_do_first(town: Whistled, sit: Callable[..., WhistlesPage]) -> None:
    page = sit(town, town.small.secretary)
    assert page.places[BOARD].empty.sentence == "本季还没有吹哨。"
    assert not page.tabs.isTabVisible(REGISTER)
    viewer = sit(town, town.small.viewer)
    assert viewer.next_button.isHidden()


def test_the_button_of_an_empty_quarter_opens_the_form(
    town: Whistled, sit: Callable[..., WhistlesPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(WhistleDialog, "ask", lambda *_args, **more: asked.append(more["org_id"]))
    page = sit(town, town.small.secretary)
    button = page.places[BOARD].empty.button
    assert button is not None and button.text() == "吹哨登记" and page.next_button.isHidden()
    button.click()
    assert len(asked) == 1


def test_the_usual_departments_that_are_missing_are_added_after_showing_which(
    town: Whistled, sit: Callable[..., WhistlesPage], idle: Idle
) -> None:
    page = sit(town, town.small.office)
    assert page.usual_button.isHidden()
    page.tabs.setCurrentIndex(REGISTER)
    assert not page.usual_button.isHidden() and not page.next_button.isHidden()

    def tick(dialog: UsualDepartmentsDialog) -> None:
        names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert "派出所（派驻）" in names and not any(name.startswith("水利站") for name in names)
        for row in range(dialog.list.count()):
            dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
        dialog.submit()
        assert dialog.refusal.startswith("请至少勾选一个部门")
        dialog.list.item(names.index("派出所（派驻）")).setCheckState(Qt.CheckState.Checked)
        dialog.submit()
        idle(page.desk)

    answering(tick)
    page.usual_button.click()
    idle(page.desk)
    assert page.shown is not None and "派出所" in {one.name for one in page.shown.departments}
    assert not page.usual_button.isHidden(), "the others can still be added"


def test_the_board_its_keys_and_the_side(
    town: Whistled, sit: Callable[..., WhistlesPage], idle: Idle, qtbot: QtBot
) -> None:
    first, second, rated = town.create(), town.create(), town.rated()
    for made in (first, second):
        town.through(made, WAY[:2])
    page = sit(town, town.small.office)
    assert page.answer.text().startswith("待签收 2 件；其中超时 2 件。本季吹哨 3 件，签收及时率 33.3%")
    card = page.board.cards[Group.RECEIVING][0]
    QTest.keyClick(card, Qt.Key.Key_Down)
    assert page.board.current == second
    QTest.keyClick(page.board.cards[Group.RECEIVING][1], Qt.Key.Key_Right)
    assert page.board.current == rated
    QTest.keyClick(page.board.cards[Group.RATED][0], Qt.Key.Key_Return)
    assert "存档" in buttons(page) and "评价：87 分" in [label.text() for label in page.side.findChildren(QLabel)]
    page.open_whistle(first)
    assert buttons(page) == ["签收", "部门退回", "提级办理", "撤销吹哨", "打印吹哨单", "撤回上一步", "撤回整件"]
    page.tabs.setCurrentIndex(RATINGS)
    assert page.side.isHidden()
    assert [line.department.name for line in page.ratings.model.rows] == ["综合执法队"]
    for table in (page.table, page.ratings, page.register):
        QAbstractItemModelTester(table.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_secretary_sees_only_his_own_steps(town: Whistled, sit: Callable[..., WhistlesPage]) -> None:
    made = town.create()
    page = sit(town, town.small.secretary)
    page.open_whistle(made)
    assert buttons(page) == ["报审", "撤销吹哨", "修改", "撤回整件"]
    town.through(made, WAY[:1])
    other = sit(town, town.small.secretary)
    other.open_whistle(made)
    assert buttons(other) == ["撤销吹哨", "打印吹哨单", "撤回上一步", "撤回整件"]
    stranger = sit(town, town.small.stranger)
    stranger.open_whistle(made)  # the department is of the school: it sees the whistle, and waits for the signature
    assert buttons(stranger) == []


def test_a_branch_reads_its_own_figures_not_those_of_the_township(
    town: Whistled, sit: Callable[..., WhistlesPage], idle: Idle
) -> None:
    """The school only answers: it blew none. The village blew one, signed in for after the hour."""
    town.rated()
    assert "本季吹哨 1 件" in sit(town, town.small.secretary).answer.text()
    assert "本季吹哨" not in sit(town, town.small.stranger).answer.text()


def test_files_of_a_whistle_stand_at_its_side(
    town: Whistled, sit: Callable[..., WhistlesPage], idle: Idle, tmp_path: Path
) -> None:
    """The secretary adds two, a third is refused; the department's people look, and add none."""
    made = town.create()
    page = sit(town, town.small.secretary)
    page.open_whistle(made)
    idle(page.desk)
    photos = [tmp_path / f"现场{n}.txt" for n in (1, 2)]
    for n, photo in enumerate(photos):
        photo.write_bytes(f"沟渠堵塞情况说明 {n}".encode())
    panel(page).files.add(photos)
    idle(page.desk)
    shown = panel(page).files
    assert shown.attached is not None and [one.kept.name for one in shown.attached.pieces] == ["现场1.txt", "现场2.txt"]
    assert shown.add_button.isHidden() and "最多 2 件" in shown.words.text()
    stranger = sit(town, town.small.stranger)
    stranger.open_whistle(made)
    idle(stranger.desk)
    assert panel(stranger).files.attached is not None and panel(stranger).files.add_button.isHidden()


def test_a_whistle_is_typed_and_an_unknown_department_refused_at_its_field(
    town: Whistled, sit: Callable[..., WhistlesPage], idle: Idle, qtbot: QtBot
) -> None:
    page = sit(town, town.small.secretary)
    assert page.shown is not None
    dialog = WhistleDialog(page.desk, page.shown, page._branches(), parent=page)
    dialog.source.setCurrentText("网格巡查")
    for name, text in (("matter", "沟渠堵塞"), ("goal", "三日内清淤"), ("helper_ids", "水利站")):
        field = dialog.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(text)
    dialog.department.setCurrentText("气象站")
    dialog.submit()
    assert dialog.refusal == "没有“气象站”这个部门，请先在“部门”中增加。"
    dialog.department.setCurrentText("综合执法队")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    view = town.view(dialog.outcome.value)
    assert (view.number, view.department.name, view.helpers[0].name) == ("哨2026-4-001", "综合执法队", "水利站")
    assert len(page.board.cards[Group.SIGNING]) == 0  # it is dated today, in the next quarter


def test_a_rating_is_one_key_an_item_and_a_step_can_be_taken_back(
    town: Whistled, sit: Callable[..., WhistlesPage], idle: Idle, qtbot: QtBot
) -> None:
    made = town.create()
    town.through(made, WAY[:-1])
    page = sit(town, town.small.office)
    assert page.shown is not None
    one = town.view(made)
    move = move_of(WhistleState.TO_RATE, T.RATE)
    dialog = MoveDialog(page.desk, one, move, page.shown.departments, page.shown.items, with_reason=False, parent=page)
    assert dialog.grid is not None
    QTest.keyClicks(dialog.grid, "455044")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.refusal == "请填写群众回访结果。")
    dialog.box("solved").setCurrentIndex(1)
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    (rating,) = town.view(made).ratings
    assert dict(rating.levels) == {
        item: level for item, level in zip(RatedItem, (4, 5, 5, 0, 4, 4), strict=True) if level
    }
    page.open_whistle(made)
    assert "撤回上一步" in buttons(page)


def test_the_grid_goes_on_to_the_next_rater(look: None, qtbot: QtBot) -> None:
    grid = RatingGrid(tuple(RatedItem))
    qtbot.addWidget(grid)
    QTest.keyClicks(grid, "5555553")
    assert [draft.rater for draft in grid.ratings()] == [Rater.BRANCH, Rater.RESIDENTS]
    assert grid.ratings()[1].levels == ((RatedItem.RESPONSE, 3),)


def test_a_moment_is_the_office_s_time(look: None, qtbot: QtBot) -> None:
    at = datetime(2026, 7, 3, 21, 4, tzinfo=BEIJING)
    field = MomentField(at)
    qtbot.addWidget(field)
    assert field.moment() == at
    field.day.setText("7月6日")
    assert field.moment() == datetime(2026, 7, 6, 21, 4, tzinfo=BEIJING)
    field.day.setText("上周")
    with pytest.raises(InputRefused) as refused:
        field.moment()
    assert refused.value.field == "at"


def test_a_whistle_of_a_frozen_quarter_is_said_at_the_day_and_asks_the_office_for_its_reason(
    town: Whistled, sit: Callable[..., WhistlesPage], idle: Idle
) -> None:
    for actor in (town.small.secretary, town.small.office):
        page = sit(town, actor)
        assert page.shown is not None
        dialog = WhistleDialog(page.desk, page.shown, page._branches(), town.small.village, parent=page)
        for name, text in (("matter", "路灯不亮"), ("goal", "修好"), ("blown_by", "李旭昇")):
            dialog.fields[name].setText(text)
        dialog.department.setCurrentIndex(0)
        dialog.source.setCurrentText("走访")
        dialog.day.setText("6.3")
        dialog.submit()
        idle(page.desk)
        if actor is town.small.secretary:
            assert dialog.refusal.startswith("“日期”2026-06-03 在2026年第二季度：本季度已冻结，支部不能再填报。")
            assert dialog.day.property("wrong") and dialog.text("matter") == "路灯不亮"
            continue
        assert dialog.refusal == "“日期”2026-06-03 在2026年第二季度：季度已冻结，补报或更正请写明理由。"
        assert not dialog.fields["reason"].isHidden()
        dialog.fields["reason"].setText("支部漏报")
        dialog.submit()
        idle(page.desk)
        assert dialog.outcome is not None
