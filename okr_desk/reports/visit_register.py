"""联户走访登记表 of a branch and quarter: every household, who looks after it, the days of its visits, the sums."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import N_, _
from okr_desk.queries.household_papers import HouseholdForm
from okr_desk.reports import branch_papers, table
from okr_desk.reports.blocks import paragraph
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.household_cards import days_text
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import NOTE, SIGN, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell

WIDTH = A4_PORTRAIT.area_width
WIDTHS = tuple(column * MM for column in (10, 26, 20, 16, 20, 16, 16, 16, 16))
_SUM = 5
"""Columns that the words of the sum take."""


def sheet_of(fonts: Fonts, form: HouseholdForm) -> Sheet:
    """The register of a branch."""
    title = _("联户走访登记表（{quarter}）").format(quarter=form.quarter.label)
    blocks = [
        *branch_papers.titled(fonts, (form.org.full_name, title), WIDTH),
        *_table(fonts, form),
        *_foot(fonts, form),
    ]
    return Sheet(form.org.short_name, blocks, A4_PORTRAIT, form.digest, branch_papers.note(form.is_demo))


render = partial(branch_papers.render, name=N_("联户走访登记表"), sheet_of=sheet_of)
render_each = partial(branch_papers.render_each, name=N_("联户走访登记表"), sheet_of=sheet_of)


def _table(fonts: Fonts, form: HouseholdForm) -> list[Block]:
    months = [_("{month}月").format(month=month) for month in form.months]
    names = (_("序号"), _("门牌"), _("户主"), _("类别"), _("联系党员"), *months, _("逐月走访"))
    head = table.row(fonts, WIDTHS, centred(names), TABLE_HEAD, least=7.5 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    for number, line in enumerate(form.lines, 1):
        cells = [
            Cell(str(number), "centre"),
            Cell(line.label),
            Cell(line.head),
            Cell(line.kind, "centre"),
            Cell(line.member, "centre"),
            *(Cell(days_text(days), "centre") for days in line.days),
            Cell("√" if line.is_reached else "", "centre"),
        ]
        tied = number >= len(form.lines) - 1
        found.append(table.row(fonts, WIDTHS, cells, TABLE, least=6.2 * MM, keep=tied, head=(head,)))
    done = [_("{done}／{due}").format(done=done, due=due) for _month, due, done in form.reached.by_month]
    sums = [
        Cell(_("走访户数／应走访户数"), "centre", STRONG, span=_SUM),
        *(Cell(text, "centre", STRONG) for text in done),
        Cell(str(form.reached.reached), "centre", STRONG),
    ]
    return [*found, table.row(fonts, WIDTHS, sums, TABLE, least=7 * MM, keep=True, head=(head,))]


def _foot(fonts: Fonts, form: HouseholdForm) -> list[Block]:
    said = (
        _("登记 {n} 户，有党员联系 {covered} 户，逐月都走访到 {reached} 户。").format(
            n=form.reached.listed, covered=form.reached.covered, reached=form.reached.reached
        ),
        _("格内为走访的日子；“—”为当月还没有或不再联系，不计应走访；户主姓名{how}。").format(
            how=_("供支部自用，不外传") if form.in_full else _("已隐去")
        ),
    )
    notes = [
        paragraph(fonts, f"{number}. {text}", NOTE, WIDTH, before=5 if number == 1 else 0, keep=True)
        for number, text in enumerate(said, 1)
    ]
    signed = _("登记人：　　　　　　　　　　支部书记签名：　　　　　　　　　　　　　　年　　月　　日")
    return [*notes, paragraph(fonts, signed, SIGN, WIDTH, before=8)]
