"""Members of a branch: one by one, as a pasted list, and their leaving."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.member_terms import MemberKind
from okr_desk.queries.members import MemberView
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.members import LeaveDraft, MemberDraft, pasted
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine


class MemberDialog(SavingDialog):
    """Name, kind, committee, grid and duty; nothing else is asked."""

    def __init__(self, desk: Desk, org: OrgView, of: MemberView | None = None, parent: QWidget | None = None) -> None:
        service = services.members.add if of is None else services.members.change
        before = () if of is None else (of.id,)
        note = _("{org}。只登记姓名和支部工作需要的内容，不填电话和身份证号。").format(org=org.short_name)
        title = _("登记党员") if of is None else _("修改党员")
        super().__init__(desk, service, title, *before, parent=parent, note=note)
        self._org, self._of = org, of
        name = QLineEdit(of.name if of else "")
        self.kind = choices([(label(kind), kind.value) for kind in MemberKind], of.kind.value if of else None)
        self.committee = QCheckBox(_("支委"))
        self.committee.setChecked(bool(of and of.is_committee))
        self.joined = DayLine(_("转入日期"), of.joined_on if of else None, desk.clock.today().year)
        self.joined.setPlaceholderText(_("可不填"))
        self.add_pair("name", _("姓名"), name, "kind", _("类别"), self.kind)
        self.add_pair("grid", _("网格"), QLineEdit(of.grid if of else ""), "joined_on", _("转入日期"), self.joined)
        self.add_row("duty", _("分工"), QLineEdit(of.duty if of else ""))
        self.add_row("is_committee", "", self.committee)
        name.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, org: OrgView, of: MemberView | None = None) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, org, of, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> Any:
        made = MemberDraft(
            self._org.id,
            self.text("name"),
            MemberKind(self.kind.currentData()),
            self.committee.isChecked(),
            self.text("grid"),
            self.text("duty"),
            self.joined.day("joined_on") if self.text("joined_on").strip() else None,
        )
        return [made] if self._of is None else made


class MembersDialog(SavingDialog):
    """A column or table pasted from a workbook, a member a line."""

    def __init__(self, desk: Desk, org: OrgView, parent: QWidget | None = None) -> None:
        note = _(
            "从表格中复制“姓名”一列粘贴到这里，一人一行；旁边的类别（正式、预备、流动）、网格、分工也可以一起复制。"
        )
        super().__init__(desk, services.members.add, _("登记党员"), parent=parent, note=note, accept=_("全部登记"))
        self._org = org
        field = QPlainTextEdit()
        field.setMinimumHeight(round(theme.line_height() * 12))
        field.setTabChangesFocus(True)
        self.add_row("text", _("名单"), field)
        self.fields["name"], self._sentences["name"] = field, self._sentences["text"]
        field.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, org: OrgView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, org, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[MemberDraft, ...]:
        return pasted(self.text("text"), self._org.id)


class DayReasonDialog(SavingDialog):
    """A day and a reason: a member who leaves, somebody who reports no longer, a household that moved away."""

    def __init__(
        self,
        desk: Desk,
        service: Any,
        key: int,
        words: tuple[str, str, str],
        field: str = "left_on",
        parent: QWidget | None = None,
    ) -> None:
        title, note, day = words
        super().__init__(desk, service, title, parent=parent, note=note)
        self._key = key
        self.day, self._field = DayLine(day, desk.clock.today(), desk.clock.today().year), field
        self.add_row(field, day, self.day)
        self.add_row("reason", _("原因"), QLineEdit())
        self.fields["reason"].setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, desk: Desk, service: Any, key: int, words: tuple[str, str, str], field: str = "left_on"
    ) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, service, key, words, field, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> LeaveDraft:
        return LeaveDraft(self._key, self.day.day(self._field), self.text("reason"))
