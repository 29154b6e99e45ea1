"""The foot of an official document: sign-off with room for the seal, record block (版记), page number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.reports import text as words
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.official_grid import BODY, LINE, PITCH, SIZE, WIDTH
from okr_desk.reports.pages import MM, Block, Paper, Pen
from okr_desk.reports.text import Style

SEAL_WIDTH, SEAL_HEIGHT = 50 * MM, 45 * MM
"""Kept free for a seal of 42 mm, which is never drawn."""
_SIGN_LINE = 2
"""署名 stands in the third line of the block and the date in the fourth: both a little below the middle of the seal."""
_SIGN_LINES = 5
_DATE_INDENT = 4 * PITCH
_LEAST_INDENT = 2 * PITCH

RECORD = Style(Role.TEXT, 14, 24)
"""4号."""
_THICK, _THIN = 0.35 * MM, 0.25 * MM
_PAD = 3.5

NUMBER = Style(Role.TABLE, 14, 14)
_NUMBER_BELOW = 7 * MM
_DASH = 0.27
"""How far the dash stands above the base line, as a share of the size."""


@dataclass(frozen=True)
class SignOff(Block):
    """署名 and date, the date four characters from the right edge and 署名 centred over it; the seal goes on both.

    The block is as high as the seal's free space; nothing else is drawn in it.
    """

    issuer: str
    dated: str
    before: float = 0
    keep: bool = False
    height: float = _SIGN_LINES * LINE

    def draw(self, pen: Pen, x: float, top: float) -> None:
        middle = x + self.middle(pen.fonts)
        for number, line in enumerate((self.issuer, self.dated)):
            y = top - (_SIGN_LINE + number) * LINE - (LINE - SIZE) / 2 - 0.86 * SIZE
            pen.text(line, middle, y, BODY, "centre")

    def middle(self, fonts: Fonts) -> float:
        """The middle of 署名, date and seal, from the left edge of the type area."""
        issuer, dated = (fonts.width(BODY.role, text, SIZE) for text in (self.issuer, self.dated))
        return min(WIDTH - _DATE_INDENT - dated / 2, WIDTH - _LEAST_INDENT - issuer / 2)


@dataclass(frozen=True)
class Record(Block):
    """版记: who gets a copy, who printed it and when, between three lines; its last line is that of the type area."""

    copies: tuple[str, ...]
    printed_by: str
    printed_on: str

    @property
    def height(self) -> float:  # type: ignore[override]
        """Lines of text and the room at each rule."""
        rows = len(self.copies) + 1
        return rows * RECORD.leading + (4 if self.copies else 2) * _PAD

    def draw(self, pen: Pen, x: float, top: float) -> None:
        right, y = x + WIDTH, top
        pen.rule(x, y, right, y, _THICK)
        if self.copies:
            hang = pen.fonts.width(RECORD.role, _copies_head(), RECORD.size)
            for number, line in enumerate(self.copies):
                start = x + RECORD.size + (hang if number else 0)
                pen.text(line, start, _base(y - _PAD, number), RECORD)
            y -= len(self.copies) * RECORD.leading + 2 * _PAD
            pen.rule(x, y, right, y, _THIN)
        room = WIDTH - 3 * RECORD.size - pen.fonts.width(RECORD.role, self.printed_on, RECORD.size)
        size = words.fit_size(pen.fonts, self.printed_by, room, RECORD, 8)
        pen.text(self.printed_by, x + RECORD.size, _base(y - _PAD, 0), RECORD.smaller(size))
        pen.text(self.printed_on, right - RECORD.size, _base(y - _PAD, 0), RECORD, "right")
        pen.rule(x, top - self.height, right, top - self.height, _THICK)


def _base(top: float, number: int) -> float:
    return top - number * RECORD.leading - (RECORD.leading - RECORD.size) / 2 - 0.86 * RECORD.size


def _copies_head() -> str:
    return _("抄送：")


def record(fonts: Fonts, copies: Sequence[str], printed_by: str, printed_on: str) -> Record:
    """The record block; `copies` are the names of those who get one, the last ends with a full stop."""
    if not copies:
        return Record((), printed_by, printed_on)
    head = _copies_head()
    said = "，".join(name.strip() for name in copies).rstrip("。") + "。"
    hang = fonts.width(RECORD.role, head, RECORD.size)
    broken = words.break_lines(fonts, said, WIDTH - 2 * RECORD.size - hang, RECORD)
    return Record((head + broken[0], *broken[1:]), printed_by, printed_on)


def draw_page_number(pen: Pen, paper: Paper, number: int) -> None:
    """ "— 1 —" 7 mm under the type area: odd pages right, even ones left, one character in."""
    y = paper.bottom - _NUMBER_BELOW - _DASH * NUMBER.size
    said = f"— {number} —"
    if number % 2:
        pen.text(said, paper.width - paper.right - NUMBER.size, y, NUMBER, "right")
    else:
        pen.text(said, paper.left + NUMBER.size, y, NUMBER)
