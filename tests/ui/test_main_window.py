"""The whole window on the demo: who sees what, jumping, badges, dropping workbooks, coming back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMargins, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from okr_desk.rules.permissions import Actor
from okr_desk.terms import Role
from okr_desk.ui import placing
from okr_desk.ui.desk import Desk
from okr_desk.ui.jump import Jump
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.navigation import BY_KEY, ENTRIES, entries_for
from okr_desk.ui.pages.help import HelpWindow
from tests.ui.walk import of_one_branch

Idle = Callable[[Desk], None]
FRONT = [
    "today",
    "objectives",
    "checkins",
    "duties",
    "worklog",
    "scores",
    "reviews",
    "followups",
    "indicators",
    "surveys",
    "reports",
    "settings",
]


def sit(window: MainWindow, actor: Actor, idle: Idle) -> None:
    window.desk.sign_in(actor)
    idle(window.desk)


def test_demo_signs_in_by_itself_and_says_which_day_it_lives_on(window: MainWindow) -> None:
    assert window.desk.actor is not None
    assert window.desk.actor.login == "admin"
    assert "2026年10月8日" in window.status.state.text()
    assert window.desk.selection.quarter is not None
    assert window.desk.selection.quarter.key == "2026Q3"
    assert window.top.org.text() == "青山镇 · 全部支部"
    assert window.rail.shown_keys() == [entry.key for entry in ENTRIES]


@pytest.mark.parametrize(
    ("login", "keys"), [("qingshi", FRONT), ("chakan", [key for key in FRONT if key != "checkins"])]
)
def test_rail_shows_what_the_role_can_use(
    window: MainWindow, demo_actor: Callable[[str], Actor], idle: Idle, login: str, keys: list[str]
) -> None:
    sit(window, demo_actor(login), idle)
    assert [key for key in window.rail.shown_keys() if not BY_KEY[key].parent] == keys
    assert not window.show_page("users")


def test_secretary_chooses_nothing_but_the_own_branch(
    window: MainWindow, demo_actor: Callable[[str], Actor], idle: Idle
) -> None:
    sit(window, demo_actor("qingshi"), idle)
    chosen = window.desk.selection
    assert [org.short_name for org in chosen.orgs] == ["青石村党支部"]
    assert chosen.org == chosen.orgs[0]
    chosen.choose_org(None)
    assert chosen.org == chosen.orgs[0]
    assert window.top.org.text() == "青石村党支部"


def test_no_page_of_the_last_person_stays(
    window: MainWindow, demo_actor: Callable[[str], Actor], idle: Idle, qtbot: QtBot
) -> None:
    before = window.current_page()
    window.desk.sign_in(None)
    assert window.pages == {}
    assert window.current_page() is None
    assert window.desk.selection.orgs == ()
    sit(window, demo_actor("qingshi"), idle)
    qtbot.waitUntil(lambda: window.current_page() is not None)
    assert window.current_page() is not before


@pytest.mark.parametrize("words", ["said", "refused"])
def test_what_was_said_leaves_with_the_page_and_with_the_person(
    window: MainWindow, demo_actor: Callable[[str], Actor], idle: Idle, words: str
) -> None:
    say = window.desk.say if words == "said" else window.messages.refuse
    say("已保存 1 项。")
    window.show_page("today")  # the page in front already
    assert window.messages.isVisible()
    window.show_page("settings")
    assert not window.messages.isVisible()
    say("已保存 1 项。")
    sit(window, demo_actor("qingshi"), idle)
    assert not window.messages.isVisible()
    say("已保存 1 项。")
    window.desk.sign_in(None)
    assert not window.messages.isVisible()


def test_what_is_said_of_the_file_waits_for_the_next_person(
    window: MainWindow, demo_actor: Callable[[str], Actor], idle: Idle
) -> None:
    window.desk.sign_in(None)
    window.desk.say("已恢复到所选备份。")
    sit(window, demo_actor("admin"), idle)
    assert window.messages.isVisible()


def test_nobody_sees_nothing() -> None:
    assert entries_for(None) == ()
    assert all(entry.needs for entry in ENTRIES)
    assert {Role.ADMINISTRATOR} <= set(Role)


def test_pages_are_made_on_first_show_and_kept(window: MainWindow, idle: Idle) -> None:
    window.show_page("settings")
    idle(window.desk)
    page = window.current_page()
    assert page is not None
    assert page.key == "settings"
    window.show_page("today")
    window.show_page("settings")
    assert window.current_page() is page
    assert window.rail.current_key() == "settings"
    assert "设置" in window.windowTitle()


def test_badge_stands_in_the_rail_and_speaks(window: MainWindow) -> None:
    page = window.current_page()
    assert page is not None
    page.badge_changed.emit(14)
    item = window.rail.item(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "工作台，14 项待办"
    page.badge_changed.emit(0)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "工作台"


def test_jump_finds_pages_and_branches_by_initials(window: MainWindow, qtbot: QtBot) -> None:
    jump = Jump(window)
    qtbot.addWidget(jump)
    jump.box.setText("zz")
    texts = [jump.list.item(row).text() for row in range(jump.list.count())]
    assert any(text.startswith("组织") for text in texts)
    jump.box.setText("qsc")
    texts = [jump.list.item(row).text() for row in range(jump.list.count())]
    row = next(row for row, text in enumerate(texts) if "青石村" in text)
    jump.list.setCurrentRow(row)
    qtbot.keyClick(jump.box, Qt.Key.Key_Return)
    assert window.desk.selection.org is not None
    assert window.desk.selection.org.short_name == "青石村党支部"
    assert window.top.org.text() == "青石村党支部"


def test_jump_names_what_it_finds_and_says_when_it_finds_nothing(window: MainWindow, qtbot: QtBot) -> None:
    number = QPushButton("72%", window.current_page())  # as the numbers that explain themselves
    number.show()
    jump = Jump(window)
    qtbot.addWidget(jump)
    places = {place.text: place.kind for place in jump.places}
    assert "72%" not in places
    township = window.desk.selection.orgs[0]
    assert places[township.full_name] == "镇党委" and set(places.values()) >= {"页面", "操作", "党总支", "党支部"}
    jump.box.setText("没有的东西")
    assert [jump.list.item(row).text() for row in range(jump.list.count())] == ["没有找到“没有的东西”。"]
    qtbot.keyClick(jump.box, Qt.Key.Key_Return)  # goes nowhere
    assert window.rail.current_key() == "today"


def test_keys_of_the_window(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.rail.current_key() == "objectives"
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    jump = window.findChild(Jump)
    assert jump is not None
    jump.close()


def test_alt_and_a_number_follow_the_rail_as_shown(
    window: MainWindow, demo_actor: Callable[[str], Actor], idle: Idle, qtbot: QtBot
) -> None:
    """A secretary has no 导入: the ninth entry is 整改, whether or not 工作底单 has unfolded what is below it."""
    sit(window, demo_actor("qingshi"), idle)
    qtbot.waitUntil(lambda: window.current_page() is not None)
    with qtbot.waitActive(window):
        window.activateWindow()
    for place, key in enumerate(FRONT[:9], 1):
        qtbot.keyClick(window, Qt.Key.Key_0 + place, Qt.KeyboardModifier.AltModifier)
        assert window.rail.current_key() == key


def test_help_opens_at_the_page(window: MainWindow) -> None:
    window.show_page("settings")
    window.show_help()
    helper = window.findChild(HelpWindow)
    assert helper is not None
    helper.close()


def drop(window: MainWindow, names: list[Path]) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(name)) for name in names])
    entered = QDragEnterEvent(
        QPoint(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    entered.ignore()
    window.dragEnterEvent(entered)
    if not entered.isAccepted():
        return False
    dropped = QDropEvent(
        QPointF(400, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(dropped)
    return True


def test_dropped_workbook_opens_the_import_page(window: MainWindow, tmp_path: Path, idle: Idle) -> None:
    asked: list[tuple[str, dict[str, object]]] = []
    window.show_page = lambda key, arguments=None: bool(asked.append((key, arguments)) or True)  # type: ignore[method-assign]
    assert drop(window, [tmp_path / "04_季度实绩.xlsx", tmp_path / "读我.txt"])
    assert asked == [("import", {"paths": [tmp_path / "04_季度实绩.xlsx"]})]
    assert not drop(window, [tmp_path / "照片.jpg"])
    del window.show_page


def test_a_page_with_unsaved_input_is_not_left(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.show_page("settings")
    page = window.current_page()
    assert page is not None
    monkeypatch.setattr(page, "can_leave", lambda: False)
    assert not window.show_page("today")
    assert window.current_page() is page
    assert window.rail.current_key() == "settings"
    assert not window.close()
    monkeypatch.setattr(page, "can_leave", lambda: True)


def test_ctrl_z_works_on_the_page_in_front(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window.show_page("settings")
    page = window.current_page()
    assert page is not None
    stack = QUndoStack(page)
    stack.push(QUndoCommand("更新 KR2.2"))
    monkeypatch.setattr(page, "undo_stack", lambda: stack)
    window.show_page("today")
    window.show_page("settings")
    undo = next(action for action in window.actions() if action.text().startswith("撤消"))
    assert undo.text() == "撤消 更新 KR2.2"
    undo.trigger()
    assert stack.index() == 0
    window.show_page("today")
    assert not undo.isEnabled()


def test_geometry_comes_back(window: MainWindow, qtbot: QtBot, bare_desk: Desk) -> None:
    window.resize(1180, 690)
    window.close()
    again = MainWindow(bare_desk)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1180, 690)


def test_shell_stands_before_anything_is_open(qtbot: QtBot, bare_desk: Desk) -> None:
    made = MainWindow(bare_desk)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted):
        made.show()
    assert made.status.state.text() == "正在打开…"
    assert made.current_page() is None


def test_refusals_stay_and_notices_leave(window: MainWindow) -> None:
    window.desk.refuse(ValueError("磁盘空间不足。"))
    assert window.messages.words.text() == "磁盘空间不足。"
    assert window.messages.objectName() == "band"
    assert not window.messages._timer.isActive()
    window.desk.say("已保存。")
    assert window.messages._timer.isActive()
    assert window.messages.isVisible()


def unnamed(root: QWidget) -> list[str]:
    """Focusable, visible widgets that a screen reader could not name."""
    from PySide6.QtGui import QAccessible

    found = []
    for widget in root.findChildren(QWidget):
        inside = widget.objectName().startswith("qt_") or widget.parent() is None
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible() or inside:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


@pytest.mark.parametrize(("language", "name", "size"), [("zh_CN", "light", "standard"), ("en", "dark", "huge")])
def test_every_page_opens_in_both_languages_and_every_look(
    window: MainWindow, idle: Idle, language: str, name: str, size: str
) -> None:
    """It fits, and everything on it that takes the focus has a name."""
    desk = window.desk
    desk.change_settings(replace(desk.settings, theme=name, text_size=size, language=language))
    QApplication.processEvents()
    idle(desk)
    for entry in ENTRIES:
        of_one_branch(desk, entry.key)
        assert window.show_page(entry.key), entry.key
        idle(desk)
        assert window.current_page() is window.pages[entry.key]
        assert window.grab().toImage().width() == 1366, f"{entry.key} asks for more than the screen has"
        assert window.width() == 1366
        QApplication.processEvents()
        assert unnamed(window) == [], entry.key


class Screen:
    """A screen with so much room beside the bars of the desktop."""

    def __init__(self, width: int, height: int) -> None:
        self._room = QRect(0, 0, width, height)

    def availableGeometry(self) -> QRect:  # noqa: N802 - Qt's own name
        return self._room


@pytest.mark.parametrize(
    ("room", "fills"),
    [
        ((1366, 768), True),  # the usual laptop: 1366 × 768 and a title bar are more than there is
        ((1366, 728), True),
        ((1920, 1040), False),
        ((1366, 800), False),  # 768 and 30 fit
    ],
)
def test_the_first_window_fits_the_screen_with_its_frame(
    qtbot: QtBot, bare_desk: Desk, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int], fills: bool
) -> None:
    made = MainWindow(bare_desk)
    qtbot.addWidget(made)
    monkeypatch.setattr(made, "screen", lambda: Screen(*room))
    monkeypatch.setattr(placing, "frame", lambda _window: QMargins(0, 30, 0, 0))
    shown: list[bool] = []
    monkeypatch.setattr(made, "showMaximized", lambda: shown.append(True))
    monkeypatch.setattr(made, "show", lambda: shown.append(False))
    made.appear()
    assert shown == [fills]
    assert made.height() + 30 <= max(room[1], 640 + 30) and made.width() <= room[0]
