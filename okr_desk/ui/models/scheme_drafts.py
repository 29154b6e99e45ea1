"""What was changed in draft schemes and is not saved yet: it outlives the page, by person and version, until another
database is opened."""

from __future__ import annotations

from PySide6.QtCore import QObject

from okr_desk.rules.schemes import SchemeDraft
from okr_desk.ui.desk import Desk


class SchemeDrafts(QObject):
    """All unsaved drafts, kept beside the desk as long as the program runs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._drafts: dict[tuple[int, int], SchemeDraft] = {}
        desk.opened.connect(self._drafts.clear)

    @classmethod
    def beside(cls, desk: Desk) -> SchemeDrafts:
        """The drafts of this desk."""
        return desk.findChild(cls) or cls(desk)

    def of(self, account_id: int, version_id: int) -> SchemeDraft | None:
        """The unsaved draft of a version, None where everything is saved."""
        return self._drafts.get((account_id, version_id))

    def put(self, account_id: int, version_id: int, draft: SchemeDraft | None) -> None:
        """Keep a draft; None: it is saved, or given up."""
        if draft is None:
            self._drafts.pop((account_id, version_id), None)
        else:
            self._drafts[account_id, version_id] = draft

    def versions(self, account_id: int) -> tuple[int, ...]:
        """The versions with something unsaved."""
        return tuple(version_id for account, version_id in self._drafts if account == account_id)
