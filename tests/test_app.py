"""Starting: what is decided before the window, and what must not be loaded before its first picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from okr_desk import app, paths
from okr_desk.ui.opening import DEMO_FILE
from tests.demo_copy import demo_copy

HEAVY = ("sqlmodel", "sqlalchemy", "matplotlib", "numpy", "reportlab", "openpyxl", "alembic", "pypinyin", "pydantic")
FIRST_PICTURE = """
import sys
from okr_desk import app
from okr_desk.ui.main_window import MainWindow

def painted(window, options):
    print(",".join(name for name in {heavy!r} if name in sys.modules), flush=True)
    window.desk.close()
    app.QApplication.instance().quit()

app._after_paint = painted
sys.exit(app.main([]))
"""


@pytest.mark.parametrize(
    ("platform", "variables", "plugin", "answer"),
    [
        # Only ibus through its portal reached the field under fcitx 5; nothing else is touched.
        ("linux", {"QT_IM_MODULE": "fcitx"}, False, app.FCITX_ADVICE),
        ("linux", {"QT_IM_MODULE": "fcitx5"}, False, app.FCITX_ADVICE),
        ("linux", {"XMODIFIERS": "@im=fcitx"}, False, app.FCITX_ADVICE),
        ("linux", {"QT_IM_MODULE": "fcitx"}, True, {}),
        ("linux", {"QT_IM_MODULE": "ibus"}, False, {}),
        ("linux", {}, False, {}),
        ("win32", {"QT_IM_MODULE": "fcitx"}, False, {}),
    ],
)
def test_input_method(platform: str, variables: dict[str, str], plugin: bool, answer: dict[str, str]) -> None:
    assert app.input_method(platform, variables, lambda: plugin) == answer


def test_shell_is_painted_before_anything_heavy_is_loaded(home: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OKR_DESK_HOME": str(home)}
    code = FIRST_PICTURE.format(heavy=HEAVY)
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == ""


FIRST_PAGE = """
import sys
from okr_desk import app
from okr_desk.ui.opening import Opening

def ready(opening):
    window = opening.parent()
    table = window.pages["checkins"].table
    if not table.grid.rows:
        app.QTimer.singleShot(10, lambda: ready(opening))
        return
    print(window.current_page().key, ",".join(name for name in {mapped!r} if name in sys.modules), flush=True)
    app.QApplication.instance().quit()

start = Opening.start
def started(self):
    self.prepare_writing = lambda: None
    self.ready.connect(lambda: ready(self))
    start(self)
Opening.start = started
sys.exit(app.main(["--demo", "--page", "checkins"]))
"""
MAPPED = ("sqlmodel", "pydantic", "sqlalchemy.orm", "okr_desk.model.tables")


def test_the_page_asked_for_comes_first_and_needs_no_mapped_rows(home: Path, demo_template: Path) -> None:
    paths.data_folder().mkdir(parents=True, exist_ok=True)
    demo_copy(demo_template, paths.data_folder() / DEMO_FILE)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OKR_DESK_HOME": str(home)}
    code = FIRST_PAGE.format(mapped=MAPPED)
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.split() == ["checkins"]


def test_second_start_hands_its_file_over_and_leaves(home: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OKR_DESK_HOME": str(home)}
    code = """
import sys
from pathlib import Path
from okr_desk import app
from okr_desk.ui import opening
app.QApplication  # the running program
def start(self):
    print("ready", flush=True)
def opened(self, path):
    print(path.name, flush=True)
    app.QApplication.instance().quit()
opening.Opening.start = start
opening.Opening.open = opened
sys.exit(app.main([]))
"""
    running = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)
    assert running.stdout is not None
    try:
        assert running.stdout.readline().strip() == "ready"
        second = [sys.executable, "-m", "okr_desk.app", str(tmp_path / "青山镇.okr")]
        assert subprocess.run(second, env=environment, timeout=60, check=False).returncode == 0
        assert running.stdout.readline().strip() == "青山镇.okr"
        assert running.wait(timeout=30) == 0
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


def test_screenshots_of_every_page(home: Path, tmp_path: Path, demo_template: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OKR_DESK_HOME": str(home)}
    folder = tmp_path / "窗口"
    file = demo_copy(demo_template, tmp_path / "示范.okr")
    command = [sys.executable, "-m", "okr_desk.app", str(file), "--screenshot", str(folder)]
    ended = subprocess.run(command, env=environment, timeout=300, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    from okr_desk.ui.navigation import ENTRIES

    assert [path.stem.partition("_")[2] for path in sorted(folder.glob("*.png"))] == [entry.key for entry in ENTRIES]
    assert all(path.read_bytes()[:4] == b"\x89PNG" for path in folder.glob("*.png"))
