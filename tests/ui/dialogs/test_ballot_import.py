"""A file of answer sheets through the dialog: read, asked, decided, confirmed; nothing is written before that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from okr_desk.queries import surveys as surveys_now
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.ballot_import import BallotImportDialog
from tests.exchange.survey_files import HEADS, sheet, write_csv
from tests.founded_township import Town
from tests.surveyed_township import surveyed

Idle = Callable[[Desk], None]
CLEAN = [
    sheet(1, "青石村", "满意", "非常满意", "党员"),
    sheet(2, "龙泉村", "(空)", "(空)", "村民"),
    sheet(3, "青石村", "不满意", "满意", "群众", took="2秒"),
]


@pytest.fixture
def survey(tmp_path: Path) -> tuple[Town, int]:
    return surveyed(tmp_path / "镇.okr")


@pytest.fixture
def desk(survey: tuple[Town, int], look: None) -> Iterator[Desk]:
    made = Desk(Settings(theme="light"))
    made.take_store(survey[0].store)
    made.sign_in(survey[0].actors["admin"])
    yield made
    made.close()


@pytest.fixture
def dialog(desk: Desk, survey: tuple[Town, int], qtbot: QtBot) -> BallotImportDialog:
    made = BallotImportDialog(desk, survey[1])
    qtbot.addWidget(made)
    made.show()
    return made


def choose(box: QComboBox, words: str) -> None:
    """Pick an entry as a click does."""
    place = box.findText(words)
    assert place > 0, [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)


def ballots(survey: tuple[Town, int]) -> int:
    """Valid ballots that stand in the round."""
    found: int = survey[0].read(surveys_now.round_view, survey[1]).ballots
    return found


def test_a_clean_file_is_shown_and_stored_on_confirmation(
    dialog: BallotImportDialog, desk: Desk, survey: tuple[Town, int], idle: Idle, tmp_path: Path
) -> None:
    dialog.read(write_csv(tmp_path / "三季度.csv", CLEAN, "gb18030"))
    idle(desk)
    assert dialog.counts.text() == "将写入 2 · 作废 1 · 存疑 1 · 要您定 0 · 退回 0"
    assert dialog.columns.rowCount() == len(HEADS) and 5 not in dialog.columns.boxes
    assert dialog.columns.boxes[7].currentText() == "环境卫生" and dialog.columns.boxes[6].currentText() == "所在支部"
    assert [dialog.marked.item(0, n).text() for n in (0, 1, 2)] == ["4", "青石村", "作答过快（2 秒）"]
    assert ballots(survey) == 0 and dialog.ok.isEnabled()
    dialog.confirm()
    idle(desk)
    assert dialog.outcome is not None and dialog.outcome.value.counted == 2
    assert not dialog.isVisible() and ballots(survey) == 2


def test_questions_are_answered_one_by_one(
    dialog: BallotImportDialog, desk: Desk, survey: tuple[Town, int], idle: Idle, tmp_path: Path
) -> None:
    rows = [*CLEAN, sheet(4, "南村", "很满意", "满意", "游客"), sheet(5, "北村", "满意", "满意", "党员")]
    dialog.read(write_csv(tmp_path / "三季度.csv", rows, "utf-8"))
    idle(desk)
    assert "将写入 2 · 作废 1 · 存疑 1 · 要您定 4" in dialog.counts.text() and "什么都没有写入" in dialog.counts.text()
    assert not dialog.ok.isEnabled()
    dialog.confirm()
    idle(desk)
    assert ballots(survey) == 0
    dialog.copy()
    pasted = QGuiApplication.clipboard().text()
    assert "要您定\t第 5 行 · 1、您所在的村（社区、单位）：\t南村\t没有找到这个支部" in pasted
    assert "存疑\t第 4 行\t青石村\t作答过快（2 秒）" in pasted
    for key, words in (
        ("place:南村", "龙泉村党支部"),
        ("place:北村", "不导入这些答卷"),
        ("option:很满意", "非常满意"),
        ("group:游客", "不分人群"),
    ):
        choose(dialog.questions.boxes[key], words)
        idle(desk)
    assert dialog.counts.text() == "将写入 3 · 作废 1 · 存疑 1 · 要您定 0 · 退回 1"
    assert dialog.questions.boxes["place:南村"].currentText() == "龙泉村党支部"
    choose(dialog.questions.boxes["place:北村"], "青石村党支部")
    idle(desk)
    assert "将写入 4" in dialog.counts.text()
    dialog.confirm()
    idle(desk)
    assert ballots(survey) == 4


def test_the_order_of_numbers_and_a_column_are_chosen(
    dialog: BallotImportDialog, desk: Desk, survey: tuple[Town, int], idle: Idle, tmp_path: Path
) -> None:
    heads = list(HEADS)
    heads[7] = "2、卫生状况您怎么看"
    rows = [sheet(1, "青石村", "5", "4", "党员")]
    dialog.read(write_csv(tmp_path / "三季度.csv", rows, "utf-8", heads))
    idle(desk)
    choose(dialog.columns.boxes[7], "环境卫生")
    idle(desk)
    choose(dialog.questions.boxes["order:5"], "1 是“不满意”，5 是“非常满意”")
    idle(desk)
    assert dialog.plan is not None and [b.draft.answers for b in dialog.plan.ballots] == ["12"]


def test_marked_rows_are_voided_with_a_reason_and_counted_again(
    dialog: BallotImportDialog, desk: Desk, idle: Idle, tmp_path: Path
) -> None:
    dialog.read(write_csv(tmp_path / "三季度.csv", CLEAN, "utf-8"))
    idle(desk)
    dialog.void_ticked()
    assert "写明作废原因" in dialog.refusal.text()
    dialog.marked.tick(4)
    dialog.reason.setText("现场代填")
    dialog.void_ticked()
    idle(desk)
    assert dialog.counts.text() == "将写入 1 · 作废 2 · 存疑 0 · 要您定 0 · 退回 0" and dialog.refusal.isHidden()
    dialog.restore()
    idle(desk)
    assert "将写入 2" in dialog.counts.text()


def test_a_file_that_is_in_already_cannot_be_confirmed(
    dialog: BallotImportDialog, desk: Desk, survey: tuple[Town, int], idle: Idle, tmp_path: Path, qtbot: QtBot
) -> None:
    path = write_csv(tmp_path / "三季度.csv", CLEAN, "utf-8")
    dialog.read(path)
    idle(desk)
    dialog.confirm()
    idle(desk)
    again = BallotImportDialog(desk, survey[1])
    qtbot.addWidget(again)
    again.read(path)
    idle(desk)
    (box,) = again.questions.boxes.values()
    assert box.currentText() == "不能导入" and box.count() == 1 and not again.ok.isEnabled()


def test_a_bad_file_leaves_the_choice_open(dialog: BallotImportDialog, desk: Desk, idle: Idle, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 broken")
    dialog.read(bad)
    idle(desk)
    assert dialog.stack.currentIndex() == 0 and "已损坏" in dialog.refusal.text()
    dialog.read(write_csv(tmp_path / "三季度.csv", CLEAN, "utf-8"))
    idle(desk)
    assert dialog.refusal.isHidden() and dialog.ok.isEnabled()


def test_reading_can_be_stopped(dialog: BallotImportDialog, desk: Desk, idle: Idle, tmp_path: Path) -> None:
    dialog.read(write_csv(tmp_path / "三季度.csv", CLEAN * 3000, "utf-8"))
    dialog.progress.stop.click()
    idle(desk)
    assert dialog.stack.currentIndex() == 0 and dialog.refusal.isHidden() and dialog.plan is None
