"""Chinese text on paper: where lines may break, and how they are drawn.

Text is drawn as characters, never as markup, so nothing a user types can be taken for an instruction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from okr_desk.reports.fonts import Fonts, Role, clean

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

CLOSING = frozenset("，。、；：？！…—～·）》〉」』】〕〗”’％‰℃°,.;:?!)]}%")
"""May not begin a line (GB/T 15834-2011, 5.1)."""
OPENING = frozenset("（《〈「『【〔〖“‘￥№([{")
"""May not end a line."""
_PIECES = re.compile(r"[A-Za-z0-9_@#&+\-*/=.,:%]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Style:
    """How a stretch of text looks: role of its face, size and line pitch in points."""

    role: Role
    size: float
    leading: float

    def smaller(self, size: float) -> Style:
        """The same face at `size` points; the line pitch stays."""
        return replace(self, size=size)


def break_lines(fonts: Fonts, text: str, width: float, style: Style, indent: float = 0) -> list[str]:
    """Cut `text` into lines no wider than `width` points; the first begins `indent` points in.

    Line feeds are kept as breaks, Latin words and numbers stay whole unless one alone is too wide. The result
    has at least one line. Blanks at a break go.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        if fonts.width(style.role, paragraph, style.size) <= width - (indent if not lines else 0):
            lines.append(paragraph.rstrip())
            continue
        room = width - indent if not lines else width
        lines += _filled(fonts, units(paragraph), room, width, style)
    return lines


def _filled(fonts: Fonts, pieces: Sequence[str], room: float, width: float, style: Style) -> list[str]:
    """Greedy lines of one paragraph; `room` is what the first line offers, `width` the others."""
    lines: list[str] = []
    line, used = "", 0.0
    for unit in pieces:
        wide = fonts.width(style.role, unit.rstrip(), style.size)
        if line and used + wide > room + 0.01:
            lines.append(line.rstrip())
            line, used, room = "", 0.0, width
            unit = unit.lstrip()
            wide = fonts.width(style.role, unit.rstrip(), style.size)
        if wide > room + 0.01:
            *whole, unit = _forced(fonts, unit, room, width, style)
            lines += whole
            room = width if whole else room
        line += unit
        used += fonts.width(style.role, unit, style.size)
    lines.append(line.rstrip())
    return lines


def units(paragraph: str) -> list[str]:
    """Pieces that stay together: words, and characters glued to their punctuation."""
    found: list[str] = []
    glue = False
    for piece in _PIECES.findall(paragraph):
        if found and (glue or piece in CLOSING or piece.isspace()):
            found[-1] += piece
        else:
            found.append(piece)
        glue = piece in OPENING
    return found


def _forced(fonts: Fonts, unit: str, room: float, width: float, style: Style) -> list[str]:
    """A unit wider than the line, cut between characters; the last part is what remains."""
    parts = [""]
    used = 0.0
    for character in unit:
        wide = fonts.width(style.role, character, style.size)
        if parts[-1] and used + wide > (room if len(parts) == 1 else width) + 0.01:
            parts.append("")
            used = 0.0
        parts[-1] += character
        used += wide
    return parts


def fit_size(fonts: Fonts, text: str, width: float, style: Style, least: float) -> float:
    """The size, not below `least` points, at which one line of `text` fits `width` points."""
    wide = fonts.width(style.role, text, style.size)
    return style.size if wide <= max(width, 0.0) else max(least, style.size * width / wide)


def word_size(fonts: Fonts, text: str, width: float, style: Style, least: float) -> float:
    """The size, not below `least` points, at which no word of `text` has to be cut to fit `width` points."""
    lines = [line for line in clean(text).split("\n") if fonts.width(style.role, line, style.size) > width]
    words = (unit.strip() for line in lines for unit in units(line))
    return min((fit_size(fonts, word, width, style, least) for word in words), default=style.size)


def draw_line(canvas: Canvas, fonts: Fonts, text: str, x: float, y: float, style: Style) -> None:
    """Draw one line with its base line at (x, y)."""
    pen = canvas.beginText(x, y)
    for font, stretch in fonts.runs(style.role, text):
        pen.setFont(font, style.size)
        pen.textOut(stretch)
    canvas.drawText(pen)
