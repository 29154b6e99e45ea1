"""Boxes to tick, thick enough to outlive a copier: in the cells of a table, and in a row with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okr_desk.reports.blocks import base_line
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block, Pen
from okr_desk.reports.table import PAD, Cell
from okr_desk.reports.text import Style, fit_size

BOX = 4.5 * MM
"""As large as a careful tick of an elderly person needs."""
RULE = 0.9
"""Points: a hairline breaks up after two copies."""
_GAP = 1.6 * MM
_APART = 5 * MM


def cell() -> Cell:
    """A table cell with an empty box in its middle."""
    return Cell(paint=_paint)


def choice(words: Sequence[str], ticked: str, style: Style, span: int = 1) -> Cell:
    """A table cell with a box before each word in one line; the one named by `ticked` is printed with a tick."""

    def paint(pen: Pen, left: float, top: float, width: float, height: float) -> None:
        line = Ticks((tuple(words),), style, width - 2 * PAD, ticked)
        line.draw(pen, left + PAD, top - (height - line.height) / 2)

    return Cell(paint=paint, span=span)


@dataclass(frozen=True)
class Ticks(Block):
    """Words with a box before each, in as many lines as they need; the one named by `ticked` is printed with a tick."""

    rows: tuple[tuple[str, ...], ...]
    style: Style
    width: float
    ticked: str = ""
    before: float = 0
    keep: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]
        """One pitch a line."""
        return len(self.rows) * self.style.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for number, words in enumerate(self.rows):
            left, y = x, top - number * self.style.leading
            for word in words:
                box = y - (self.style.leading + BOX) / 2
                _box(pen, left, box)
                if word == self.ticked:
                    _tick(pen, left, box)
                left += BOX + _GAP
                style = self.style.smaller(fit_size(pen.fonts, word, x + self.width - left, self.style, 4))
                pen.text(word, left, y - base_line(style), style)
                left += pen.fonts.width(style.role, word, style.size) + _APART


def ticks(fonts: Fonts, words: Sequence[str], style: Style, width: float, ticked: str = "", before: float = 0) -> Ticks:
    """`words` broken to lines of `width` points, each word with its box in one piece."""
    rows: list[list[str]] = [[]]
    left = 0.0
    for word in words:
        wide = BOX + _GAP + fonts.width(style.role, word, style.size)
        if rows[-1] and left + wide > width:
            rows.append([])
            left = 0.0
        rows[-1].append(word)
        left += wide + _APART
    return Ticks(tuple(tuple(row) for row in rows), style, width, ticked, before)


def _paint(pen: Pen, left: float, top: float, width: float, height: float) -> None:
    _box(pen, left + (width - BOX) / 2, top - (height + BOX) / 2)


def _box(pen: Pen, x: float, y: float) -> None:
    pen.box(x, y, BOX, BOX, RULE)


def _tick(pen: Pen, x: float, y: float) -> None:
    pen.rule(x + 0.18 * BOX, y + 0.5 * BOX, x + 0.42 * BOX, y + 0.2 * BOX, 1.4)
    pen.rule(x + 0.42 * BOX, y + 0.2 * BOX, x + 0.85 * BOX, y + 0.85 * BOX, 1.4)
