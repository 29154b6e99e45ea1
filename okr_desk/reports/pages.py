"""Blocks on pages: what a printed piece is, how pieces are spread over pages, and the pen that draws them.

We lay out by hand instead of with ReportLab's Platypus: head rows, rows that must stay together, seals' free
space and "page X of Y" per sheet need one pass and a third of the code, and user text never meets markup.
All lengths are points; y grows upwards as in PDF, `top` is the upper edge of a block.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, is_dataclass, replace
from typing import TYPE_CHECKING

from okr_desk.reports import text as words
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Mark
from okr_desk.reports.text import Style

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
"""Points in a millimetre."""
HAIRLINE = 0.5
HEAD_GREY = 0.92
"""Light enough to stay clean after a copier, dark enough to be seen."""


@dataclass(frozen=True)
class Paper:
    """A sheet and its margins in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def area_width(self) -> float:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def area_height(self) -> float:
        """Height of the type area."""
        return self.height - self.top - self.bottom


A4_PORTRAIT = Paper(210 * MM, 297 * MM, 37 * MM, 35 * MM, 28 * MM, 26 * MM)
"""Type area 156 × 225 mm (GB/T 9704-2012)."""
A4_LANDSCAPE = Paper(297 * MM, 210 * MM, 28 * MM, 26 * MM, 35 * MM, 37 * MM)
"""The same sheet turned for wide tables: the binding edge is on top."""


@dataclass(frozen=True)
class Pen:
    """Draws on the canvas with the faces of the document."""

    canvas: Canvas
    fonts: Fonts
    marks: list[Mark] = field(default_factory=list)
    """Where figures were drawn that explain themselves; nothing of it is on the paper."""

    def mark(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Note where the figure with this key stands; (x, y) is the lower left corner of its cell."""
        page, paper = self.canvas.getPageNumber() - 1, self.canvas._pagesize[1]
        self.marks.append(Mark(page, key, x, paper - y - height, width, height))

    def text(self, content: str, x: float, y: float, style: Style, align: str = "left") -> None:
        """One line with its base line at `y`; `x` is its left edge, middle or right edge after `align`."""
        if align != "left":
            wide = self.fonts.width(style.role, content, style.size)
            x -= wide / 2 if align == "centre" else wide
        words.draw_line(self.canvas, self.fonts, content, x, y, style)

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float = HAIRLINE) -> None:
        """A straight line."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x1, y1, x2, y2)

    def box(self, x: float, y: float, width: float, height: float, weight: float = HAIRLINE) -> None:
        """An empty frame; (x, y) is its lower left corner."""
        self.canvas.setLineWidth(weight)
        self.canvas.rect(x, y, width, height, stroke=1, fill=0)

    def tint(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A filled area without border; `grey` runs from 0 (black) to 1 (white)."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)
        self.canvas.setFillGray(0)


class Block(ABC):
    """A piece of a page. `keep` ties it to the next one; `head` is drawn again above it on a new page.

    One that `begins_page` never stands below another.
    """

    height: float = 0
    before: float = 0
    keep: bool = False
    begins_page: bool = False
    head: Sequence[Block] = ()

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw with the upper left corner at (x, top)."""

    def split(self, room: float) -> tuple[Block, Block] | None:
        """Cut in two so that the first part is no higher than `room`; None when it cannot be cut there."""
        return None


@dataclass(frozen=True)
class NewPage(Block):
    """Turns the page, and leads there from a bookmark below that of the sheet."""

    outline: str
    keep: bool = True
    begins_page: bool = True

    def draw(self, pen: Pen, x: float, top: float) -> None:
        key = f"page{pen.canvas.getPageNumber()}"
        pen.canvas.bookmarkPage(key)
        pen.canvas.addOutlineEntry(self.outline, key, level=1)


@dataclass(frozen=True)
class Placed:
    """A block and how far its upper edge lies below the top of the type area."""

    block: Block
    depth: float


def paginate(blocks: Sequence[Block], height: float) -> list[list[Placed]]:
    """Spread `blocks` over pages `height` points high, keeping tied blocks together where a page can hold them.

    A block higher than what is left is cut where it can be, else it goes to the next page; one that no page
    can hold is drawn over the margin rather than lost.
    """
    pages: list[list[Placed]] = [[]]
    depth, fresh = 0.0, True
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        if block.begins_page and not fresh:
            pages.append([])
            depth, fresh = 0.0, True
        if fresh and len(pages) > 1:
            depth = _place(pages[-1], block.head, 0)
        start = depth if fresh else depth + block.before
        room = height - start + 0.01
        if _chain(block, waiting) <= room or (fresh and block.height <= room):
            depth, fresh = _place(pages[-1], (block,), start), False
            continue
        parts = block.split(room) if fresh or not block.keep else None
        if parts is None and fresh:
            depth, fresh = _place(pages[-1], (block,), start), False
            continue
        if parts is not None:
            _place(pages[-1], parts[:1], start)
        waiting.append(block if parts is None else parts[1])
        pages.append([])
        depth, fresh = 0.0, True
    return pages


def with_foot(blocks: Sequence[Block], height: float) -> Sequence[Block]:
    """The same, the notes and the sign-off behind the last row of a list tied to it: they never stand alone on a page.

    What is higher than a fourth of the page has a page of its own where it must.
    """
    last = max((place for place, block in enumerate(blocks) if block.head), default=len(blocks))
    foot = blocks[last + 1 :]
    if not foot or any(block.begins_page for block in foot):
        return blocks
    if sum(block.before + block.height for block in foot) > height / 4:
        return blocks
    tied = (replace(block, keep=True) if is_dataclass(block) else block for block in blocks[last:-1])
    return [*blocks[:last], *tied, blocks[-1]]


def _chain(block: Block, waiting: Sequence[Block]) -> float:
    """Height of a block together with what it is tied to (`waiting` is in reverse order)."""
    total = block.height
    following = len(waiting) - 1
    while block.keep and following >= 0:
        block = waiting[following]
        total += block.before + block.height
        following -= 1
    return total


def _place(page: list[Placed], blocks: Sequence[Block], depth: float) -> float:
    for block in blocks:
        page.append(Placed(block, depth))
        depth += block.height
    return depth
