"""党委会议题材料: what is the case, what is proposed, what is to be decided, on exactly one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.bulletin_papers import CommitteePaper
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines
from okr_desk.reports.document import Progress, Sheet, Stop, write
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, paginate
from okr_desk.reports.table import Cell, Row
from okr_desk.reports.text import Style

WIDTH = A4_PORTRAIT.area_width
_TITLE = Style(Role.TITLE, 22, 32)
_COLUMNS_MM = (24, 54, 24, 54)
_LABEL_MM = 24
_SIZES = (12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""The largest at which all stands on one page is taken."""
_OPINION = 26 * MM


def render(
    papers: Sequence[CommitteePaper],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """One page a quarter. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, of=one) for one in papers],
        title=papers[0].subject,
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, of: CommitteePaper) -> Sheet:
    """Lay it out at the largest size that leaves it on one page."""
    made: list[Block] = []
    for size in _SIZES:
        made = _blocks(fonts, of, size)
        if len(paginate(made, A4_PORTRAIT.area_height)) == 1:
            break
    return Sheet(
        outline=of.subject,
        blocks=made,
        paper=A4_PORTRAIT,
        digest=of.digest,
        note=_("演示数据，不作评审依据") if of.is_demo else "",
    )


def _blocks(fonts: Fonts, of: CommitteePaper, size: float) -> list[Block]:
    text, head = Style(Role.TEXT, size, size * 1.5), Style(Role.HEAD, size, size * 1.5)
    narrow = [column * MM for column in _COLUMNS_MM]
    wide = [_LABEL_MM * MM, WIDTH - _LABEL_MM * MM]

    def line(name: str, content: str, least: float = 9 * MM) -> Row:
        cells = [Cell(name, "centre", style=head), Cell(content)]
        return table.row(fonts, wide, cells, text, least=least, keep=True)

    def pair(first: str, said: str, second: str, then: str) -> Row:
        cells = [Cell(first, "centre", style=head), Cell(said), Cell(second, "centre", style=head), Cell(then)]
        return table.row(fonts, narrow, cells, text, least=9 * MM, keep=True)

    return [
        Lines((of.title,), _TITLE, WIDTH, "centre", keep=True),
        line(_("议题"), of.subject),
        pair(_("提请单位"), of.unit, _("汇报人"), ""),
        pair(_("会议时间"), "", _("列席单位"), ""),
        line(_("基本情况"), _numbered(of.facts)),
        line(_("主要问题"), _numbered(of.problems)),
        line(_("建议"), _numbered(of.proposals)),
        line(_("提请决定"), _numbered(of.decisions)),
        line(_("分管领导\n意见"), "\n" + _signed(), _OPINION),
        line(_("主要领导\n意见"), "\n" + _signed(), _OPINION),
    ]


def _numbered(of: Sequence[str]) -> str:
    return "\n".join(f"{number}. {said}" for number, said in enumerate(of, 1)) if len(of) > 1 else "".join(of)


def _signed() -> str:
    return _("签名：　　　　　　　　　　　　　年　　月　　日")
