"""An objection: to which line or to the whole, what is held to be right and why; on paper with day and basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries import review_items
from okr_desk.queries.objections import ObjectionView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.review_items import Items
from okr_desk.rules import objections as rules
from okr_desk.rules.objections import ObjectionDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models.score_figures import PLACES
from okr_desk.ui.widgets.counted_text import CountedText
from okr_desk.ui.widgets.day_line import DayLine
from okr_desk.ui.widgets.entry_line import BASES

WHOLE = 0
"""Stands for the sheet as a whole in the choice of lines."""


class ObjectionDialog(SavingDialog):
    """For one of `branches`; `again`: the decided objection whose answer is objected to."""

    def __init__(
        self,
        desk: Desk,
        quarter: QuarterView,
        branches: Sequence[OrgView],
        org_id: int | None = None,
        line_id: int | None = None,
        again: ObjectionView | None = None,
        parent: QWidget | None = None,
    ) -> None:
        note = _("评审表上的得分带 * 标记，到答复为止；由没有参加评分的人复核。")
        if again is not None:
            note = _("对 {number} 的答复再次申辩，只能一次。").format(number=again.number)
        super().__init__(
            desk, services.objections.object_, _("提出申辩"), parent=parent, note=note, accept=_("提出申辩")
        )
        self._quarter, self._branches, self._again = quarter, tuple(branches), again
        self._line_id = again.line_id if again is not None else line_id
        self._is_office = desk.actor is not None and desk.actor.is_office
        self.org = choices([(one.short_name, one.id) for one in branches], org_id)
        if len(branches) > 1:
            self.add_row("org_id", _("支部"), self.org)
        self.line = choices([(_("整张评审表"), WHOLE)])
        self.line.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.line.setEnabled(again is None)
        self.add_row("line_id", _("申辩项目"), self.line)
        self.add_row("claimed", _("要求得分"), QLineEdit(), _("认为应得的分；对整张表申辩的不填。"))
        self.add_row(
            "reason", _("申辩理由"), CountedText(rules.REASON_LIMIT, 4.5), _("写明事实和依据，材料可在登记后添加。")
        )
        by = QLineEdit()
        by.setMaxLength(rules.NAME_LIMIT)
        self.add_row("by", _("申辩人"), by)
        if self._is_office:
            bases = [(label(one), one.value) for one in BASES]
            self.add_row("basis", _("依据"), choices(bases))
            day = desk.clock.today()
            self.add_row("received_on", _("收到日期"), DayLine(_("收到日期"), day, day.year, pick=True))
        self._follow_org()
        self.org.activated.connect(lambda _row: self._follow_org())
        self.fields["reason"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, quarter: QuarterView, branches: Sequence[OrgView], **more: Any) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, quarter, branches, parent=parent, **more)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> ObjectionDraft:
        basis = EntryBasis(self.text("basis")) if self._is_office else EntryBasis.OWN
        received = self.fields.get("received_on")
        line_id = self.line.currentData() or None
        claimed = optional_number(self.text("claimed"), "claimed", _("要求得分"))
        if line_id is None and claimed is not None:
            raise InputRefused(_("对整张评审表申辩的，不填要求得分，请写在理由里。"), "claimed")
        return ObjectionDraft(
            self._quarter.id,
            int(self.org.currentData()),
            self.text("reason"),
            self.text("by"),
            line_id,
            claimed,
            received.day("received_on") if isinstance(received, DayLine) else None,
            basis,
            None if self._again is None else self._again.id,
        )

    # Inside

    def _follow_org(self) -> None:
        """Another branch: its secretary, and its lines as soon as they are read."""
        org = next(one for one in self._branches if one.id == self.org.currentData())
        by = self.fields["by"]
        assert isinstance(by, QLineEdit)
        own = self.desk.actor.name if self.desk.actor is not None else ""
        by.setText(org.secretary if self._is_office else own)
        self.desk.tasks.read(review_items.items, self._quarter, org, done=self._take_items, owner=self)

    def _take_items(self, found: Items) -> None:
        while self.line.count() > 1:
            self.line.removeItem(1)
        for one in found.items:
            points = "—" if one.points is None else plain(one.points, PLACES)
            words = _("{item}（现得 {points}，满分 {most}）").format(
                item=one.name, points=points, most=plain(one.maximum, PLACES)
            )
            self.line.addItem(words, one.line_id)
        at = self.line.findData(self._line_id) if self._line_id else 0
        self.line.setCurrentIndex(max(0, at))
