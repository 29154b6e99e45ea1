"""The head of the review sheet: title and the block of facts."""

from __future__ import annotations

from datetime import date

from okr_desk.i18n import _
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.styles import SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size

COLUMNS_MM = (18, 34, 18, 34, 18, 34)
"""Label and value three times: 156 mm."""


def title(fonts: Fonts, snapshot: ReviewSheet, width: float) -> list[Block]:
    """Organisation above, document below, each on one line unless the name is very long."""
    board = snapshot.board
    name = _("{quarter}目标与关键结果评审表").format(quarter=board.quarter.label)
    found: list[Block] = []
    for text in (board.org.full_name, name):
        style = TITLE.smaller(fit_size(fonts, text, width, TITLE, 13))
        found.append(paragraph(fonts, text, style, width, align="centre", keep=True))
    found.append(Lines(("",), SMALL, width, keep=True))
    return found


def facts(fonts: Fonts, snapshot: ReviewSheet) -> list[Block]:
    """Who is reviewed, for which quarter, under which number; a vacant post says so."""
    org, quarter = snapshot.board.org, snapshot.board.quarter
    blank = _("（空缺）")
    members = _("正式{full}　预备{probationary}").format(
        full=_count(org.full_members), probationary=_count(org.probationary_members)
    )
    lines = (
        (_("支部全称"), org.full_name, _("类别"), org.category or "—"),
        (_("书记"), org.secretary or blank, _("联系领导"), org.liaison or blank, _("党员数"), members),
        (
            _("季度"),
            _("{label}（{start}至{end}）").format(
                label=quarter.label, start=_day(quarter.starts_on), end=_day(quarter.ends_on)
            ),
            _("编号"),
            numbered(snapshot),
        ),
    )
    widths = [column * MM for column in COLUMNS_MM]
    found: list[Block] = []
    for line in lines:
        wide = len(line) == 4
        cells = [
            Cell(text, "centre" if place % 2 == 0 else "left", TABLE_HEAD if place % 2 == 0 else TABLE)
            for place, text in enumerate(line)
        ]
        if wide:
            cells[1] = Cell(line[1], span=3)
        found.append(table.row(fonts, widths, cells, TABLE, least=6.5 * MM, keep=True))
    found.append(Lines(("",), SMALL.smaller(4), sum(widths), keep=True))
    return found


def numbered(snapshot: ReviewSheet) -> str:
    """The number of the sheet, with the version of one that was published again."""
    issued = snapshot.issued
    if issued is None or issued.version == 1:
        return snapshot.number or "—"
    return _("{number}（第{n}版）").format(number=snapshot.number, n=issued.version)


def _count(members: int | None) -> str:
    return _("未填") if members is None else str(members)


def _day(day: date) -> str:
    return _("{month}月{day}日").format(month=day.month, day=day.day)
