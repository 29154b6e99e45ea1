"""The sentences of the page 整改."""

from __future__ import annotations

from okr_desk.followup_terms import CardColour, FindingState, ItemLight
from okr_desk.i18n import _
from okr_desk.queries.followup_board import FollowupBoard, missing
from okr_desk.queries.followup_cards import CardBoard
from okr_desk.scoring.rounding import percent, plain
from okr_desk.ui.wording import sentences

NAMED = 2
"""Overdue findings that are named in the sentence."""


def of_board(of: FollowupBoard) -> str:
    """What is not put right, who is late, and what is lacking."""
    waiting = of.open
    if not of.findings:
        return ""
    if not waiting:
        return _("问题都已销号，没有未改完的。")
    counts = [
        (len(of.of_state(FindingState.NOT_STARTED)), _("未启动 {n}")),
        (len(of.of_state(FindingState.WORKING)), _("整改中 {n}")),
        (len(of.of_state(FindingState.TO_CHECK)), _("待验收 {n}")),
        (len(of.of_state(FindingState.RELAPSED)), _("反弹 {n}")),
    ]
    parts = _("，").join(words.format(n=n) for n, words in counts if n)
    first = _("还有 {n} 件没有改完（{parts}）").format(n=len(waiting), parts=parts)
    late = of.late
    if not late:
        return first + _("，没有逾期。")
    red = len(of.of_light(ItemLight.RED))
    said = _("，逾期 {n} 件").format(n=len(late)) + (_("，红灯 {n} 件").format(n=red) if red else "") + _("。")
    named = _("；").join(
        _("{org} {number} 逾期 {n} 天，{lack}").format(org=one.org, number=one.number, n=one.late, lack=missing(one))
        for one in late[:NAMED]
    )
    return sentences(first + said, _("最久的：{named}。").format(named=named))


def of_cards(of: CardBoard) -> str:
    """Cards that stand."""
    yellow = sum(one.stands and one.colour is CardColour.YELLOW for one in of.cards)
    red = sum(one.stands and one.colour is CardColour.RED for one in of.cards)
    if not of.cards:
        return _("{year}年还没有发过牌。").format(year=of.quarter.year)
    return _("{year}年发牌 {n} 张；现在在牌：黄牌 {yellow} 张，红牌 {red} 张。").format(
        year=of.quarter.year, n=len(of.cards), yellow=yellow, red=red
    )


def of_tail(of: CardBoard) -> str:
    """The ends of categories, or why none are listed; always that they are only looked into."""
    if not of.limits.tail:
        return _("倒排末位的比例为 0，不列排查名单。")
    if not of.tail:
        said = _("没有可列的末位排查名单（同类有得分的支部不足 {n} 个，或末位并列）。")
        return said.format(n=of.limits.tail_least)
    named = _("、").join(
        _("{org}（{category}类 {n} 个中，{score} 分）").format(
            org=one.org.short_name, category=one.org.category, n=one.count, score=plain(one.score, 1)
        )
        for one in of.tail
    )
    said = _("末位 {share} 排查名单：{named}。只作排查，不作结论，不得平均摊派。")
    return said.format(share=percent(of.limits.tail), named=named)


def of_committees(of: FollowupBoard) -> str:
    """How many members no entry names, and of how many branches nobody can say."""
    idle = sum(len(one.idle) for one in of.committees)
    unknown = sum(not one.is_known for one in of.committees)
    said = _("本季底单没有任务记录的支委 {n} 人。").format(n=idle)
    more = _("{n} 个支部看不出：名册没有标明支委，或底单没有写明责任人。").format(n=unknown) if unknown else ""
    return sentences(said, more)
