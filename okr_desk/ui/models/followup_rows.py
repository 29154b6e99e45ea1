"""Findings, their chains, cards, plans and committees as rows of tables; each light with its shape and its word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from okr_desk import pinyin
from okr_desk.followup_terms import CardColour, FindingState, ItemLight
from okr_desk.i18n import _
from okr_desk.queries.branch_plans import PlanView
from okr_desk.queries.followup_board import Chains, FollowupBoard, Link, missing
from okr_desk.queries.followup_cards import CardView
from okr_desk.queries.followups import FindingView
from okr_desk.queries.idle_committee import CommitteeView
from okr_desk.rules.cards import prefix
from okr_desk.rules.followups import number_of
from okr_desk.terms import Status, label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import room
from okr_desk.ui.widgets.register_marks import Mark

LIGHTS = {ItemLight.CALM: Status.ON_TRACK, ItemLight.YELLOW: Status.WATCH, ItemLight.RED: Status.BEHIND}
CARDS = {CardColour.YELLOW: Status.WATCH, CardColour.RED: Status.BEHIND}
_ORDER = (ItemLight.RED, ItemLight.YELLOW, ItemLight.CALM)


@dataclass(frozen=True)
class IdleRow:
    """A branch with its committee, in words."""

    view: CommitteeView

    @property
    def names(self) -> str:
        """Who did nothing that was written down; or why nobody can say."""
        of = self.view
        if not of.is_listed:
            return _("名册没有标明支委，看不出")
        if not of.is_known:
            return _("本季底单没有写明责任人，看不出")
        if not of.idle:
            return _("没有")
        return _("、").join(f"{name}（{duty}）" if duty else name for name, duty in of.idle)


def light_words(one: FindingView) -> str:
    """红灯 逾期 41 天; 正常 还剩 3 天; 已销号."""
    if one.withdrawn:
        return _("已撤回")
    if one.state is FindingState.WRITTEN_OFF:
        return _("已销号")
    if one.late:
        return _("{light} 逾期 {n} 天").format(light=label(one.light), n=one.late)
    if one.light is ItemLight.RED:
        return _("{light} 延期 {n} 次").format(light=label(one.light), n=one.extended)
    if one.left is None:
        return label(one.light)
    return _("今天到期") if one.left == 0 else _("{light} 还剩 {n} 天").format(light=label(one.light), n=one.left)


def _light_width() -> float:
    """Characters of a light with its days, in the language in use."""
    return room(_("{light} 逾期 {n} 天").format(light=label(ItemLight.YELLOW), n=28)) + 1.6


def light_mark(one: FindingView) -> Mark:
    """The light with its shape."""
    if one.withdrawn:
        return Mark(Status.NOT_STARTED, light_words(one))
    done = one.state is FindingState.WRITTEN_OFF
    return Mark(Status.DONE if done else LIGHTS[one.light], light_words(one))


def light_place(one: FindingView) -> tuple[int, int]:
    """Red first, then yellow, the latest first; written off at the end."""
    over = not one.is_open
    return (len(_ORDER) if over else _ORDER.index(one.light), -one.late if one.late else (one.left or 0))


def finding_columns() -> tuple[Column, ...]:
    """The ledger: the branch first, so that it can give way where there is one alone."""
    return (
        Column(_("支部"), lambda row: row.org, keys=lambda row: pinyin.keys(row.org), width=10.6),
        Column(_("编号"), lambda row: row.number, width=room(number_of(2026, 3, 1)) + 0.6),
        Column(_("灯"), light_words, sort=light_place, value=light_mark, width=_light_width()),
        Column(_("问题"), lambda row: row.problem, keys=lambda row: pinyin.keys(row.problem),
               tooltip=lambda row: row.fact or row.problem, width=10, stretch=True),
        Column(_("状态"), lambda row: label(row.state), width=room(_("整改中")) + 1),
        Column(_("还差什么"), missing, tooltip=missing, width=room(_("等镇党建办答复延期")) + 0.6),
        Column(_("责任人"), lambda row: row.owner, keys=lambda row: pinyin.keys(row.owner),
               width=room(_("责任人")) + 1),
        Column(_("期限"), lambda row: row.due_on.isoformat(), width=room("2026-10-14") + 1),
        Column(_("来源"), lambda row: label(row.source), width=room(_("日常检查")) + 0.6, hidden=True),
        Column(_("类别"), lambda row: label(row.kind), width=room(_("类别")) + 1, hidden=True),
        Column(_("包联领导"), lambda row: row.leader, keys=lambda row: pinyin.keys(row.leader), width=5, hidden=True),
        Column(_("整改措施"), lambda row: row.measure, width=12, hidden=True),
        Column(_("进展"), lambda row: row.progress, width=12, hidden=True),
        Column(_("延期（次）"), lambda row: str(row.extended), sort=lambda row: row.extended, look="number",
               head=_("延期"), width=4, hidden=True),
        Column(_("群众认可"), lambda row: label(row.recognised) if row.recognised else "", width=6, hidden=True),
        Column(_("验收人"), lambda row: row.written_off.by if row.written_off else "", width=5, hidden=True),
        Column(_("销号日期"), lambda row: row.written_off.on.isoformat() if row.written_off else "", width=7,
               hidden=True),
        Column(_("回头看日期"), lambda row: row.looks[-1].on.isoformat() if row.looks else "", width=7, hidden=True),
    )  # fmt: skip


def chain_columns() -> tuple[Column, ...]:
    """The three chains of each finding until it is written off."""
    return (
        Column(_("支部"), lambda row: row.finding.org, keys=lambda row: pinyin.keys(row.finding.org), width=9),
        Column(_("编号"), lambda row: row.finding.number, width=room(number_of(2026, 3, 1)) + 0.6),
        Column(_("问题"), lambda row: row.finding.problem, keys=lambda row: pinyin.keys(row.finding.problem),
               tooltip=lambda row: row.finding.problem, width=10, stretch=True),
        _chain(_("反馈"), lambda row: row.feedback, width=17),
        _chain(_("激励"), lambda row: row.incentive),
        _chain(_("整改"), lambda row: row.rectified, late=lambda row: row.finding.late > 0, width=20),
    )  # fmt: skip


def card_columns() -> tuple[Column, ...]:
    """Cards of the year."""
    return (
        Column(_("支部"), lambda row: row.org, keys=lambda row: pinyin.keys(row.org), width=9),
        Column(_("牌号"), lambda row: row.number, value=lambda row: Mark(CARDS[row.colour], row.number),
               width=room(prefix(CardColour.YELLOW, 2026, 3) + "001") + 2),
        Column(_("发牌事由"), lambda row: row.causes, tooltip=lambda row: row.causes, width=14, stretch=True),
        Column(_("发牌日期"), lambda row: row.issued_on.isoformat(), width=room("2026-10-08") + 1),
        Column(_("谈话"), lambda row: f"{row.talked_on:%m-%d} {row.talked_by}" if row.talked_on else _("未谈"),
               width=9),
        Column(_("现状"), card_state, width=8),
    )  # fmt: skip


def proposal_columns() -> tuple[Column, ...]:
    """Cards that the figures speak for."""
    return (
        Column(_("支部"), lambda row: row.org.short_name, keys=lambda row: row.org.search_keys, width=9),
        Column(_("建议"), lambda row: label(row.colour), value=lambda row: Mark(CARDS[row.colour], label(row.colour)),
               width=room(_("黄牌")) + 2.4),
        Column(_("事由"), lambda row: row.causes, tooltip=lambda row: row.causes, width=18, stretch=True),
        Column(_("处理措施"), lambda row: row.effects, tooltip=lambda row: row.effects, width=14),
    )  # fmt: skip


def plan_columns() -> tuple[Column, ...]:
    """Plans of branches that lag behind."""
    return (
        Column(_("支部"), lambda row: row.org, keys=lambda row: pinyin.keys(row.org), width=9),
        Column(_("现状"), plan_state, value=_plan_mark, width=room(_("验收未通过，继续")) + 1.6),
        Column(_("病灶"), lambda row: row.ailment, tooltip=lambda row: row.ailment, width=10, stretch=True),
        Column(_("处方"), lambda row: row.remedy, tooltip=lambda row: row.remedy, width=14),
        Column(_("包联领导"), lambda row: row.town_leader, width=room(_("包联领导")) + 1),
        Column(_("起始"), lambda row: row.begins_on.isoformat(), width=room("2026-10-08") + 1),
        Column(_("90 天期满"), lambda row: row.stages[-1].isoformat(), width=room("2026-10-08") + 1),
    )  # fmt: skip


def idle_columns() -> tuple[Column, ...]:
    """挂名委员 by branch."""
    return (
        Column(_("支部"), lambda row: row.view.org.short_name, keys=lambda row: row.view.org.search_keys, width=10),
        Column(_("支委（人）"), lambda row: str(row.view.members) if row.view.is_listed else "",
               sort=lambda row: row.view.members, look="number", head=_("支委"), width=4),
        Column(_("没有任务记录（人）"), lambda row: str(len(row.view.idle)) if row.view.is_known else "",
               sort=lambda row: len(row.view.idle) if row.view.is_known else -1, look="number",
               head=_("没有记录"), width=room(_("没有记录")) + 0.8),
        Column(_("挂名委员"), lambda row: row.names, tooltip=lambda row: row.names, width=18, stretch=True),
    )  # fmt: skip


def idle_rows(of: FollowupBoard) -> tuple[IdleRow, ...]:
    """Branches with idle members first, then those of which nobody can say, then the others."""
    return tuple(
        IdleRow(one) for one in sorted(of.committees, key=lambda one: (not one.idle, one.is_known, -len(one.idle)))
    )


def card_state(one: CardView) -> str:
    """在牌 or when it was lifted."""
    return _("在牌") if one.lifted_on is None else _("{day} 解除").format(day=f"{one.lifted_on:%m-%d}")


def plan_state(one: PlanView) -> str:
    """Where a plan stands."""
    if one.passed is not None:
        return _("已通过验收")
    if one.superseded:
        return _("已换新计划")
    return _("验收未通过，继续") if one.tests else _("进行中")


def _plan_mark(one: PlanView) -> Mark:
    if one.passed is not None:
        return Mark(Status.DONE, plan_state(one))
    status = Status.NOT_STARTED if one.superseded else Status.BEHIND if one.tests else Status.ON_TRACK
    return Mark(status, plan_state(one))


def _chain(
    title: str, of: Callable[[Chains], Link], late: Callable[[Chains], bool] | None = None, width: float = 12
) -> Column:
    def mark(row: Chains) -> Mark:
        link = of(row)
        if link.done:
            return Mark(Status.DONE, link.words)
        return Mark(Status.BEHIND if late is not None and late(row) else Status.NOT_STARTED, link.words)

    return Column(
        title,
        lambda row: of(row).words,
        sort=lambda row: (of(row).done, of(row).words),
        value=mark,
        tooltip=lambda row: of(row).words,
        width=width,
    )
