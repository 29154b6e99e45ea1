"""一支部一策: the plan of a branch that lags behind, and the test by which it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.branch_plans import PlanView
from okr_desk.queries.followup_board import FollowupBoard
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.branch_plans import AcceptanceDraft, PlanDraft
from okr_desk.scoring.rounding import percent, plain
from okr_desk.ui import theme
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import number
from okr_desk.ui.dialogs.project import text_field
from okr_desk.ui.dialogs.saving import CountField, SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.widgets.day_line import DayLine

COLUMN = 34


class BranchPlanDialog(SavingDialog):
    """A new plan; `old`: the one that it takes the place of, whose words it starts from."""

    def __init__(
        self,
        desk: Desk,
        of: FollowupBoard,
        branches: Sequence[OrgView],
        org_id: int | None = None,
        old: PlanView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("一个后进支部一份。验收须得分达到、群众测评达到，才算通过。")
        super().__init__(desk, services.branch_plans.draw_up, _("一支部一策"), parent=parent, note=note)
        self._of, self._branches = of, {one.id: one for one in branches}
        self.org = choices([(one.short_name, one.id) for one in branches], old.org_id if old else org_id)
        self.begins = DayLine(_("起始日期"), old.begins_on if old else of.today, of.today.year, pick=True)
        self.add_pair("org_id", _("支部"), self.org, "begins_on", _("起始日期"), self.begins)
        self._long("ailment", _("病灶"), old.ailment if old else "", 2.6)
        self._long("remedy", _("处方"), old.remedy if old else "", 2.6)
        self._long("duties", _("责任清单"), old.duties if old else "", 2.6)
        self.next_column()
        leader, first = QLineEdit(old.town_leader if old else ""), QLineEdit(old.first_secretary if old else "")
        self.add_row("county_leader", _("县级联系领导"), QLineEdit(old.county_leader if old else ""))
        self.add_pair("town_leader", _("乡镇包联领导"), leader, "first_secretary", _("第一书记"), first)
        for place, (name, words) in enumerate(
            (("within_30", _("30 天内")), ("within_60", _("60 天内")), ("within_90", _("90 天内")))
        ):
            self._long(name, words, old.within[place] if old else "", 1.9)
        self.setMinimumWidth(theme.span(self, 2 * COLUMN))
        if old is None:
            self.org.currentIndexChanged.connect(self._propose)
            self._propose()
        self.fields["ailment"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: FollowupBoard, branches: Sequence[OrgView], **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, branches, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> PlanDraft:
        names = ("ailment", "remedy", "duties", "county_leader", "town_leader", "first_secretary", "within_30",
                 "within_60", "within_90")  # fmt: skip
        words = {name: self.text(name) for name in names}
        return PlanDraft(self.org.currentData(), self._of.quarter.id, begins_on=self.begins.day("begins_on"), **words)

    def _long(self, name: str, words: str, text: str, lines: float) -> None:
        field = text_field("", lines)
        field.setPlainText(text)
        self.add_row(name, words, field)

    def _propose(self) -> None:
        org, line = self._branches.get(self.org.currentData()), self.fields["town_leader"]
        if org is not None and isinstance(line, QLineEdit):
            line.setText(org.liaison)


class PlanTestDialog(SavingDialog):
    """Points, ballots and an opinion."""

    def __init__(self, desk: Desk, of: FollowupBoard, plan: PlanView, parent: QWidget | None = None) -> None:
        note = _("{org}：得分不低于 {points} 分，且不满意票不超过 {against}，才算通过。").format(
            org=plan.org, points=plain(of.exit.points), against=percent(of.exit.against)
        )
        super().__init__(desk, services.branch_plans.accept, _("验收"), parent=parent, note=note, accept=_("验收"))
        self._plan = plan
        today = desk.clock.today()
        self.day = DayLine(_("验收日期"), today, today.year, pick=True)
        self.votes, self.against = CountField(), CountField()
        self.add_pair("on", _("验收日期"), self.day, "points", _("验收得分"), QLineEdit())
        self.add_pair("votes", _("参加测评票数"), self.votes, "against", _("其中不满意"), self.against)
        self.add_row("by", _("验收人"), QLineEdit("" if desk.actor is None else desk.actor.name))
        self.add_row("opinion", _("验收意见"), text_field(_("可不填"), 2.4))
        self.fields["points"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: FollowupBoard, plan: PlanView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, plan, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> AcceptanceDraft:
        votes, against = self.votes.count(), self.against.count()
        if votes is None:
            raise InputRefused(_("请填写参加测评的票数，至少 1 票。"), "votes")
        if against is None:
            raise InputRefused(_("请填写不满意票数，没有的填 0。"), "against")
        points = number(self.text("points"), "points", _("验收得分"))
        return AcceptanceDraft(
            self._plan.id, self.day.day("on"), points, votes, against, self.text("by"), self.text("opinion")
        )
