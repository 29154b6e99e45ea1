"""归档目录: what was published and decided in a quarter, in the order in which a clerk files it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.review_papers import ArchiveList, Filed
from okr_desk.reports import register_sheet
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT
from okr_desk.reports.styles import NOTE, SIGN, SMALL, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size

WIDTH = A4_PORTRAIT.area_width
COLUMNS_MM = (9, 28, 36, 27, 20, 10, 26)
"""序号 文书 编号 支部 日期 版次 校验码: 156 mm; pages are counted by hand where the file is bound."""


def render(
    lists: Sequence[ArchiveList],
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


def sheet_of(fonts: Fonts, of: ArchiveList) -> Sheet:
    """Lay the list out."""
    style = TITLE.smaller(fit_size(fonts, _title(of), WIDTH, TITLE, 13))
    heads = (_("序号"), _("文书"), _("编号"), _("支部"), _("日期"), _("版次"), _("数据校验码"))
    rows = [_cells(number, one) for number, one in enumerate(of.rows, start=1)]
    said = _("共 {n} 件。更正后的新版与原版并列归档，不抽换；校验码与纸面页脚一致的，即为所发布的内容。")
    return Sheet(
        outline=_title(of),
        blocks=[
            paragraph(fonts, _title(of), style, WIDTH, align="centre", keep=True),
            Lines(("",), SMALL.smaller(4), WIDTH, keep=True),
            *register_sheet.listed(fonts, register_sheet.List(COLUMNS_MM, heads, rows, _("没有文书。"))),
            paragraph(fonts, said.format(n=len(of.rows)), NOTE, WIDTH, before=5, keep=True),
            Pair(_("整理人签名：　　　　　　　检查人签名："), _("年　　月　　日"), SIGN, WIDTH, before=12),
        ],
        paper=A4_PORTRAIT,
        digest=of.digest,
        note=_("演示数据，不作评审依据") if of.is_demo else "",
    )


def _cells(number: int, one: Filed) -> tuple[Cell, ...]:
    return (
        Cell(str(number), "centre"),
        Cell(one.name),
        Cell(one.number, "centre"),
        Cell(one.org),
        Cell(one.day.isoformat(), "centre"),
        Cell(str(one.version), "centre"),
        Cell(one.code, "centre", SMALL),
    )


def _title(of: ArchiveList) -> str:
    return _("{township}{quarter}评审归档目录").format(township=of.township, quarter=of.quarter.label)
