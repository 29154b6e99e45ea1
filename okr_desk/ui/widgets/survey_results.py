"""The tab 结果: a branch a row, its numbers explained at the side; groups and items of a branch in the side panel."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import survey_rows
from okr_desk.ui.models.survey_rows import ResultRow
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.survey_marks import SurveyLook
from okr_desk.ui.widgets.table import Table

VOID, SUSPECT, TOGETHER, RESPONSE, CHANGE, DOUBTS = 2, 3, 8, 11, 13, 14
"""Columns that are shown only where any branch has something in them."""


class SurveyResults(Place):
    """The results of a round by branch."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table(desk, survey_rows.columns(), "survey_results", _("满意度测评结果"), self)
        self.table.view.setItemDelegate(SurveyLook(self.table.view))
        self.table.view.verticalHeader().setDefaultSectionSize(round(theme.line_height() * 1.6))
        self.layout_.addWidget(self.table, 1)

    def show_results(self, of: SurveyOverview) -> None:
        """Show a round; a column without anything in it is not there."""
        made = survey_rows.rows(of)
        used = {
            VOID: any(row.result.returned.void for row in made),
            SUSPECT: any(row.result.returned.suspect for row in made),
            TOGETHER: any(row.together is not None for row in made),
            RESPONSE: any(row.result.response is not None for row in made),
            CHANGE: any(row.result.change is not None for row in made),
            DOUBTS: any(row.doubts for row in made),
        }
        for column, is_used in used.items():
            self.table.view.setColumnHidden(column, not is_used)
        self.table.set_rows(made)
        self.setCurrentWidget(self.content)

    def row_of(self, org_id: int) -> ResultRow | None:
        """The row of a branch, if it is there."""
        return next((row for row in self.table.model.rows if row.result.org.id == org_id), None)
