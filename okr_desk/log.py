"""The program's own log: one rotating file, and a second one for crashes of the interpreter itself."""

from __future__ import annotations

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from typing import TextIO

from okr_desk import paths

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_crash_file: TextIO | None = None


def start() -> None:
    """Write warnings and errors to the log folder. A folder that cannot be written only means no log."""
    global _crash_file
    try:
        folder = paths.log_folder()
        handler = RotatingFileHandler(folder / "okr_desk.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
        _crash_file = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger("okr_desk").addHandler(handler)
    faulthandler.enable(_crash_file)


def stop() -> None:
    """Let go of the files (end of the program, tests)."""
    global _crash_file
    logger = logging.getLogger("okr_desk")
    for handler in [h for h in logger.handlers if isinstance(h, RotatingFileHandler)]:
        logger.removeHandler(handler)
        handler.close()
    if _crash_file is not None:
        faulthandler.disable()
        _crash_file.close()
        _crash_file = None
