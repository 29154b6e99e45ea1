"""An import that was read and not yet confirmed: it outlives the page, as long as the program runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from okr_desk.services.import_plan import ImportPlan
from okr_desk.ui.models.questions import Answers, Item


class PlanDraft(QObject):
    """The plan, where its workbooks lie, and the decisions so far; kept beside the desk."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.plan: ImportPlan | None = None
        self.files: dict[str, Path] = {}
        self.answers = Answers(self)

    @classmethod
    def beside(cls, desk: QObject) -> PlanDraft:
        """The draft of this desk."""
        return desk.findChild(cls) or cls(desk)

    def take(self, plan: ImportPlan, files: dict[str, Path], items: Sequence[Item]) -> None:
        """A folder was read; earlier decisions on the same cells stay."""
        self.plan, self.files = plan, self.files | files
        self.answers.ask(items)

    def drop(self) -> None:
        """Nothing of it is kept but where the files lie, for the pictures of rows."""
        self.plan = None
        self.answers.forget()
        self.answers.ask(())
