"""From the command to the first picture, to the first cell that can be typed into, and the memory until then.

Usable means: the page 填报 of the demo stands, and a key sent to the cell in front appears in its editor.

Yardstick: the same interpreter opening a bare PySide6 window. Both are watched from inside their own process by
the same event filter, so imports count and the exit does not. Both start as an installed program does: compiled
once before (the first round), not from source each time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Figure, side_by_side

ROUNDS = 5

_WATCH = """
import json, os, sys, time
started = float(os.environ["BENCH_STARTED"])
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

class Watch(QObject):
    first = None
    def eventFilter(self, target, event):
        if self.first is None and event.type() == QEvent.Type.Paint and isinstance(target, QWidget):
            self.first = time.time() - started
            QApplication.instance().removeEventFilter(self)
        return False

def memory():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0

watch = Watch()

def tell(**more):
    print(json.dumps({"paint": watch.first, "memory": memory(), **more}), flush=True)
    os._exit(0)
"""

_BARE = """
app = QApplication([])
app.installEventFilter(watch)
window = QMainWindow()
window.setCentralWidget(QWidget())
window.resize(1366, 768)
window.show()
QTimer.singleShot(200, tell)
app.exec()
"""

_OURS = """
from okr_desk import app as program
app = program.make_application()
app.installEventFilter(watch)

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

def takes_a_key(page):
    for view in page.findChildren(QAbstractItemView):
        if view.isVisible() and view.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier, "7")
            QApplication.sendEvent(view, key)
            if any(field.text() == "7" for field in view.viewport().findChildren(QLineEdit)):
                return True
    return False

def wait():
    window = next((w for w in app.topLevelWidgets() if type(w).__name__ == "MainWindow"), None)
    if window is None:
        QTimer.singleShot(20, wait)
    else:
        window.page_shown.connect(lambda _key: look(window))

def look(window):
    if takes_a_key(window.current_page()):
        tell(usable=time.time() - started)
    if time.time() - started > 60:
        tell(usable=None)
    QTimer.singleShot(5, lambda: look(window))

QTimer.singleShot(0, wait)
program.main(["--demo", "--page", "checkins"])
"""


def figures() -> list[Figure]:
    """First paint, usable, memory."""
    with tempfile.TemporaryDirectory() as home:
        _run(_OURS, home)  # the first start builds the demo
        told: dict[str, list[dict[str, float | None]]] = {"ours": [], "bare": []}

        def ours() -> float:
            told["ours"].append(_run(_OURS, home))
            return told["ours"][-1]["paint"] or 0.0

        def bare() -> float:
            told["bare"].append(_run(_BARE, home))
            return told["bare"][-1]["paint"] or 0.0

        paint, bare_paint = side_by_side(ours, bare, ROUNDS)
    found = [Figure("start: first paint of the shell", paint, bare_paint, "s", 2, "bare window")]
    usable = _median(told["ours"], "usable")
    if usable:
        found.append(Figure("start: first cell can be typed into, demo", usable, bare_paint, "s", 4, "bare window"))
    memory, bare_memory = _median(told["ours"], "memory"), _median(told["bare"], "memory")
    if memory and bare_memory:
        found.append(
            Figure("memory then, before any chart", memory / 2**20, bare_memory / 2**20, "MB", 2.5, "bare window")
        )
    return found


def _median(told: list[dict[str, float | None]], key: str) -> float | None:
    values = sorted(value for value in (one.get(key) for one in told[1:]) if value)
    return values[len(values) // 2] if values else None


def _run(body: str, home: str) -> dict[str, float | None]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "OKR_DESK_HOME": home}
    program = Path(home) / "probe.py"
    program.write_text(_WATCH + body, encoding="utf-8")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(home) / "compiled")
    environment |= {"PYTHONPATH": str(Path(__file__).resolve().parents[1]), "BENCH_STARTED": repr(_now())}
    done = subprocess.run([sys.executable, str(program)], env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(done.stderr)
    told: dict[str, float | None] = json.loads(done.stdout.splitlines()[-1])
    return told


def _now() -> float:
    import time

    return time.time()
