"""What the papers of the small registers share: title, a ruled list, notes, and a line to sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.register_papers import RegisterPaper
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write, write_each
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import A4_LANDSCAPE, MM, Block, Paper
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import HEADING, NOTE, SIGN, SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style, fit_size

Build = Callable[[Fonts, RegisterPaper], Sequence[Block]]


@dataclass(frozen=True)
class List:
    """A ruled list: widths in mm, heads, rows of cells; `nothing` stands where there are no rows."""

    widths: tuple[float, ...]
    heads: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    nothing: str
    name: str = ""


def render_papers(
    papers: Sequence[RegisterPaper],
    path: Path,
    title: str,
    build: Build,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
    paper: Paper = A4_LANDSCAPE,
) -> Printed:
    """All papers in one PDF, a bookmark a branch. Raises Cancelled and FileRefused."""
    name = (papers[0].org.full_name if len(papers) == 1 else "") + title
    return write(
        path,
        [partial(_sheet, one=one, build=build, size=paper) for one in papers],
        title=name,
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def each(
    papers: Sequence[RegisterPaper],
    folder: Path,
    title: str,
    render: Callable[..., Printed],
    progress: Progress | None,
    cancelled: Stop | None,
    **more: object,
) -> list[Printed]:
    """One PDF a branch in `folder`. Cancelling keeps the files that are whole."""

    def one(number: int, path: Path) -> Printed:
        return render([papers[number]], path, **more)

    return write_each(folder, [(paper.org.short_name, title) for paper in papers], one, progress, cancelled)


def head(fonts: Fonts, one: RegisterPaper, title: str, width: float, facts: str = "") -> list[Block]:
    """The full name of the branch and what the paper is called, the facts under it."""
    found: list[Block] = []
    for text in (one.org.full_name, _("{quarter}{title}").format(quarter=one.quarter.label, title=title)):
        style = TITLE.smaller(fit_size(fonts, text, width, TITLE, 13))
        found.append(paragraph(fonts, text, style, width, align="centre", keep=True))
    found.append(Lines((facts,), SMALL.smaller(8), width, "right", keep=True))
    found.append(Lines(("",), Style(SMALL.role, 3, 3), width, keep=True))
    return found


def listed(fonts: Fonts, of: List) -> list[Block]:
    """A list with its heads on every page."""
    widths = [column * MM for column in of.widths]
    found: list[Block] = []
    if of.name:
        found.append(paragraph(fonts, of.name, HEADING, sum(widths), before=6, keep=True))
    first = table.row(fonts, widths, centred(of.heads), TABLE_HEAD, least=7.5 * MM, keep=True, tinted=True)
    found.append(first)
    if not of.rows:
        empty = (Cell(of.nothing, "centre", span=len(widths)),)
        return [*found, table.row(fonts, widths, empty, TABLE, least=10 * MM)]
    for place, cells in enumerate(of.rows):
        tied = place == len(of.rows) - 2  # no single last row on a new page
        found.append(table.row(fonts, widths, cells, TABLE, least=8 * MM, keep=tied, head=(first,)))
    return found


def notes(fonts: Fonts, said: Sequence[str], width: float) -> list[Block]:
    """Numbered notes under a list."""
    return [
        paragraph(fonts, f"{number}. {one}", NOTE, width, before=5 if number == 1 else 0, keep=True)
        for number, one in enumerate(said, start=1)
    ]


def signed(fonts: Fonts, one: RegisterPaper, width: float) -> list[Block]:
    """Who fills it in and who answers for it; a branch without a seal signs."""
    who = _("书记（{name}）签名：").format(name=one.org.secretary) if one.org.secretary else _("书记签名：")
    line = _("填表人：　　　　　　　　{who}　　　　　　　　　　　年　　月　　日").format(who=who)
    return [paragraph(fonts, line, SIGN, width, before=14)]


def _sheet(fonts: Fonts, one: RegisterPaper, build: Build, size: Paper) -> Sheet:
    return Sheet(
        outline=one.org.short_name,
        blocks=list(build(fonts, one)),
        paper=size,
        digest=one.digest,
        note=_("演示数据，不作评审依据") if one.is_demo else "",
    )
