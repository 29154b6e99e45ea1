"""All branches by kind, the worst first; and their terms by the nearest end."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.duty_rows import branch_columns, election_columns
from okr_desk.ui.widgets.matrix import MatrixLook
from okr_desk.ui.widgets.table import Table


class DutyMatrix(Table):
    """Branch by kind: done of due with a shape and a word."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, branch_columns(), "duty_matrix", _("各支部组织生活"), parent)
        self.view.setItemDelegate(MatrixLook(self.view))


class Elections(Table):
    """Terms by their end, the nearest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, election_columns(), "duty_elections", _("支部任期"), parent)
        self.view.setItemDelegate(MatrixLook(self.view))
