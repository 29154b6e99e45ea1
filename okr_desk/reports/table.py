"""Ruled tables: columns of fixed width, rows that know how high they are and can be cut between lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from okr_desk.reports import text as words
from okr_desk.reports.blocks import base_line
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import HEAD_GREY, Block, Pen
from okr_desk.reports.text import Style

PAD = 2.8
"""Space in points between a cell's text and its rules."""
_CUT_FROM = 8
_LEAST_LINES = 3
"""Rows of fewer lines are never cut, and a part never has fewer lines than this."""
_LEAST_SIZE = 5.0
"""Points; a long word of a narrow column is set down to this size before it is cut."""
_DIGITS = frozenset("0123456789")

Paint = Callable[[Pen, float, float, float, float], None]
"""Draws something in a cell: pen, left, top, width, height."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell. `span` columns wide; `align` is left, centre, right or decimal.

    `axis` is the distance of the decimal point from the cell's right edge (see `decimal_axis`); `paint` draws
    under the text, for which `reserve` points are kept free at the bottom. `key` names the figure in it, which the
    preview explains.
    """

    text: str = ""
    align: str = "left"
    style: Style | None = None
    span: int = 1
    axis: float = 0
    paint: Paint | None = None
    reserve: float = 0
    key: str = ""


@dataclass(frozen=True)
class _Set:
    """A cell broken into lines, with its place in the row."""

    cell: Cell
    lines: tuple[str, ...]
    style: Style
    left: float
    width: float


@dataclass(frozen=True)
class Row(Block):
    """A row of a table with its rules; text stands in the middle of its cell."""

    cells: tuple[_Set, ...]
    height: float
    keep: bool = False
    head: tuple[Block, ...] = ()
    tinted: bool = False
    before: float = 0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for cell in self.cells:
            if self.tinted:
                pen.tint(x + cell.left, top - self.height, cell.width, self.height, HEAD_GREY)
        for cell in self.cells:
            self._draw_cell(pen, cell, x + cell.left, top)
            pen.box(x + cell.left, top - self.height, cell.width, self.height)
            if cell.cell.key:
                pen.mark(cell.cell.key, x + cell.left, top - self.height, cell.width, self.height)

    def _draw_cell(self, pen: Pen, cell: _Set, left: float, top: float) -> None:
        free = self.height - cell.cell.reserve - len(cell.lines) * cell.style.leading
        y = top - free / 2
        for line in cell.lines:
            _draw_line(pen, cell, line, left, y)
            y -= cell.style.leading
        if cell.cell.paint is not None:
            cell.cell.paint(pen, left, top, cell.width, self.height)

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut a long row between lines, each cell at the same height; short rows stay whole."""
        leading = max(cell.style.leading for cell in self.cells)
        longest = max(len(cell.lines) for cell in self.cells)
        count = min(int((room - 2 * PAD) // leading), longest - _LEAST_LINES)
        if longest < _CUT_FROM or count < _LEAST_LINES:
            return None
        first = tuple(replace(cell, lines=cell.lines[:count]) for cell in self.cells)
        rest = tuple(
            replace(cell, lines=cell.lines[count:], cell=replace(cell.cell, paint=None, reserve=0))
            for cell in self.cells
        )
        cut = replace(self, cells=first, height=_height(first), keep=False)
        return cut, replace(self, cells=rest, height=_height(rest), before=0)


def row(
    fonts: Fonts,
    widths: Sequence[float],
    cells: Sequence[Cell],
    style: Style,
    *,
    least: float = 0,
    keep: bool = False,
    head: Sequence[Block] = (),
    tinted: bool = False,
) -> Row:
    """Break the text of `cells` to `widths` (points) and set the row, at least `least` points high."""
    placed: list[_Set] = []
    column, left = 0, 0.0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        own = cell.style or style
        if cell.align == "centre":
            own = own.smaller(words.word_size(fonts, cell.text, width - 2 * PAD, own, _LEAST_SIZE))
        placed.append(_Set(cell, _lines(fonts, cell, own, width - 2 * PAD), own, left, width))
        column, left = column + cell.span, left + width
    height = max(least, _height(placed))
    return Row(tuple(placed), height, keep, tuple(head), tinted)


def _lines(fonts: Fonts, cell: Cell, style: Style, room: float) -> tuple[str, ...]:
    """Numbers stay on one line whatever their length."""
    if cell.align == "decimal":
        return (cell.text,)
    return tuple(words.break_lines(fonts, cell.text, room, style))


def filling(columns: Sequence[float], width: float) -> list[float]:
    """Widths of columns in the proportion given, `width` points together."""
    return [column * width / sum(columns) for column in columns]


def decimal_axis(fonts: Fonts, texts: Sequence[str], style: Style, width: float) -> float:
    """Where the decimal points of a column stand, as a distance in points from its right edge.

    The column of figures as a whole is centred; texts that are not numbers do not count.
    """
    before = after = 0.0
    for text in filter(is_number, texts):
        whole, _point, fraction = text.partition(".")
        before = max(before, fonts.width(style.role, whole, style.size))
        after = max(after, fonts.width(style.role, "." + fraction, style.size) if fraction else 0)
    free = max(0.0, width - 2 * PAD - before - after)
    return PAD + free / 2 + after


def decimal_style(fonts: Fonts, texts: Sequence[str], style: Style, width: float) -> Style:
    """`style` at the size at which all figures of a column fit on one decimal point."""
    whole = [text.partition(".") for text in texts if is_number(text)]
    before = max((fonts.width(style.role, number, style.size) for number, _point, _rest in whole), default=0.0)
    after = max((fonts.width(style.role, point + rest, style.size) for _number, point, rest in whole), default=0.0)
    room = width - 2 * PAD
    return style if before + after <= room else style.smaller(max(_LEAST_SIZE, style.size * room / (before + after)))


def is_number(text: str) -> bool:
    """Whether `text` can stand on a decimal point."""
    return bool(text) and set(text) <= _DIGITS | set("-－+.,") and any(c in _DIGITS for c in text)


def _height(cells: Sequence[_Set]) -> float:
    return max(len(c.lines) * c.style.leading + c.cell.reserve for c in cells) + 2 * PAD


def _draw_line(pen: Pen, cell: _Set, line: str, left: float, top: float) -> None:
    style, y = cell.style, top - base_line(cell.style)
    if cell.cell.align == "decimal":
        _draw_number(pen, cell, line, left, y)
    elif cell.cell.align == "centre":
        pen.text(line, left + cell.width / 2, y, style, "centre")
    elif cell.cell.align == "right":
        pen.text(line, left + cell.width - PAD, y, style, "right")
    else:
        pen.text(line, left + PAD, y, style)


def _draw_number(pen: Pen, cell: _Set, number: str, left: float, y: float) -> None:
    """The point on the axis; a number too wide for that is set smaller, filling the cell."""
    style, right = cell.style, left + cell.width
    _whole, _point, fraction = number.partition(".")
    tail = pen.fonts.width(style.role, "." + fraction, style.size) if fraction else 0.0
    edge = right - cell.cell.axis + tail
    wide = pen.fonts.width(style.role, number, style.size)
    if edge - wide >= left + PAD - 0.01 and edge <= right - PAD + 0.01:
        pen.text(number, edge, y, style, "right")
        return
    size = words.fit_size(pen.fonts, number, cell.width - 2 * PAD, style, 4)
    pen.text(number, right - PAD, y, style.smaller(size), "right")
