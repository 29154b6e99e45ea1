"""等次公示公告: the grades of a quarter for the notice board, without red head, in the lines of 公文."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.bulletin_papers import GradeNotice
from okr_desk.reports.document import Progress, Stop, write
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.official import OfficialSheet, lay_out
from okr_desk.reports.outcome import Printed


def render(
    notices: Sequence[GradeNotice],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """The notice. `printed_at` is an instant; raises Cancelled and FileRefused."""
    return write(
        path,
        [partial(sheet_of, of=one) for one in notices],
        title=notices[0].text.title,
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def sheet_of(fonts: Fonts, of: GradeNotice) -> OfficialSheet:
    """Lay it out."""
    said = []
    if of.undecided:
        said.append(_("草稿：还有{n}个党支部的等次未经镇党委审定，不得张贴").format(n=of.undecided))
    if of.is_demo:
        said.append(_("演示数据，不作评审依据"))
    return lay_out(fonts, of.text, note=_("；").join(said))
