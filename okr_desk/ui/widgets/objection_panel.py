"""Beside the list: one objection with its reason, its files, the answer, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.queries import objections
from okr_desk.queries.objections import ObjectionView
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, label
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.objection_rows import ObjectionRow
from okr_desk.ui.models.score_figures import PLACES
from okr_desk.ui.widgets.step_panel import StepPanel


class ObjectionPanel(StepPanel):
    """`asked` tells the name of the action chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("申辩"), parent)

    def show_objection(self, row: ObjectionRow, actions: Sequence[tuple[str, str, str]], may_attach: bool) -> None:
        """`actions`: name, words and icon of what this person may do; the first one is the one to do next."""
        one = row.view
        said = " · ".join(part for part in (row.state_text, row.left_text) if part)
        late = one.is_overdue(row.day)
        self._state(f"■ {said}" if late else said, late, "")
        self._actions(actions, leading="decide")
        self._facts(facts(one))
        self._head(_("申辩理由"))
        self._say(one.reason)
        self._head(_("附件"))
        self._attached(objections.RECORD, one.id, may_attach)
        if one.decision is not None:
            self._head(_("复核意见"))
            self._say(one.decision.opinion)
            self._facts(answer(one))
        if one.withdrawn:
            self._head(_("撤回理由"))
            self._say(one.withdrawn_reason)
        self._rows.addStretch(1)


def facts(one: ObjectionView) -> tuple[tuple[str, str], ...]:
    """What is objected to; what was not said does not stand there."""
    pairs = (
        (_("支部"), one.org),
        (_("项目"), one.subject),
        (_("原得分"), "" if one.points is None else plain(one.points, PLACES)),
        (_("要求得分"), "" if one.claimed is None else plain(one.claimed, PLACES)),
        (_("申辩人"), one.by),
        (_("收到日期"), one.received_on.isoformat()),
        (_("答复期限"), one.due_on.isoformat()),
        (_("代录"), "" if one.basis is EntryBasis.OWN else _("{basis}，{name}").format(
            basis=label(one.basis), name=one.recorded_by)),
    )  # fmt: skip
    return tuple((name, text) for name, text in pairs if text)


def answer(one: ObjectionView) -> tuple[tuple[str, str], ...]:
    """What was decided."""
    decision = one.decision
    if decision is None:
        return ()
    has_points = one.line_id is not None and decision.points is not None
    pairs = (
        (_("复核结果"), label(decision.outcome)),
        (_("新得分"), plain(decision.points, PLACES) if has_points else ""),
        (_("依据"), decision.rests_on),
        (_("复核人"), decision.by),
        (_("代行"), decision.substitution),
        (_("答复日期"), decision.decided_on.isoformat()),
    )
    return tuple((name, text) for name, text in pairs if text)
