"""The sentences of the page 吹哨."""

from __future__ import annotations

from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.whistle_board import Board, Group
from okr_desk.terms import QuarterState
from okr_desk.ui.models.whistle_rows import rate_text
from okr_desk.ui.wording import sentences


def of_board(of: Board) -> str:
    """What waits and what is overdue; then how the quarter stands."""
    waiting = [
        (len(of.column(Group.SIGNING)), _("待审签 {n} 件")),
        (len(of.column(Group.RECEIVING)), _("待签收 {n} 件")),
        (len(of.column(Group.WORKING)), _("办理中 {n} 件")),
        (len(of.column(Group.TO_RATE)), _("待评 {n} 件")),
    ]
    said = _("，").join(words.format(n=n) for n, words in waiting if n)
    late = len(of.overdue)
    first = (said or _("没有在办的吹哨")) + (_("；其中超时 {n} 件。").format(n=late) if late else _("。"))
    figures = of.figures
    if not figures.count:
        return first
    quarter = _("本季吹哨 {n} 件，签收及时率 {sign}%，按期办结率 {close}%。")
    told = quarter.format(n=figures.count, sign=rate_text(figures.signed_in), close=rate_text(figures.closed))
    return sentences(first, told.replace("—%", _("暂无")))


def band(quarter: QuarterView, is_office: bool) -> str:
    """Who may still do what where the quarter is not open."""
    if quarter.state not in (QuarterState.FROZEN, QuarterState.CLOSED):
        return ""
    if is_office:
        return _("本季度已冻结：日期在本季度内的登记和办理须写明理由，记为补报。")
    return _("本季度已冻结：日期在本季度内的登记请与镇党建办联系。在办的哨仍可继续办理。")
