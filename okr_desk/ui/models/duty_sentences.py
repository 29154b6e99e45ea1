"""The sentences of 组织生活: how a quarter stands, who may enter."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.duties import BranchDuties, Held
from okr_desk.queries.duty_overview import DutyOverview
from okr_desk.scoring.rounding import percent
from okr_desk.terms import QuarterState


def answer(of: DutyOverview) -> str:
    """本季应开展 22 次，已开展 18 次，逾期 1 次。"""
    if not of.branches:
        return ""
    one = of.one
    if one is not None:
        return _of_branch(one)
    due, done, behind = (sum(getattr(it, name) for it in of.branches) for name in ("due", "done", "behind"))
    late = [it for it in of.branches if it.behind]
    said = _("{n} 个支部本季应开展 {due} 次，已开展 {done} 次，").format(n=len(of.branches), due=due, done=done)
    if not late:
        return said + _("没有逾期。")
    return said + _("{n} 个支部逾期 {behind} 次，逾期最多的是{org}。").format(
        n=len(late), behind=behind, org=late[0].org.short_name
    )


def _of_branch(one: BranchDuties[Held]) -> str:
    said = _("本季应开展 {due} 次，已开展 {done} 次，").format(due=one.due, done=one.done)
    said += _("逾期 {n} 次。").format(n=one.behind) if one.behind else _("没有逾期。")
    present, should = one.attendance
    if should:
        said += _("党员到会率 {rate}。").format(rate=rate(present, should))
    return said


def rate(present: int, should: int) -> str:
    """Present of due as a percentage with one decimal."""
    return percent(Decimal(present) / should if should else None, 1)


def who_may(of: DutyOverview, is_office: bool) -> str:
    """Who may still enter what where not everything is open, in one sentence; empty where all is open."""
    quarter = of.quarter
    if quarter.state is QuarterState.PLANNING or quarter.starts_on > of.today:
        return _("本季度还没有开放，由镇党建办在“年度与季度”中开放后登记。")
    if quarter.state is QuarterState.OPEN:
        return ""
    if of.reopened:
        return _("本季度已冻结，{told}。").format(told=of.reopened)
    if is_office:
        return _("本季度已冻结。镇党建办可以补报或更正，须写明理由，原记录保留并标记“补报”。")
    return _("本季度已冻结，支部不能再登记。确需更正，请报镇党建办补报或重新开放。")
