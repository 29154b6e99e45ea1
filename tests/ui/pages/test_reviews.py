"""评审 through the real widgets: the whole way of a sheet, points typed and undone, many branches at once, refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from okr_desk.review_terms import ReviewState
from okr_desk.review_terms import ReviewStep as Step
from okr_desk.services import reviews
from okr_desk.services.permits import SETUP
from okr_desk.terms import OrgKind, QuarterState
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.review_bulk import ReviewBulkDialog
from okr_desk.ui.dialogs.review_step import ReviewStepDialog
from okr_desk.ui.models.review_grid import Column
from okr_desk.ui.pages.objections import ObjectionsPage
from okr_desk.ui.pages.reviews import HISTORY, ITEMS, SHEET, ReviewsPage
from tests.reviewed_township import Reviewed, reviewed
from tests.small_township import _org
from tests.ui.answers import answering, put

Idle = Callable[[Desk], None]
Sit = Callable[..., ReviewsPage]
D = Decimal
TO_DELIVERY = (Step.SUBMIT, Step.OPINE, Step.CHECK, Step.DELIVER)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Reviewed]:
    made = reviewed(tmp_path / "小镇.okr")
    yield made
    made.store.close()


def buttons(page: ReviewsPage) -> list[str]:
    return [button.text().rstrip("…") for button in page.panel.buttons]


def taken(page: ReviewsPage, idle: Idle, step: Step, **texts: str) -> None:
    """Press the button of a step and answer its dialog."""

    def act(dialog: ReviewStepDialog) -> None:
        put(dialog, **texts)
        dialog.submit()
        idle(page.desk)

    answering(act)
    page.take(step)
    idle(page.desk)


def row_of(page: ReviewsPage, code: str) -> int:
    return next(n for n, one in enumerate(page.items.grid.rows) if one.score.line.code == code)


def type_into(page: ReviewsPage, code: str, column: Column, text: str) -> None:
    page.items.grid.setData(page.items.grid.index(row_of(page, code), column), text)


def test_a_sheet_goes_its_whole_way_through_the_page(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    village = town.village
    mine = open_review(town, town.secretary)
    assert mine.left.isHidden() and mine.answer.text() == "本季还没有报送自评，9月30日已经到期，请尽快报送。"
    assert buttons(mine) == ["报送自评"] and mine.panel.buttons[0].property("accent")
    type_into(mine, "B09", Column.OWN, "3")
    assert mine.items.grid.text(row_of(mine, "B09"), Column.OWN) == "≠ 3"
    taken(mine, idle, Step.SUBMIT, note="本季各项任务按计划完成")
    assert mine.answer.text().startswith("自评已经报送") and mine.editing.count == 0

    page = open_review(town, town.office)
    page.open_branch(village)
    idle(page.desk)
    assert page.list.current().sign == "≠ 1"
    taken(page, idle, Step.OPINE, by="孙立", note="同意")
    type_into(page, "B09", Column.CHECKED, "1.5")
    type_into(page, "B09", Column.REASON, "抽查台账少 1 人")
    taken(page, idle, Step.CHECK, note="情况属实")
    assert town.state() is ReviewState.CHECKED
    standing = page.items.grid.rows[row_of(page, "B09")]
    assert (standing.points, standing.computed) == (D("1.5"), 2)
    taken(page, idle, Step.DELIVER, by="李旭昇")
    assert town.row().record.until == date(2026, 10, 15)

    assert town.state() is ReviewState.DELIVERED
    taken(page, idle, Step.AGREE, by="李旭昇")
    taken(page, idle, Step.DECIDE, document="镇党委会议纪要〔2026〕12号")
    taken(page, idle, Step.PUBLICISE)
    assert "定为最终" in buttons(page) and not page.panel.buttons[-1].isEnabled()
    assert any("期限还没有满，最后一天是 2026-10-15" in one for one in page.panel.said)
    town.on(10, 19)
    page.desk.clock = town.store.clock
    page.refresh()
    idle(page.desk)
    taken(page, idle, Step.FINALISE)
    assert town.state() is ReviewState.FINAL
    page.tabs.setCurrentIndex(HISTORY)
    assert len([one for one in page.history.said if "10月" in one]) >= 8


def test_what_the_secretary_reads_when_the_sheet_was_delivered(town: Reviewed, open_review: Sit) -> None:
    town.through(*TO_DELIVERY)
    page = open_review(town, town.secretary)
    said = "本季评审表已送达，申辩期到 10月15日。您可以确认无异议，或提出申辩。"
    assert page.answer.text() == said
    assert buttons(page) == ["确认无异议", "提出申辩"]
    assert page.items.grid.writes is None


def test_points_are_undone_until_they_are_saved(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.through(Step.SUBMIT)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    row = row_of(page, "B09")
    page.items.table.go_to(row, Column.CHECKED)
    type_into(page, "B09", Column.CHECKED, "1")
    assert page.items.grid.points(row) == 1 and page.items.save_button.isVisible()
    page.undo_stack().undo()
    assert page.items.grid.points(row) == 2 and page.editing.count == 0
    page.undo_stack().redo()
    page.editing.save()  # a reason lacks: nothing is sent, and the cursor stands where it is wanted
    assert page.items.note.text() == "“党费按月足额收缴率”与系统计算的得分不同，请写明理由。"
    assert page.items.table.currentIndex().column() == Column.REASON
    type_into(page, "B09", Column.REASON, "漏收一人")
    page.editing.save()
    idle(page.desk)
    assert page.editing.count == 0 and not page.undo_stack().count()
    assert page.items.grid.rows[row_of(page, "B09")].points == 1
    type_into(page, "B09", Column.CHECKED, "2")  # what was computed holds again: no correction
    assert page.items.grid.drafts()[0].points is None


def test_points_beyond_the_line_are_refused_as_they_are_typed(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.through(Step.SUBMIT)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    for text, sentence in (("9", "应在 0 到 4 之间"), ("很多", "党费按月足额收缴率")):
        type_into(page, "B09", Column.CHECKED, text)
        assert sentence in page.items.note.text() and page.editing.count == 0


def test_leader_and_peers_are_saved_with_the_lines(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.through(Step.SUBMIT)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    leader, peers = page.items.wholes.values()
    QTest.keyClicks(leader, "92")
    QTest.keyClicks(peers, "101")
    page.editing.save()
    idle(page.desk)
    assert page.items.note.text() == "评分请填 0 到 100。"
    peers.clear()
    QTest.keyClicks(peers, "88.5")
    page.editing.save()
    idle(page.desk)
    assert {one.value: said.points for one, said in page.detail.items.wholes.items()} == {
        "leader": 92,
        "peers": D("88.5"),
    }
    assert not page.items.save_button.isVisible()


def test_what_is_typed_for_a_branch_waits_there_while_another_is_looked_at(
    town: Reviewed, open_review: Sit, idle: Idle
) -> None:
    """Lines and whole scores are kept by branch until they are saved, given up, or the window is closed."""
    town.through(Step.SUBMIT)
    scored = town.scored
    with town.store.write(SETUP) as session:
        hill = _org(session, OrgKind.BRANCH, "云岭村党支部", scored.small.township, scored.rural)
    with town.store.write(town.office) as session:
        reviews.step(session, town.office, town.draft(Step.SUBMIT, org_id=hill))
    page = open_review(town, town.office)

    def turn(org_id: int) -> None:
        page.open_branch(org_id)
        idle(page.desk)

    turn(town.village)
    leader, peers = page.items.wholes.values()
    QTest.keyClicks(leader, "92")
    type_into(page, "B09", Column.CHECKED, "3")
    turn(hill)
    assert leader.text() == peers.text() == "" and page.items.typed_wholes == ()
    QTest.keyClicks(peers, "80")
    assert page.editing.count == 3 and page.editing.branches == (town.village, hill)
    turn(town.village)
    assert (leader.text(), peers.text(), page.items.count.text()) == ("92", "", "2 处未保存")
    page.editing.drop()
    assert leader.text() == "" and page.editing.count == 1
    turn(hill)
    page.editing.save()
    idle(page.desk)
    assert page.editing.count == 0 and peers.text() == "80" and page.can_close()
    peers.clear()
    QTest.keyClicks(peers, "80")
    assert page.editing.count == 0  # as it is stored


def test_enter_goes_down_and_a_figure_says_how_it_came_about(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.through(Step.SUBMIT)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    table = page.items.table
    table.go_to(0, Column.CHECKED)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, Column.CHECKED)
    table.go_to(0, Column.COMPUTED)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert page.right.explains and page.right.title.text().endswith("系统计算")
    page.right.show_steps()
    assert not page.right.explains


def test_many_branches_with_one_confirmation_and_the_others_named(
    town: Reviewed, open_review: Sit, idle: Idle, qtbot: QtBot
) -> None:
    town.through(Step.SUBMIT)
    page = open_review(town, town.office)
    assert "2 个支部：待自评 1，已报自评 1。" in page.answer.text()
    page.list.tick_all()
    assert len(page.list.ticked) == 2 and buttons(page) == ["登记联系领导意见", "取消勾选"]

    def act(dialog: ReviewBulkDialog) -> None:
        assert "办理：青石村党支部" in dialog.list.toPlainText()
        assert "中心小学党支部：现在是“待自评”" in dialog.list.toPlainText()
        dialog.submit()
        assert "青石村党支部：请填写办理人姓名。" in dialog.refusal  # nobody looks after it on record
        put(dialog, by="孙立", note="同意")
        dialog.submit()

    answering(act)
    page.take_many(Step.OPINE)
    idle(page.desk)
    assert town.state() is ReviewState.OPINED and page.list.ticked == ()


def test_those_that_could_not_be_moved_stand_there_to_be_copied(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.through(Step.SUBMIT)
    with town.store.write(town.office) as session:
        draft = town.draft(Step.SUBMIT, org_id=town.scored.small.school)
        reviews.step(session, town.office, draft)
    page = open_review(town, town.office)
    page.list.tick_all()

    def act(dialog: ReviewBulkDialog) -> None:
        put(dialog, by="孙立", note="同意")
        town.take(Step.RETURN, note="重报")  # meanwhile somebody sent it back
        dialog.submit()

    answering(act)
    page.take_many(Step.OPINE)
    idle(page.desk)
    assert town.state() is ReviewState.RETURNED
    assert "已办理 1 个支部，1 个没有办理：" in page.panel.said
    assert any(one.startswith("青石村党支部：现在是“退回支部”") for one in page.panel.said)
    page.panel.buttons[0].click()
    assert "青石村党支部" in QApplication.clipboard().text()
    QApplication.clipboard().clear()
    page.panel.buttons[-1].click()
    assert buttons(page)[0] != "复制名单"


def test_a_refusal_stands_at_its_field(town: Reviewed, open_review: Sit, idle: Idle, qtbot: QtBot) -> None:
    town.through(*TO_DELIVERY, Step.AGREE)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    around = page._around()
    assert page.row is not None and around is not None
    dialog = ReviewStepDialog(page.desk, page.row, Step.DECIDE, around, parent=page)
    dialog.submit()
    assert dialog.refusal.startswith("请填写所依据的会议或文件") and dialog.fields["document"].property("wrong")
    put(dialog, document="镇党委会议纪要〔2026〕12号", dated_on="10.8")
    dialog.submit()
    assert "早于上一步" in dialog.refusal and dialog.fields["dated_on"].property("wrong")
    put(dialog, dated_on="10.9")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    idle(page.desk)
    assert town.state() is ReviewState.DECIDED


def test_who_reported_checks_only_with_somebody_who_stands_in(
    town: Reviewed, open_review: Sit, idle: Idle, qtbot: QtBot
) -> None:
    town.take(Step.SUBMIT, town.office)
    town.take(Step.OPINE)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    assert page.panel.buttons[0].isEnabled() and any("不能自己核定" in one for one in page.panel.said)
    around = page._around()
    assert page.row is not None and around is not None
    dialog = ReviewStepDialog(page.desk, page.row, Step.CHECK, around, parent=page)
    dialog.submit()
    assert dialog.refusal == "请写明由谁代行，如“分管领导 孙立”。"
    put(dialog, substitution="分管领导 孙立")
    dialog.submit()
    qtbot.waitUntil(lambda: dialog.outcome is not None)
    assert town.state() is ReviewState.CHECKED


def test_a_step_that_lacks_something_says_what(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.scored.state(3, QuarterState.OPEN)
    town.through(Step.SUBMIT, Step.OPINE)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    check = next(one for one in page.panel.buttons if one.text().startswith("镇党建办核定"))
    assert not check.isEnabled() and not check.property("accent")
    assert any("请先在“年度与季度”中冻结" in one for one in page.panel.said)
    assert "还在填报" in page._band_text.text()


def test_the_sheet_as_it_prints_and_its_versions(
    town: Reviewed, open_review: Sit, idle: Idle, qtbot: QtBot, tmp_path: Path
) -> None:
    town.through(*TO_DELIVERY)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    page.tabs.setCurrentIndex(SHEET)
    qtbot.waitUntil(lambda: page.sheet.view.path is not None, timeout=90_000)
    idle(page.desk)
    assert page.sheet.version.currentText().startswith("第 1 版（2026-10-09）")
    page.sheet.save(tmp_path / "评审表")
    idle(page.desk)
    assert (tmp_path / "评审表.pdf").read_bytes().startswith(b"%PDF")
    page.tabs.setCurrentIndex(HISTORY)
    page.history.buttons[0].click()
    assert page.tabs.currentIndex() == SHEET


def test_a_figure_of_the_printed_sheet_explains_itself_by_mouse_and_by_keys(
    town: Reviewed, open_review: Sit, idle: Idle, qtbot: QtBot
) -> None:
    town.through(*TO_DELIVERY)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    page.tabs.setCurrentIndex(SHEET)
    qtbot.waitUntil(lambda: bool(page.sheet.view.pages), timeout=90_000)
    idle(page.desk)
    assert page.sheet.appended.isChecked() and page.sheet.appended.isEnabled()
    paper = next(one for one in page.sheet.view.pages if any(mark.key.startswith("line:") for mark in one.marks))
    place = next(n for n, mark in enumerate(paper.marks) if mark.key.startswith("line:"))
    at = paper.box(place).center()
    QTest.mouseMove(paper, at)
    paper.mouseMoveEvent(_at(paper, at))
    assert paper.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(paper, Qt.MouseButton.LeftButton, pos=at)
    figure = page.sheet.figures[paper.marks[place].key]
    assert page.right.explains and page.right.title.text() == figure.title
    assert page.right.why.value.text() == figure.words and "实绩" in page.right.why.text
    page.right.show_steps()
    QTest.keyClick(paper, Qt.Key.Key_Left if place else Qt.Key.Key_Right)
    QTest.keyClick(paper, Qt.Key.Key_Return)
    assert page.right.explains and page.right.title.text() != figure.title
    first = page.sheet.view.pages[0]
    first.enter(-1)
    QTest.keyClick(first, Qt.Key.Key_Right)  # on from the last figure of the page
    paper.mouseMoveEvent(_at(paper, QPoint(1, 1)))
    assert paper.cursor().shape() is Qt.CursorShape.ArrowCursor
    shown = page.sheet.view.path
    page.sheet.appended.setChecked(False)
    qtbot.waitUntil(lambda: page.sheet.view.path not in (None, shown), timeout=90_000)
    idle(page.desk)
    assert not any(mark.key.startswith("line:") for one in page.sheet.view.pages for mark in one.marks)


def _at(widget: QWidget, pos: QPoint) -> QMouseEvent:
    """The mouse is over a place of a widget: offscreen nothing follows the real one."""
    none, local = Qt.MouseButton.NoButton, QPointF(pos)
    return QMouseEvent(
        QEvent.Type.MouseMove, local, QPointF(widget.mapToGlobal(pos)), none, none, Qt.KeyboardModifier.NoModifier
    )


def test_chips_ticks_and_search(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.through(Step.SUBMIT)
    page = open_review(town, town.office)
    assert [button.text() for button in page.chips.buttons.values()] == ["全部 2", "待自评 1", "已报自评 1"]
    page.chips.choose(ReviewState.SUBMITTED.value)
    idle(page.desk)
    assert [line.org_id for line in page.list.model.rows] == [town.village]
    assert page.row is not None and page.row.org.id == town.village
    page.open_branch(town.scored.small.school)
    assert len(page.list.model.rows) == 2 and page.chips.key == ""
    page.list.search.setText("青石")
    assert page.list.sieve.rowCount() == 1
    page.list.search.clear()
    view = page.list.view
    at = view.visualRect(page.list.sieve.index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at.center() - QPoint(at.width() // 2 - 8, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert len(page.list.ticked) in (0, 2)  # the box ticks the first, Space the branch under the cursor
    page.list.copy()
    head = QApplication.clipboard().text().splitlines()[0]
    assert head.split("\t")[:4] == ["支部", "状态", "期限", "得分"]
    QApplication.clipboard().clear()


def test_a_quarter_that_runs_has_no_review_and_a_viewer_no_step(town: Reviewed, open_review: Sit) -> None:
    early = open_review(town, town.office, quarter=4)
    assert early.empty.sentence == "本季还没有结束，评审从 1月1日开始。"
    town.through(Step.SUBMIT)
    viewer = open_review(town, town.scored.small.viewer)
    viewer.open_branch(town.village)
    assert buttons(viewer) == [] and "下一步：登记联系领导意见，由镇党建办办理。" in viewer.panel.said
    assert not viewer.list.may_tick and viewer.items.grid.writes is None


def test_models_keep_their_promises(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    town.through(Step.SUBMIT)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (page.list.model, page.list.sieve, page.items.grid)]
    type_into(page, "B09", Column.CHECKED, "1")
    page.list.show_lines(page.list.model.rows[:1], True)
    assert testers and page.tabs.currentIndex() == ITEMS


def test_objections_page_is_reached_from_the_panel(town: Reviewed, open_review: Sit, idle: Idle) -> None:
    from tests.services.test_objections import object_

    town.through(*TO_DELIVERY)
    object_(town)
    page = open_review(town, town.office)
    page.open_branch(town.village)
    idle(page.desk)
    going: list[str] = []
    page.desk.going.connect(lambda key, _arguments: going.append(key))
    next(one for one in page.panel.buttons if one.text().startswith("答复申辩")).click()
    assert going == ["objections"] and page.list.current().points_text.endswith("*")
    assert isinstance(open_review(town, town.office, ObjectionsPage), ObjectionsPage)
