"""服务情况反馈卡: what the employer of somebody who reports is told each quarter, with room for the seal."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import N_, _
from okr_desk.queries.household_papers import ServiceCard, ServiceForm
from okr_desk.reports import branch_papers, table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import BODY, SMALL, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell
from okr_desk.scoring.rounding import plain

WIDTH = A4_PORTRAIT.area_width
WIDTHS = tuple(column * MM for column in (14, 34, 78, 30))
_FACTS = tuple(column * MM for column in (24, 28, 24, 28, 24, 28))


def sheet_of(fonts: Fonts, form: ServiceForm) -> Sheet:
    """The card of one person."""
    outline = _("{org}　{name}").format(org=form.org.short_name, name=form.card.name)
    return Sheet(outline, _card(fonts, form, form.card), A4_PORTRAIT, form.digest, branch_papers.note(form.is_demo))


render = partial(branch_papers.render, name=N_("服务情况反馈卡"), sheet_of=sheet_of)
render_each = partial(branch_papers.render_each, name=N_("服务情况反馈卡"), sheet_of=sheet_of)


def _card(fonts: Fonts, form: ServiceForm, card: ServiceCard) -> list[Block]:
    found = branch_papers.titled(fonts, (_("在职党员到社区（村）报到服务情况反馈卡"),), WIDTH)
    opening = _("{unit}党组织：").format(unit=card.unit)
    said = _("你单位党员{name}同志{quarter}到{org}报到服务情况如下，特此反馈。").format(
        name=card.name, quarter=form.quarter.label, org=form.org.short_name
    )
    found += [
        paragraph(fonts, opening, BODY, WIDTH, keep=True),
        paragraph(fonts, said, BODY, WIDTH, indent_characters=2, keep=True),
        Lines(("",), SMALL.smaller(4), WIDTH, keep=True),
    ]
    found += _table(fonts, card)
    state = _("达标") if card.is_reached else _("未达标，差 {n} 小时").format(n=plain(card.due - card.year))
    pairs = (
        (_("本季时长"), _("{n} 小时").format(n=plain(card.quarter))),
        (_("年初至今"), _("{n} 小时").format(n=plain(card.year))),
        (_("按进度应达"), _("{n} 小时").format(n=plain(card.due))),
    )
    found.append(branch_papers.facts(fonts, _FACTS, pairs))
    wide = (_FACTS[0], WIDTH - _FACTS[0])
    cells = (Cell(_("结论"), "centre", TABLE_HEAD), Cell(state, style=STRONG))
    found.append(table.row(fonts, wide, cells, TABLE, least=7 * MM, keep=True))
    date = _("年　　月　　日")
    return [
        *found,
        Signatures(
            left=(Opinion(_("服务表现"), ((_("支部书记签名："), date),)),),
            right=(Opinion(_("接受报到的党组织（盖章）"), (("", date),), seal=True),),
            width=WIDTH,
            before=6,
        ),
    ]


def _table(fonts: Fonts, card: ServiceCard) -> list[Block]:
    names = (_("序号"), _("日期"), _("服务项目"), _("时长（小时）"))
    head = table.row(fonts, WIDTHS, centred(names), TABLE_HEAD, least=7 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    for number, (day, project, hours) in enumerate(card.entries, 1):
        cells = [
            Cell(str(number), "centre"),
            Cell(day.isoformat(), "centre"),
            Cell(project),
            Cell(plain(hours), "centre"),
        ]
        found.append(table.row(fonts, WIDTHS, cells, TABLE, least=6.4 * MM, head=(head,)))
    if not card.entries:
        cells = [Cell(_("本季没有服务记录"), "centre", span=4)]
        found.append(table.row(fonts, WIDTHS, cells, TABLE, least=6.4 * MM, keep=True))
    return found
