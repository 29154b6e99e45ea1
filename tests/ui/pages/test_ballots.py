"""录入 and 计票表 through the real widgets: keys counted, nothing lost, what is taken back stays on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from okr_desk.queries import survey_counts, surveys
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_overview import SurveyEntry, overview
from okr_desk.services import ballots
from okr_desk.services import surveys as definitions
from okr_desk.settings import Settings
from okr_desk.survey_terms import Channel
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.adjust import Reason
from okr_desk.ui.dialogs.count_sheet import CountSheetDialog
from okr_desk.ui.pages.surveys import ENTRIES, ENTRY, SurveysPage
from tests.asked_township import SPRING, VILLAGE, Surveyed, definition_draft, opened, surveyed
from tests.ui.answers import answering, put

Idle = Callable[[Desk], None]
Key = Qt.Key


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Surveyed]:
    found = surveyed(tmp_path / "镇.okr")
    yield found
    found.town.store.close()


@pytest.fixture
def page(made: Surveyed, look: None, qtbot: QtBot, idle: Idle) -> Iterator[SurveysPage]:
    """The page of the administrator with 录入 in front and the village chosen."""
    desk, found = seated(made, qtbot, idle)
    yield found
    desk.tasks.finish()


def seated(made: Surveyed, qtbot: QtBot, idle: Idle) -> tuple[Desk, SurveysPage]:
    from okr_desk.queries import cycles, orgs

    desk = Desk(Settings(theme="light", bundled_fonts=True))
    desk.take_store(made.town.store)
    desk.sign_in(made.town.actors["admin"])
    with made.town.store.read() as session:
        desk.selection.offer(cycles.quarters(session), orgs.tree(session, desk.clock.today()))
    desk.selection.choose_quarter(made.town.quarter(3).id)
    return desk, shown(desk, made, qtbot, idle)


def shown(desk: Desk, made: Surveyed, qtbot: QtBot, idle: Idle) -> SurveysPage:
    found = SurveysPage(desk)
    qtbot.addWidget(found)
    found.resize(1200, 640)
    found.show()
    idle(desk)
    found.tabs.setCurrentIndex(ENTRY)
    found.ballots.org.pick(made.town.ids[VILLAGE])
    return found


def keys(page: SurveysPage, text: str) -> None:
    QTest.keyClicks(page.ballots, text)


def stored(made: Surveyed, org: str = VILLAGE) -> list[ItemCounts]:
    def read(session: object) -> list[ItemCounts]:
        of = surveys.round_view(session, made.round_id)  # type: ignore[arg-type]
        found = survey_counts.cells(session, of, [made.town.ids[org]])  # type: ignore[arg-type]
        return [sum((one.items[at] for one in found), ItemCounts()) for at in range(len(of.definition.levels))]

    result: list[ItemCounts] = made.town.read(read)
    return result


def entries(made: Surveyed) -> tuple[SurveyEntry, ...]:
    found: tuple[SurveyEntry, ...] = made.town.read(overview, made.town.quarter(3), None, None, True).entries
    return found


def leave(monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Answers the question at closing with the button of these words."""
    said: list[str] = []

    def answer(box: QMessageBox) -> int:
        said.append(box.text())
        monkeypatch.setattr(
            QMessageBox, "clickedButton", lambda one: next(b for b in one.buttons() if b.text() == words)
        )
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return said


# Ballots


def test_a_box_of_fifty_ballots_of_ten_items_is_at_most_eleven_keys_a_ballot(
    tmp_path: Path, look: None, qtbot: QtBot, idle: Idle
) -> None:
    """From the first key to the saved box; branch, group and way were chosen before."""
    from okr_desk.rules.surveys import ItemDraft

    town = opened(tmp_path / "镇.okr")
    items = tuple(ItemDraft(f"第{n}题", is_overall=n == 10) for n in range(1, 11))
    definition_id = town.write("admin", definitions.define, definition_draft(items=items)).value
    made = surveyed_with(town, definition_id)
    desk, page = seated(made, qtbot, idle)
    count = 0
    for ballot in range(50):
        for item in range(10):
            QTest.keyClick(page.ballots, Key.Key_1 + (ballot + item) % 5)
            count += 1
    QTest.keyClick(page, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    count += 1
    idle(desk)
    assert count <= 11 * 50
    assert not page.ballots.sitting.is_unsaved
    assert [sum(one.levels) for one in stored(made)] == [50] * 10
    assert stored(made)[0].levels == (10, 10, 10, 10, 10)
    desk.tasks.finish()


def surveyed_with(town: object, definition_id: int) -> Surveyed:
    from datetime import date

    from okr_desk.rules.surveys import RoundDraft
    from okr_desk.terms import Sampling
    from tests.founded_township import Town

    assert isinstance(town, Town)
    days = (date(2026, 9, 1), date(2026, 9, 30))
    draft = RoundDraft(definition_id, town.quarter(3).id, "三季度测评", *days, Sampling.RANDOM)
    round_id = town.write("admin", definitions.open_round, draft).value
    return Surveyed(town, town.read(surveys.definition, definition_id), round_id)


def test_keypad_full_width_digits_and_points_are_answers_too(page: SurveysPage) -> None:
    QTest.keyClick(page.ballots, Key.Key_1, Qt.KeyboardModifier.KeypadModifier)
    typed = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "２")
    QApplication.sendEvent(page.ballots, typed)
    keys(page, ".")
    assert [one.answers for one in page.ballots.sitting.ballots] == ["12-"]


def test_running_tallies_and_the_answer_stand_in_the_grid(page: SurveysPage) -> None:
    keys(page, "11211")
    grid = page.ballots.grid
    assert [grid.item(row, 2).text() for row in range(3)] == ["1", "1", ""]
    assert [grid.item(row, 0).text() for row in range(3)] == ["1 非常满意", "1 非常满意", "▸"]
    assert page.ballots.state.text().startswith(
        "正在录第 2 份。青石村党支部已录 1 份，其中作废 0 份；共 1 份没有保存。"
    )
    assert page.next_button.text() == "保存（1）"


def test_backspace_goes_back_an_item_and_into_the_ballot_just_done(page: SurveysPage) -> None:
    keys(page, "1211")
    QTest.keyClick(page.ballots, Key.Key_Backspace)
    QTest.keyClick(page.ballots, Key.Key_Backspace)
    assert page.ballots.sitting.current == "12" and not page.ballots.sitting.ballots
    keys(page, "5")
    assert [one.answers for one in page.ballots.sitting.ballots] == ["125"]


def test_undo_takes_the_last_ballot_back_and_redo_puts_it_again(page: SurveysPage) -> None:
    keys(page, "111222")
    stack = page.undo_stack()
    assert stack is not None
    stack.undo()
    assert [one.answers for one in page.ballots.sitting.ballots] == ["111"]
    stack.redo()
    assert [one.answers for one in page.ballots.sitting.ballots] == ["111", "222"]
    page.tabs.setCurrentIndex(ENTRIES)
    assert page.undo_stack() is None


def test_a_ballot_is_void_with_a_reason_by_key(page: SurveysPage, made: Surveyed, idle: Idle) -> None:
    keys(page, "1v")
    assert "作废原因" in page.ballots.legend.text()
    keys(page, "2111")
    assert [one.void for one in page.ballots.sitting.ballots] == ["多选或涂改，无法辨认", ""]
    keys(page, "v")
    QTest.keyClick(page.ballots, Key.Key_Backspace)
    assert "非常满意" in page.ballots.legend.text()
    page.do_next()
    idle(page.desk)
    assert [(one.valid, one.void) for one in entries(made)] == [(1, 1)]


def test_the_open_answer_is_typed_beside_and_saved_with_its_ballot(page: SurveysPage) -> None:
    keys(page, "111")
    QTest.keyClick(page.ballots, Key.Key_F2)
    assert page.ballots.wish.isVisible()
    page.ballots.wish.setText("路灯")
    QTest.keyClick(page.ballots.wish, Key.Key_Return)
    assert not page.ballots.wish.isVisible()
    assert page.ballots.sitting.ballots[0].draft.wish == "路灯"


def test_nothing_is_lost_when_the_save_is_refused(page: SurveysPage, made: Surveyed, idle: Idle) -> None:
    keys(page, "1111112")
    said: list[str] = []
    page.desk.refused.connect(said.append)

    def refuse(*_args: object) -> None:
        from okr_desk.errors import WrongState

        raise WrongState("结果已经计入。")

    kept, ballots.record_ballots = ballots.record_ballots, refuse  # type: ignore[assignment]
    try:
        page.do_next()
        idle(page.desk)
    finally:
        ballots.record_ballots = kept
    assert said == ["结果已经计入。"]
    assert len(page.ballots.sitting.ballots) == 2 and page.ballots.sitting.current == "2"
    page.do_next()
    idle(page.desk)
    assert not page.ballots.sitting.ballots and page.ballots.sitting.current == "2"
    assert stored(made)[0].levels == (2, 0, 0, 0, 0)


def test_a_half_typed_box_is_there_again_on_a_new_page(
    page: SurveysPage, made: Surveyed, qtbot: QtBot, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys(page, "1112")
    assert page.can_leave()
    again = shown(page.desk, made, qtbot, idle)
    assert again.ballots.sitting is page.ballots.sitting and again.ballots.sitting.current == "2"
    said = leave(monkeypatch, "返回录入")
    assert not page.can_close() and said == ["满意度中录入的 1 份答卷还没有保存，关闭后会丢失。"]
    leave(monkeypatch, "不保存，关闭")
    assert page.can_close()


def test_group_and_way_are_chosen_once_and_stay(page: SurveysPage, made: Surveyed, idle: Idle) -> None:
    page.ballots.group.setCurrentIndex(page.ballots.group.findData(made.group("村民")))
    page.ballots.channel.setCurrentIndex(1)
    keys(page, "111")
    page.do_next()
    idle(page.desk)
    keys(page, "222")
    where = page.ballots.sitting.ballots[0].place
    assert (where.group_id, where.channel) == (made.group("村民"), Channel.QR_CODE)


# Count sheets and what came in


def test_a_count_sheet_is_checked_while_one_types(page: SurveysPage, made: Surveyed, idle: Idle) -> None:
    seen: list[str] = []

    def fill(dialog: CountSheetDialog) -> None:
        for field, number in ((dialog.issued, 20), (dialog.returned, 18), (dialog.valid, 17)):
            field.setValue(number)
        dialog.grid.put(0, "10", "5", "1")
        seen.append(dialog.sums.text())
        seen.append(dialog.grid.item(0, 8).text())
        for row in range(3):
            dialog.grid.put(row, "10", "5", "1", "", "", "1")
        seen.append(dialog.sums.text() if dialog.sums.isVisible() else "")
        put(dialog, host="王玥", counter="覃喆", watcher="李旭昇")
        dialog.org.setCurrentIndex(dialog.org.findData(made.town.ids[SPRING]))
        dialog.submit()
        idle(page.desk)

    page.tabs.setCurrentIndex(ENTRIES)
    answering(fill)
    page.do_next()
    idle(page.desk)
    assert seen == ["第 1 题各档加起来是 16 份，与有效 17 份不符，请核对。", "16 ≠ 17", ""]
    assert stored(made, SPRING)[0] == ItemCounts((10, 5, 1, 0, 0), 1)
    assert [(one.valid, one.void) for one in entries(made)] == [(17, 1)]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [("十", "第 1 题“非常满意”写着“十”，请填票数。"), ("16", "第 1 题各档加起来是 16 份，与有效 17 份不符，请核对。")],
)
def test_a_count_sheet_that_cannot_be_right_is_refused_and_stays(
    page: SurveysPage, made: Surveyed, idle: Idle, cell: str, sentence: str
) -> None:
    of = made.town.read(surveys.round_view, made.round_id)
    dialog = CountSheetDialog(page.desk, of, page._branches(), None, page)
    for field in (dialog.issued, dialog.returned, dialog.valid):
        field.setValue(17)
    for row in range(3):
        dialog.grid.put(row, "17")
    dialog.grid.put(0, cell)
    dialog.submit()
    idle(page.desk)
    assert dialog.refusal == sentence and dialog.outcome is None
    dialog.grid.put(0, "１７")
    dialog.submit()
    idle(page.desk)
    assert dialog.outcome is not None


def test_more_back_than_given_out_is_said_at_once(page: SurveysPage, made: Surveyed) -> None:
    of = made.town.read(surveys.round_view, made.round_id)
    dialog = CountSheetDialog(page.desk, of, page._branches(), None, page)
    for field, number in ((dialog.issued, 10), (dialog.returned, 12), (dialog.valid, 9)):
        field.setValue(number)
    assert dialog.sums.text() == "发出 10、收回 12、有效 9 份不对：有效不多于收回，收回不多于发出。"


def test_a_sitting_is_withdrawn_with_a_reason_and_stays_listed(page: SurveysPage, made: Surveyed, idle: Idle) -> None:
    keys(page, "111222")
    page.do_next()
    idle(page.desk)
    page.tabs.setCurrentIndex(ENTRIES)
    table = page.entries.table
    assert not page.entries.back_button.isEnabled()
    table.view.selectRow(0)
    notes: list[str] = []

    def give(dialog: Reason) -> None:
        notes.append(dialog.note.text())
        put(dialog, reason="录错了支部")
        dialog.submit()

    answering(give)
    page.entries.take_back()
    idle(page.desk)
    assert notes == ["“青石村党支部录入”的 2 份答卷不再计入，原件和理由留存备查。"]
    assert table.sieve.index(0, 7).data() == "已撤回：录错了支部"
    assert page.shown is not None and page.shown.answers == 0
    table.view.selectRow(0)
    assert not page.entries.back_button.isEnabled()
