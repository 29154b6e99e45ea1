"""The two charts of the review sheet: side by side for a usual branch, under each other for many key results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from okr_desk.charts import objectives, reviews
from okr_desk.i18n import _
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.reports.blocks import Beside, Captioned
from okr_desk.reports.figure import FigureBlock
from okr_desk.reports.pages import Block

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PITCH = 11.5
_AXIS = 21.0
_HEIGHT = 112.0
_BESIDE_LIMIT = 12
"""Up to so many key results the two charts stand side by side."""


def pair(sheet: ReviewSheet, width: float) -> list[Block]:
    """图1 progress of each key result, 图2 the year of the whole; figures are made when they are drawn."""
    key_results = [kr for kr in sheet.board.key_results if kr.applies]
    if not key_results:
        return []
    beside = len(key_results) <= _BESIDE_LIMIT
    columns = 1 if beside else 2
    pitch = -(-len(key_results) // columns) * _PITCH + _AXIS
    bars = (width * 0.54, max(_HEIGHT, pitch)) if beside else (width, pitch)
    line = (width * 0.44, bars[1]) if beside else (width * 0.6, _HEIGHT)

    def draw_bars() -> Figure:
        return objectives.progress_bars(key_results, bars, "paper", columns=columns)

    def draw_line() -> Figure:
        return reviews.year_trend(sheet.trend, line, "paper")

    first = Captioned(FigureBlock(draw_bars, *bars), _("图1　各关键结果完成度（%，竖线为应达）"), before=8)
    second = Captioned(FigureBlock(draw_line, *line), _("图2　全年加权完成度与应达（%）"), before=8)
    if beside:
        return [Beside(first, second, width - line[0], before=8)]
    return [first, Beside(None, second, (width - line[0]) / 2, before=8)]
