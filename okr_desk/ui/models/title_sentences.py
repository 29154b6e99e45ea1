"""The sentences of the page 激励与评议."""

from __future__ import annotations

from okr_desk.appraisal_terms import AppraisalKind
from okr_desk.i18n import _
from okr_desk.queries.appraisals import AppraisalView
from okr_desk.queries.title_board import Group, TitleBoard
from okr_desk.terms import label
from okr_desk.ui.wording import sentences


def of_board(of: TitleBoard) -> str:
    """How far titles are, what waits for a count, how many honours were given."""
    waiting = [
        (len(of.column(Group.APPLIED)), _("待核查和自评 {n} 个")),
        (len(of.column(Group.MARKING)), _("评分中 {n} 个")),
        (len(of.column(Group.DECIDING)), _("待评定和公示 {n} 个")),
        (len(of.column(Group.GRANTED)), _("已授予 {n} 个")),
    ]
    said = _("，").join(words.format(n=n) for n, words in waiting if n)
    first = _("四强党支部：{said}。").format(said=said) if said else _("今年还没有支部申报四强党支部。")
    open_ = [one for one in of.appraisals if one.is_open]
    second = _("{n} 次测评还没有定完等次。").format(n=len(open_)) if open_ else ""
    given = sum(len(kind.given) for kind in of.kinds)
    third = _("今年授予荣誉 {n} 项。").format(n=given) if given else ""
    return sentences(*(text for text in (first, second, third) if text))


def of_round(of: AppraisalView) -> str:
    """Day, how many were counted and graded, and the places of the best grade."""
    counted = sum(one.is_counted for one in of.people)
    graded = sum(one.grade is not None for one in of.graded)
    said = _("{day}　已计票 {n}/{all}，已定等次 {graded}/{due}").format(
        day=of.held_on.isoformat(), n=counted, all=len(of.people), graded=graded, due=len(of.graded)
    )
    if of.reopened:
        said += _("　第 {n} 版").format(n=of.version)
    return said if of.is_open else said + _("　等次已定")


def reopened(of: AppraisalView) -> str:
    """Why a round was opened again, each time; empty where it never was."""
    if not of.reopened:
        return ""
    return _("办结后重新开放：{why}。").format(why=_("；").join(of.reopened))


def of_places(of: AppraisalView) -> str:
    """“好” 2 人，最多 2 人（三分之一）; where it is not limited only the number."""
    word = label(of.levels[0])
    if not of.is_limited:
        return _("“{word}”{n} 人").format(word=word, n=of.best)
    said = _("“{word}”{n} 人，最多 {most} 人（{graded} 人的三分之一）")
    return said.format(word=word, n=of.best, most=of.best_most, graded=len(of.graded))


def no_round(kind: AppraisalKind, may: bool) -> tuple[str, str]:
    """What stands where there is none yet, and what to do first."""
    if kind is AppraisalKind.SECRETARIES:
        advice = _("召开述职评议会以前，在这里建立一次测评，印出测评票；会后录入各类票数，程序按权重算出得分。")
        return _("今年还没有述职评议。"), advice if may else _("由镇党建办建立，建立以后这里显示本支部书记的结果。")
    advice = _("支部召开民主评议党员大会后，在这里录入票数、定等次；办结时自动记入组织生活的民主评议登记，不用再录。")
    return _("今年还没有民主评议。"), advice if may else _("由支部书记或镇党建办建立，建立以后这里显示本支部的结果。")
