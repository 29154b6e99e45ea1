"""Those who report to the branch from elsewhere, as a pasted list or typed: they count from that day, served or not."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.household_board import BranchBoard
from okr_desk.rules.members import ReporterDraft
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine


class ReportersDialog(SavingDialog):
    """A person a line: name, then unit."""

    def __init__(self, desk: Desk, of: BranchBoard, parent: QWidget | None = None) -> None:
        note = _("组织关系在别处、到本支部报到的党员，一人一行：姓名、单位，中间用空格隔开，也可以从表格粘贴。")
        super().__init__(desk, services.members.report, _("登记报到党员"), parent=parent, note=note, accept=_("登记"))
        self._org_id = of.org.id
        self.day = DayLine(_("报到日期"), min(of.quarter.starts_on, of.today), of.quarter.year)
        field = QPlainTextEdit()
        field.setMinimumHeight(round(theme.line_height() * 8))
        field.setTabChangesFocus(True)
        self.add_row("reported_on", _("报到日期"), self.day)
        self.add_row("name", _("名单"), field)
        self.fields["unit"], self._sentences["unit"] = field, self._sentences["name"]
        field.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: BranchBoard) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[ReporterDraft, ...]:
        day = self.day.day("reported_on")
        lines = [re.split(r"[\s,，;；]+", line.strip(), maxsplit=1) for line in self.text("name").splitlines()]
        found = tuple(ReporterDraft(self._org_id, cells[0], "".join(cells[1:]), day) for cells in lines if cells[0])
        if not found:
            raise InputRefused(_("请至少写一人，如“周正 县医院”。"), "name")
        return found
