"""Kinds of work as the office wants them: names, units, when to use them, and which indicators they feed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.rules.worklog_kinds import Kind, KindDraft
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog

_APART = re.compile(r"[、，,；;\s]+")


class WorkKindsDialog(SavingDialog):
    """One kind at a time: choose it, change it, save. Retired kinds stay in the list, so that they can come back."""

    def __init__(self, desk: Desk, kinds: Sequence[Kind], parent: QWidget | None = None) -> None:
        note = _("改动只影响以后登记的记录，已登记的仍计入原来的指标。每次改动都留痕。")
        super().__init__(desk, services.worklog_kinds.change, _("工作类别"), parent=parent, note=note)
        self._kinds = (*kinds, Kind("", "", "次"))
        self.which = QComboBox()
        for kind in kinds:
            self.which.addItem(kind.name + (_("（停用）") if kind.is_retired else ""))
        self.which.addItem(_("新增类别…"))
        self.retired = QCheckBox(_("停用：不再出现在登记的类别里"))
        self.add_row("key", _("类别"), self.which)
        self.add_pair("name", _("名称"), QLineEdit(), "unit", _("单位"), QLineEdit())
        self.add_pair("amount_name", _("数量叫什么"), QLineEdit(), "part_name", _("其中叫什么"), QLineEdit())
        self.add_row(
            "feeds",
            _("计入的指标"),
            QLineEdit(),
            _("写指标编码，用顿号隔开，例如 F27、B22；不计入指标的留空。比率指标须填“其中叫什么”。"),
        )
        self.add_row("use", _("什么时候用"), QLineEdit())
        self.add_row("is_retired", "", self.retired)
        self.which.currentIndexChanged.connect(self._show)
        self._show()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, kinds: Sequence[Kind]) -> bool:
        """Whether something was changed."""
        dialog = cls(desk, kinds, parent)
        dialog.exec()
        return dialog.saved is not None

    def draft(self) -> KindDraft:
        return KindDraft(
            key=self._kinds[self.which.currentIndex()].key,
            name=self.text("name"),
            unit=self.text("unit"),
            amount_name=self.text("amount_name"),
            part_name=self.text("part_name"),
            feeds=tuple(code.upper() for code in _APART.split(self.text("feeds")) if code),
            use=self.text("use"),
            is_retired=self.retired.isChecked(),
        )

    def _show(self) -> None:
        self.clear_refusals()
        kind = self._kinds[self.which.currentIndex()]
        texts = {
            "name": kind.name, "unit": kind.unit, "amount_name": kind.amount_name, "part_name": kind.part_name,
            "feeds": "、".join(kind.feeds), "use": kind.use,
        }  # fmt: skip
        for name, text in texts.items():
            field = self.fields[name]
            assert isinstance(field, QLineEdit)
            field.setText(text)
            field.setCursorPosition(0)
        self.retired.setChecked(kind.is_retired)
