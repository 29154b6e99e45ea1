"""The answer to an objection: what was decided, the new points, why, by whom; who scored may not decide."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from okr_desk import services
from okr_desk.errors import InputRefused, NotAllowed
from okr_desk.i18n import _
from okr_desk.queries.objections import ObjectionView
from okr_desk.review_terms import ObjectionOutcome
from okr_desk.rules import objections as rules
from okr_desk.rules.objections import DecisionDraft
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.dialogs.fields import optional_number
from okr_desk.ui.dialogs.saving import SavingDialog
from okr_desk.ui.forms import choices
from okr_desk.ui.models.score_figures import PLACES
from okr_desk.ui.widgets.counted_text import CountedText


class DecisionDialog(SavingDialog):
    """Outcome, points, opinion, ground and name; who stands in is asked for where the same person scored."""

    def __init__(self, desk: Desk, of: ObjectionView, parent: QWidget | None = None) -> None:
        note = _("{number}　{org}　{subject}").format(number=of.number, org=of.org, subject=of.subject)
        super().__init__(desk, services.objections.decide, _("答复申辩"), parent=parent, note=note, accept=_("答复"))
        self._of = of
        outcomes = [(label(one), one.value) for one in ObjectionOutcome]
        self.outcome_box = choices(outcomes)
        self.add_row(
            "outcome", _("复核结果"), self.outcome_box, _("答复以后不能更改；支部仍有异议的，可以再次申辩一次。")
        )
        claimed = "" if of.claimed is None else plain(of.claimed, PLACES)
        advice = _("原得分 {before}").format(before=plain(of.points, PLACES))
        if claimed:
            advice = _("原得分 {before}，支部要求 {claimed}").format(before=plain(of.points, PLACES), claimed=claimed)
        self.add_row("points", _("新得分"), QLineEdit(claimed), advice)
        self.add_row("opinion", _("复核意见"), CountedText(rules.REASON_LIMIT, 4.0))
        ground = QLineEdit()
        ground.setMaxLength(rules.GROUND_LIMIT)
        ground.setPlaceholderText(_("如：考核办法第七条；银行回单"))
        self.add_row("rests_on", _("依据（可不填）"), ground)
        by = QLineEdit("" if desk.actor is None else desk.actor.name)
        by.setMaxLength(rules.NAME_LIMIT)
        self.add_row("by", _("复核人"), by, _("参加过这次评分的人不能复核。"))
        self.add_row("substitution", _("代行"), QLineEdit(), _("镇里只有一人的，写明由分管领导或镇纪委代行。"))
        self.show_field("substitution", False)
        self.outcome_box.currentIndexChanged.connect(self._follow_outcome)
        self._follow_outcome()
        self.fields["opinion"].setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, of: ObjectionView) -> Any:
        """What the service gave back, or None when the dialog was left."""
        dialog = cls(desk, of, parent)
        dialog.exec()
        return dialog.outcome

    def draft(self) -> DecisionDraft:
        outcome = ObjectionOutcome(self.text("outcome"))
        has_points = outcome is not ObjectionOutcome.DISMISSED and self._of.line_id is not None
        return DecisionDraft(
            self._of.id,
            outcome,
            self.text("opinion"),
            self.text("by"),
            optional_number(self.text("points"), "points", _("新得分")) if has_points else None,
            self.text("rests_on"),
            self.text("substitution"),
        )

    # Inside

    def _follow_outcome(self) -> None:
        """Points are asked for only where they change."""
        box = self.fields["outcome"]
        assert isinstance(box, QComboBox)
        is_dismissed = box.currentData() == ObjectionOutcome.DISMISSED.value
        self.show_field("points", not is_dismissed and self._of.line_id is not None)

    def _refused(self, error: Exception) -> None:
        """Somebody who scored: the name is at fault, or the account, and then somebody may stand in."""
        if isinstance(error, NotAllowed) and not isinstance(error, InputRefused):
            is_name = error.sentence.startswith(self.text("by"))
            self.show_field("substitution", True)
            error = InputRefused(error.sentence, "by" if is_name else "substitution")
        super()._refused(error)
