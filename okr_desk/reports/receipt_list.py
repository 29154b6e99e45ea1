"""送达回执: the deliveries of a quarter's sheets and notices on A4, with room for the signature of those to come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.review_papers import Handed, ReceiptList
from okr_desk.reports import register_sheet
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, Block
from okr_desk.reports.styles import HEADING, NOTE, SIGN, SMALL, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size

WIDTH = A4_PORTRAIT.area_width
COLUMNS_MM = (9, 37, 30, 12, 22, 24, 22)
"""序号 支部 编号 版次 送达日期 签收人 申辩截止: 156 mm."""


def render(
    lists: Sequence[ReceiptList],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """One list a quarter. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, of=one) for one in lists],
        title=_title(lists[0]),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, of: ReceiptList) -> Sheet:
    """Lay the list out."""
    style = TITLE.smaller(fit_size(fonts, _title(of), WIDTH, TITLE, 13))
    heads = (_("序号"), _("支部"), _("评审表编号"), _("版次"), _("送达日期"), _("签收人"), _("申辩截止"))
    rows = [_cells(number, one) for number, one in enumerate(of.rows, start=1)]
    said = _("已送达 {n} 份，未送达 {left} 份。签收即视为收到，不代表同意评审结果；有异议的，请在申辩截止日前提出。")
    done = sum(one.received_on is not None for one in of.rows)
    noticed = _of_notices(fonts, of.notices) if of.notices else ()
    return Sheet(
        outline=_title(of),
        blocks=[
            paragraph(fonts, _title(of), style, WIDTH, align="centre", keep=True),
            Lines(("",), SMALL.smaller(4), WIDTH, keep=True),
            *register_sheet.listed(fonts, register_sheet.List(COLUMNS_MM, heads, rows, _("没有支部。"))),
            paragraph(fonts, said.format(n=done, left=len(of.rows) - done), NOTE, WIDTH, before=5, keep=True),
            *noticed,
            Pair(_("送达人签名："), _("年　　月　　日"), SIGN, WIDTH, before=12),
        ],
        paper=A4_PORTRAIT,
        digest=of.digest,
        note=_("演示数据，不作评审依据") if of.is_demo else "",
    )


def _of_notices(fonts: Fonts, of: Sequence[Handed]) -> list[Block]:
    """The notices of what is to be put right, each to be signed for."""
    heads = (_("序号"), _("支部"), _("通知书编号"), _("版次"), _("签收日期"), _("签收人"), _("整改期限"))
    rows = [_cells(number, one) for number, one in enumerate(of, start=1)]
    waiting = sum(one.received_on is None for one in of)
    said = _("整改通知书 {n} 份，{left} 份没有签收。").format(n=len(of), left=waiting)
    return [
        paragraph(fonts, _("整改通知书签收"), HEADING, WIDTH, before=10, keep=True),
        Lines(("",), SMALL.smaller(3), WIDTH, keep=True),
        *register_sheet.listed(fonts, register_sheet.List(COLUMNS_MM, heads, rows, "")),
        paragraph(fonts, said, NOTE, WIDTH, before=5, keep=True),
    ]


def _cells(number: int, one: Handed) -> tuple[Cell, ...]:
    received = "" if one.received_on is None else one.received_on.isoformat()
    return (
        Cell(str(number), "centre"),
        Cell(one.org),
        Cell(one.number, "centre"),
        Cell(str(one.version) if one.version else "", "centre"),
        Cell(received, "centre"),
        Cell(one.received_by, "centre"),
        Cell("" if one.until is None else one.until.isoformat(), "centre"),
    )


def _title(of: ReceiptList) -> str:
    return _("{township}{quarter}评审表送达回执").format(township=of.township, quarter=of.quarter.label)
