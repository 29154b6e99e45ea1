"""定向招录候选名单: who meets two good years without a red line, and what those near it lack."""

from __future__ import annotations

from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.candidates import CandidateLine
from okr_desk.queries.standings import Standing
from okr_desk.queries.title_papers import CandidateForm
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT
from okr_desk.reports.register_sheet import List, listed, notes
from okr_desk.reports.styles import BODY, SIGN, TABLE, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size

WIDTH = A4_PORTRAIT.area_width
CANDIDATES_MM = (12, 24, 50, 18, 26, 26)
NEAR_MM = (12, 24, 50, 18, 52)


_WRITER = Writer(
    title=lambda _forms: _("定向招录候选名单"),
    sheets=lambda forms: [partial(sheet_of, form=form) for form in forms],
    name=lambda form: (form.township, _("定向招录候选名单")),
)
render = _WRITER.render


def sheet_of(fonts: Fonts, form: CandidateForm) -> Sheet:
    """Lay the list out."""
    of = form.of
    name = _("{township}{year}年度定向招录候选名单").format(township=form.township, year=of.year)
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 13))
    rows = [_candidate(number, one) for number, one in enumerate(of.candidates, start=1)]
    near = [_near(number, one) for number, one in enumerate(of.near, start=1)]
    heads = (
        _("序号"), _("书记"), _("支部"), _("类别"), _("{year}年度").format(year=of.year - 1),
        _("{year}年度").format(year=of.year),
    )  # fmt: skip
    near_heads = (_("序号"), _("书记"), _("支部"), _("类别"), _("还差什么"))
    notice = [paragraph(fonts, of.notice, BODY, WIDTH, before=4, keep=True)] if of.notice else []
    return Sheet(
        outline=name,
        blocks=[
            Lines((name,), style, WIDTH, "centre", keep=True),
            Pair(_("截至 {day}").format(day=form.day.isoformat()), "", TABLE, WIDTH, before=4, keep=True),
            *notice,
            *listed(fonts, List(CANDIDATES_MM, heads, rows, _("没有符合条件的。"), _("一、候选名单"))),
            *listed(fonts, List(NEAR_MM, near_heads, near, _("没有接近条件的。"), _("二、接近条件的"))),
            *notes(fonts, _said(), WIDTH),
            Pair(_("审核人：　　　　　　　镇党建办负责人："), _("年　　月　　日"), SIGN, WIDTH, before=14),
        ],
        paper=A4_PORTRAIT,
        digest=form.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _said() -> tuple[str, ...]:
    return (
        _("条件：所在支部连续两年年度等次为最好一等，两年都没有红线事项，年度均已结束。"),
        _("名单供研究使用，不代表录用；报名资格、程序以上级公告为准。"),
    )


def _candidate(number: int, one: CandidateLine) -> list[Cell]:
    before, now = one.years
    return [*_whose(number, one), Cell(_grade(before), "centre"), Cell(_grade(now), "centre")]


def _near(number: int, one: CandidateLine) -> list[Cell]:
    return [*_whose(number, one), Cell(_("；").join(one.lacking))]


def _whose(number: int, one: CandidateLine) -> list[Cell]:
    org = one.org
    return [
        Cell(str(number), "centre"),
        Cell(org.secretary, "centre"),
        Cell(org.short_name),
        Cell(org.category, "centre"),
    ]


def _grade(of: Standing | None) -> str:
    return "—" if of is None else of.grade_text
