"""The tab 计票和记录: what came in by whom, each of it with the way to take it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import survey_entry_rows
from okr_desk.ui.widgets.score_sheet import Place
from okr_desk.ui.widgets.table import Table


class SurveyEntries(Place):
    """Files, sittings and count sheets of a round. `taken_back` tells the entry that is to be withdrawn.

    `ballots_asked`: somebody looks for a single ballot.
    """

    taken_back = Signal(object)
    ballots_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table(desk, survey_entry_rows.columns(), "survey_entries", _("答卷登记记录"), self)
        self.back_button = self.table.add_tool(_("撤回"), "undo", self.take_back)
        self.single_button = self.table.add_tool(_("查找单份答卷"), "search", self.ballots_asked.emit)
        self.layout_.addWidget(self.table, 1)
        self.table.marked.connect(lambda _row: self._follow())
        self._may = False

    def show_entries(self, of: SurveyOverview, may_take_back: bool) -> None:
        """What came in for the round shown."""
        self._may = may_take_back
        if not of.entries:
            self.show_empty(
                _("还没有登记答卷。"), _("逐份录入、计票表和导入的文件都列在这里，录错的可以整批撤回，原件保留备查。")
            )
            return
        self.table.set_rows(of.entries)
        self.setCurrentWidget(self.content)
        self._follow()

    def take_back(self) -> None:
        """Withdraw what is under the cursor."""
        entry = self.table.current()
        if entry is not None and entry.counts and self._may:
            self.taken_back.emit(entry)

    def _follow(self) -> None:
        entry = self.table.current()
        self.back_button.setEnabled(self._may and entry is not None and entry.counts)
