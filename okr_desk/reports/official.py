"""Official documents (公文) as GB/T 9704-2012 lays them out: head, text on the grid, sign-off, annexes, record."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from okr_desk.i18n import _
from okr_desk.queries.official_text import OfficialText
from okr_desk.reports.document import Sheet
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.official_foot import Record, SignOff, draw_page_number, record
from okr_desk.reports.official_grid import COLUMNS, LINE, PITCH, ROWS, WIDTH, GridLine, Span, lines, signs
from okr_desk.reports.official_head import Head, PlainHead, title_lines
from okr_desk.reports.pages import A4_PORTRAIT, MM, Block, Pen, Placed, paginate
from okr_desk.reports.text import Style

_FIRST = re.compile(r"[一二三四五六七八九十]+、")
_SECOND = re.compile(r"（[一二三四五六七八九十]+）")
_SENTENCE_END = re.compile(r"[。：；]")
_LONG_HEAD = 28
"""A line that begins like a head but is longer is a paragraph: only its first sentence is set as a head."""
_LAST_LINES = 2
"""So many lines of the text go with the sign-off where it does not fit below all of them."""
_SMALL = Style(Role.TABLE, 7.5, 10)
_SMALL_DEPTH = 18 * MM

LANDSCAPE_WIDTH = A4_PORTRAIT.area_height
"""A table across stands on the sheet turned to the left: as wide as the type area is high."""


@dataclass(frozen=True)
class Annex:
    """One annex: its title, and what stands below it for the width given. `across`: the sheet is turned."""

    title: str
    blocks: Callable[[Fonts, float], Sequence[Block]]
    across: bool = False

    @property
    def width(self) -> float:
        """Width of the type area as one reads it."""
        return LANDSCAPE_WIDTH if self.across else WIDTH


@dataclass(frozen=True)
class Turned:
    """Pages of one piece and whether they are turned."""

    pages: tuple[tuple[Placed, ...], ...]
    across: bool = False


@dataclass(frozen=True)
class OfficialSheet(Sheet):
    """An official document ready for its pages; `note` is said small at the foot (a draft, the demo)."""

    parts: Sequence[Turned] = ()
    record: Record | None = None
    notes: Sequence[str] = field(default=())

    def draw(self, pen: Pen, key: str, printed_at: datetime) -> int:
        """Draw all pages; returns how many."""
        bare = [(page, part.across) for part in self.parts for page in part.pages]
        numbered = len(bare)
        own_page = self._record_page(bare)
        count = own_page or len(bare)
        for number in range(1, count + 1):
            pen.canvas.setPageSize((self.paper.width, self.paper.height))
            if number == 1:
                pen.canvas.bookmarkPage(key)
                pen.canvas.addOutlineEntry(self.outline, key, level=0)
            if number <= len(bare):
                self._draw_page(pen, *bare[number - 1])
            if self.record is not None and number == count:
                self.record.draw(pen, self.paper.left, self.paper.bottom + self.record.height)
            if number <= numbered or (own_page and own_page == numbered + 1):
                draw_page_number(pen, self.paper, number)
            if self.note:
                pen.text(self.note, self.paper.left + WIDTH / 2, _SMALL_DEPTH, _SMALL, "centre")
            pen.canvas.showPage()
        return count

    def _record_page(self, bare: Sequence[tuple[Sequence[Placed], bool]]) -> int:
        """The number of the page on which the record block stands alone; 0 where the last even page has room."""
        if self.record is None:
            return 0
        page, across = bare[-1]
        used = max((one.depth + one.block.height for one in page), default=0.0)
        is_even = len(bare) % 2 == 0
        if is_even and not across and used + LINE + self.record.height <= self.paper.area_height:
            return 0
        return len(bare) + (2 if is_even else 1)

    def _draw_page(self, pen: Pen, page: Sequence[Placed], across: bool) -> None:
        paper = self.paper
        if not across:
            for one in page:
                one.block.draw(pen, paper.left, paper.height - paper.top - one.depth)
            return
        pen.canvas.saveState()
        pen.canvas.transform(0, 1, -1, 0, paper.left, paper.bottom)  # the head to the left edge, read from the right
        for one in page:
            one.block.draw(pen, 0, -one.depth)
        pen.canvas.restoreState()


def lay_out(
    fonts: Fonts, of: OfficialText, annexes: Sequence[Annex] = (), *, note: str = "", seal_room: bool = True
) -> OfficialSheet:
    """An official document from its text; annexes begin pages of their own, the record block ends an even page."""
    body = _body(fonts, of, [annex.title for annex in annexes], seal_room)
    parts = [Turned(tuple(tuple(page) for page in paginate(body, ROWS * LINE)))]
    for number, annex in enumerate(annexes, 1):
        parts.append(_annex(fonts, annex, number if len(annexes) > 1 else 0))
    kept = record(fonts, of.copies, of.printed_by, of.printed_on) if of.printed_by else None
    title = of.title.replace("\n", "")
    return OfficialSheet(outline=title, blocks=(), paper=A4_PORTRAIT, note=note, parts=parts, record=kept)


def _body(fonts: Fonts, of: OfficialText, annexes: Sequence[str], seal_room: bool) -> list[Block]:
    title = title_lines(fonts, of.title)
    head: Block = Head(of.mark, of.number, title) if of.mark else PlainHead(title)
    text = [block for paragraph in of.paragraphs for block in paragraph_lines(fonts, paragraph)]
    addressed = [
        GridLine(line, before=LINE if not n and of.mark else 0, keep=True)
        for n, line in enumerate(lines(fonts, [Span(of.addressees)], indent=0))
    ] if of.addressees else []  # fmt: skip
    if not addressed and of.mark and text:
        text[0] = replace(text[0], before=LINE)
    ending = _annex_names(fonts, annexes) if annexes else []
    if of.signer or of.dated:
        ending.append(SignOff(of.signer, of.dated) if seal_room else _Unsealed(of.signer, of.dated, before=LINE))
    if ending:
        text[-_LAST_LINES:] = [replace(line, keep=True) for line in text[-_LAST_LINES:]]
    return [head, *addressed, *text, *ending]


def paragraph_lines(fonts: Fonts, paragraph: str) -> list[GridLine]:
    """A paragraph of the text, two characters in; heads of the first level 黑体, of the second 楷体."""
    spans = _spans(paragraph)
    is_head = len(spans) == 1 and spans[0].role in (Role.HEAD, Role.NOTE)
    return [GridLine(line, keep=is_head) for line in lines(fonts, spans)]


def _spans(paragraph: str) -> list[Span]:
    text = paragraph.strip()
    role = Role.HEAD if _FIRST.match(text) else Role.NOTE if _SECOND.match(text) else None
    if role is None:
        return [Span(text)]
    end = _SENTENCE_END.search(text)
    if end is None or end.end() == len(text):
        return [Span(text, role if len(text) <= _LONG_HEAD else Role.TEXT)]
    if role is Role.HEAD and end.end() > _LONG_HEAD:
        return [Span(text)]
    return [Span(text[: end.end()], role), Span(text[end.end() :])]


def _annex_names(fonts: Fonts, names: Sequence[str]) -> list[Block]:
    """附件说明: one line below the text, two characters in, names without punctuation under each other."""
    head = _("附件：")
    hang = 2 + len(head)
    found: list[Block] = []
    for number, name in enumerate(names, 1):
        counted = f"{number}. " if len(names) > 1 else ""
        start = head if number == 1 else ""
        begins, hangs = (2 if number == 1 else hang), hang + bool(counted)
        inner = lines(fonts, [Span(start + counted + name)], indent=begins, hanging=hangs)
        for place, line in enumerate(inner):
            found.append(GridLine(line, before=LINE if number == 1 and not place else 0, keep=True))
    return found


@dataclass(frozen=True)
class _Unsealed(Block):
    """署名 two characters from the right edge, the date below it two characters further in; no seal is put on it."""

    issuer: str
    dated: str
    before: float = 0
    height: float = 2 * LINE

    def draw(self, pen: Pen, x: float, top: float) -> None:
        style = Style(Role.TEXT, 16, LINE)
        issuer = pen.fonts.width(style.role, self.issuer, style.size)
        dated = pen.fonts.width(style.role, self.dated, style.size)
        left = WIDTH - 2 * PITCH - max(issuer, dated + 2 * PITCH)
        base = (LINE - 16) / 2 + 0.86 * 16
        pen.text(self.issuer, x + left, top - base, style)
        pen.text(self.dated, x + left + 2 * PITCH, top - LINE - base, style)


@dataclass(frozen=True)
class AnnexHead(Block):
    """“附件1” in 黑体 at the top left, the title centred in the third line, a line below it."""

    label: str
    title: tuple[str, ...]
    width: float
    keep: bool = True
    begins_page: bool = True

    @property
    def height(self) -> float:  # type: ignore[override]
        """Whole lines."""
        return (3 + len(self.title)) * LINE - LINE / 2

    def draw(self, pen: Pen, x: float, top: float) -> None:
        from okr_desk.reports.official_head import TITLE, draw_title

        style = Style(Role.HEAD, 16, LINE)
        pen.text(self.label, x, top - (LINE - 16) / 2 - 0.86 * 16, style)
        draw_title(pen, self.title, x + self.width / 2, top - 2 * LINE - (LINE - TITLE.size) / 2, LINE)


def _annex(fonts: Fonts, of: Annex, number: int) -> Turned:
    label = _("附件{n}").format(n=number) if number else _("附件")
    head = AnnexHead(label, title_lines(fonts, of.title, of.width - 22), of.width)
    height = A4_PORTRAIT.area_width if of.across else A4_PORTRAIT.area_height
    pages = paginate([head, *of.blocks(fonts, of.width)], height)
    return Turned(tuple(tuple(page) for page in pages), of.across)


def cells(fonts: Fonts, text: str) -> float:
    """How many cells of the grid a text takes: what a page of the editor counts lines by."""
    return sum(sign.width for sign in signs(fonts, [Span(text)])) / PITCH


def line_count(fonts: Fonts, paragraphs: Sequence[str]) -> int:
    """Lines of the grid that paragraphs take, 28 characters each."""
    return sum(len(paragraph_lines(fonts, one)) for one in paragraphs if one.strip())


__all__ = ["COLUMNS", "Annex", "OfficialSheet", "OfficialText", "lay_out", "line_count", "paragraph_lines"]
