"""填报 through the real widget: keys, questions, undo, saving, what stays when something is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QFontMetrics, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from okr_desk.model.store import Store
from okr_desk.model.tables import KeyResult
from okr_desk.queries import cycles, orgs
from okr_desk.rules.indicators import ValueDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import measured
from okr_desk.settings import Settings
from okr_desk.terms import EntryBasis, Origin, Status
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.checkin_grid import CheckInGrid, Column
from okr_desk.ui.pages.checkins import CheckInsPage
from tests.filled_township import DAY, Filled, fill

D = Decimal
Idle = Callable[[Desk], None]
ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@pytest.fixture
def town(tmp_path: Path) -> Filled:
    return fill(tmp_path / "镇.okr")


@pytest.fixture
def sit(town: Filled, look: None, qtbot: QtBot, idle: Idle) -> Iterator[Callable[..., CheckInsPage]]:
    """Opens the page for a person on a quarter."""
    desks: list[Desk] = []

    def open_page(actor: Actor, quarter: str = "2026Q3", store: Store | None = None) -> CheckInsPage:
        desk = Desk(Settings(theme="light"))
        desks.append(desk)
        desk.take_store(store or town.small.store)
        with desk.store.read() as session:  # type: ignore[union-attr]
            tree, quarters = orgs.tree(session, DAY), cycles.quarters(session)
        mine = [o for o in tree if any(grant.org_id in o.line for grant in actor.grants)]
        desk.sign_in(actor)
        desk.selection.offer(quarters, mine)
        desk.selection.choose_quarter(next(q.id for q in quarters if q.key == quarter))
        if actor is town.small.office:
            desk.selection.choose_org(town.small.village)
        page = CheckInsPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 640)
        page.show()
        qtbot.waitUntil(lambda: page.sheet is not None)
        idle(desk)
        return page

    yield open_page
    for desk in desks:
        desk.close()


class Keys:
    """Presses keys where a person would, and counts the strokes that are not digits of a value."""

    def __init__(self, page: CheckInsPage) -> None:
        self.page = page
        self.strokes = 0

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.strokes += 1
            QTest.keyClick(self._target(), key)

    def type(self, text: str) -> None:
        for sign in text:
            if sign.isascii():
                QTest.keyClick(self._target(), sign)
            else:
                committed = QInputMethodEvent()
                committed.setCommitString(sign)
                QApplication.sendEvent(self._target(), committed)

    def _target(self) -> QWidget:
        return self.page.table.cells.editor or self.page.table


def told(page: CheckInsPage) -> list[str]:
    """The sentences shown in the window."""
    heard: list[str] = []
    page.desk.refused.connect(heard.append)
    page.desk.noticed.connect(heard.append)
    return heard


def values(page: CheckInsPage) -> list[str]:
    return [page.table.grid.value_text(row) for row in range(len(page.table.grid.rows))]


def bar(page: CheckInsPage, row: int) -> str:
    return str(page.table.grid.index(row, Column.PROGRESS).data())


def test_the_whole_quarter_by_keyboard_with_one_stroke_a_key_result(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle
) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    for text in ("78", "40.5", "2", "0", "1", "71.5"):
        keys.type(text)
        keys.press(ENTER)
    assert keys.strokes == 6
    assert values(page) == ["78", "40.5", "2 / 4 个", "0", "是", "71.5"]
    page.save()
    idle(page.desk)
    assert page.sheet is not None
    assert [row.view.value_text for row in page.sheet.rows] == ["78", "40.5", "立项、开工", "0", "是", "71.5"]
    assert page.draft.count == 0 and "已报 6 项" in page.answer.text()


def test_even_doubtful_values_take_at_most_three_strokes(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    keys.type("0.78")
    keys.press(ENTER)
    assert page.table.question.isVisible() and "还是" in page.table.question.words
    assert page.table.currentIndex().row() == 0 and page.table.grid.entry(0).typed.value is None  # type: ignore[union-attr]
    keys.press(ENTER)
    assert keys.strokes == 2
    assert values(page)[0] == "78" and not page.table.question.isVisible()
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (1, Column.VALUE)


def test_escape_goes_on_typing_and_again_takes_back(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    keys.type("0.78")
    keys.press(ENTER, ESCAPE)
    editor = page.table.cells.editor
    assert editor is not None and editor.text() == "0.78"
    keys.type("79")
    keys.press(ESCAPE)
    assert page.table.cells.editor is None and page.table.grid.entry(0).question
    page.steps.undo()
    assert values(page)[0] == ""


def test_without_a_proposal_enter_goes_on_typing(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    keys.type("abc")
    keys.press(ENTER)
    assert page.table.question.words == "不是数字，请填数字。" and not page.table.question.can_accept
    keys.press(ENTER)
    assert page.table.cells.editor is not None


def test_progress_moves_while_one_types(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    assert bar(page, 0) == "—"
    keys.type("7")
    assert bar(page, 0) == "0%（实-177%）"
    keys.type("8")
    assert bar(page, 0) == "60%"
    assert page.table.grid.judged(0)[1].status is Status.WATCH
    keys.press(ESCAPE)
    assert bar(page, 0) == "—"


def test_the_trial_is_the_score_that_is_stored(town: Filled, sit: Callable[..., CheckInsPage], idle: Idle) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    for text in ("78", "40", "3", "1", "0", "5"):
        keys.type(text)
        keys.press(ENTER)
    tried = [page.table.grid.judged(row) for row in range(6)]
    page.save()
    idle(page.desk)
    assert [(row.view.progress, row.view.pace) for row in page.sheet.rows] == tried  # type: ignore[union-attr]


def test_tab_goes_right_and_then_to_the_next_row(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    keys.type("78")
    keys.press(TAB)
    keys.type("8")
    keys.press(TAB)
    keys.type("按计划")
    keys.press(TAB, TAB)
    entry = page.table.grid.entry(0)
    assert (entry.confidence, entry.note, entry.difficulty) == (8, "按计划", None)
    assert page.table.currentIndex().row() == 1
    QTest.keyClick(page.table, Qt.Key.Key_Backtab)
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (0, Column.DIFFICULTY)


def test_confidence_out_of_range_is_told_and_not_taken(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    heard = told(page)
    page.take(0, Column.CONFIDENCE, "11")
    assert heard == ["信心请填 1 到 10 的整数。"] and page.table.grid.entry(0).is_empty


def test_steps_are_named_and_undone_until_saved(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    keys.type("78")
    keys.press(ENTER)
    keys.type("40")
    keys.press(ENTER)
    assert page.steps.undoText() == "填写KR1.2"
    page.steps.undo()
    page.steps.undo()
    assert values(page)[:2] == ["", ""] and page.draft.count == 0
    page.steps.redo()
    assert values(page)[:2] == ["78", ""]
    assert page.accent_button is not None and page.accent_button.text() == "保存（1）"


def test_a_column_copied_from_a_workbook_is_pasted(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    QGuiApplication.clipboard().setText("78\t8\t按计划\r\n约40\t\t\r\n立项、开工\r\n\r\n")
    page.table.go_to(0)
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert values(page)[:4] == ["78", "约40", "2 / 4 个", ""]
    assert page.table.grid.entry(1).question.startswith("“约”表示约数")
    assert page.table.grid.entry(0).confidence == 8
    page.steps.undo()
    assert values(page)[:3] == ["", "", ""]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_progress_explains_itself_by_key(town: Filled, sit: Callable[..., CheckInsPage], key: Qt.Key) -> None:
    page = sit(town.small.secretary)
    page.table.go_to(0, Column.PROGRESS)
    Keys(page).press(key)
    assert not page.side.isHidden() and page.table.currentIndex().row() == 0


def test_the_table_is_copied_with_its_heads(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    page.take(0, Column.VALUE, "78")
    assert [action.text() for action in page.table.menu_for(0).actions() if action.text()] == [
        "完成度怎么算的",
        "复制整表（含表头）",
        "添加佐证材料…",
    ]
    page.out.buttons["copy"].click()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][:6] == ["编号", "关键结果", "单位", "上季", "计划", "本季"]
    assert lines[1][:7] == ["KR1.1", "办结率由60%提高到90%", "%", "—", "82", "78", "60%"]
    assert {len(line) for line in lines} == {len(Column)}


def test_an_open_question_holds_the_save_and_gets_the_cursor(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    heard = told(page)
    page.take(0, Column.VALUE, "78")
    page.take(2, Column.VALUE, "9")
    page.table.go_to(0)
    page.save()
    assert heard == ["KR1.3：只有 4 个节点，请填 0 到 4。"]
    assert page.table.currentIndex().row() == 2
    assert values(page)[0] == "78" and page.draft.count == 2


def test_a_refused_save_names_the_row_and_loses_nothing(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle, tmp_path: Path
) -> None:
    page = sit(town.small.secretary)
    heard = told(page)
    page.take(0, Column.VALUE, "78")
    page.take(3, Column.VALUE, "0")
    page.add_evidence(3, [tmp_path / "没有这个文件.jpg"])
    page.save()
    idle(page.desk)
    assert len(heard) == 1 and heard[0].startswith("KR1.4：")
    assert page.table.currentIndex().row() == 3 and page.draft.count == 2
    page.steps.undo()
    page.save()
    idle(page.desk)
    assert page.draft.count == 0 and page.sheet.rows[0].view.value == D(78)  # type: ignore[union-attr]


def test_words_without_a_value_ask_for_the_value(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    heard = told(page)
    page.take(0, Column.NOTE, "推进中")
    page.save()
    assert heard == ["KR1.1：请填本季实绩。没有数据请留空，不要填 0。"]
    assert page.table.currentIndex().column() == Column.VALUE


def test_after_saving_ctrl_z_offers_the_withdrawal(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle, qtbot: QtBot
) -> None:
    page = sit(town.small.secretary)
    page.take(0, Column.VALUE, "78")
    page.take(3, Column.VALUE, "0")
    page.save()
    idle(page.desk)
    assert page.steps.undoText() == "已保存的 2 项"
    page.steps.undo()
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is not None)
    box = page.findChild(QMessageBox)
    assert box is not None and box.text() == "要撤回已保存的 2 项吗？"
    next(button for button in box.buttons() if button.text() == "不撤回").click()
    assert page.steps.canUndo() and page.sheet.rows[0].view.value == D(78)  # type: ignore[union-attr]
    page.saving.withdraw(page.steps.command(0)._ids, page.steps.command(0)._back)  # type: ignore[attr-defined]
    idle(page.desk)
    assert [row.view.value for row in page.sheet.rows[:4]] == [None] * 4  # type: ignore[union-attr]
    assert values(page)[0] == "78" and page.draft.count == 2


def test_one_row_is_withdrawn_from_its_menu(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle, qtbot: QtBot
) -> None:
    page = sit(town.small.secretary)
    for text in ("78", "79"):
        page.take(0, Column.VALUE, text)
        page.save()
        idle(page.desk)
    action = next(action for action in page.table.menu_for(0).actions() if action.text().startswith("撤回"))
    action.trigger()
    box = page.findChild(QMessageBox)
    assert box is not None and box.text() == "要撤回KR1.1吗？"
    next(button for button in box.buttons() if button.text() == "撤回").click()
    idle(page.desk)
    assert page.sheet.rows[0].view.value == D(78) and page.draft.count == 0  # type: ignore[union-attr]


def test_what_is_not_saved_outlives_the_page(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle, qtbot: QtBot
) -> None:
    page = sit(town.small.office)
    page.take(0, Column.VALUE, "78")
    page.desk.selection.choose_org(town.small.school)
    idle(page.desk)
    page.desk.selection.choose_org(town.small.village)
    idle(page.desk)
    assert values(page)[0] == "78" and page.can_leave()
    again = CheckInsPage(page.desk)
    qtbot.addWidget(again)
    again.show()
    idle(page.desk)
    assert values(again)[0] == "78" and again.draft.count == 1


@pytest.mark.parametrize(("button", "closes"), [("不保存，关闭", True), ("返回填报", False)])
def test_closing_the_window_asks_about_what_is_not_saved(
    town: Filled, sit: Callable[..., CheckInsPage], button: str, closes: bool
) -> None:
    page = sit(town.small.secretary)
    assert page.can_close()
    page.take(0, Column.VALUE, "78")

    def answer() -> None:
        box = page.findChild(QMessageBox)
        assert box is not None and "1 项没有保存" in box.text()
        next(one for one in box.buttons() if one.text() == button).click()

    QTimer.singleShot(0, answer)
    assert page.can_close() is closes
    assert page.draft.count == 1


def test_an_answer_that_arrives_while_a_cell_is_open_waits(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle, qtbot: QtBot
) -> None:
    page = sit(town.small.secretary)
    keys = Keys(page)
    keys.type("7")
    page.refresh()
    idle(page.desk)
    keys.type("8")
    keys.press(ENTER)
    assert values(page)[0] == "78"
    qtbot.waitUntil(lambda: page._later is None)
    assert values(page)[0] == "78"


def test_the_office_enters_for_a_branch_and_is_reminded_next_time(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle
) -> None:
    page = sit(town.small.office)
    assert page.entered_for.reported_by.isVisible() and page.entered_for.basis.isVisible()
    page.entered_for.reported_by.setText("覃会计")
    page.entered_for.basis.setCurrentIndex(page.entered_for.basis.findData(EntryBasis.PHONE))
    page.take(0, Column.VALUE, "78")
    page.save()
    idle(page.desk)
    current = page.sheet.rows[0].view.current  # type: ignore[union-attr]
    assert current is not None and (current.reported_by, current.basis) == ("覃会计", EntryBasis.PHONE)
    assert (page.sheet.reported_by, page.sheet.basis) == ("覃会计", EntryBasis.PHONE)  # type: ignore[union-attr]


def test_a_secretary_sees_no_fields_of_the_office(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    hidden = (page.entered_for.reported_by, page.entered_for.basis, page.entered_for.reason, page.entered_for.branch)
    assert not any(field.isVisible() for field in hidden)
    assert page.entered_for.as_of.last == DAY


def test_a_frozen_quarter_says_who_may_still_do_what(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle
) -> None:
    page = sit(town.small.secretary, "2026Q2")
    assert "支部不能再填报" in page._band_text.text() and not page._band.isHidden()
    assert not page.table.grid.flags(page.table.grid.index(0, Column.VALUE)) & Qt.ItemFlag.ItemIsEditable
    assert page.accent_button is not None and not page.accent_button.isEnabled()
    office = sit(town.small.office, "2026Q2")
    heard = told(office)
    office.take(0, Column.VALUE, "75")
    office.save()
    idle(office.desk)
    assert heard == ["KR1.1：季度已冻结，补报或更正请写明理由。"] and office.draft.count == 1
    office.entered_for.reason.setText("会计更正")
    office.save()
    idle(office.desk)
    assert office.draft.count == 0 and office.sheet.rows[0].view.value == D(75)  # type: ignore[union-attr]


def test_evidence_is_dropped_on_a_row_and_two_are_the_most(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle, tmp_path: Path
) -> None:
    page = sit(town.small.secretary)
    files = [tmp_path / f"照片{number}.jpg" for number in range(3)]
    for number, path in enumerate(files):
        path.write_bytes(b"\xff\xd8\xff" + bytes([number]))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files[:2]])
    middle = QPointF(page.table.visualRect(page.table.grid.index(0, Column.TITLE)).center())
    drop = QDropEvent(middle, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.table.dropEvent(drop)
    assert page.table.grid.index(0, Column.EVIDENCE).data() == "2"
    heard = told(page)
    page.add_evidence(0, files[2:])
    assert heard == ["每项关键结果每季最多 2 件佐证材料，请留最能说明问题的。"]
    page.take(0, Column.VALUE, "78")
    page.save()
    idle(page.desk)
    assert [kept.name for kept in page.sheet.rows[0].evidence] == ["照片0.jpg", "照片1.jpg"]  # type: ignore[union-attr]


def test_the_cell_names_the_number_that_counts_beside_the_own_one(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle
) -> None:
    """The village says 45, the township checked 40: the bar is that of 40 (0 to 80 of the year so far)."""
    with town.small.store.write(town.small.office) as session:
        indicator = session.get_one(KeyResult, town.income).indicator_id
        quarter = town.small.quarters[3]
        checked = ValueDraft(town.small.village, indicator or 0, quarter, D(40), date(2026, 9, 20), Origin.TOWNSHIP)
        measured.record_value(session, town.small.office, checked)
    page = sit(town.small.secretary)
    keys = Keys(page)
    page.table.go_to(1)
    keys.type("45")
    keys.press(ENTER)
    assert (values(page)[1], bar(page, 1)) == ("45", "56%")
    page.save()
    idle(page.desk)
    assert (values(page)[1], bar(page, 1)) == ("45 · 采用镇审核 40", "50%")
    assert page.table.grid.edit_text(1, Column.VALUE) == "45"
    cell = page.table.visualRect(page.table.grid.index(1, Column.VALUE))
    written = QFontMetrics(theme.font("body")).horizontalAdvance(values(page)[1])
    assert written + 0.7 * theme.line_height() <= cell.width()


def test_more_than_the_whole_is_said_beside_it(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    page.take(0, Column.VALUE, "94")
    assert bar(page, 0) == "100%（实113%）"  # (94 - 60) / (90 - 60)


def labels(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def press(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if words in action.text()).trigger()


def test_a_wrong_kind_is_refused_at_choosing_and_a_chosen_file_goes_again(
    town: Filled, sit: Callable[..., CheckInsPage], tmp_path: Path
) -> None:
    page = sit(town.small.secretary)
    heard = told(page)
    page.add_evidence(0, [tmp_path / "ev.exe"])
    assert heard == ["“ev.exe”不能作佐证材料。可用的有：jpg、jpeg、png、pdf、doc、docx、xls、xlsx、wps、et、ofd、txt。"]
    assert page.draft.count == 0
    page.add_evidence(0, [tmp_path / "照片.JPG", tmp_path / "表.xlsx"])
    menu = page.table.menu_for(0)
    assert "移除“照片.JPG”（还没有保存）" in labels(menu)
    press(menu, "移除“照片.JPG”")
    assert page.table.grid.entry(0).evidence == (tmp_path / "表.xlsx",)
    page.steps.undo()
    assert len(page.table.grid.entry(0).evidence) == 2


def test_a_kept_file_opens_as_a_copy_under_its_name(
    town: Filled,
    sit: Callable[..., CheckInsPage],
    idle: Idle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = sit(town.small.secretary)
    photo = tmp_path / "到会照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff picture")
    page.take(0, Column.VALUE, "78")
    page.add_evidence(0, [photo])
    page.save()
    idle(page.desk)
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    press(page.table.menu_for(0), "打开佐证“到会照片.jpg”")
    idle(page.desk)
    assert [path.name for path in opened] == ["到会照片.jpg"]
    assert opened[0].read_bytes() == b"\xff\xd8\xff picture" and town.small.store.path.parent not in opened[0].parents
    page.table.go_to(0, Column.EVIDENCE)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and labels(menu) == ["打开佐证“到会照片.jpg”", "添加佐证材料…"]
    menu.close()


def test_nodes_are_ticked_in_a_list_and_yes_is_turned_over(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    menu = page.table.node_menu(2)
    menu.actions()[0].trigger()
    menu.actions()[3].trigger()
    assert page.table.grid.entry(2).typed.nodes == ("立项", "验收")  # type: ignore[union-attr]
    assert page.table.grid.edit_text(2, Column.VALUE) == "立项、验收"
    page.table.go_to(4)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert values(page)[4] == "是"
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert values(page)[4] == "否"


def test_the_narrative_counts_and_is_saved_with_the_table(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle
) -> None:
    page = sit(town.small.secretary)
    heard = told(page)
    fields = page.narrative.fields
    fields["practice"].setPlainText("做" * 151)
    assert page.narrative.counters["practice"].text() == "超出 1 字"
    page.save()
    assert heard == ["每栏请控制在 150 字以内，评审表只留这些地方。"]
    fields["practice"].setPlainText("做" * 150)
    assert page.narrative.counters["practice"].text() == "150 / 150"
    page.save()
    idle(page.desk)
    assert page.sheet.narrative.practice == "做" * 150 and page.draft.narrative is None  # type: ignore[union-attr]


def test_saving_nothing_says_so(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    heard = told(page)
    page.save()
    assert heard == ["没有需要保存的内容。"]


def test_the_next_branch_that_owes(town: Filled, sit: Callable[..., CheckInsPage], idle: Idle) -> None:
    page = sit(town.small.office)
    page.desk.selection.choose_org(town.small.school)
    idle(page.desk)
    page.go_to_next()
    idle(page.desk)
    assert page.sheet is not None and page.sheet.org.id == town.small.village


def test_late_entries_are_announced(tmp_path: Path, sit: Callable[..., CheckInsPage]) -> None:
    late = fill(tmp_path / "迟.okr", date(2026, 10, 8))
    page = sit(late.small.secretary, store=late.small.store)
    assert "截止日9月30日已过，现在填报将标记为“补报”。" in page.answer.text()


def test_the_model_is_sound(town: Filled, sit: Callable[..., CheckInsPage]) -> None:
    page = sit(town.small.secretary)
    model = CheckInGrid()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(page.sheet, page.draft, True)  # type: ignore[arg-type]
    assert model.rowCount() == 6 and model.columnCount() == len(Column)
    assert model.headerData(Column.VALUE, Qt.Orientation.Horizontal) == "本季"


def test_what_the_working_paper_came_to_is_taken_over_with_one_click(
    town: Filled, sit: Callable[..., CheckInsPage], idle: Idle
) -> None:
    """The figure stands beside the field; only the button puts it there, as a step that can be taken back."""
    from okr_desk.model.tables import KeyResult
    from okr_desk.rules.worklog import EntryDraft
    from okr_desk.services import worklog

    small = town.small
    with small.store.write(small.office) as session:
        row = session.get_one(KeyResult, town.rate)
        row.unit = "场"
        session.add(row)
    with small.store.write(small.secretary) as session:
        said = EntryDraft(small.village, "publicity", date(2026, 7, 3), "入户宣讲", D(2), key_results=(town.rate,))
        worklog.record(session, small.secretary, said)
    page = sit(small.secretary)
    page.table.go_to(0, Column.VALUE)
    assert "工作底单累计 2场（1 条，至 2026-07-03）" in page.hint.toolTip()
    assert page.draft.count == 0 and page.tally.button.text() == "取用底单累计 2"
    page.tally.button.click()
    assert page.table.grid.value_text(0) == "2" and page.draft.count == 1 and page.tally.button.isHidden()
    page.steps.undo()
    assert page.draft.count == 0 and not page.tally.button.isHidden()
