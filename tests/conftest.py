"""What every test shares: no display, a home of its own, a clock that stands still, databases on real files."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from okr_desk import i18n
from okr_desk.clock import FixedClock
from okr_desk.model.store import Store
from tests.demo_copy import demo_copy
from tests.made_once import empty

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PATIENCE = 300
"""Seconds that one process waits for the demo of another."""
_session_home = tempfile.mkdtemp(prefix="okr_desk_tests_")
os.environ["OKR_DESK_HOME"] = _session_home
os.environ["MPLCONFIGDIR"] = str(Path(_session_home) / "matplotlib")

# A busy PC is no fault of the arithmetic; half of the usual examples keep the suite within its quarter of an hour.
settings.register_profile("suite", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Windows first: their files take minutes, and a long one at the end would leave the other core idle."""
    items.sort(key=lambda item: "ui" not in item.path.parts)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders of this one test."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("OKR_DESK_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Each test starts, and leaves, in Chinese."""
    i18n.use("zh_CN")
    yield
    i18n.use("zh_CN")


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or error in the log that the test did not ask for is a failure (`caplog.clear()` after asking)."""
    yield
    loud = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    if loud:
        pytest.fail("unexpected log: " + "; ".join(loud))


@pytest.fixture
def clock() -> FixedClock:
    """The demo's own day, a week into the fourth quarter: the third is due."""
    return FixedClock(date(2026, 10, 8))


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    """A new, empty database."""
    made = empty(tmp_path / "测试.okr", clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo township, imported from its workbooks once, for all processes; copy it, never write to it."""
    from okr_desk.exchange import founding

    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "demo"
    path, ready = folder / "青山镇示范.okr", folder / "ready"
    try:
        folder.mkdir()
    except FileExistsError:  # another process makes it
        until = time.monotonic() + PATIENCE
        while not ready.exists():
            assert time.monotonic() < until, "the demo was never made"
            time.sleep(0.2)
        return path
    made, _report = founding.demo(path)
    made.close()
    ready.touch()
    return path


@pytest.fixture
def demo_store(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    """The demo township of this one test."""
    made = Store.open(demo_copy(demo_template, tmp_path / demo_template.name))
    yield made
    made.close()
