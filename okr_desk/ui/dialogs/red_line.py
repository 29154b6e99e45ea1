"""A red line that was crossed: which one, what it does to the grade, the fact and the document that says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.red_lines import RedLineRuleView
from okr_desk.rules.grades import grading_from
from okr_desk.rules.scores import DOCUMENT_LIMIT, RedLineDraft
from okr_desk.scoring.grades import RedLineKind
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.point_event import fact_field, usual_day
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine


class RedLineDialog(SavingDialog):
    """The red lines that count for the branch (at least one); what each does is proposed and may be set otherwise."""

    def __init__(
        self,
        desk: Desk,
        org: OrgView,
        quarter: QuarterView,
        grades: str,
        rules: Sequence[RedLineRuleView],
        parent: QWidget | None = None,
    ) -> None:
        note = _("{org}，{quarter}。得分照实保留，只限制等次；须有文号，登记错的可以撤销。")
        super().__init__(
            desk,
            services.scores.record_red_line,
            _("登记红线"),
            parent=parent,
            note=note.format(org=org.short_name, quarter=quarter.label),
            accept=_("登记"),
        )
        self._org, self._quarter = org, quarter
        self._rules = {one.code: one for one in rules}
        self.code = choices([(one.title, one.code) for one in rules])
        self.kind = choices([(_("限定等次"), RedLineKind.LOCK), (_("一票否决"), RedLineKind.VETO)])
        names = grading_from(grades).scheme.names
        self.highest = choices([(_(name), name) for name in names[1:]])
        self.day = DayLine(_("日期"), usual_day(desk.clock.today(), quarter), quarter.year, pick=True)
        self.trigger = QLabel(self)
        self.trigger.setObjectName("quiet")
        self.trigger.setFont(theme.font("small"))
        self.trigger.setWordWrap(True)
        document = QLineEdit()
        document.setMaxLength(DOCUMENT_LIMIT + 1)
        document.setPlaceholderText(_("例如：青纪〔2026〕3号"))
        self.add_row("code", _("红线"), self.code)
        self.form.addRow("", self.trigger)
        self.add_pair("kind", _("处理"), self.kind, "highest", _("最高等次"), self.highest)
        self.add_row("happened_on", _("日期"), self.day)
        self.add_row("fact", _("事实"), fact_field())
        self.add_row("document", _("依据文号"), document)
        self.code.currentIndexChanged.connect(self._follow_code)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        self._follow_code()
        self.code.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        desk: Desk,
        org: OrgView,
        quarter: QuarterView,
        grades: str,
        rules: Sequence[RedLineRuleView],
    ) -> tuple[Any, Any] | None:
        """What the service gave back with what was entered, or None when the dialog was left."""
        dialog = cls(desk, org, quarter, grades, rules, parent)
        dialog.exec()
        return dialog.saved

    def draft(self) -> RedLineDraft:
        day = self.day.day("happened_on")
        kind = RedLineKind(self.kind.currentData())
        return RedLineDraft(
            org_id=self._org.id,
            quarter_id=self._quarter.id,
            code=self.text("code"),
            kind=kind,
            happened_on=day,
            fact=self.text("fact"),
            document=self.text("document"),
            highest=self.text("highest") if kind is RedLineKind.LOCK else "",
        )

    def _chosen(self) -> RedLineRuleView:
        return self._rules[self.text("code")]

    def _follow_code(self) -> None:
        """The proposal of the red line: its kind, the best grade that it leaves, and when it is crossed."""
        one = self._chosen()
        self.trigger.setText(_(one.trigger))
        self.kind.setCurrentIndex(self.kind.findData(one.kind))
        self.highest.setCurrentIndex(max(0, self.highest.findData(one.highest)))
        self._follow_kind()

    def _follow_kind(self) -> None:
        self.show_field("highest", RedLineKind(self.kind.currentData()) is RedLineKind.LOCK)
