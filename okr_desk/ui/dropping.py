"""Files that are dropped on the window: workbooks and folders go to the import."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDropEvent

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")


def workbooks(event: QDropEvent) -> list[Path]:
    """What of it can be imported."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [file for file in files if file.is_dir() or file.suffix.lower() in WORKBOOKS]
