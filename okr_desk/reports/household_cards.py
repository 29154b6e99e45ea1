"""党员联户卡: a card a member with the households looked after and the days of the quarter's visits."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import N_, _
from okr_desk.queries.household_papers import HouseholdForm, MemberCard
from okr_desk.reports import branch_papers, table
from okr_desk.reports.blocks import paragraph
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, SIGN, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell

WIDTH = A4_PORTRAIT.area_width
WIDTHS = tuple(column * MM for column in (10, 32, 24, 18, 24, 24, 24))
_FACTS = tuple(column * MM for column in (14, 28, 14, 28, 14, 28, 16, 14))
_BETWEEN = 26


def sheet_of(fonts: Fonts, form: HouseholdForm) -> Sheet:
    """All cards of a branch, as many on a page as fit whole."""
    blocks = [block for number, card in enumerate(form.cards) for block in _card(fonts, form, card, number > 0)]
    return Sheet(form.org.short_name, blocks, A4_PORTRAIT, form.digest, branch_papers.note(form.is_demo))


render = partial(branch_papers.render, name=N_("党员联户卡"), sheet_of=sheet_of)
render_each = partial(branch_papers.render_each, name=N_("党员联户卡"), sheet_of=sheet_of)


def _card(fonts: Fonts, form: HouseholdForm, card: MemberCard, is_later: bool) -> list[Block]:
    title = _("{org}党员联户卡（{quarter}）").format(org=form.org.short_name, quarter=form.quarter.label)
    found = branch_papers.titled(fonts, (title,), WIDTH, _BETWEEN if is_later else 0)
    pairs = ((_("党员"), card.name), (_("网格"), card.grid), (_("分工"), card.duty), (_("半年评分"), card.mark))
    found.append(branch_papers.facts(fonts, _FACTS, pairs))
    months = [_("{month}月走访").format(month=month) for month in form.months]
    names = (_("序号"), _("门牌"), _("户主"), _("类别"), *months)
    found.append(table.row(fonts, WIDTHS, centred(names), TABLE_HEAD, least=7 * MM, keep=True, tinted=True))
    for number, line in enumerate(card.lines, 1):
        cells = [
            Cell(str(number), "centre"),
            Cell(line.label),
            Cell(line.head),
            Cell(line.kind, "centre"),
            *(Cell(days_text(days), "centre") for days in line.days),
        ]
        found.append(table.row(fonts, WIDTHS, cells, TABLE, least=7 * MM, keep=True))
    said = _("每月走访一次，走访后填日期；户主姓名{how}。").format(how=_("供支部自用") if form.in_full else _("已隐去"))
    found.append(paragraph(fonts, said, NOTE, WIDTH, before=4, keep=True))
    signed = _("党员签名：　　　　　　　　　　支部书记签名：　　　　　　　　　　　　年　　月　　日")
    return [*found, paragraph(fonts, signed, SIGN, WIDTH, before=6)]


def days_text(days: str | None) -> str:
    """Days of a month as they stand on paper: 3日, blank to be filled, a dash where no visit was owed."""
    if days is None:
        return "—"
    return _("{days}日").format(days=days) if days else ""
