"""Beside the board: one whistle with what it is about, its steps with their times, its rating, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.queries import whistles
from okr_desk.queries.whistles import MoveView, RatingView, WhistleView
from okr_desk.rules.whistles import Move
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.ui.desk import Desk
from okr_desk.ui.models import whistle_rows
from okr_desk.ui.models.whistle_rows import WhistleRow
from okr_desk.ui.widgets.step_panel import StepPanel, withdrawn
from okr_desk.whistle_terms import RatedItem, WhistleStep

ICONS = {
    WhistleStep.SEND_BACK: "undo",
    WhistleStep.DECLINE: "undo",
    WhistleStep.REASSIGN: "people",
    WhistleStep.ESCALATE: "chevron_right",
    WhistleStep.CANCEL: "close",
}
"""Steps that lead beside the way; the others have a tick."""


class WhistlePanel(StepPanel):
    """`stepped` tells the move that was chosen, `asked` another action by its name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("吹哨单"), parent)

    def show_whistle(
        self, row: WhistleRow, moves: Sequence[Move], others: Sequence[tuple[str, str, str]], may_attach: bool = False
    ) -> None:
        """`moves`: the legal next steps of this person; `others`: name, words and icon of what else may be done."""
        one, is_late = row.view, whistle_rows.is_late(row)
        words = [whistle_rows.class_text(one.kind), whistle_rows.state_text(one), whistle_rows.left_text(row)]
        said = ("▲ " if is_late else "") + " · ".join(part for part in words if part)
        self._state(said, is_late, withdrawn(one.withdrawn, one.withdrawn_reason))
        self._moves(((move, label(move.step), ICONS.get(move.step, "check")) for move in moves), leads=True)
        if one.is_open and not moves:
            self._say(_("下一步由镇党建办或有关单位办理。"), quiet=True)
        self._facts(facts(one))
        self._head(_("办理过程"))
        for done in one.moves:
            self._say(_move_words(done), quiet=done.withdrawn)
        if not one.moves:
            self._say(_("还没有报审。"), quiet=True)
        self._rating(one)
        self._head(_("附件"))
        self._attached(whistles.RECORD, one.id, may_attach)
        self._others(others)

    def _rating(self, one: WhistleView) -> None:
        if not one.ratings:
            return
        value = one.score.total.value
        self._head(_("评价：{n} 分").format(n=plain(value, 1)) if value is not None else _("评价"))
        for rating in one.ratings:
            self._say(_rating_words(rating))
        for step in one.score.total.steps[len(one.ratings) :]:
            self._say(step, quiet=True)


def facts(one: WhistleView) -> tuple[tuple[str, str], ...]:
    """What the whistle is about; what was not said does not stand there."""
    pairs = (
        (_("事项"), one.matter),
        (_("吹哨支部"), one.org),
        (_("主责部门"), one.department.name),
        (_("配合部门"), _("、").join(helper.name for helper in one.helpers)),
        (_("来源"), one.source),
        (_("地点"), one.place),
        (_("预期目标"), one.goal),
        (_("吹哨人"), one.blown_by),
        (_("审签人"), one.signed_by),
        (_("签收用时"), _minutes(one.sign_in_minutes, one.signed_in_time)),
        (_("到场用时"), _minutes(one.arrive_minutes, one.came_in_time)),
        (_("协商方案"), one.plan),
        (_("承诺办结日"), "" if one.promised_on is None else one.promised_on.isoformat()),
        (_("办理结果"), one.result),
        (_("群众回访"), "" if one.solved is None else label(one.solved)),
        (_("群众意见"), one.said),
        (_("原哨号"), one.again_of),
        (_("重吹"), _("、").join(one.again)),
        (_("填报人"), one.reported_by),
        (_("补报理由"), one.late_reason),
    )
    return tuple((name, text) for name, text in pairs if text)


def _minutes(minutes: int | None, in_time: bool | None) -> str:
    if minutes is None:
        return ""
    judged = "" if in_time is None else _("，及时") if in_time else _("，超时")
    return _("{n} 分钟").format(n=minutes) + judged


def _move_words(move: MoveView) -> str:
    """01-19 14:55 签收（张三）：已核实."""
    who = _("（{name}）").format(name=move.by) if move.by else ""
    said = f"{local(move.at):%m-%d %H:%M} {label(move.step)}{who}"
    if move.note:
        said += _("：{note}").format(note=move.note)
    return said + (_("【已撤回：{why}】").format(why=move.withdrawn_reason) if move.withdrawn else "")


def _rating_words(rating: RatingView) -> str:
    levels = _("，").join(f"{label(item)} {rating.levels[item]}" for item in RatedItem if item in rating.levels)
    return _("{rater}：{levels}").format(rater=label(rating.rater), levels=levels)
