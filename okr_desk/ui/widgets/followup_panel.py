"""Beside the ledger: one finding with its light, what comes next, the notice, its three chains, its history, files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from okr_desk.followup_terms import FollowupStep, ItemLight
from okr_desk.i18n import _
from okr_desk.queries.followup_board import Chains, missing
from okr_desk.queries.followups import FindingView, StepView
from okr_desk.rules.followups import Move
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.models.followup_rows import light_words
from okr_desk.ui.widgets.step_panel import StepPanel, withdrawn

RECORD = "followups"
"""The word under which the files of a finding are kept."""
ICONS = {
    FollowupStep.ASK_EXTENSION: "clock",
    FollowupStep.EXTEND: "clock",
    FollowupStep.REFUSE_EXTENSION: "close",
    FollowupStep.REJECT: "undo",
    FollowupStep.PROGRESS: "comment",
    FollowupStep.PLAN: "edit",
    FollowupStep.REOPEN: "redo",
    FollowupStep.LOOK_BACK: "eye",
}
"""Steps beside the straight way; the others have a tick."""
SHAPES = {ItemLight.CALM: "", ItemLight.YELLOW: "▲ ", ItemLight.RED: "■ "}


class FollowupPanel(StepPanel):
    """`stepped` tells the move that was chosen, `asked` another action by its name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("整改"), parent)

    def show_finding(
        self, of: Chains, moves: Sequence[Move], others: Sequence[tuple[str, str, str]], may_attach: bool = False
    ) -> None:
        """`moves`: the legal next steps of this person; `others`: name, words and icon of what else may be done."""
        one = of.finding
        words = [label(one.state) if not one.withdrawn else "", light_words(one), missing(one)]
        said = SHAPES[one.light] + " · ".join(dict.fromkeys(part for part in words if part))
        self._state(said, one.light is not ItemLight.CALM, withdrawn(one.withdrawn, one.withdrawn_reason))
        self._moves(((move, label(move.step), ICONS.get(move.step, "check")) for move in moves), leads=one.is_open)
        if one.is_open and not moves:
            self._say(_("下一步由镇党建办或支部书记办理。"), quiet=True)
        self._facts(facts(one))
        if not one.withdrawn:
            self._head(_("反馈、激励、整改"))
            self._facts(chain_facts(of))
        self._head(_("办理过程"))
        for step in one.steps:
            self._say(step_words(step), quiet=step.withdrawn)
        self._head(_("佐证"))
        self._attached(RECORD, one.id, may_attach)
        self._others(others)


def facts(one: FindingView) -> tuple[tuple[str, str], ...]:
    """The notice and the measures; what was not said does not stand there."""
    due = one.due_on.isoformat()
    if one.due_on != one.first_due_on:
        due = _("{day}（原 {first}）").format(day=due, first=one.first_due_on.isoformat())
    pairs = (
        (_("支部"), one.org),
        (_("问题事实"), one.fact),
        (_("依据条款"), one.clause),
        (_("来源"), f"{label(one.source)} · {label(one.kind)}"),
        (_("整改要求"), one.demand),
        (_("期限"), due),
        (_("整改措施"), one.measure),
        (_("责任人"), one.owner),
        (_("包联领导"), one.leader),
        (_("联系人"), one.contact),
        (_("群众认可"), label(one.recognised) if one.recognised else ""),
        (_("原编号"), one.again_of),
    )
    return tuple((name, text) for name, text in pairs if text)


def chain_facts(of: Chains) -> tuple[tuple[str, str], ...]:
    """The three chains, each with a tick or a circle before its words."""
    pairs = ((_("反馈"), of.feedback), (_("激励"), of.incentive), (_("整改"), of.rectified))
    return tuple((name, f"{'✓' if link.done else '○'} {link.words}") for name, link in pairs)


def step_words(step: StepView) -> str:
    """2026-10-08 签收（张三）：已核实."""
    who = _("（{name}）").format(name=step.by) if step.by else ""
    said = f"{step.on.isoformat()} {label(step.step)}{who}"
    if step.due_on is not None:
        said += _("，期限 {day}").format(day=step.due_on.isoformat())
    if step.recognised is not None:
        said += _("，群众{word}").format(word=label(step.recognised))
    if step.note and step.step is not FollowupStep.ISSUE:
        said += _("：{note}").format(note=step.note)
    if step.by != step.recorded_by and step.recorded_by:
        said += _("（{name} 录入）").format(name=step.recorded_by)
    return said + (_("【已撤回：{why}】").format(why=step.withdrawn_reason) if step.withdrawn else "")
