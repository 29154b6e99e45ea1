"""What every page has: its states, when it reads again, the side panel, the explanation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from okr_desk.errors import NotAllowed, Refusal
from okr_desk.scoring.explained import Explained
from okr_desk.services.outcome import Topic, changed
from okr_desk.ui.desk import Desk
from okr_desk.ui.pages.base import Page
from okr_desk.ui.widgets.explain_panel import ExplainedNumber, ExplainPanel

Idle = Callable[[Desk], None]


class Counting(Page):
    title = "试页"
    topics = frozenset({Topic.CHECKINS})

    def __init__(self, desk: Desk, answer: Callable[[], Any] = lambda: "答") -> None:
        super().__init__(desk)
        self.shown: list[Any] = []
        self.asked = 0
        self._answer_of = answer

    def query(self) -> Callable[..., Any]:
        self.asked += 1
        return lambda session: self._answer_of()

    def show_answer(self, snapshot: Any) -> None:
        self.shown.append(snapshot)
        self.set_answer(str(snapshot))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Counting:
    made = Counting(desk)
    qtbot.addWidget(made)
    return made


def test_skeleton_stands_until_the_answer_is_there(page: Counting, idle: Idle, desk: Desk) -> None:
    page.show()
    assert page.skeleton.isVisible()
    idle(desk)
    assert page.body.isVisible()
    assert page.shown == ["答"]
    assert page.answer.text() == "答"


def test_a_hidden_page_reads_when_it_is_shown_again(page: Counting, idle: Idle, desk: Desk) -> None:
    page.show()
    idle(desk)
    page.hide()
    desk.bus.changed.emit(changed(Topic.CHECKINS))
    desk.bus.changed.emit(changed(Topic.CHECKINS))
    assert page.asked == 1
    page.show()
    idle(desk)
    assert page.asked == 2


def test_a_page_in_front_reads_at_once_and_only_for_its_topics(page: Counting, idle: Idle, desk: Desk) -> None:
    page.show()
    idle(desk)
    desk.bus.changed.emit(changed(Topic.USERS))
    assert page.asked == 1
    desk.bus.changed.emit(changed(Topic.CHECKINS, Topic.USERS))
    assert page.asked == 2
    assert page.body.isVisible(), "the old answer stays until the new one is there"
    idle(desk)


def test_an_older_answer_is_passed_over(qtbot: QtBot, desk: Desk, idle: Idle) -> None:
    answers = iter(["旧", "新"])
    page = Counting(desk, lambda: next(answers))
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    idle(desk)
    assert len(page.shown) == 1


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (NotAllowed("您不能查看其他支部。"), "您不能查看其他支部。"),
        (Refusal("本季度还没有建立。"), "本季度还没有建立。"),
    ],
)
def test_refusals_fill_the_page(qtbot: QtBot, desk: Desk, idle: Idle, error: Exception, sentence: str) -> None:
    def fail() -> None:
        raise error

    page = Counting(desk, fail)
    qtbot.addWidget(page)
    page.show()
    idle(desk)
    assert page.empty.isVisible()
    assert page.empty.sentence == sentence


def test_empty_says_what_to_do_first_and_does_it(page: Counting, qtbot: QtBot) -> None:
    done: list[bool] = []
    page.show()
    page.show_empty("还没有目标。", "先导入或新建。", "导入", lambda: done.append(True))
    assert page.empty.sentence == "还没有目标。"
    qtbot.mouseClick(page.empty._button, Qt.MouseButton.LeftButton)
    assert done == [True]


def test_band_comes_and_goes(page: Counting) -> None:
    page.show()
    page.set_band("2026年第二季度已冻结。")
    assert page._band.isVisible()
    page.set_band("")
    assert not page._band.isVisible()


def test_one_accent_stands_last_and_quiet_actions_before_it(page: Counting) -> None:
    pressed: list[str] = []
    page.set_accent("保存", "save", lambda: pressed.append("保存"), "Ctrl+S")
    page.add_quiet("打印", "print", lambda: pressed.append("打印"), "Ctrl+P")
    buttons = [page._actions.itemAt(row).widget() for row in range(page._actions.count())]
    assert [button.text() for button in buttons] == ["打印", "保存"]
    assert [bool(button.property("accent")) for button in buttons] == [False, True]
    for button in buttons:
        button.click()
    assert pressed == ["打印", "保存"]


def test_keys_of_actions_survive_a_change_of_their_words(page: Counting, qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = page.set_accent("写入", "save", lambda: pressed.append("写入"), "Ctrl+S")
    button.setText("写入 3 格")
    page.show()
    with qtbot.waitActive(page):
        page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["写入"]
    button.setEnabled(False)
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["写入"]


def test_number_explains_itself_beside_the_content(page: Counting, idle: Idle, desk: Desk, qtbot: QtBot) -> None:
    page.resize(1100, 600)
    page.show()
    idle(desk)
    explained = Explained(Decimal("0.55"), ("（83.1－80）÷（85.6－80）", "＝0.55"))
    number = ExplainedNumber("完成度", explained)
    qtbot.addWidget(number)
    number.asked.connect(page.show_explained)
    assert number.text() == "55%"
    number.click()
    assert page.side.isVisible()
    panel = page.side.findChild(ExplainPanel)
    assert panel.text.splitlines() == ["完成度 0.55", "1. （83.1－80）÷（85.6－80）", "2. ＝0.55"]
    assert page.body.geometry().right() <= page.side.geometry().left()
    page.close_side()
    assert not page.side.isVisible()


def test_side_panel_holds_one_widget_at_a_time(page: Counting) -> None:
    page.show()
    first, second = QLabel("甲"), QLabel("乙")
    page.open_side(first, "甲")
    page.open_side(second, "乙")
    assert page._side_slot.count() == 1
    assert page._side_title.text() == "乙"


def test_explanation_can_be_copied(page: Counting) -> None:
    panel = ExplainPanel(page)
    panel.show_explained("应达", Explained(None, ()), "—")
    assert "没有可以说明的步骤" in panel.text
    next(
        button
        for button in panel.findChildren(type(page.set_accent("", "save", lambda: 0)))
        if button.text() == "复制说明"
    ).click()
    assert QGuiApplication.clipboard().text() == panel.text
    QGuiApplication.clipboard().clear()
