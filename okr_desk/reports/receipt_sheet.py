"""通报签收单: who has received a bulletin, to be signed branch by branch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.bulletin_papers import ReceiptLine, ReceiptSheet
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import SIGN, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell

WIDTH = A4_PORTRAIT.area_width
_COLUMNS_MM = (12, 58, 30, 26, 30)
"""序号 党支部 签收人 签收日期 方式."""
_LEAST = 9 * MM


def render(
    sheets: Sequence[ReceiptSheet],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """One list a bulletin. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, of=one) for one in sheets],
        title=_title(sheets[0]),
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, of: ReceiptSheet) -> Sheet:
    """Lay it out."""
    issued = of.issued_on.isoformat() if of.issued_on else ""
    done = sum(bool(line.received_on) for line in of.lines)
    counted = _("应签收 {n} 个，已登记 {done} 个").format(n=len(of.lines), done=done)
    named = _("《{title}》（{document}，{day}）").format(title=of.title, document=of.document, day=issued)
    return Sheet(
        outline=_title(of),
        blocks=[
            Lines((_title(of),), TITLE, WIDTH, "centre", keep=True),
            paragraph(fonts, named, SIGN, WIDTH, align="centre", before=2, keep=True),
            Pair("", counted, TABLE, WIDTH, before=4, keep=True),
            *_rows(fonts, of.lines),
            Pair(_("发出人："), _("年　　月　　日"), SIGN, WIDTH, before=12),
        ],
        paper=A4_PORTRAIT,
        digest=of.digest,
        note=_("演示数据，不作评审依据") if of.is_demo else "",
    )


def _title(of: ReceiptSheet) -> str:
    return _("{township}{quarter}通报签收单").format(township=of.township, quarter=of.quarter)


def _rows(fonts: Fonts, lines: Sequence[ReceiptLine]) -> list[Block]:
    widths = [column * MM for column in _COLUMNS_MM]
    names = (_("序号"), _("党支部"), _("签收人"), _("签收日期"), _("方式"))
    head = table.row(fonts, widths, centred(names), TABLE_HEAD, least=9 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    for number, line in enumerate(lines, 1):
        day = line.received_on.isoformat() if line.received_on else ""
        texts = (line.received_by, day, line.way)
        cells = [Cell(str(number), "centre"), Cell(line.name), *(Cell(text, "centre") for text in texts)]
        found.append(table.row(fonts, widths, cells, TABLE, least=_LEAST, head=(head,), keep=number >= len(lines)))
    return found
