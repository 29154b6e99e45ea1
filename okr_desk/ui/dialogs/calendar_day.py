"""One day of the working-day calendar: a holiday, or a weekend day on which the office works."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.rules.cycles import CalendarDayDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine


class CalendarDayDialog(SavingDialog):
    """Day, kind and name; an entry of the same day is replaced."""

    def __init__(
        self, desk: Desk, day: date, is_working: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, services.cycles.set_day, _("登记节假日或调休"), parent=parent)
        self.day = DayLine(_("日期"), day, day.year, pick=True)
        self.kind = choices([(_("放假"), False), (_("调休上班"), True)], is_working)
        self.add_row("day", _("日期"), self.day)
        self.add_row("is_working", _("安排"), self.kind)
        self.add_row("name", _("名称"), QLineEdit(name), _("如 国庆节、国庆节调休上班"))

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, day: date, is_working: bool = False, name: str = "") -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, day, is_working, name, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> CalendarDayDraft:
        return CalendarDayDraft(self.day.day("day"), bool(self.kind.currentData()), self.text("name"))
