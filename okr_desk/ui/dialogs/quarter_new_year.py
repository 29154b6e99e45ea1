"""Turn the year: what will be written, and what nobody has settled yet, before anything is done."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from okr_desk import services
from okr_desk.i18n import _
from okr_desk.queries import new_year as standing
from okr_desk.queries.new_year import NewYearPlan
from okr_desk.rules.cycles import RollOverDraft
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.models.rows import Column
from okr_desk.ui.widgets.table import Table


class NewYearDialog(SavingDialog):
    """Shows the plan for the year after `from_year`, then makes it."""

    def __init__(self, desk: Desk, from_year: int, parent: QWidget | None = None) -> None:
        title = _("结转到 {year} 年度").format(year=from_year + 1)
        note = _("新年度先处于筹备状态，可以反复结转补充；启用之后基线不再自动写入。目标和关键结果在“目标”中另行拟定。")
        super().__init__(desk, services.new_year.roll_over, title, parent=parent, note=note, accept=_("结转"))
        self._from_year = from_year
        self.words = QLabel(_("正在核对上年数据…"), self)
        self.words.setWordWrap(True)
        self.gaps = Table(desk, _columns(), "new_year_gaps", _("{year}年度待补事项").format(year=from_year + 1), self)
        self.gaps.setMinimumHeight(round(theme.line_height() * 14))
        self.add_row("plan", _("将写入"), self.words)
        self.add_row("gaps", _("待补事项"), self.gaps)
        self.setMinimumWidth(theme.span(self, 44))
        self.ok.setEnabled(False)
        desk.tasks.read(standing.plan, from_year, done=self._show, failed=self.refuse, owner=self)

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, from_year: int) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, from_year, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> RollOverDraft:
        return RollOverDraft(self._from_year)

    def _show(self, plan: NewYearPlan) -> None:
        sentence = _("{n} 条基线（取上年第四季度实绩），{m} 条不适用。")
        words = sentence.format(n=len(plan.proposals), m=len(plan.not_applicable))
        if not plan.exists:
            words = _("新建 {year} 年度和四个季度；").format(year=plan.to_year) + words
        self.words.setText(words)
        self.gaps.set_rows(plan.gaps)
        self.ok.setEnabled(True)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("党组织"), lambda gap: gap.org, width=10),
        Column(_("事项"), lambda gap: gap.what, width=12, tooltip=lambda gap: gap.what),
        Column(_("说明"), lambda gap: gap.sentence, stretch=True, width=18, tooltip=lambda gap: gap.sentence),
    )
