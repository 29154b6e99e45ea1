"""Left alone, the windows are covered until the same person signs in again; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QMessageBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from okr_desk.rules.policy import PolicyDraft
from okr_desk.services import policy, users
from okr_desk.settings import Settings
from okr_desk.ui.desk import Desk
from okr_desk.ui.locking import Cover
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.opening import Opening
from tests.founded_township import LIGHT, PASSWORD, Town, found

PATIENCE = 20_000
Idle = Callable[[Desk], None]


@dataclass
class Watch:
    """A clock that is moved by hand."""

    at: datetime = datetime(2026, 10, 8, 1, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


@dataclass
class Office:
    """A window at which the secretary of a real (not demonstration) township sits."""

    town: Town
    desk: Desk
    window: MainWindow
    opening: Opening
    watch: Watch

    def wait(self, minutes: int) -> None:
        self.watch.at += timedelta(minutes=minutes)
        self.opening.locking.look()


@pytest.fixture
def office(qtbot: QtBot, look: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, idle: Idle) -> Iterator[Office]:
    monkeypatch.setattr(users, "HASHER", LIGHT)
    town = found(tmp_path / "青山镇.okr")
    desk = Desk(Settings(theme="light"))
    window = MainWindow(desk)
    qtbot.addWidget(window)
    opening = Opening(desk, window, None, False)
    window.show()
    desk.take_store(town.store)
    desk.clock = watch = Watch()
    with qtbot.waitSignal(opening.ready, timeout=PATIENCE):
        desk.sign_in(town.actors["admin"])
    idle(desk)
    yield Office(town, desk, window, opening, watch)
    desk.sign_in(None)
    desk.close()


def covered(office: Office) -> list[str]:
    """The windows that can be seen and are covered."""
    covers = [cover for cover in office.window.findChildren(Cover) if cover.isVisible()]
    return [type(cover.parentWidget()).__name__ for cover in covers]


def test_locks_after_the_minutes_of_the_setting(office: Office) -> None:
    office.wait(29)
    assert not office.opening.locking.is_locked
    office.wait(1)
    form = office.opening.locking.form
    assert form is not None
    assert form.isVisible()
    assert form.text("login") == "admin"
    assert covered(office) == ["MainWindow"]
    assert office.desk.actor is office.town.actors["admin"]


def test_a_changed_setting_counts_at_once(office: Office, idle: Idle) -> None:
    office.desk.tasks.write(policy.change, PolicyDraft("safety.idle_minutes", "5"))
    idle(office.desk)
    idle(office.desk)
    office.wait(5)
    assert office.opening.locking.is_locked


def test_a_key_in_the_window_starts_the_minutes_anew(office: Office) -> None:
    office.wait(29)
    handle = office.window.windowHandle()
    stroke = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(handle, stroke)
    office.wait(29)
    assert not office.opening.locking.is_locked
    office.wait(1)
    assert office.opening.locking.is_locked


def test_a_clock_put_back_does_not_count(office: Office) -> None:
    office.wait(-600)
    office.wait(29)
    assert not office.opening.locking.is_locked


def test_unlocking_leaves_everything_as_it_was(office: Office, qtbot: QtBot, idle: Idle) -> None:
    page = office.window.current_page()
    dialog = QDialog(office.window)
    line = QLineEdit("写到一半的话", dialog)
    QVBoxLayout(dialog).addWidget(line)
    dialog.open()
    office.opening.locking.lock()
    assert sorted(covered(office)) == ["MainWindow", "QDialog"]
    form = office.opening.locking.form
    assert form is not None
    assert form.parent() is dialog
    password = form.fields["password"]
    assert isinstance(password, QLineEdit)

    password.setText("不是这个密码1")
    form.submit()
    idle(office.desk)
    assert "密码不对" in form.refusal
    assert office.opening.locking.is_locked

    password.setText(PASSWORD)
    form.submit()
    idle(office.desk)
    assert not office.opening.locking.is_locked
    assert covered(office) == []
    assert dialog.isVisible()
    assert line.text() == "写到一半的话"
    assert office.window.current_page() is page
    office.wait(30)
    assert office.opening.locking.is_locked


def test_escape_asks_before_somebody_else_may_sign_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *words: asked.append(words[2]) or answer)
    monkeypatch.setattr(Opening, "_greet", lambda self, people: asked.append("登录"))
    office.opening.locking.lock()
    form = office.opening.locking.form
    assert form is not None
    form.reject()
    assert office.opening.locking.is_locked
    answer = QMessageBox.StandardButton.Yes
    form.reject()
    assert not office.opening.locking.is_locked
    assert office.desk.actor is None
    assert office.window.pages == {}
    assert asked[-1] == "登录"
    assert all("没有保存的会丢失" in words for words in asked[:-1])


def test_the_demo_is_not_locked(window: MainWindow, qtbot: QtBot) -> None:
    locking = window.findChild(Opening).locking  # type: ignore[union-attr]
    window.desk.clock = watch = Watch()
    locking.look()
    watch.at += timedelta(hours=9)
    locking.look()
    locking.lock()
    assert not locking.is_locked


def test_locking_twice_covers_once(office: Office) -> None:
    office.opening.locking.lock()
    office.opening.locking.lock()
    assert covered(office) == ["MainWindow"]
