"""A quarter's last day in time, and opening a frozen one again by two persons."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.cycles import ReopeningView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.cycles import AgreeDraft, ReopenDraft
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.merge import Ticks
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.widgets.day_line import DayLine


class DueDialog(SavingDialog):
    """The last day on which a report of a quarter is in time."""

    def __init__(self, desk: Desk, quarter: QuarterView, parent: QWidget | None = None) -> None:
        title = _("{quarter}填报截止日").format(quarter=quarter.label)
        note = _("截止日当天仍算按时，之后填报标记为“补报”。")
        super().__init__(desk, services.cycles.set_due, title, quarter.id, parent=parent, note=note)
        self.due = DayLine(_("截止日"), quarter.due_on, quarter.year, pick=True)
        self.add_row("due_on", _("截止日"), self.due)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, quarter: QuarterView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, quarter, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> date:
        return self.due.day("due_on")


class ReopenDialog(SavingDialog):
    """Ask to open a frozen quarter again for ticked branches; a second person has to agree."""

    def __init__(
        self, desk: Desk, quarter: QuarterView, orgs: tuple[OrgView, ...], parent: QWidget | None = None
    ) -> None:
        note = _("提出后须由另一位同志同意才会开放；已打印的评审表作废待换。")
        title = _("{quarter}重新开放").format(quarter=quarter.label)
        super().__init__(desk, services.reopenings.ask, title, parent=parent, note=note, accept=_("提出申请"))
        self._quarter = quarter
        self.list = Ticks(orgs)
        self.add_row("org_ids", _("支部"), self.list)
        reason = QPlainTextEdit()
        reason.setTabChangesFocus(True)
        reason.setFixedHeight(round(theme.line_height() * 3.5))
        self.add_row("reason", _("理由"), reason)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, quarter: QuarterView, orgs: tuple[OrgView, ...]) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, quarter, orgs, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> ReopenDraft:
        return ReopenDraft(self._quarter.id, self.list.ticked(), self.text("reason"))


class AgreeDialog(SavingDialog):
    """Agree as the second person. `alone`: the office has one person only, so who stood in is written down."""

    def __init__(
        self, desk: Desk, reopening: ReopeningView, org: str, alone: bool, parent: QWidget | None = None
    ) -> None:
        note = _("“{org}”申请重新开放，理由：{reason}").format(org=org, reason=reopening.reason)
        super().__init__(desk, services.reopenings.agree, _("同意重新开放"), parent=parent, note=note, accept=_("同意"))
        self._id = reopening.id
        line = QLineEdit()
        line.setPlaceholderText(_("如 分管领导 张某某、镇纪委 李某某"))
        self.add_row(
            "substitution", _("代为复核"), line, _("办公室只有一人时，由分管领导或镇纪委在纸上同意，写明姓名。")
        )
        self.show_field("substitution", alone)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, reopening: ReopeningView, org: str, alone: bool) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, reopening, org, alone, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> AgreeDraft:
        return AgreeDraft((self._id,), self.text("substitution"))
