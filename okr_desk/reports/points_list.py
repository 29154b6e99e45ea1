"""党员积分季度公示单 of a branch: members by their points, with grid; reasons only where they were asked for."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import N_, _
from okr_desk.queries.household_papers import PointsForm, PointsLine
from okr_desk.reports import branch_papers, table
from okr_desk.reports.blocks import paragraph
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.signatures import Opinion, Signatures
from okr_desk.reports.styles import NOTE, SMALL, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell
from okr_desk.scoring.rounding import plain

WIDTH = A4_PORTRAIT.area_width
WIDTHS = tuple(column * MM for column in (14, 26, 22, 34, 20, 20, 20))
WIDTHS_FULL = tuple(column * MM for column in (11, 19, 18, 20, 13, 13, 14, 48))


def sheet_of(fonts: Fonts, form: PointsForm) -> Sheet:
    """The list of a branch."""
    title = _("党员积分季度公示单（{quarter}）").format(quarter=form.quarter.label)
    blocks = [
        *branch_papers.titled(fonts, (form.org.full_name, title), WIDTH),
        *_table(fonts, form),
        *_foot(fonts, form),
    ]
    return Sheet(form.org.short_name, blocks, A4_PORTRAIT, form.digest, branch_papers.note(form.is_demo))


render = partial(branch_papers.render, name=N_("党员积分季度公示单"), sheet_of=sheet_of)
render_each = partial(branch_papers.render_each, name=N_("党员积分季度公示单"), sheet_of=sheet_of)


def _table(fonts: Fonts, form: PointsForm) -> list[Block]:
    widths = WIDTHS_FULL if form.in_full else WIDTHS
    names = (_("名次"), _("姓名"), _("类别"), _("网格"), _("加分"), _("扣分"), _("积分"))
    texts = (*names, _("事由和提示")) if form.in_full else names
    head = table.row(fonts, widths, centred(texts), TABLE_HEAD, least=7.5 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    for number, line in enumerate(form.lines, 1):
        cells = [
            Cell(str(line.place), "centre"),
            Cell(line.name, "centre", STRONG),
            Cell(line.kind, "centre"),
            Cell(line.grid, "centre"),
            *(Cell(plain(value), "centre") for value in (line.bonus, line.deduction)),
            Cell(plain(line.value), "centre", STRONG),
        ]
        if form.in_full:
            cells.append(Cell(_reasons(line), style=SMALL))
        tied = number >= len(form.lines) - 1
        found.append(table.row(fonts, widths, cells, TABLE, least=6.4 * MM, keep=tied, head=(head,)))
    return found


def _reasons(line: PointsLine) -> str:
    return "\n".join(text for text in (*line.reasons, line.flag) if text)


def _foot(fonts: Fonts, form: PointsForm) -> list[Block]:
    said = (
        _(
            "积分＝基础分 {base} 分＋加分－扣分，加分按各事项和每季上限计；只在本支部内排名，积分相同的名次相同。"
        ).format(base=plain(form.base)),
        _("本表附加扣分事由，供支部委员会使用，不公示。")
        if form.in_full
        else _("公示 5 天，自　　　年　　月　　日至　　　年　　月　　日；有异议的请在公示期内向支部委员会反映。"),
    )
    notes = [
        paragraph(fonts, f"{number}. {text}", NOTE, WIDTH, before=5 if number == 1 else 0, keep=True)
        for number, text in enumerate(said, 1)
    ]
    who = _("书记（{name}）签名：").format(name=form.org.secretary) if form.org.secretary else _("书记签名：")
    date = _("年　　月　　日")
    signed = Signatures(
        left=(Opinion(_("支部审核"), ((who, date),)),),
        right=(Opinion(_("公示结果（有无异议）"), (("", date),)),),
        width=WIDTH,
        before=6,
    )
    return [*notes, signed]
