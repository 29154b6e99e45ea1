"""A finding typed by hand: where it comes from, what is wrong, what is asked for, who answers, until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import services
from okr_desk.followup_terms import FindingKind, FindingSource
from okr_desk.i18n import _
from okr_desk.queries.followup_board import FollowupBoard
from okr_desk.queries.followups import FindingView
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.followups import ChainDraft, FindingDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.project import text_field
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

COLUMN = 34


class FindingDialog(SavingDialog):
    """Issues one notice. The time allowed is the usual one of the kind unless a day is named."""

    def __init__(
        self,
        desk: Desk,
        of: FollowupBoard,
        branches: Sequence[OrgView],
        org_id: int | None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("从下发当天起算期限：即改 {a} 个工作日，限期 {b} 个工作日，长期 {c} 天。").format(
            a=of.limits.immediate, b=of.limits.limited, c=of.limits.long
        )
        super().__init__(desk, services.followups.issue, _("下发整改通知"), parent=parent, note=note, accept=_("下发"))
        self._of, self._branches = of, {one.id: one for one in branches}
        self.org = choices([(one.short_name, one.id) for one in branches], org_id)
        self.source = choices([(label(one), one.value) for one in FindingSource], FindingSource.DAILY.value)
        self.kind = choices([(label(one), one.value) for one in FindingKind], FindingKind.LIMITED.value)
        self.found = DayLine(_("发现日期"), of.today, of.today.year, pick=True)
        self.due = DayLine(_("整改期限"), None, of.today.year, pick=True)
        self.add_row("org_id", _("支部"), self.org)
        self.add_pair("source", _("来源"), self.source, "kind", _("类别"), self.kind)
        self.add_row("problem", _("问题"), QLineEdit())
        self.add_row("fact", _("问题事实"), text_field(_("指标、应达、实际"), 2.4))
        self.add_row("clause", _("依据条款"), QLineEdit())
        self.next_column()
        self.add_row("demand", _("整改要求"), text_field("", 2.4))
        self.add_pair("owner", _("责任人"), QLineEdit(), "leader", _("包联领导"), QLineEdit())
        self.add_pair("found_on", _("发现日期"), self.found, "due_on", _("整改期限"), self.due)
        self.add_row("contact", _("联系人"), QLineEdit(_contact(desk)))
        self.add_row("incentive", _("激励"), QLineEdit(), _("例如：本年不得评先；没有的不填。"))
        self.setMinimumWidth(theme.span(self, 2 * COLUMN))
        self.org.currentIndexChanged.connect(self._propose)
        self._propose()
        self.fields["problem"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: FollowupBoard, branches: Sequence[OrgView], **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, branches, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> tuple[FindingDraft, ...]:
        made = FindingDraft(
            org_id=self.org.currentData(),
            quarter_id=self._of.quarter.id,
            source=FindingSource(self.source.currentData()),
            kind=FindingKind(self.kind.currentData()),
            problem=self.text("problem"),
            fact=self.text("fact"),
            clause=self.text("clause"),
            demand=self.text("demand"),
            owner=self.text("owner"),
            leader=self.text("leader"),
            contact=self.text("contact"),
            found_on=self.found.day("found_on"),
            due_on=self.due.optional_day("due_on"),
            incentive=self.text("incentive"),
        )
        return (made,)

    def _propose(self) -> None:
        """Whoever leads the branch answers for it, unless another name is typed."""
        org = self._branches.get(self.org.currentData())
        if org is not None:
            self._line("owner").setText(org.secretary)
            self._line("leader").setText(org.liaison)

    def _line(self, name: str) -> QLineEdit:
        found = self.fields[name]
        assert isinstance(found, QLineEdit)
        return found


class ChainDialog(SavingDialog):
    """反馈 and 激励 of a finding in words."""

    def __init__(self, desk: Desk, one: FindingView, parent: QWidget | None = None) -> None:
        note = f"{one.number}　{one.problem}"
        super().__init__(desk, services.followups.describe, _("反馈和激励"), parent=parent, note=note)
        self._id = one.id
        for name, words, text, advice in (
            ("feedback", _("反馈"), one.feedback, _("怎样反馈、通报的，例如：三季度通报第二条。")),
            ("incentive", _("激励"), one.incentive, _("怎样奖惩的，例如：本年不得评先、不得提名四强。")),
        ):
            field = text_field("", 2.4)
            field.setPlainText(text)
            self.add_row(name, words, field, advice)
        self.fields["feedback"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, one: FindingView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, one, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> ChainDraft:
        return ChainDraft(self._id, self.text("feedback"), self.text("incentive"))


def _contact(desk: Desk) -> str:
    return "" if desk.actor is None else desk.actor.name
