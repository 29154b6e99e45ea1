"""A notice is put right: the words that were issued, to be mended, and why; the branch gets a new version."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.followup_terms import FindingKind, FindingSource
from okr_desk.i18n import _
from okr_desk.queries.followups import FindingView
from okr_desk.rules.followups import CorrectionDraft, FindingDraft
from okr_desk.terms import label
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.project import text_field
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

COLUMN = 34


class FindingCorrectionDialog(SavingDialog):
    """Everything that the notice says, filled in as it was issued."""

    def __init__(self, desk: Desk, one: FindingView, parent: QWidget | None = None) -> None:
        note = _("原通知书留存备查，更正后的另编一版，支部重新签收。期限已经延期的，请另办延期。")
        super().__init__(
            desk,
            services.followups.correct,
            _("更正{number}").format(number=one.number),
            parent=parent,
            note=note,
            accept=_("更正"),
        )
        self._one = one
        self.source = choices([(label(item), item.value) for item in FindingSource], one.source.value)
        self.kind = choices([(label(item), item.value) for item in FindingKind], one.kind.value)
        self.due = DayLine(_("整改期限"), one.first_due_on, one.first_due_on.year, pick=True)
        self.due.setEnabled(one.due_on == one.first_due_on)
        self.add_pair("source", _("来源"), self.source, "kind", _("类别"), self.kind)
        self.add_row("problem", _("问题"), QLineEdit(one.problem))
        self.add_row("fact", _("问题事实"), _filled(one.fact))
        self.add_row("clause", _("依据条款"), QLineEdit(one.clause))
        self.next_column()
        self.add_row("demand", _("整改要求"), _filled(one.demand))
        self.add_pair("due_on", _("整改期限"), self.due, "contact", _("联系人"), QLineEdit(one.contact))
        self.add_row("reason", _("更正原因"), QLineEdit(), _("印在新的通知书上，例如：依据条款写错。"))
        self.setMinimumWidth(theme.span(self, 2 * COLUMN))
        self.fields["problem"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, one: FindingView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, one, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> CorrectionDraft:
        day = self.due.optional_day("due_on")
        words = FindingDraft(
            org_id=self._one.org_id,
            quarter_id=self._one.quarter_id,
            source=FindingSource(self.source.currentData()),
            kind=FindingKind(self.kind.currentData()),
            problem=self.text("problem"),
            fact=self.text("fact"),
            clause=self.text("clause"),
            demand=self.text("demand"),
            contact=self.text("contact"),
            due_on=None if day == self._one.first_due_on else day,
        )
        return CorrectionDraft(self._one.id, words, self.text("reason"))


def _filled(text: str) -> QPlainTextEdit:
    field = text_field("", 2.4)
    field.setPlainText(text)
    return field
