"""The window: paints its shell first, then opens the data in a thread, then shows the first page."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLockFile, Qt, QTimer
from PySide6.QtWidgets import QApplication

from okr_desk import paths
from okr_desk import settings as personal
from okr_desk.i18n import _
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.garbage import Garbage
from okr_desk.ui.main_window import MainWindow
from okr_desk.ui.speech import speak

if TYPE_CHECKING:
    from okr_desk.ui.opening import Opening

LISTEN_AFTER = 700
"""Milliseconds after the first picture until second starts are heard: they knock until somebody answers."""

FCITX_ADVICE = {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; the exit code is Qt's. `--screenshot FOLDER` draws every page into pictures and ends."""
    gc.disable()  # nearly all that a start makes stays; later `Garbage` looks, on this thread
    options = _options(sys.argv[1:] if argv is None else argv)
    if options.screenshot:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update(input_method(sys.platform, os.environ, _has_fcitx_plugin))
    app = make_application()
    Garbage(app)
    settings = personal.load()
    speak(app, settings.language)
    lock = QLockFile(str(paths.data_folder() / "window.lock"))
    lock.setStaleLockTime(0)
    if not options.screenshot and not lock.tryLock(100):
        from okr_desk.ui import single

        return 0 if single.hand_over(options.file or "") else 1
    theme.apply(app, settings)
    desk = Desk(settings)
    window = MainWindow(desk, options.page or "today")
    if options.screenshot:
        from okr_desk.ui import pictures

        return pictures.draw_all(window, _opening(window, options), Path(options.screenshot))
    window.painted.connect(lambda: _after_paint(window, options))
    window.appear()
    code = app.exec()
    lock.unlock()
    return code


def make_application() -> QApplication:
    """The QApplication with our name, and nothing left on the clipboard at the end."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["okr_desk"])
    app.setApplicationName("okr_desk")
    app.setDesktopFileName("okr_desk")
    app.aboutToQuit.connect(lambda: app.clipboard().clear())
    return app


def input_method(platform: str, variables: Mapping[str, str], has_plugin: object) -> dict[str, str]:
    """Variables to set so that Chinese can be typed under fcitx, whose own plugin the Qt wheels lack.

    fcitx 5 answers the ibus portal; elsewhere nothing is changed. `has_plugin` is a function asked only when needed.
    """
    if not platform.startswith("linux"):
        return {}
    named = variables.get("QT_IM_MODULE", "") + variables.get("XMODIFIERS", "")
    if "fcitx" not in named or (callable(has_plugin) and has_plugin()):
        return {}
    return dict(FCITX_ADVICE)


def _has_fcitx_plugin() -> bool:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    return any(folder.glob("*fcitx*"))


def _after_paint(window: MainWindow, options: argparse.Namespace) -> None:
    """What the first picture need not wait for."""
    from okr_desk import log
    from okr_desk.ui.problems import Problems

    opening = _opening(window, options)
    opening.ready.connect(gc.freeze, Qt.ConnectionType.SingleShotConnection)
    opening.start()
    log.start()
    Problems(window.desk, window).install()
    QTimer.singleShot(LISTEN_AFTER, window, partial(_listen, window, opening))


def _listen(window: MainWindow, opening: Opening) -> None:
    from okr_desk.ui import single

    single.listen(window, opening)


def _opening(window: MainWindow, options: argparse.Namespace) -> Opening:
    from okr_desk.ui.opening import Opening

    return Opening(window.desk, window, options.file, options.demo, options.fresh)


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="okr-desk", description=_("打开支部目标工作台"))
    parser.add_argument("file", nargs="?", help=_("要打开的数据文件"))
    parser.add_argument("--demo", action="store_true", help=_("打开示范镇"))
    parser.add_argument("--fresh", action="store_true", help=_("重新建立示范镇"))
    parser.add_argument("--page", metavar="PAGE", help=_("先打开哪一页，如 checkins（填报）；不写时打开工作台"))
    parser.add_argument("--screenshot", metavar="FOLDER", help=_("把每一页画成图片后退出"))
    return parser.parse_args(list(argv))


if __name__ == "__main__":
    raise SystemExit(main())
