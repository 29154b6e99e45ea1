"""目标 through the real widget: the tree, the next step by role, dialogs that come back with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.model.tables import Adjustment, KeyResult, Objective
from okr_desk.queries import cycles, orgs
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import adjustments, approvals, checkins, objectives
from okr_desk.settings import Settings
from okr_desk.terms import KrKind
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.key_result import KeyResultDialog
from okr_desk.ui.models.objective_tree import AMOUNTS, BAR, STATUS, TITLE
from okr_desk.ui.models.rows import LOOK, VALUE
from okr_desk.ui.pages.objectives import ObjectivesPage
from tests.small_township import Small, bare, build, metric, objective
from tests.ui.answers import answering, put

D = Decimal
Open = Callable[[Actor], ObjectivesPage]
NODES = (("立项", D(20)), ("验收", D(80)))


@pytest.fixture
def small(tmp_path: Path, clock: FixedClock) -> Iterator[Small]:
    """A village with one objective of two key results, drawn up, and the township's objective above."""
    town = build(tmp_path / "镇.okr", clock)
    with town.store.write(town.office) as session:
        top = objectives.create(session, town.office, objective(town.township, "T1", title="产业兴镇")).value
        above = objectives.create(session, town.office, objective(town.village, aligned_to_id=top)).value
        objectives.create_key_result(session, town.office, above, metric(weight=D(60)))
        milestone = bare(KrKind.MILESTONE, "KR1.2", title="产业路硬化", weight=D(40), nodes=NODES)
        objectives.create_key_result(session, town.office, above, milestone)
    yield town
    town.store.close()


@pytest.fixture
def approved(small: Small) -> Small:
    """The same, approved."""
    with small.store.write(small.office) as session:
        ids = [row.key for row in session.exec(select(Objective).where(Objective.org_id == small.village))]
        approvals.submit(session, small.office, ids)
        approvals.approve(session, small.office, ids)
    return small


@pytest.fixture
def sit(small: Small, look: None, qtbot: QtBot) -> Iterator[Open]:
    """Opens the page of the village for a person."""
    desks: list[Desk] = []

    def open_page(actor: Actor, org_id: int | None = -1) -> ObjectivesPage:
        desk = Desk(Settings(theme="light"))
        desks.append(desk)
        desk.take_store(small.store)
        desk.sign_in(actor)
        with small.store.rows() as session:
            tree, quarters = orgs.tree(session, small.store.clock.today()), cycles.quarters(session)
        desk.selection.offer(quarters, tree)
        desk.selection.choose_quarter(next(q.id for q in quarters if q.key == "2026Q3"))
        desk.selection.choose_org(small.village if org_id == -1 else org_id)
        page = ObjectivesPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        page.activateWindow()
        page.tree.setFocus()
        rest(qtbot, page)
        return page

    yield open_page
    for desk in desks:
        desk.tasks.finish()


def rest(qtbot: QtBot, page: ObjectivesPage) -> None:
    """Wait until everything that was asked has been answered."""
    qtbot.waitUntil(lambda: page.board is not None and page.desk.tasks.is_idle, timeout=20_000)


def cell(page: ObjectivesPage, row: int, column: int, below: int | None = None) -> str:
    index = page.model.index(row, column)
    if below is not None:
        index = page.model.index(below, column, page.model.index(row, 0))
    return str(index.data())


def choose(page: ObjectivesPage, code: str) -> None:
    """Put the cursor on a line."""
    for line in page.model.lines:
        for one in (line, *line.children):
            if one.cells[TITLE].startswith(code):
                page.tree.setCurrentIndex(page.model.find(one.key))
                return
    raise AssertionError(code)


def button(dialog: QWidget, answer: QMessageBox.StandardButton) -> None:
    assert isinstance(dialog, QMessageBox)
    dialog.button(answer).click()


def test_the_tree_shows_bars_amounts_and_lights(approved: Small, sit: Open) -> None:
    page = sit(approved.office)
    QAbstractItemModelTester(page.model)
    assert cell(page, 0, TITLE) == "O1 壮大集体经济"
    assert cell(page, 0, TITLE, 0) == "KR1.1 办结率由60%提高到90%"
    assert cell(page, 0, AMOUNTS, 0) == "未报 → 90 %"
    assert cell(page, 0, AMOUNTS, 1) == "0 / 2 个节点"
    assert cell(page, 0, STATUS, 0) == "待报"
    assert page.model.index(0, BAR, page.model.index(0, 0)).data(VALUE).raw is None
    assert "待报 2 项" in page.answer.text()
    assert page.panel.path.toolTip() == "T1 产业兴镇 › O1"
    assert page.panel.heading.text().startswith("KR1.1")


def test_objectives_have_a_light_with_a_word_and_what_was_stopped_keeps_its_figures(approved: Small, sit: Open) -> None:
    with approved.store.write(approved.office) as session:
        key_result = session.exec(select(KeyResult.id).where(KeyResult.code == "KR1.1")).one() or 0
        said = CheckInDraft(key_result, approved.quarters[2], value=D(75), reason="补报")  # half of 60 to 90
        checkins.record(session, approved.office, said)
        adjustments.stop_key_result(session, approved.office, key_result, "项目取消")
    page = sit(approved.office)
    assert cell(page, 0, STATUS) == "待报" and page.model.index(0, STATUS).data(LOOK) == "light"
    assert "已报 0 / 1" in cell(page, 0, AMOUNTS)
    assert cell(page, 0, STATUS, 0) == "已中止" and cell(page, 0, AMOUNTS, 0) == "75 → 90 %"
    stopped = page.model.index(0, BAR, page.model.index(0, 0))
    assert stopped.data(LOOK) == "text"
    assert stopped.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_a_target_still_to_come_is_said(small: Small, sit: Open) -> None:
    with small.store.write(small.office) as session:
        row = session.exec(select(KeyResult).where(KeyResult.code == "KR1.1")).one()
        row.target = None
        session.add(row)
    page = sit(small.secretary)
    assert cell(page, 0, AMOUNTS, 0) == "未报 → 目标未定"


def test_a_secretary_hands_in_and_the_office_approves(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.secretary)
    assert page.next_button.text() == "提交审核（1）" and page.add_button.isVisible()
    page.do_next()
    rest(qtbot, page)
    assert page.next_button.isHidden() and cell(page, 0, STATUS) == "待镇审核"
    assert "1 个目标等镇党建办审核" in page.answer.text()
    assert not page.edit_button.isEnabled()

    office = sit(small.office)
    assert office.next_button.text() == "批准（1）" and office.back_button.isVisible()
    asked: list[str] = []

    def agree(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        button(box, QMessageBox.StandardButton.Yes)

    answering(agree)
    office.do_next()
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert "青石村党支部 O1 壮大集体经济" in asked[0]
    rest(qtbot, office)
    assert office.next_button.text() == "填报进度"
    with small.store.rows() as session:
        rows = session.exec(select(Objective).where(Objective.org_id == small.village)).all()
    assert [row.state for row in rows] == ["approved"]


def test_an_addition_to_a_plan_in_force_asks_the_reason(approved: Small, sit: Open, qtbot: QtBot) -> None:
    with approved.store.write(approved.secretary) as session:
        above = objectives.create(session, approved.secretary, objective(approved.village, "O2", title="另办")).value
        objectives.create_key_result(session, approved.secretary, above, bare(KrKind.YES_NO, "KR2.1"))
        approvals.submit(session, approved.secretary, [above])
    page = sit(approved.office)
    said: list[str] = []

    def give(dialog: QWidget) -> None:
        assert isinstance(dialog, Reason)
        said.append(dialog.note.text())
        field = dialog.fields["reason"]
        assert isinstance(field, QPlainTextEdit)
        field.setPlainText("上级新部署")
        dialog.submit()

    answering(give)
    page.do_next()
    qtbot.waitUntil(lambda: bool(said) and page.desk.tasks.is_idle, timeout=20_000)
    assert "青石村党支部 O2 另办" in said[0] and "作为“调整”印在评审表上" in said[0]
    with approved.store.rows() as session:
        note = session.exec(select(Adjustment)).one()
    assert (note.what, note.after, note.reason) == ("增加", "O2 另办", "上级新部署")


def test_a_return_carries_its_opinion_to_the_panel(small: Small, sit: Open, qtbot: QtBot) -> None:
    with small.store.write(small.office) as session:
        ids = [row.key for row in session.exec(select(Objective).where(Objective.org_id == small.village))]
        approvals.submit(session, small.office, ids)
    page = sit(small.office)

    def refuse(dialog: QWidget) -> None:
        assert isinstance(dialog, Reason)
        dialog.submit()
        assert dialog.refusal == "请填写“退回意见”。"
        field = dialog.fields["reason"]
        assert isinstance(field, QPlainTextEdit)
        field.setPlainText("目标偏低")
        dialog.submit()

    answering(refuse)
    page.send_back()
    rest(qtbot, page)
    choose(page, "O1")
    assert page.panel.warning.text() == "退回意见：目标偏低"


def test_a_refused_dialog_comes_back_with_what_was_typed(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.secretary)
    choose(page, "KR1.1")
    seen: list[tuple[str, str]] = []

    def clash(dialog: QWidget) -> None:
        assert isinstance(dialog, KeyResultDialog)
        put(dialog, code="KR1.2", title="办结率提高")
        answering(amend)
        dialog.submit()

    def amend(dialog: QWidget) -> None:
        assert isinstance(dialog, KeyResultDialog)
        seen.append((dialog.refusal, dialog.text("title")))
        put(dialog, code="KR1.3")
        dialog.submit()

    answering(clash)
    QTest.keyClick(page.tree, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    rest(qtbot, page)
    assert seen == [("这个目标下已有编号为“KR1.2”的关键结果，请换一个编号。", "办结率提高")]
    with small.store.rows() as session:
        codes = session.exec(select(KeyResult.code).order_by("id")).all()
    assert codes == ["KR1.3", "KR1.2"]


def test_a_change_after_approval_is_seen_in_the_conversation(approved: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(approved.office)
    choose(page, "KR1.1")

    def change(dialog: QWidget) -> None:
        assert isinstance(dialog, KeyResultDialog)
        put(dialog, target="85")
        dialog.submit()
        assert dialog.refusal == "批准后的变动须写明理由。"
        put(dialog, reason="项目缓建")
        dialog.submit()

    answering(change)
    page.edit()
    rest(qtbot, page)
    with approved.store.rows() as session:
        notes = session.exec(select(Adjustment)).all()
    assert [(note.what, note.before, note.after) for note in notes] == [("目标值", "90%", "85%")]
    words = " ".join(label.text() for label in page.panel.findChildren(QLabel))
    assert "目标值：90% → 85%" in words and "项目缓建" in words
    assert cell(page, 0, AMOUNTS, 0) == "未报 → 85 %"


def test_evidence_of_a_statement_opens_from_the_conversation(
    approved: Small, sit: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "A&B<照片>.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n picture")
    with approved.store.write(approved.secretary) as session:
        key_result = session.exec(select(KeyResult.id).where(KeyResult.code == "KR1.1")).one()
        said = CheckInDraft(key_result or 0, approved.quarters[3], value=D(70), evidence=(photo,))
        checkins.record(session, approved.secretary, said)
    page = sit(approved.office)
    choose(page, "KR1.1")
    rest(qtbot, page)
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    line = page.panel.findChild(QLabel, "evidence")
    assert line is not None and "A&amp;B&lt;照片&gt;.png</a>" in line.text()
    line.linkActivated.emit("0")
    rest(qtbot, page)
    assert [path.name for path in opened] == ["A&B_照片_.png"]


def test_delete_removes_a_draft_after_asking(small: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(small.secretary)
    choose(page, "KR1.2")
    answering(lambda box: button(box, QMessageBox.StandardButton.No))
    page.remove()
    answering(lambda box: button(box, QMessageBox.StandardButton.Yes))
    QTest.keyClick(page.tree, Qt.Key.Key_Delete)
    rest(qtbot, page)
    assert page.model.rowCount(page.model.index(0, 0)) == 1


def test_a_secretary_is_told_who_changes_what_is_approved(approved: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(approved.secretary)
    choose(page, "KR1.1")
    with qtbot.waitSignal(page.desk.noticed) as said:
        QTest.keyClick(page.tree, Qt.Key.Key_Delete)
    assert said.args == ["已经批准，变动由镇党建办办理调整并写明理由。"]
    assert QApplication.activeModalWidget() is None


def test_a_viewer_sees_and_changes_nothing(approved: Small, sit: Open) -> None:
    page = sit(approved.viewer)
    for hidden in (page.add_button, page.edit_button, page.back_button, page.next_button):
        assert hidden.isHidden()
    page.edit()
    page.remove()
    page.add_key_result()
    assert QApplication.activeModalWidget() is None


def test_the_township_sees_who_serves_its_objectives(approved: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(approved.office, None)
    QAbstractItemModelTester(page.model)
    assert cell(page, 0, TITLE) == "T1 产业兴镇"
    assert cell(page, 0, TITLE, 0) == "青石村党支部 · O1 壮大集体经济"
    assert "1 个支部的目标与之对应" in page.answer.text()
    page.search.setText("没有这个")
    assert page.model.rowCount() == 0
    page.search.setText("青石")
    assert page.model.rowCount() == 1
    page.tree.activated.emit(page.model.index(0, 0, page.model.index(0, 0)))
    rest(qtbot, page)
    assert page.desk.selection.org is not None and page.desk.selection.org.id == approved.village
    page.search.clear()
    assert cell(page, 0, TITLE) == "O1 壮大集体经济"


def test_a_number_explains_itself_and_leads_back(approved: Small, sit: Open) -> None:
    page = sit(approved.office)
    choose(page, "KR1.1")
    kr = page.board.key_results[0] if page.board else None
    assert kr is not None
    page.panel.show_why("应达", kr.pace.explained)
    assert "应达" in page.panel.explain.text
    assert page.panel._states.currentIndex() == 1
    page.panel._back.click()
    assert page.panel._states.currentIndex() == 0


def test_a_branch_without_objectives_says_what_to_do_first(small: Small, sit: Open) -> None:
    page = sit(small.office, small.school)
    assert page.empty.sentence == "中心小学党支部2026年还没有目标。"
    assert page.empty.isVisible()


def test_a_narrow_page_scrolls_and_drops_no_column(approved: Small, sit: Open, qtbot: QtBot) -> None:
    page = sit(approved.secretary)
    page.resize(640, 600)
    rest(qtbot, page)
    assert not any(page.tree.isColumnHidden(column) for column in range(page.model.columnCount()))
    assert page.tree.horizontalScrollBar().maximum() > 0
