"""The sentences of 项目和诉求 and 先锋和共建: each page's answer, and who may still do what."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.partner_board import PartnerBoard
from okr_desk.queries.project_board import ProjectBoard
from okr_desk.register_terms import NodeState, PartnerList
from okr_desk.terms import QuarterState
from okr_desk.ui.wording import sentences


def of_projects(of: ProjectBoard) -> str:
    """Nodes and demands in one sentence, then what is behind."""
    nodes, due, told = of.all_nodes, of.all_due, of.all_told
    parts = []
    if of.projects:
        said = _("年初至本季末应完成节点 {due} 个，已完成 {done} 个")
        parts.append(said.format(due=nodes.due, done=nodes.done))
    if of.due:
        said = _("本季到期诉求 {due} 件，群众已确认 {n} 件")
        parts.append(said.format(due=due.due, n=due.confirmed))
    if told.valid or told.waiting:
        parts.append(_("有效案例 {n} 个").format(n=told.valid))
    if not parts:
        return _("还没有登记重点项目和群众诉求。")
    overdue = sum(node.state(of.day) is NodeState.OVERDUE for one in of.projects for node in one.nodes)
    late = sum(one.is_open and one.promised_on < of.day for one in of.demands)
    behind = []
    if overdue:
        behind.append(_("{n} 个节点已逾期").format(n=overdue))
    if late:
        behind.append(_("{n} 件诉求已过承诺办结日").format(n=late))
    answer = "；".join(parts) + "。"
    return sentences(answer, "，".join(behind) + "。") if behind else answer


def of_partners(of: PartnerBoard) -> str:
    """Posts and co-building in one sentence."""
    checked, due = of.all_checked, of.all_due
    parts = []
    if checked.hung:
        said = _("党员先锋岗 {hung} 个，本季已考评 {checked} 个，达标 {met} 个")
        parts.append(said.format(hung=checked.hung, checked=checked.checked, met=checked.met))
    if of.due:
        said = _("本半年到期共建项目 {due} 个，已办结 {done} 个")
        parts.append(said.format(due=due.due, done=due.done))
    open_needs = sum(one.project_id is None for one in of.of(PartnerList.NEED))
    if open_needs:
        parts.append(_("还有 {n} 条需求没有对接").format(n=open_needs))
    if not parts:
        return _("还没有登记党员先锋岗和共建单位。")
    down = [one.name for one in of.posts if one.proposes_takedown(of.day)]
    answer = "；".join(parts) + "。"
    if down and len(of.orgs) > 1:
        return sentences(answer, _("{n} 个岗位连续两次不达标，建议摘牌。").format(n=len(down)))
    return sentences(answer, _("建议摘牌：{names}。").format(names="、".join(down))) if down else answer


def who_may(quarter: QuarterView, is_office: bool) -> str:
    """The band over a quarter that no longer takes entries of branches."""
    if quarter.state is QuarterState.PLANNING:
        return _("{quarter}还没有开放填报。").format(quarter=quarter.label)
    if quarter.state is QuarterState.OPEN:
        return ""
    if is_office:
        return _("{quarter}已冻结，补登和更正须写明理由，原数保留。").format(quarter=quarter.label)
    return _("{quarter}已冻结，属于本季的登记请联系镇党建办。").format(quarter=quarter.label)
