"""The sentences of the page on members and households: its answer, and who may still do what."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.household_board import BranchBoard, Shares, TownshipBoard
from okr_desk.queries.objectives import QuarterView
from okr_desk.scoring import rounding
from okr_desk.terms import QuarterState
from okr_desk.ui.wording import sentences


def of_branch(of: BranchBoard) -> str:
    """Households visited this month, members with points, hours reached: in two or three sentences."""
    return sentences(*_told(of.shares, of.quarter.ends_on.month, of.today <= of.quarter.ends_on))


def of_township(of: TownshipBoard) -> str:
    """How many branches keep each register, and how far they are together."""
    listed = [one for one in of.rows if one.households.listed]
    pointed, served = [one for one in of.rows if one.entries], [one for one in of.rows if one.people]
    if not (listed or pointed or served):
        return _("{n} 个支部还没有登记联户、积分和服务时长。").format(n=len(of.rows))
    due, done = sum(one.month_due for one in listed), sum(one.month_done for one in listed)
    said = []
    if listed:
        words = _("{n} 个支部登记联系户 {all} 户，{month}月已走访 {done} 户，占 {share}。")
        said.append(
            words.format(
                n=len(listed),
                all=sum(one.households.listed for one in listed),
                month=listed[0].month,
                done=done,
                share=percent(Decimal(done) * 100 / due if due else None),
            )
        )
    if pointed:
        people = sum(one.active for one in pointed)
        said.append(_("{n} 个支部有积分 {people} 人。").format(n=len(pointed), people=people))
    if served:
        people, reached = sum(len(one.people) for one in served), sum(one.served for one in served)
        said.append(_("报到党员 {all} 人，时长达标 {n} 人。").format(all=people, n=reached))
    return sentences(*said)


def who_may(quarter: QuarterView, is_office: bool) -> str:
    """The band of a quarter that is not open; empty while it is."""
    if quarter.state is QuarterState.PLANNING:
        return _("{quarter}还没有开放，暂不能登记。").format(quarter=quarter.label)
    if quarter.state is QuarterState.FROZEN:
        who = _("补登请写明理由。") if is_office else _("补登请联系镇党建办。")
        return sentences(_("{quarter}已冻结。").format(quarter=quarter.label), who)
    if quarter.state is QuarterState.CLOSED:
        return _("{quarter}已关账，只能查看。").format(quarter=quarter.label)
    return ""


def percent(share: Decimal | None) -> str:
    """A share in percent as it is read: whole, and what falls short of all never reads 100%."""
    return rounding.percent(None if share is None else share / 100)


def _told(of: Shares, last_month: int, is_running: bool) -> list[str]:
    said = []
    if of.households.listed:
        words = _("联户 {n} 户，本月已走访 {done} 户") if is_running else _("联户 {n} 户，{month}月走访 {done} 户")
        line = words.format(n=of.households.listed, month=last_month, done=of.month_done)
        if not is_running:
            line += _("，逐月都走访到 {n} 户").format(n=of.households.reached)
        said.append(line)
    if of.entries:
        words = _("本季有积分 {n} 人，占党员 {all} 人的 {share}")
        said.append(words.format(n=of.active, all=of.strength.total, share=percent(of.active_share)))
    if of.people:
        said.append(_("报到党员 {all} 人，时长达标 {n} 人").format(all=len(of.people), n=of.served))
    if not said:
        return [_("已登记党员 {n} 人，还没有登记联户、积分和服务时长。").format(n=of.strength.registered)]
    return [_("；").join(said) + _("。")]
