"""One visit with what was said, and whether a wish was noted; the grid takes days alone."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.household_board import BranchBoard
from okr_desk.queries.households import HouseholdView, named
from okr_desk.rules.households import VisitDraft
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.point_event import usual_day
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entry_source import Said


class VisitDialog(SavingDialog):
    """Day, what was said, wish noted."""

    def __init__(
        self, desk: Desk, of: BranchBoard, household: HouseholdView, said: Said, parent: QWidget | None = None
    ) -> None:
        note = _("{label}，联系党员：{name}。走访情况只写事，不写电话和身份证号。")
        words = note.format(label=named(household), name=of.name_of(household.member_id) or _("没有"))
        service = services.household_visits.record
        super().__init__(desk, service, _("登记走访"), parent=parent, note=words, accept=_("登记"))
        self._household, self._said = household, said
        self.day = DayLine(_("走访日期"), usual_day(of.today, of.quarter), of.quarter.year)
        what = QPlainTextEdit()
        what.setTabChangesFocus(True)
        what.setFixedHeight(round(theme.line_height() * 3.6))
        self.demand = QCheckBox(_("有诉求，已记录"))
        self.add_row("visited_on", _("走访日期"), self.day)
        self.add_row("what", _("走访情况"), what)
        self.add_row("has_demand", "", self.demand)
        self.add_reason(False)
        what.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: BranchBoard, household: HouseholdView, said: Said) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, household, said, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> VisitDraft:
        day = self.day.day("visited_on")
        said = self._said
        return VisitDraft(
            self._household.id,
            day,
            self.text("what"),
            self.demand.isChecked(),
            said.reported_by,
            said.basis,
            self.text("reason") or said.reason,
        )
