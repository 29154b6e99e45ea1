"""The lines of the year sheet, block by block: the points of each quarter, how they make the year, and the year's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import score_forms, score_wording
from okr_desk.queries import score_year_wording as wording
from okr_desk.queries.score_forms import BlockSum, Entry, Heading, PartSum
from okr_desk.queries.score_wording import figure, shown
from okr_desk.queries.score_year_wording import Result
from okr_desk.queries.score_years import YearForm
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.score_table import Amounts, Place, amount_cell, points_of, ruled
from okr_desk.reports.styles import SMALL, TABLE
from okr_desk.reports.table import Cell, is_number
from okr_desk.scoring.rounding import NOTHING, plain
from okr_desk.terms import label

COLUMNS_MM = (7, 10, 28, 9, 12, 27, 15, 15, 15, 15, 10, 11, 15, 36)
"""序号 维度 指标 单位 目标值 计分规则 一季度 二季度 三季度 四季度 全年取法 分值 全年得分 计分说明: 225 mm."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
_FIGURES = (WIDTHS[4], *WIDTHS[6:10], *WIDTHS[11:13])
_NAMED = 6
"""Columns before those of the quarters, over which the name of a sum stands."""
_EMPTY = ("",) * len(_FIGURES)
Part = Heading | Entry | BlockSum | PartSum | Result


def rows(fonts: Fonts, form: YearForm) -> list[Block]:
    """Head, blocks with their lines and sums, and what each quarter and the year come to; no sum stands alone."""
    parts: tuple[Part, ...] = (*score_forms.layout(form), *wording.quarter_results(form))
    places = points_of(fonts, [_amounts(form, part) for part in parts], _FIGURES, 1)
    return ruled(fonts, WIDTHS, _head_cells(form), [(part, _cells(form, part, places)) for part in parts])


def _head_cells(form: YearForm) -> tuple[Cell, ...]:
    quarters = (f"{_(name)}\n{wording.state(place)}" for name, place in zip(wording.QUARTERS, form.places, strict=True))
    return centred(
        (
            *(_("序号"), _("维度"), _("指标"), _("单位"), _("目标值"), _("计分规则")),
            *quarters,
            *(_("全年取法"), _("分值"), _("全年得分"), _("计分说明")),
        )
    )


def _cells(form: YearForm, part: Part, places: Sequence[Place]) -> tuple[Cell, ...]:
    amounts = _amounts(form, part)
    match part:
        case Heading(block):
            return (Cell(wording.heading(block), span=len(WIDTHS)),)
        case Entry(number, score, block):
            line = score.line
            target, *points = (
                amount_cell(text, place.plain, place) for text, place in zip(amounts, places, strict=True)
            )
            return (
                Cell(str(number), "centre", TABLE.smaller(8)),
                Cell(label(line.dimension), "centre", SMALL.smaller(7)),
                Cell(line.title),
                Cell(line.unit or NOTHING, "centre", None if len(line.unit) < 3 else SMALL),
                target,
                Cell(wording.rule(score), style=SMALL),
                *points[:4],
                Cell(label(line.across), "centre", SMALL),
                *points[4:],
                Cell(wording.said(form, score, block), style=SMALL),
            )
        case BlockSum(block, _points):
            name, said = _("{name} 小计").format(name=block.block.name), wording.block_said(part)
        case PartSum(name, _total, _blocks):
            name, said = _("{name} 合计").format(name=name), score_wording.part_said(part)
        case Result(name, _quarters, _year):
            said = ""
    _target, *sums = (_sum_cell(text, place) for text, place in zip(amounts, places, strict=True))
    return (Cell(name, "right", span=_NAMED), *sums[:4], Cell(""), *sums[4:], Cell(said, style=SMALL))


def _sum_cell(text: str, place: Place) -> Cell:
    """A grade stands as heavy as the total above it."""
    if is_number(text) or text == NOTHING:
        return amount_cell(text, place.strong, place)
    return Cell(text, "centre")


def _amounts(form: YearForm, part: Part) -> Amounts:
    """The columns of figures as printed: target, four quarters, full points, the year's points."""
    match part:
        case Entry(_number, score, block):
            quarters = (shown(wording.quarter_points(place, score)) for place in form.places)
            full = figure(score_wording.maximum(block, score))
            return plain(score.target), *quarters, full, shown(wording.points(score))
        case BlockSum(block, _points):
            made = [wording.block_points(place, block) for place in form.places]
            full = figure(score_wording.block_maximum(block))
            return "", *map(_sum, made), full, shown(score_wording.block_points(part))
        case PartSum(name, total, _blocks):
            parts = [wording.part_points(place, name) for place in form.places]
            return "", *map(_sum, parts), figure(total.maximum), shown(score_wording.sum_points(total))
        case Result(_name, quarters_, year):
            return "", *quarters_, "", year
    return _EMPTY


def _sum(points: Decimal | None) -> str:
    return NOTHING if points is None else figure(points)
