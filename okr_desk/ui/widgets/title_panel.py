"""Beside the board: one title with its conditions, marks by party, its steps, and what may come next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from okr_desk.i18n import _
from okr_desk.queries.titles import StepView, TitleView
from okr_desk.rules.titles import Fact, Move
from okr_desk.terms import label
from okr_desk.title_terms import Strength, TitleParty, TitleState, TitleStep
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.title_rows import points
from okr_desk.ui.widgets.step_panel import StepPanel

ICONS = {TitleStep.DECLINE: "close", TitleStep.REVOKE: "close", TitleStep.RECHECK: "sync", TitleStep.PEERS: "people"}
"""Steps that lead beside the way; the others have a tick."""
_OVER = (TitleState.DECLINED, TitleState.REVOKED)


class TitlePanel(StepPanel):
    """`stepped` tells the move that was chosen, `asked` another action by its name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("四强党支部"), parent)

    def show_title(
        self,
        one: TitleView,
        facts: Sequence[Fact],
        moves: Sequence[Move],
        others: Sequence[tuple[str, str, str]],
        with_peers: bool,
    ) -> None:
        """`moves`: the legal next steps of this person; `others`: name, words, icon; `with_peers`: who gave what."""
        self._say(label(one.state))
        self._moves(((move, label(move.step), ICONS.get(move.step, "check")) for move in moves), leads=True)
        if not moves and one.state not in _OVER:
            self._say(_("下一步由镇党建办办理。"), quiet=True)
        self._head(_("申报条件"))
        for fact in facts:
            mark = "✓" if fact.met else "✗"
            self._say(f"{mark} {label(fact.fact)}：{fact.said}", wrong=not fact.met)
        self._marks(one, with_peers)
        self._head(_("办理过程"))
        for step in one.steps:
            self._say(step_words(step), quiet=step.is_withdrawn)
        self._others(others)

    # Inside

    def _marks(self, one: TitleView, with_peers: bool) -> None:
        if not one.marks:
            return
        self._head(_("评分"))
        for party in TitleParty:
            mean = one.mean(party)
            if mean is None:
                continue
            parts = _("，").join(f"{label(s)} {points(one.mean(party, s))}" for s in Strength)
            self._say(_("{party} {mean}：{parts}").format(party=label(party), mean=points(mean), parts=parts))
        if with_peers:
            for marks in one.marks:
                if marks.peer_id is not None:
                    given = _("、").join(points(marks.points[s]) for s in Strength)
                    self._say(_("{peer}：{given}").format(peer=marks.peer, given=given), quiet=True)
        for step in one.total.steps[-1:]:
            self._say(step)


def step_words(step: StepView) -> str:
    """08-10 评定（镇党委会议）镇党委会议纪要〔2026〕11号：…"""
    who = _("（{name}）").format(name=step.by) if step.by else ""
    said = f"{step.on:%m-%d} {label(step.step)}{who}"
    if step.document:
        said += f" {step.document}"
    if step.note:
        said += _("：{note}").format(note=step.note)
    return said + (_("【已撤回：{why}】").format(why=step.withdrawn_reason) if step.is_withdrawn else "")
