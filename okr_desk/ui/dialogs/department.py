"""A department: name, kind, the branch that it belongs to, whether it is in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.departments import DepartmentView
from okr_desk.queries.objectives import OrgView
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.whistle_terms import DepartmentKind


class DepartmentDialog(SavingDialog):
    """A new department, or `old` changed."""

    def __init__(
        self, desk: Desk, branches: Sequence[OrgView], old: DepartmentView | None = None, parent: QWidget | None = None
    ) -> None:
        service = services.departments.change if old else services.departments.create
        before = (old.id,) if old else ()
        super().__init__(desk, service, _("修改部门") if old else _("增加部门"), *before, parent=parent)
        self.add_row("name", _("部门名称"), QLineEdit(old.name if old else ""))
        self.kind = choices([(label(kind), kind.value) for kind in DepartmentKind], old and old.kind.value)
        self.add_row("kind", _("类别"), self.kind, _("部门评价按类别分别通报。"))
        none = [(_("没有镇属支部"), None)]
        self.org = choices([*none, *((one.short_name, one.id) for one in branches)], old and old.org_id)
        advice = _("应哨及时率、一哨一评平均分、超时办件数计入这个支部；改动后从未冻结的季度起重新计算。")
        self.add_row("org_id", _("所属支部"), self.org, advice)
        self.active = QCheckBox(_("在用"))
        self.active.setChecked(old is None or old.is_active)
        self.add_row("is_active", _("状态"), self.active)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, branches: Sequence[OrgView], old: DepartmentView | None = None) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, branches, old, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> Any:
        return services.departments.DepartmentDraft(
            self.text("name"), DepartmentKind(self.kind.currentData()), self.org.currentData(), self.active.isChecked()
        )
