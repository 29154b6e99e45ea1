"""Lays the bulletin in front out in the pool and shows its pages; an older layout that arrives late is dropped."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QTemporaryDir

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.queries.bulletins import BulletinView
from okr_desk.rules.bulletins import IssueDraft, Wording
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import bulletin_paper
from okr_desk.ui.widgets.pdf_view import PdfView


class BulletinPages:
    """The pages of a bulletin in a view."""

    def __init__(self, desk: Desk, view: PdfView) -> None:
        self._desk, self._view = desk, view
        self._folder = QTemporaryDir()
        self._number = 0

    def make(self, of: BulletinView, wording: Wording, typed: IssueDraft) -> None:
        """Lay out what is typed, or what was published."""
        store = self._desk.store
        if store is None:
            return
        self._number += 1
        number = self._number
        path = Path(self._folder.path()) / f"{number}.pdf"
        bundled = self._desk.settings.bundled_fonts
        self._desk.tasks.run(
            bulletin_paper.make, store, of, wording, typed, path, bundled,
            done=lambda printed: self._made(number, printed.path), failed=self._failed, owner=self._view,
        )  # fmt: skip

    def _made(self, number: int, path: Path) -> None:
        if number != self._number:
            path.unlink(missing_ok=True)
            return
        self._view.show_pdf(path)
        for file in Path(self._folder.path()).glob("*.pdf"):
            if int(file.stem) < number - 1:
                with suppress(OSError):
                    file.unlink()

    def _failed(self, error: Exception) -> None:
        self._view.show_pdf(None)
        self._desk.refuse(error if isinstance(error, Refusal) else Refusal(_("这些页没有排出来。")))
