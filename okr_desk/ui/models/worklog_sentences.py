"""What the page 工作底单 says above its tables."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.i18n import _
from okr_desk.queries.worklog import Worklog
from okr_desk.queries.worklog_days import Accrual
from okr_desk.queries.worklog_matrix import Matrix
from okr_desk.rules.worklog_kinds import Kind
from okr_desk.scoring.rounding import plain
from okr_desk.terms import QuarterState, label


def of_log(of: Worklog) -> str:
    """How much stands and what it counts for."""
    if not of.standing:
        said = _("{org}：本季还没有记录。做了实事随手记一条，没有可记的不用补；记录条数不计分。")
        return said.format(org=of.org.short_name)
    fed = sorted({feed.code for entry in of.standing for feed in entry.feeds})
    said = _("{org}：本季 {n} 条，{counted}。记录条数不计分。")
    counted = _("计入 {codes}").format(codes="、".join(fed)) if fed else _("没有计入指标的")
    return said.format(org=of.org.short_name, n=len(of.standing), counted=counted)


def of_days(org: str, of: Sequence[Accrual]) -> str:
    """What the entries have come to in points."""
    scored = [one for one in of if one.points is not None and one.maximum is not None and one.counts]
    if not scored:
        return _("{org}：底单记录一天天累计出数值；启用考核方案以后，这里同时显示得分。").format(org=org)
    parts = _("，").join(
        _("{title} {points}/{maximum} 分").format(
            title=one.title, points=plain(one.points, 2), maximum=plain(one.maximum)
        )
        for one in scored
    )
    return _("{org}：由底单累计的得分，{parts}。").format(org=org, parts=parts)


def of_matrix(of: Matrix) -> str:
    """Who has entered nothing, and that this is no score."""
    said = _("{n} 个支部，{silent} 个本季还没有记录。记录条数不计分、不排名，没有可记的不用补。")
    return said.format(n=len(of.rows), silent=len(of.silent))


def who_may(of: Worklog, is_office: bool) -> str:
    """Who may still enter what where not everything is open; empty where all is open."""
    if of.quarter.state is QuarterState.PLANNING:
        return _("本季度还没有开始，不能登记。")
    if not of.needs_reason:
        return ""
    if is_office:
        return _("本季度已冻结。镇党建办可以补登，须写明理由，标记“补报”。")
    return _("本季度已冻结，支部不能再登记。确有遗漏的，请报镇党建办补登。")


def feeding(kind: Kind, of: Worklog) -> str:
    """What an entry of a kind will count for, before it is saved."""
    titles = [of.titles[code] for code in kind.feeds if code in of.titles]
    if titles:
        return _("自动计入：{titles}").format(titles=_("、").join(titles))
    return _("不计入指标，留底备查")


def not_counting(of: Accrual) -> str:
    """That the sheet takes another origin's value, where it does."""
    if of.counts or of.origin is None:
        return ""
    said = _("计分表采用的是{origin}的数，底单累计另行保留，请核对。")
    return said.format(origin=label(of.origin))
