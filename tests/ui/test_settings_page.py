"""The settings page: drawn from declarations, checked at the field, saved at once, refused in services."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from okr_desk import i18n, settings
from okr_desk.queries import policy as standing
from okr_desk.rules import policy
from okr_desk.rules.permissions import Actor
from okr_desk.ui.desk import Desk
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.pages.settings import SettingsPage

Idle = Callable[[Desk], None]


@pytest.fixture
def page(window: MainWindow, idle: Idle) -> SettingsPage:
    window.show_page("settings")
    idle(window.desk)
    found = window.current_page()
    assert isinstance(found, SettingsPage)
    found.tabs.setCurrentWidget(found.policy)
    return found


def put(page: SettingsPage, key: str, text: str) -> None:
    field = page.policy.editors[key]
    assert isinstance(field, QLineEdit)
    field.setText(text)


def test_every_declared_setting_is_there_with_its_default(page: SettingsPage) -> None:
    assert set(page.policy.editors) == set(policy.declared())
    assert page.policy.differing() == 0
    assert not page.save.isEnabled()


def test_a_change_is_saved_and_shown(page: SettingsPage, idle: Idle) -> None:
    put(page, "report.working_days", "7")
    assert page.save.isEnabled()
    page.save.click()
    idle(page.desk)
    assert page.policy.differing() == 1
    assert "1 项" in page.answer.text()
    assert not page.save.isEnabled()
    with page.desk.store.read() as session:
        assert standing.values(session)["report.working_days"] == "7"
    page.policy._resets["report.working_days"].click()
    page.save.click()
    idle(page.desk)
    assert page.policy.differing() == 0


def test_a_value_out_of_bounds_is_refused_at_its_field(page: SettingsPage, idle: Idle) -> None:
    put(page, "report.working_days", "9999")
    page.save.click()
    idle(page.desk)
    assert not page.policy._sentences["report.working_days"].isHidden()
    assert page.policy.editors["report.working_days"].property("wrong") is True
    page.policy.discard()
    assert page.policy.changes() == []


def test_leaving_with_unsaved_changes_asks(
    page: SettingsPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(page, "report.working_days", "8")
    answers = iter([QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard])
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: next(answers))
    assert not window.show_page("today")
    assert window.show_page("today")
    assert page.policy.changes() == []


def test_who_may_not_change_sees_the_values_only(
    window: MainWindow, demo_actor: Callable[[str], Actor], idle: Idle
) -> None:
    window.desk.sign_in(demo_actor("chakan"))
    idle(window.desk)
    window.show_page("settings")
    idle(window.desk)
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    assert not any(editor.isEnabled() for editor in page.policy.editors.values())
    page.tabs.setCurrentWidget(page.policy)
    assert not page.save.isVisible()
    assert [page.tabs.tabText(number) for number in range(page.tabs.count())] == ["本机", "考核参数"]


def test_backup_is_made_checked_and_listed(page: SettingsPage, idle: Idle, qtbot: QtBot) -> None:
    page.tabs.setCurrentWidget(page.backups)
    page.backups.copy.click()
    idle(page.desk)
    qtbot.waitUntil(lambda: page.desk.tasks.is_idle)
    assert len(page.backups.table.model.rows) == 1
    assert page.backups.table.model.rows[0].is_whole
    assert "已验证" in page.answer.text()


def test_a_copy_is_put_back(
    page: SettingsPage, window: MainWindow, idle: Idle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = page.desk
    page.backups.make()
    idle(desk)
    put(page, "report.working_days", "7")
    page.save.click()
    idle(desk)
    page.backups.table.view.selectRow(0)
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: QMessageBox.StandardButton.Yes)
    old = desk.store
    page.backups.put_back.click()
    qtbot.waitUntil(lambda: desk.store is not old and bool(window.pages) and desk.tasks.is_idle, timeout=20_000)
    with desk.store.read() as session:
        assert standing.values(session)["report.working_days"] == "5"
    assert "已恢复" in window.messages.words.text()


def test_a_damaged_copy_is_refused_and_the_file_stays_open(
    page: SettingsPage, window: MainWindow, idle: Idle, qtbot: QtBot
) -> None:
    desk = page.desk
    page.backups.make()
    idle(desk)
    copy = page.backups.table.model.rows[0].path
    copy.write_bytes(copy.read_bytes()[:5000])
    desk.restore_asked.emit(copy)
    qtbot.waitUntil(lambda: bool(window.pages) and desk.tasks.is_idle, timeout=20_000)
    assert "备份" in window.messages.words.text()
    assert desk.actor is not None


def test_look_and_language_take_effect_at_once_and_are_kept(
    window: MainWindow, page: SettingsPage, idle: Idle, qtbot: QtBot
) -> None:
    page.personal.theme.setCurrentIndex(page.personal.theme.findData("dark"))
    qtbot.waitUntil(lambda: window.current_page() is not page)
    idle(window.desk)
    again = window.current_page()
    assert isinstance(again, SettingsPage)
    assert again.personal.theme.currentData() == "dark"
    again.personal.language.setCurrentIndex(1)
    assert i18n.language() == "en"
    assert settings.load().theme == "dark"
    assert settings.load().language == "en"
