"""How many people each branch has and how many were asked: without it neither response nor census can be told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.rules.surveys import PopulationDraft
from okr_desk.scoring.rounding import plain
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import mark
from okr_desk.ui.widgets.population_grid import PopulationGrid

FULL = Decimal(100)
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
        self.response = QLineEdit(plain(of.response * 100))
        self.response.setFixedWidth(theme.span(self, 4))
        self.take_button = QPushButton(_("采用建议发放"), self)
        self.undo_button = QPushButton(_("撤消"), self)
        self.told = QLabel(self)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(column.indexOf(self.whole), self._plan())
        column.insertWidget(column.indexOf(self.whole), self.grid, 1)
        wide = min(self.grid.horizontalHeader().length() + theme.span(self, 12), theme.span(self, WIDEST))
        room = round(self.screen().availableGeometry().width() * 0.9)
        self.setMinimumWidth(min(max(wide, self.minimumWidth()), room))
        self.fields["populations"] = self.grid
        self._sentences["populations"] = self.whole
        self.response.textChanged.connect(self.suggest)
        self.take_button.clicked.connect(self.take_over)
        self.undo_button.clicked.connect(self.grid.stack.undo)
        self.grid.stack.canUndoChanged.connect(self.undo_button.setEnabled)
        self.undo_button.setEnabled(False)
        self.suggest()
        self.grid.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: SurveyOverview, branches: Sequence[OrgView]) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, branches, parent)
        dialog.exec()
        return dialog.outcome

    def suggest(self) -> None:
        """Say how many ballots to give out at the response that is typed."""
        try:
            share = number(self.response.text().strip().rstrip("%％"), "response", _("预计回收率"))
            is_possible = 0 < share <= FULL
        except InputRefused:
            is_possible = False
        mark(self.response, not is_possible)
        self.take_button.setEnabled(is_possible)
        if is_possible:
            self.grid.suggest(share / FULL)
        self.told.setText("" if is_possible else _("预计回收率请填 1 至 100 的百分数，例如 60。"))

    def take_over(self) -> None:
        """Take all suggestions over where nothing is said yet."""
        n = self.grid.take_over()
        said = _("已填入 {n} 处，可以撤消。").format(n=n) if n else _("没有可以填入的：先填人数；已填发放的不改。")
        self.told.setText(said)

    # Inside

    def _plan(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.gap(0.4))
        caption = QLabel(_("预计回收率（%）"), self)
        caption.setObjectName("quiet")
        caption.setBuddy(self.response)
        self.told.setObjectName("quiet")
        for widget in (caption, self.response, self.take_button, self.undo_button, self.told):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def draft(self) -> tuple[PopulationDraft, ...]:
        return self.grid.drafts()
