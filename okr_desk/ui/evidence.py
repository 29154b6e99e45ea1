"""Opening kept evidence: a copy under its own name in a temporary folder, shown by the program the PC has for it."""

from __future__ import annotations

import atexit
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from okr_desk.i18n import _
from okr_desk.queries import evidence
from okr_desk.queries.evidence import Kept
from okr_desk.ui.desk import Desk


class EvidenceFiles(QObject):
    """The copies made to look at; they go when the program ends, or later where another program still holds them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._folder: TemporaryDirectory[str] | None = None

    @classmethod
    def beside(cls, desk: Desk) -> EvidenceFiles:
        """The copies of this desk."""
        return desk.findChild(cls) or cls(desk)

    def open(self, kept: Kept) -> None:
        """Show a stored file. What is no picture and no paper, is missing or was changed is refused in words."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="okr_desk-", ignore_cleanup_errors=True)
            atexit.register(self._folder.cleanup)
        self._desk.tasks.read(evidence.copy_out, kept, Path(self._folder.name), done=self._show, owner=self)

    def _show(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.say(_("这台电脑没有能打开“{name}”的程序。").format(name=path.name))
