"""Cells of the score workbook: words, figures and formulas in the styles of the sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from okr_desk.clock import local
from okr_desk.exchange import tables
from okr_desk.i18n import _
from okr_desk.queries.letterheads import short_digest

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

POINTS = "0.00##"
"""Points with two to four digits, as on paper."""
_LINE, _FACT = 14, 15
"""Heights of a line of words and of a fact in points."""
Span = tuple[int, int]
"""From which column to which, counted from 0."""


@dataclass(frozen=True)
class Grid:
    """The columns of a sheet: their widths in characters, and what stands where.

    `room`: half-width characters of a sentence across all of them. `named`: the last column before the figures of a
    sum; `full` and `points` are those of the points. `facts` and `records` say how wide the cells of the tables above
    and below are; in the head a `fact_room` of half-width characters is left for the first text.
    """

    widths: tuple[int, ...]
    room: int
    named: int
    full: int
    points: int
    facts: tuple[Span, ...]
    fact_room: int
    records: tuple[Span, ...]

    @property
    def last(self) -> int:
        """The last column, which explains."""
        return len(self.widths) - 1


OF_QUARTER = Grid(
    widths=(5, 8, 26, 7, 9, 9, 9, 8, 10, 46),
    room=110,
    named=6,
    full=7,
    points=8,
    facts=((0, 1), (2, 6), (7, 8), (9, 9)),
    fact_room=56,
    records=((0, 1), (2, 2), (3, 5), (6, 6), (7, 8), (9, 9)),
)
OF_YEAR = Grid(
    widths=(5, 8, 26, 7, 9, 30, 10, 10, 10, 10, 8, 8, 10, 48),
    room=158,
    named=5,
    full=11,
    points=12,
    facts=((0, 1), (2, 9), (10, 12), (13, 13)),
    fact_room=104,
    records=((0, 1), (2, 4), (5, 9), (10, 10), (11, 12), (13, 13)),
)


@dataclass(frozen=True)
class Styles:
    """How cells look; words wrap, figures keep their places."""

    title: Format
    head: Format
    strong: Format
    words: Format
    centre: Format
    amount: Format
    points: Format
    sum: Format
    total: Format
    percent: Format
    heading: Format
    note: Format

    @staticmethod
    def of(book: Workbook) -> Styles:
        """The styles of a workbook."""
        from xlsxwriter.color import Color

        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
        boxed = {**base, "border": 1}
        strong = {**boxed, "bold": True}
        right = {"align": "right"}
        return Styles(
            title=book.add_format({**base, "font_size": 16, "bold": True, "align": "center"}),
            head=book.add_format({**strong, "align": "center", "bg_color": Color.theme(0, 1)}),
            strong=book.add_format({**strong, "align": "left"}),
            words=book.add_format(boxed),
            centre=book.add_format({**boxed, "align": "center"}),
            amount=book.add_format({**boxed, **right}),
            points=book.add_format({**boxed, **right, "num_format": POINTS}),
            sum=book.add_format({**strong, **right, "num_format": POINTS}),
            total=book.add_format({**strong, **right, "num_format": "0.00"}),
            percent=book.add_format({**strong, **right, "num_format": '0.00"%"'}),
            heading=book.add_format({**base, "font_size": 12, "bold": True}),
            note=book.add_format({**base, "font_size": 9, "valign": "top"}),
        )


@dataclass
class Pen:
    """Writes a sheet of some columns from top to bottom; `row` is the next one that is free, counted from 0."""

    sheet: Worksheet
    styles: Styles
    grid: Grid = OF_QUARTER
    row: int = 0

    def put(self, row: int, column: int, value: Decimal | str | None, style: Format) -> None:
        """A figure as a number, everything else as words; words stand in the middle where figures would."""
        is_word = isinstance(value, str) and style in (self.styles.amount, self.styles.points)
        tables.put(self.sheet, row, column, value, self.styles.centre if is_word else style)
        self.row = max(self.row, row + 1)

    def formula(self, row: int, column: int, formula: str, value: Decimal, style: Format) -> None:
        """A live formula with the value that it has now, for programs that do not calculate."""
        self.sheet.write_formula(row, column, formula, style, float(value))
        self.row = max(self.row, row + 1)

    def merged(self, row: int, first: int, last: int, text: str, style: Format) -> None:
        """Words over several columns, or in one."""
        if first != last:
            self.sheet.merge_range(row, first, row, last, "", style)
        tables.put(self.sheet, row, first, text, style)
        self.row = max(self.row, row + 1)

    def across(self, row: int, text: str, style: Format) -> None:
        """Words over the whole width, as high as they need."""
        self.merged(row, 0, self.grid.last, text, style)
        if style is self.styles.note:
            self.sheet.set_row(row, _LINE * lines_of(text, self.grid.room))
        elif style is self.styles.title:
            self.sheet.set_row(row, 2 * _LINE)

    def facts(self, row: int, lines: Sequence[Sequence[str]]) -> None:
        """Names with their texts, four cells a row, from `row` on."""
        for at, texts in enumerate(lines, start=row):
            for place, ((first, last), text) in enumerate(zip(self.grid.facts, texts, strict=True)):
                self.merged(at, first, last, text, self.styles.words if place % 2 else self.styles.head)
            self.sheet.set_row(at, _FACT * lines_of(texts[1], self.grid.fact_room))

    def foot(self, digest: str, printed_at: datetime, is_demo: bool) -> None:
        """By what the sheet can be matched with its data, and when it was made (an instant)."""
        made = local(printed_at).strftime("%Y-%m-%d %H:%M")
        said = _("数据校验码 {code}　导出时间 {moment}")
        self.titled("", [said.format(code=short_digest(digest), moment=made)])
        if is_demo:
            self.titled("", [_("演示数据，不作评审依据")])

    def on_paper(self, head: int) -> None:
        """A4, as wide as the page; the row of heads stands on every page and stays while one scrolls."""
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(head)
        self.sheet.freeze_panes(head + 1, 0)
        self.sheet.set_footer(_("&C第 &P 页 共 &N 页"))

    def titled(self, title: str, said: Sequence[str]) -> None:
        """A heading with a free row above it, and sentences below."""
        if not said:
            return
        self.row += 1
        if title:
            self.across(self.row, title, self.styles.heading)
        for text in said:
            self.across(self.row, text, self.styles.note)


def cell(row: int, column: int) -> str:
    """A1 for (0, 0)."""
    return f"{chr(ord('A') + column)}{row + 1}"


def lines_of(text: str, room: int) -> int:
    """How many lines a text takes where `room` half-width characters fit."""
    return sum(1 + _width(part) // room for part in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
