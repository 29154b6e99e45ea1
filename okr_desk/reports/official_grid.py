"""The grid of official documents: 22 lines of 28 characters on the computed pitch, and lines that keep to it.

GB/T 9704-2012 wants 3号 characters (16 pt), 28 a line and 22 lines, filling 156 × 225 mm; 16 pt × 28 would be 158 mm,
so each character stands in a cell of 156/28 mm. A mark that may not begin a line hangs beside it; where two would hang,
marks inside the line give up their empty halves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from okr_desk.reports.blocks import base_line
from okr_desk.reports.fonts import Fonts, Role, clean
from okr_desk.reports.pages import MM, Block, Pen
from okr_desk.reports.text import CLOSING, OPENING, Style

COLUMNS, ROWS = 28, 22
WIDTH, HEIGHT = 156 * MM, 225 * MM
PITCH = WIDTH / COLUMNS
"""15.79 pt: the width of one character."""
LINE = HEIGHT / ROWS
"""28.99 pt: the height of one line."""
SIZE = 16.0
"""3号."""
BODY = Style(Role.TEXT, SIZE, LINE)

_WORD = re.compile(r"[A-Za-z0-9_@#&+\-*/=.,:%]")
_OF_DATES = frozenset("年月日号")
"""Not parted from their number."""
_WIDE_MARKS = frozenset("—…“”‘’×÷")
_BESIDE = PITCH / 4
"""The most that is put between a Chinese character and a number before all gaps of the line are widened."""
_MOST = 3 * PITCH
"""A line that lacks more than this is left short."""
_DUST = 0.01


@dataclass(frozen=True)
class Span:
    """A stretch of text in one face."""

    text: str
    role: Role = Role.TEXT


@dataclass(frozen=True)
class Sign:
    """A character in its cell: `width` of the cell, `blank` the empty half that it can give up, in points."""

    text: str
    role: Role
    width: float
    advance: float
    is_wide: bool
    blank: float = 0.0

    @property
    def closes(self) -> bool:
        """Whether it may not begin a line."""
        return self.text in CLOSING


@dataclass(frozen=True)
class Placed:
    """A sign with the left edge of its glyph, in points from the left edge of the type area."""

    sign: Sign
    x: float


def signs(fonts: Fonts, spans: Sequence[Span], style: Style = BODY, pitch: float = PITCH) -> list[Sign]:
    """The characters of a paragraph in their cells: Chinese ones one cell each, Latin letters and figures as wide as
    they are."""
    found = []
    for span in spans:
        for character in clean(span.text).replace("\n", ""):
            advance = fonts.glyph(span.role, character).advance * style.size / 1000
            wide = character in _WIDE_MARKS or unicodedata.east_asian_width(character) in ("W", "F")
            gives = wide and character not in "—…" and (character in CLOSING or character in OPENING)
            found.append(
                Sign(character, span.role, pitch if wide else advance, advance, wide, pitch / 2 if gives else 0)
            )
    return found


def lines(
    fonts: Fonts, spans: Sequence[Span], *, indent: int = 2, width: float = WIDTH, hanging: int = 0
) -> list[tuple[Placed, ...]]:
    """A paragraph broken into lines; the first begins `indent` cells in, the others `hanging`."""
    rooms = (width - indent * PITCH, width - hanging * PITCH)
    broken = _filled(_units(signs(fonts, spans)), *rooms)
    found = []
    for number, line in enumerate(broken):
        start, room = (indent * PITCH, rooms[0]) if number == 0 else (hanging * PITCH, rooms[1])
        found.append(_placed(line, start, room, is_last=number == len(broken) - 1))
    return found


def _units(of: Sequence[Sign]) -> list[list[Sign]]:
    """Signs that stay together: words, and characters with their marks."""
    found: list[list[Sign]] = []
    glue = False
    for sign in of:
        before = found[-1][-1] if found else None
        joins = before is not None and (
            glue
            or sign.closes
            or sign.text.isspace()
            or (_is_word(sign) and _is_word(before))
            or (sign.text in _OF_DATES and before.text.isdecimal())
            or sign.text == before.text == "—"
        )
        if joins:
            found[-1].append(sign)
        else:
            found.append([sign])
        glue = sign.text in OPENING
    return found


def _is_word(sign: Sign) -> bool:
    return not sign.is_wide and _WORD.fullmatch(sign.text) is not None


def _filled(units: Sequence[Sequence[Sign]], first: float, rest: float) -> list[list[Sign]]:
    found: list[list[Sign]] = []
    line: list[Sign] = []
    for unit in units:
        room = first if not found else rest
        if line and not _fits([*line, *unit], room):
            found.append(line)
            line, unit = [], _without_blank(unit)
            room = rest
        while _wide(unit) > room and not _fits(unit, room):  # one word wider than the line
            cut = max(1, next(n for n in range(len(unit), 0, -1) if n == 1 or _wide(unit[:n]) <= room))
            found.append(list(unit[:cut]))
            unit, room = unit[cut:], rest
        line += unit
    return [*found, line]


def _without_blank(unit: Sequence[Sign]) -> list[Sign]:
    start = next((n for n, sign in enumerate(unit) if not sign.text.isspace()), len(unit))
    return list(unit[start:])


def _wide(of: Sequence[Sign]) -> float:
    return sum(sign.width for sign in of)


def _fits(line: Sequence[Sign], room: float) -> bool:
    """Whether a line fits: all but the marks at its end do, the last mark hangs, for others marks give up blanks."""
    body = len(line)
    while body and line[body - 1].closes and line[body - 1].blank:
        body -= 1
    if _wide(line[:body]) > room + _DUST:
        return False
    return _over(line, room) <= sum(sign.blank for sign in line[:-1]) + _DUST


def _over(line: Sequence[Sign], room: float) -> float:
    """What is too much though the last mark hangs."""
    last = line[-1]
    hangs = last.width if last.closes and last.blank else 0.0
    return max(0.0, _wide(line) - room - hangs)


def _placed(line: Sequence[Sign], start: float, room: float, *, is_last: bool) -> tuple[Placed, ...]:
    """The glyphs of a line: on the grid where nothing is too much or lacks."""
    line = list(line)
    while line and line[-1].text.isspace():
        line.pop()
    given = _given(line, max(0.0, _over(line, room))) if line else []
    slack = 0.0 if is_last or not line else room - _wide(line)
    gaps = _gaps(line, slack) if _DUST < slack <= _MOST else [0.0] * len(line)
    found, x = [], start
    for sign, less, gap in zip(line, given, gaps, strict=True):
        opens = sign.text in OPENING
        found.append(Placed(sign, x + _offset(sign) - (less if opens else 0)))
        x += sign.width - less + gap
    return tuple(found)


def _given(line: Sequence[Sign], over: float) -> list[float]:
    """What each mark gives up of its blank half."""
    whole = sum(sign.blank for sign in line[:-1])
    if over <= _DUST or not whole:
        return [0.0] * len(line)
    share = min(1.0, over / whole)
    return [*(sign.blank * share for sign in line[:-1]), 0.0]


def _gaps(line: Sequence[Sign], slack: float) -> list[float]:
    """What a line lacks, put behind its signs: first beside figures and Latin words, then everywhere between signs."""
    inner = range(len(line) - 1)
    beside = [n for n in inner if line[n].is_wide != line[n + 1].is_wide and not _is_mark(line[n], line[n + 1])]
    gaps = [0.0] * len(line)
    if beside:
        each = min(_BESIDE, slack / len(beside))
        for place in beside:
            gaps[place] = each
        slack -= each * len(beside)
    wide = [n for n in inner if line[n].is_wide or line[n + 1].is_wide]
    for place in wide:
        gaps[place] += slack / len(wide)
    return gaps


def _is_mark(*of: Sign) -> bool:
    return any(sign.blank for sign in of)


def _offset(sign: Sign) -> float:
    """Where a glyph stands in its cell: a narrow closing mark left, an opening one right, others in the middle."""
    free = sign.width - sign.advance
    if free <= PITCH / 4:
        return free / 2
    if sign.text in OPENING:
        return free
    return 0.0 if sign.closes and sign.text not in "—…" else free / 2


@dataclass(frozen=True)
class GridLine(Block):
    """One line of the grid."""

    of: tuple[Placed, ...]
    style: Style = BODY
    before: float = 0
    keep: bool = False
    height: float = LINE

    def draw(self, pen: Pen, x: float, top: float) -> None:
        draw_signs(pen, self.of, x, top - base_line(self.style), self.style)


def draw_signs(pen: Pen, of: Sequence[Placed], x: float, y: float, style: Style) -> None:
    """Signs in stretches of one face and one spacing; `x` is the left edge of the type area, `y` the base line."""
    writer = pen.canvas.beginText(x, y)
    place = 0
    while place < len(of):
        first = of[place]
        glyph = pen.fonts.glyph(first.sign.role, first.sign.text)
        text, spacing, after = glyph.text, None, place + 1
        while after < len(of):
            one, before = of[after], of[after - 1]
            following = pen.fonts.glyph(one.sign.role, one.sign.text)
            gap = one.x - before.x - before.sign.advance
            if following.font != glyph.font or (spacing is not None and abs(gap - spacing) > 0.001):
                break
            spacing, text, after = gap, text + following.text, after + 1
        writer.setTextOrigin(x + first.x, y)
        writer.setFont(glyph.font, style.size)
        writer.setCharSpace(spacing or 0.0)
        writer.textOut(text)
        place = after
    writer.setCharSpace(0)
    pen.canvas.drawText(writer)
