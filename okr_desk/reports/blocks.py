"""The plain pieces of a page: paragraphs, single lines, gaps."""

from __future__ import annotations

from dataclasses import dataclass

from okr_desk.reports import text as words
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import Block, Pen
from okr_desk.reports.styles import CAPTION
from okr_desk.reports.text import Style

_ASCENT = 0.86
"""Share of the size that Chinese characters stand above the base line."""


def base_line(style: Style) -> float:
    """How far the base line lies below the top of a line's pitch, the character centred in it."""
    return (style.leading - style.size) / 2 + _ASCENT * style.size


@dataclass(frozen=True)
class Lines(Block):
    """Lines of text under each other; cut between any two lines, but never leaving a single one."""

    lines: tuple[str, ...]
    style: Style
    width: float
    align: str = "left"
    indent: float = 0
    before: float = 0
    keep: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]
        """Pitch times lines."""
        return len(self.lines) * self.style.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        edge = {"left": 0.0, "centre": self.width / 2, "right": self.width}[self.align]
        for number, line in enumerate(self.lines):
            start = self.indent if number == 0 and self.align == "left" else 0
            y = top - number * self.style.leading - base_line(self.style)
            pen.text(line, x + edge + start, y, self.style, self.align)

    def split(self, room: float) -> tuple[Block, Block] | None:
        count = min(int(room // self.style.leading), len(self.lines) - 2)
        if count < 2:
            return None
        first = Lines(self.lines[:count], self.style, self.width, self.align, self.indent, self.before)
        return first, Lines(self.lines[count:], self.style, self.width, self.align, 0, 0, self.keep)


def paragraph(
    fonts: Fonts,
    content: str,
    style: Style,
    width: float,
    *,
    align: str = "left",
    indent_characters: int = 0,
    before: float = 0,
    keep: bool = False,
) -> Lines:
    """User text broken to `width` points; `indent_characters` full characters before its first line."""
    indent = indent_characters * style.size
    lines = words.break_lines(fonts, content, width, style, indent)
    return Lines(tuple(lines), style, width, align, indent, before, keep)


@dataclass(frozen=True)
class Pair(Block):
    """One line with a text at the left edge and one at the right."""

    left: str
    right: str
    style: Style
    width: float
    before: float = 0
    keep: bool = False

    @property
    def height(self) -> float:  # type: ignore[override]
        """One pitch."""
        return self.style.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        y = top - base_line(self.style)
        room = self.width - pen.fonts.width(self.style.role, self.right, self.style.size) - self.style.size
        size = words.fit_size(pen.fonts, self.left, room, self.style, 4)
        pen.text(self.left, x, y, self.style.smaller(size))
        pen.text(self.right, x + self.width, y, self.style, "right")


@dataclass(frozen=True)
class Beside(Block):
    """Two blocks beside each other, the second `offset` points from the left edge; the first may be missing."""

    left: Block | None
    right: Block
    offset: float
    before: float = 0

    @property
    def height(self) -> float:  # type: ignore[override]
        """The higher of the two."""
        return max(self.left.height if self.left else 0.0, self.right.height)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.left is not None:
            self.left.draw(pen, x, top)
        self.right.draw(pen, x + self.offset, top)


class Sized(Block):
    """A block that knows its width."""

    width: float = 0


@dataclass(frozen=True)
class Captioned(Block):
    """A figure with its caption centred under it."""

    figure: Sized
    caption: str
    before: float = 0

    @property
    def height(self) -> float:  # type: ignore[override]
        """Figure and caption."""
        return self.figure.height + CAPTION.leading + 2

    def draw(self, pen: Pen, x: float, top: float) -> None:
        self.figure.draw(pen, x, top)
        y = top - self.figure.height - CAPTION.leading + 3
        style = CAPTION.smaller(words.fit_size(pen.fonts, self.caption, self.figure.width, CAPTION, 4))
        pen.text(self.caption, x + self.figure.width / 2, y, style, "centre")
