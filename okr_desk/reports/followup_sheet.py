"""What the papers of rectification share: how they are written, their head, and rows of a name with its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.followup_papers import FollowupPaper
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, Pair, paragraph
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block
from okr_desk.reports.styles import BODY, HEADING, SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style, fit_size

Build = Callable[[Fonts, FollowupPaper, int], Sequence[Block]]
"""The blocks of one record of a paper: fonts, the paper, the place of the record."""
WIDTH = A4_PORTRAIT.area_width
WIDTHS = tuple(part * MM for part in (26, 130))
"""A name and what is said of it: 156 mm."""
PAIRS = tuple(part * MM for part in (26, 52, 26, 52))
LEAST = 9 * MM


def records(
    papers: Sequence[FollowupPaper],
    names: Callable[[FollowupPaper], Sequence[str]],
    build: Build,
) -> list[Callable[[Fonts], Sheet]]:
    """A sheet a record, with the bookmark that `names` gives it."""
    return [
        partial(_sheet, one=one, place=place, name=name, build=build)
        for one in papers
        for place, name in enumerate(names(one))
    ]


def head(fonts: Fonts, one: FollowupPaper, title: str, number: str, day: str) -> list[Block]:
    """Title, number and day, and whom it is sent to."""
    name = f"{one.township}{title}"
    style = TITLE.smaller(fit_size(fonts, name, WIDTH, TITLE, 13))
    return [
        paragraph(fonts, name, style, WIDTH, align="centre", keep=True),
        Pair(number, day, TABLE, WIDTH, before=8, keep=True),
        paragraph(fonts, _("{org}：").format(org=one.org.full_name), HEADING, WIDTH, before=8, keep=True),
    ]


def said(fonts: Fonts, text: str, before: float = 4) -> Block:
    """A paragraph with its first line set in by two characters."""
    return paragraph(fonts, text, BODY, WIDTH, indent_characters=2, before=before)


def gap(points: float) -> Block:
    """Empty space between text and table."""
    return Lines(("",), SMALL.smaller(points), WIDTH, keep=True)


def row(fonts: Fonts, name: str, text: str, least: float = LEAST, style: Style = TABLE) -> Block:
    """A name with its text over the whole width."""
    return table.row(fonts, WIDTHS, [Cell(name, "centre", TABLE_HEAD), Cell(text)], style, least=least)


def pair(fonts: Fonts, *cells: tuple[str, str], least: float = LEAST) -> Block:
    """Two names with their texts in one row."""
    made = [cell for name, text in cells for cell in (Cell(name, "centre", TABLE_HEAD), Cell(text))]
    return table.row(fonts, PAIRS, made, TABLE, least=least)


def spoken(day: date | None) -> str:
    """2026年10月8日; a blank to be filled in by hand where there is none."""
    if day is None:
        return _("年　　月　　日")
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def _sheet(fonts: Fonts, one: FollowupPaper, place: int, name: str, build: Build) -> Sheet:
    return Sheet(
        outline=name,
        blocks=list(build(fonts, one, place)),
        paper=A4_PORTRAIT,
        digest=one.digests[place] if place < len(one.digests) else one.digest,
        note=_("；").join(_notes(one)),
    )


def _notes(one: FollowupPaper) -> list[str]:
    """What keeps a copy from being taken for more than it is."""
    found = []
    if one.superseded_by:
        found.append(_("已由第{n}版代替").format(n=one.superseded_by))
    if one.is_demo:
        found.append(_("演示数据，不作评审依据"))
    return found
