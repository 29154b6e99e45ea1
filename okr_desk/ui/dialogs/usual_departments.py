"""The usual departments that the register lacks: all of them ticked, what is left out is not added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.whistle_terms import DepartmentKind


class UsualDepartmentsDialog(SavingDialog):
    """A tick for each department that would be added, with its kind."""

    def __init__(
        self, desk: Desk, missing: Sequence[tuple[str, DepartmentKind]], parent: QWidget | None = None
    ) -> None:
        note = _("加入以后可以改名、改类别、写明所属支部；已有的不动。本镇叫法不同的不要勾选，免得一个部门登记两次。")
        service = services.departments.add_usual
        super().__init__(desk, service, _("加入常用部门"), parent=parent, note=note, accept=_("加入"))
        self.list = QListWidget()
        for name, kind in missing:
            item = QListWidgetItem(_("{name}（{kind}）").format(name=name, kind=label(kind)), self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setCheckState(Qt.CheckState.Checked)
        self.list.setFixedHeight(round(theme.line_height() * (min(len(missing), 10) * 1.5 + 0.6)))
        self.add_row("names", _("部门"), self.list)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, missing: Sequence[tuple[str, DepartmentKind]]) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, missing, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[str, ...]:
        items = (self.list.item(row) for row in range(self.list.count()))
        names = tuple(one.data(Qt.ItemDataRole.UserRole) for one in items if one.checkState() == Qt.CheckState.Checked)
        if not names:
            raise InputRefused(_("请至少勾选一个部门；都不需要的点“取消”。"), "names")
        return names
