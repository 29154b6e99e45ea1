"""The window and its parts on a real database, drawn offscreen."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from okr_desk.model.store import Store
from okr_desk.queries import users
from okr_desk.rules.permissions import Actor
from okr_desk.settings import Settings
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.garbage import Garbage
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.opening import Opening

PATIENCE = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of every top-level window what a window manager would do and it cannot."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support "))


@pytest.fixture(scope="session", autouse=True)
def collector(qapp: QApplication) -> Iterator[Garbage]:
    """As in the program: widgets in a cycle are destroyed on the main thread only."""
    made = Garbage()
    yield made
    gc.enable()


@pytest.fixture(autouse=True)
def tidy(collector: Garbage) -> Iterator[None]:
    """No test waits for the timer, and none finds the windows of the one before: each look would polish them again."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    collector.look()


@pytest.fixture
def look(qapp: QApplication) -> None:
    """The program's own look, light and of standard size."""
    theme.apply(qapp, Settings(theme="light"))


@pytest.fixture
def bare_desk(look: None) -> Iterator[Desk]:
    """A desk without a database."""
    made = Desk(Settings(theme="light"))
    yield made
    made.close()


@pytest.fixture
def demo_actor(demo_store: Store) -> Callable[[str], Actor]:
    """The person behind a login of the demo."""

    def find(login: str) -> Actor:
        with demo_store.read() as session:
            account = users.by_login(session, login, demo_store.clock.today())
            assert account is not None
            return Actor(account.id, account.login, account.name, account.grants)

    return find


@pytest.fixture
def desk(look: None, demo_store: Store, demo_actor: Callable[[str], Actor]) -> Iterator[Desk]:
    """A desk with the demo open and its administrator signed in."""
    made = Desk(Settings(theme="light"))
    made.take_store(demo_store)
    made.sign_in(demo_actor("admin"))
    yield made
    made.close()


@pytest.fixture
def idle(qtbot: QtBot) -> Callable[[Desk], None]:
    """Waits until a desk has nothing under way."""
    return lambda waited: qtbot.waitUntil(lambda: waited.tasks.is_idle, timeout=PATIENCE)


@pytest.fixture
def window(qtbot: QtBot, look: None, demo_store: Store) -> Iterator[MainWindow]:
    """The whole window with the demo opened the way the program does it, at 1366 × 768."""
    desk = Desk(Settings(theme="light"))
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    opening = Opening(desk, made, str(demo_store.path), False)
    with qtbot.waitSignal(opening.ready, timeout=PATIENCE):
        made.show()
        opening.start()
    qtbot.waitUntil(lambda: desk.tasks.is_idle, timeout=PATIENCE)
    yield made
    desk.close()
