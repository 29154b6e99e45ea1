"""The program's log files."""

from __future__ import annotations

import logging

import pytest

from okr_desk import log, paths


def test_errors_reach_the_file(caplog: pytest.LogCaptureFixture) -> None:
    log.start()
    logging.getLogger("okr_desk").error("盘满了")
    log.stop()
    caplog.clear()
    assert "盘满了" in (paths.log_folder() / "okr_desk.log").read_text("utf-8")
    assert not logging.getLogger("okr_desk").handlers


def test_a_folder_that_cannot_be_written_means_no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = paths.data_folder() / "a file"
    blocked.write_text("", "utf-8")
    monkeypatch.setattr(paths, "log_folder", lambda: blocked)
    log.start()
    assert not logging.getLogger("okr_desk").handlers
    log.stop()
