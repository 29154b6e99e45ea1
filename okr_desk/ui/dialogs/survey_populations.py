"""How many people each branch has and how many were asked: without it neither response nor census can be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.population_grid import PopulationGrid

WIDEST = 60
"""Characters of width that the grid is given at most; beyond that it scrolls."""


class PopulationsDialog(SavingDialog):
    """A grid; only what was changed is sent."""

    def __init__(
        self, desk: Desk, of: SurveyOverview, branches: Sequence[OrgView], parent: QWidget | None = None
    ) -> None:
        assert of.round is not None
        note = _("分人群的填各人群，不分的只填“全部”；不清楚的留空。可以从表格复制后粘贴，第一列是支部名的自动对上。")
        title = _("人数和发放")
        super().__init__(desk, services.surveys.set_populations, title, of.round.id, parent=parent, note=note)
        self.grid = PopulationGrid(branches, of.round.definition.groups, of.populations, self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.whole), self.grid, 1)
        wide = min(self.grid.horizontalHeader().length() + theme.span(self, 12), theme.span(self, WIDEST))
        room = round(self.screen().availableGeometry().width() * 0.9)
        self.setMinimumWidth(min(max(wide, self.minimumWidth()), room))
        self.fields["populations"] = self.grid
        self._sentences["populations"] = self.whole
        self.grid.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: SurveyOverview, branches: Sequence[OrgView]) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, branches, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[PopulationDraft, ...]:
        return self.grid.drafts()
