"""工作底单 of a branch for a month: what was done day by day, what it counts for, who signs. One sheet a month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.worklog_papers import MonthPaper, PaperLine, WorklogForm
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet, Writer
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import HEADING, NOTE, SIGN, SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size

WIDTH = A4_LANDSCAPE.area_width
COLUMNS_MM = (9, 15, 25, 54, 32, 24, 38, 17, 11)
"""序号 日期 类别 做了什么 数量 谁做的 地点和结果 计入 备注, as shares of the width."""
SUMS_MM = (90, 25, 45)
_LEAST = 6.5 * MM


_WRITER = Writer(
    title=lambda forms: _batch_title(forms),
    sheets=lambda forms: [partial(sheet_of, form=form, month=month) for form in forms for month in form.months],
    name=lambda form: (form.org.short_name, _("工作底单")),
)
render, render_each = _WRITER.render, _WRITER.render_each


def sheet_of(fonts: Fonts, form: WorklogForm, month: MonthPaper) -> Sheet:
    """One month of a branch."""
    return Sheet(
        outline=f"{form.org.short_name} {month.label}",
        blocks=[*_head(fonts, form, month), *_entries(fonts, month), *_sums(fonts, month), *_foot(fonts, form)],
        paper=A4_LANDSCAPE,
        digest=month.digest,
        note=_("演示数据，不作评审依据") if form.is_demo else "",
    )


def _head(fonts: Fonts, form: WorklogForm, month: MonthPaper) -> list[Block]:
    text = _("工作底单（{month}）").format(month=month.label)
    style = TITLE.smaller(fit_size(fonts, text, WIDTH, TITLE, 13))
    count = _("共 {n} 条").format(n=len(month.lines))
    return [
        paragraph(fonts, text, style, WIDTH, align="centre", keep=True),
        Pair(form.org.full_name, count, NOTE, WIDTH, keep=True),
        Lines(("",), SMALL.smaller(4), WIDTH, keep=True),
    ]


def _entries(fonts: Fonts, month: MonthPaper) -> list[Block]:
    if not month.lines:
        return [Lines((_("本月没有登记。没有可记的不用补，条数不计分。"),), NOTE, WIDTH)]
    widths = table.filling(COLUMNS_MM, WIDTH)
    names = (
        _("序号"), _("日期"), _("类别"), _("做了什么"), _("数量"), _("谁做的"), _("地点和结果"), _("计入"), _("备注"),
    )  # fmt: skip
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=_LEAST, keep=True, tinted=True)
    tied = (0, len(month.lines) - 2)  # neither the first nor the last row stands alone on a page
    return [
        head,
        *(
            table.row(
                fonts, widths, _cells(place + 1, line), TABLE, least=_LEAST, head=(head,),
                keep=place in tied and len(month.lines) > 1,
            )
            for place, line in enumerate(month.lines)
        ),
    ]  # fmt: skip


def _cells(number: int, line: PaperLine) -> tuple[Cell, ...]:
    small = TABLE.smaller(8)
    return (
        Cell(str(number), "centre"),
        Cell(_("{m}月{d}日").format(m=line.day.month, d=line.day.day), "centre", small),
        Cell(line.kind, "centre"),
        Cell(line.what),
        Cell(line.figures, "centre", small),
        Cell(line.who, "centre", small),
        Cell(line.result),
        Cell(line.fed, "centre", small),
        Cell(line.note, "centre", SMALL),
    )


def _sums(fonts: Fonts, month: MonthPaper) -> list[Block]:
    if not month.sums:
        return []
    widths = table.filling(SUMS_MM, WIDTH * 0.62)
    names = (_("计入的指标和关键结果"), _("条数"), _("本月合计"))
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=_LEAST, keep=True, tinted=True)
    rows = [
        table.row(
            fonts, widths, (Cell(one.title), Cell(str(one.entries), "centre"), Cell(one.figures, "centre")), TABLE,
            least=_LEAST, keep=True, head=(head,),
        )
        for one in month.sums
    ]  # fmt: skip
    return [Lines((_("本月计入"),), HEADING, WIDTH, before=6, keep=True), head, *rows]


def _foot(fonts: Fonts, form: WorklogForm) -> list[Block]:
    said = _(
        "说明：每项工作只记一次，计入的指标由程序汇总；条数和材料多少不计分。"
        "备注“补报”是季度截止以后登记的，“更正”是更正过的记录，原记录留存备查。"
    )
    secretary = _("支部书记（签名）：{name}").format(name=form.org.secretary)
    date = _("年　　月　　日")
    return [
        paragraph(fonts, said, NOTE, WIDTH, before=6, keep=True),
        Lines(("",), SMALL.smaller(6), WIDTH, keep=True),
        Pair(_("填报人（签名）："), f"{secretary}　　　　　　　　　{date}", SIGN, WIDTH),
    ]


def _batch_title(forms: Sequence[WorklogForm]) -> str:
    if len(forms) == 1:
        return forms[0].org.full_name + _("工作底单")
    return _("工作底单")
