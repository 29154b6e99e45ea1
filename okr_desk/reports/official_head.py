"""The head of an official document: red mark of the organ, number, red line, title (GB/T 9704-2012, 7.2, 7.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from okr_desk import palette
from okr_desk.reports.fonts import Fonts, Role
from okr_desk.reports.official_grid import BODY, LINE, SIZE, WIDTH
from okr_desk.reports.pages import MM, Block, Pen
from okr_desk.reports.text import CLOSING, OPENING, Style

MARK_TOP = 35 * MM
"""From the top of the type area to the top of the red mark: 下行文."""
_MARK_LINES = 5
"""The mark ends with this line of the grid at the latest, so that everything below it stands on the grid."""
_MARK_SIZE = _MARK_LINES * LINE - MARK_TOP
_INK = 0.85
"""How far Chinese characters of a bold Song face rise above the base line, as a share of their size."""
_NUMBER_LINE = _MARK_LINES + 2
RED_LINE_BELOW = 4 * MM
RED_LINE_WEIGHT = 1.4
"""Points; the standard leaves the weight to the office, 0.5 mm is usual."""
TITLE = Style(Role.TITLE, 22, LINE)
"""2号."""
_TITLE_BELOW = 2 * LINE
_TITLE_ROOM = WIDTH - 22
_HEAD_LINES = 11
"""Lines of the grid that a head with a title of one line takes."""
_WORDS = (
    "关于", "基层党组织", "党支部", "党组织", "委员会", "办公室", "考核", "考评", "评议", "评审", "情况", "通报",
    "公示", "公告", "季度", "年度", "等次", "结果", "满意度", "测评", "整改", "清单", "得分", "汇总", "工作", "更正",
    "第一", "第二", "第三", "第四", "分类", "群众", "支部", "审定", "请示", "议题", "签收", "目标", "关键", "会议",
)  # fmt: skip
"""Words of titles that are not cut."""
_MOST_LINES = 4
_RECTANGLE = 20.0
_WORST = 1000.0
_RUN = re.compile(r"[A-Za-z0-9]+(?:年|月|日|个)?|第[一二三四]季度|的(?:通报|公告|公示|通知|情况)")


def red_line_depth() -> float:
    """How far the red line lies below the top of the type area."""
    return _NUMBER_LINE * LINE + (LINE + SIZE) / 2 + RED_LINE_BELOW


@dataclass(frozen=True)
class Head(Block):
    """Mark, number, red line and title, as high as so many lines of the grid."""

    mark: str
    number: str
    title: tuple[str, ...]
    keep: bool = True

    @property
    def height(self) -> float:  # type: ignore[override]
        """Whole lines."""
        return (_HEAD_LINES + len(self.title) - 1) * LINE

    def draw(self, pen: Pen, x: float, top: float) -> None:
        middle = x + WIDTH / 2
        pen.canvas.setFillColor(palette.colour("official", "paper"))
        size = mark_size(pen.fonts, self.mark)
        pen.text(self.mark, middle, top - MARK_TOP - _INK * size, Style(Role.TITLE, size, size), "centre")
        pen.canvas.setFillColor(palette.grey("text"))
        number_top = top - _NUMBER_LINE * LINE - (LINE - SIZE) / 2
        pen.text(self.number, middle, number_top - 0.86 * SIZE, BODY, "centre")
        pen.canvas.setStrokeColor(palette.colour("official", "paper"))
        depth = red_line_depth()
        pen.rule(x, top - depth, x + WIDTH, top - depth, RED_LINE_WEIGHT)
        pen.canvas.setStrokeColor(palette.grey("text"))
        draw_title(pen, self.title, middle, top - depth - _TITLE_BELOW, self._title_pitch(depth))

    def _title_pitch(self, depth: float) -> float:
        """The title ends on the grid, whatever its number of lines."""
        free = self.height - depth - _TITLE_BELOW - TITLE.size
        return free / max(1, len(self.title) - 1)


@dataclass(frozen=True)
class PlainHead(Block):
    """A head without mark and number, for papers inside the house: the title, and a line of the grid below it."""

    title: tuple[str, ...]
    keep: bool = True
    lines_above: int = 0

    @property
    def height(self) -> float:  # type: ignore[override]
        """Whole lines."""
        return (len(self.title) + 1 + self.lines_above) * LINE

    def draw(self, pen: Pen, x: float, top: float) -> None:
        first = top - self.lines_above * LINE - (LINE - TITLE.size) / 2
        draw_title(pen, self.title, x + WIDTH / 2, first, 1.08 * LINE)


def draw_title(pen: Pen, title: Sequence[str], middle: float, top: float, pitch: float) -> None:
    """Lines of a title centred on `middle`; `top` is the upper edge of its first characters."""
    for number, line in enumerate(title):
        pen.text(line, middle, top - number * pitch - 0.86 * TITLE.size, TITLE, "centre")


def mark_size(fonts: Fonts, mark: str) -> float:
    """The size of the mark: as large as the line and the grid allow."""
    wide = fonts.width(Role.TITLE, mark, 1)
    return _MARK_SIZE if not wide else min(_MARK_SIZE, WIDTH / wide)


def title_lines(fonts: Fonts, title: str, width: float = _TITLE_ROOM) -> tuple[str, ...]:
    """A title in as few lines as hold it, in a trapezoid or a diamond, no word cut; a typed line feed is kept.

    Lines of equal length (a rectangle) and long lines around a short one (an hourglass) are not used where anything
    else can be had (GB/T 9704-2012, 7.3.1).
    """
    typed = tuple(line.strip() for line in title.split("\n") if line.strip())
    if len(typed) > 1:
        return typed
    whole = typed[0] if typed else ""
    if _wide(fonts, whole) <= width:
        return (whole,)
    places = _places(whole)
    best: tuple[float, tuple[str, ...]] = (_WORST, (whole,))
    for count in range(2, _MOST_LINES + 1):
        for cuts in combinations(places, count - 1):
            lines = tuple(whole[a:b] for a, b in zip((0, *cuts), (*cuts, len(whole)), strict=True))
            widths = [_wide(fonts, line) / TITLE.size for line in lines]
            if max(widths) * TITLE.size <= width:
                best = min(best, (_ugliness(widths), lines))
        if best[0] < _RECTANGLE:
            break
    return best[1]


def _wide(fonts: Fonts, text: str) -> float:
    return fonts.width(Role.TITLE, text, TITLE.size)


def _places(title: str) -> list[int]:
    """Where a title may be cut: not inside words, numbers or names of quarters, not before a mark."""
    barred = set()
    for word in _WORDS:
        for found in re.finditer(re.escape(word), title):
            barred |= set(range(found.start() + 1, found.end()))
    for found in _RUN.finditer(title):
        barred |= set(range(found.start() + 1, found.end()))
    for place in range(1, len(title)):
        if title[place] in CLOSING or title[place - 1] in OPENING or title[place] == "的":
            barred.add(place)
    return [place for place in range(1, len(title)) if place not in barred]


def _ugliness(widths: Sequence[float]) -> float:
    """The further from a trapezoid or a diamond, the higher; widths in characters."""
    steps = [b - a for a, b in pairwise(widths)]
    spread = max(widths) - min(widths)
    cost = abs(spread - 4)
    if any(abs(step) < 1.5 for step in steps):
        cost += _RECTANGLE
    rises = [step > 0 for step in steps]
    if any(not before and after for before, after in pairwise(rises)):
        cost += 2 * _RECTANGLE  # an hourglass
    return cost + (8 if min(widths) < 4 else 0)
