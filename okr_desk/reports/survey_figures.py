"""The figures of the satisfaction report: scores and changes with intervals, items, activities beside satisfaction."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from okr_desk.charts import surveys
from okr_desk.i18n import _
from okr_desk.queries import survey_report_wording as said_of
from okr_desk.queries.survey_papers import SurveyReport
from okr_desk.queries.survey_results import RoundResult
from okr_desk.reports.blocks import Captioned
from okr_desk.reports.figure import FigureBlock
from okr_desk.reports.pages import Block
from okr_desk.scoring.distributions import LEVEL
from okr_desk.scoring.rounding import percent

ROWS_MOST = 36
"""Branches that one page shows and that can still be told apart."""
_ROW = 14.0
_ITEM_ROW = 22.0
_FRAME = 36.0
_SQUARE = 215.0
"""Height of the four fields."""


def branches(report: SurveyReport, width: float) -> list[Block]:
    """图1, in as many parts as it needs; a part is made only when its page is drawn."""
    whole = RoundResult(report.round, report.branches)
    parts = [report.branches[at : at + ROWS_MOST] for at in range(0, len(report.branches), ROWS_MOST)]
    level = next((one.score.level for one in report.branches if one.score is not None), LEVEL)
    found: list[Block] = []
    for number, part in enumerate(parts, start=1):
        size = (width, _FRAME + _ROW * max(len(part), 3))
        said = _("图1　各支部得分、{level} 区间与目标（分，按名册顺序）").format(level=percent(level))
        if len(parts) > 1:
            said += _("（{n}/{all}）").format(n=number, all=len(parts))
        make = partial(surveys.intervals, replace(whole, branches=part), size, "paper")
        found.append(Captioned(FigureBlock(make, *size), said, before=12))
    return found


def items(report: SurveyReport, width: float) -> list[Block]:
    """图2: answers to each item by level, all branches together."""
    definition = report.round.definition
    size = (width, _FRAME + _ITEM_ROW * max(len(definition.levels), 2))
    make = partial(surveys.items, definition, said_of.pooled(report), size, "paper")
    said = _("图2　各题答案构成（%，全部答卷合计；右侧为满意率（宽）和计入份数）")
    return [Captioned(FigureBlock(make, *size), said, before=6)]


def changes(report: SurveyReport, width: float) -> list[Block]:
    """图3: how far scores moved since the round compared with; none where nothing is comparable."""
    compared = tuple(one for one in report.branches if one.change is not None)
    found: list[Block] = []
    parts = [compared[at : at + ROWS_MOST] for at in range(0, len(compared), ROWS_MOST)]
    for number, part in enumerate(parts, start=1):
        size = (width, _FRAME + _ROW * max(len(part), 3))
        said = _("图3　与上一次测评相比的得分变化和差值区间（分；区间跨过0的为变化不能确认）")
        if len(parts) > 1:
            said += _("（{n}/{all}）").format(n=number, all=len(parts))
        make = partial(surveys.change, RoundResult(report.round, part), size, "paper")
        found.append(Captioned(FigureBlock(make, *size), said, before=6))
    return found


def quadrants(report: SurveyReport, width: float) -> list[Block]:
    """Activities beside satisfaction, a figure a category that has enough branches."""
    number = 4 if any(one.change is not None for one in report.branches) else 3
    found: list[Block] = []
    for at, one in enumerate((one for one in report.quadrants if one.is_comparable), start=number):
        size = (width, _SQUARE)
        name = one.category or _("未分类")
        said = _("图{n}　{category}支部活动与满意度（虚线为同类平均）").format(n=at, category=name)
        make = partial(surveys.quadrant, one.points, size, "paper", cuts=one.cuts)
        found.append(Captioned(FigureBlock(make, *size), said, before=6))
    return found
