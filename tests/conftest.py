"""What every test shares: no display, a home of its own, a clock that stands still, databases on real files."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from okr_desk import i18n
from okr_desk.clock import FixedClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_session_home = tempfile.mkdtemp(prefix="okr_desk_tests_")
os.environ["OKR_DESK_HOME"] = _session_home
os.environ["MPLCONFIGDIR"] = str(Path(_session_home) / "matplotlib")


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
