"""The lines of the score sheet, block by block, each with what was measured, its points and how they came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from okr_desk.i18n import _
from okr_desk.queries import review_figures, score_forms, score_wording
from okr_desk.queries.score_forms import BlockSum, Entry, Heading, PartSum, ScoreForm
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_wording import shown
from okr_desk.reports import table
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.review_table import centred
from okr_desk.reports.styles import SMALL, STRONG, TABLE, TABLE_HEAD
from okr_desk.reports.table import Cell
from okr_desk.reports.text import Style
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label

COLUMNS_MM = (7, 10, 30, 9, 13, 13, 13, 10, 15, 36)
"""序号 维度 指标 单位 基线 目标值 实绩 分值 得分 计分说明: 156 mm."""
WIDTHS = tuple(column * MM for column in COLUMNS_MM)
_FIGURES = WIDTHS[4:9]
_SUMMED = 3
"""Of the five columns of figures the last two, from here on, are summed."""
_LEAST = 6.4 * MM
Amounts = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """The decimal point of a column, and its figures in lines and in sums."""

    axis: float
    plain: Style
    strong: Style


def rows(fonts: Fonts, form: ScoreForm) -> list[Block]:
    """Head, blocks with their lines, and the sums under them; a sum never stands alone on a page."""
    parts = score_forms.layout(form)
    places = points_of(fonts, [_amounts(part) for part in parts], _FIGURES, _SUMMED)
    return ruled(fonts, WIDTHS, _head_cells(), [(part, _cells(form, part, places)) for part in parts])


def ruled(
    fonts: Fonts, widths: Sequence[float], names: Sequence[Cell], parts: Sequence[tuple[object, Sequence[Cell]]]
) -> list[Block]:
    """Rows under their head, each with the part of the sheet that it shows: lines, and headings and sums by weight."""
    head = table.row(fonts, widths, names, TABLE_HEAD, least=8 * MM, keep=True, tinted=True)
    found: list[Block] = [head]
    for place, (part, cells) in enumerate(parts):
        following = parts[place + 1][0] if place + 1 < len(parts) else None
        tied = isinstance(part, Heading) or not isinstance(following, Heading | Entry | None)
        style = TABLE if isinstance(part, Entry) else STRONG
        found.append(table.row(fonts, widths, cells, style, least=_LEAST, keep=tied, head=(head,)))
    return found


def _head_cells() -> tuple[Cell, ...]:
    return centred(
        (
            _("序号"),
            _("维度"),
            _("指标"),
            _("单位"),
            _("基线"),
            _("目标值"),
            _("实绩"),
            _("分值"),
            _("得分"),
            _("计分说明"),
        )
    )


def _cells(form: ScoreForm, part: Heading | Entry | BlockSum | PartSum, places: Sequence[Place]) -> tuple[Cell, ...]:
    amounts = _amounts(part)
    match part:
        case Heading(block):
            return (Cell(score_wording.heading(block), span=len(WIDTHS)),)
        case Entry(number, score, _block):
            line = score.line
            return (
                Cell(str(number), "centre", TABLE.smaller(8)),
                Cell(label(line.dimension), "centre", SMALL.smaller(7)),
                Cell(f"{line.code} {line.name}"),
                Cell(line.unit or "—", "centre", None if len(line.unit) < 3 else SMALL),
                *(amount_cell(text, place.plain, place) for text, place in zip(amounts[:-1], places[:-1], strict=True)),
                replace(amount_cell(amounts[-1], places[-1].plain, places[-1]), key=_key(score)),
                Cell(score_wording.said(form, score), style=SMALL),
            )
        case BlockSum(block, _points):
            name, said = _("{name} 小计").format(name=block.block.name), score_wording.block_said(part)
        case PartSum(name, _total, _blocks):
            name, said = _("{name} 合计").format(name=name), score_wording.part_said(part)
    sums = (
        amount_cell(text, place.strong, place) for text, place in zip(amounts[_SUMMED:], places[_SUMMED:], strict=True)
    )
    key = review_figures.of_block(part.block.block.id) if isinstance(part, BlockSum) and part.block.total else ""
    full, points = sums
    return (Cell(name, "right", span=7), full, replace(points, key=key), Cell(said, style=SMALL))


def _key(score: LineScore) -> str:
    """Points that are due explain themselves."""
    return "" if score.points is None else review_figures.of_line(score.line.id)


def _amounts(part: Heading | Entry | BlockSum | PartSum) -> Amounts:
    """The five columns of figures as printed: baseline, target, value, full points, points."""
    match part:
        case Entry(_number, score, block):
            measured = score_wording.value(score)
            return (
                plain(score.baseline),
                plain(score.target),
                measured if isinstance(measured, str) else plain(measured),
                score_wording.figure(score_wording.maximum(block, score)),
                shown(score_wording.points(score)),
            )
        case BlockSum(block, _points):
            full = score_wording.figure(score_wording.block_maximum(block))
            return "", "", "", full, shown(score_wording.block_points(part))
        case PartSum(_name, total, _blocks):
            points = shown(score_wording.sum_points(total))
            return "", "", "", score_wording.figure(total.maximum), points
    return "", "", "", "", ""


def points_of(fonts: Fonts, lines: Sequence[Amounts], widths: Sequence[float], summed: int) -> tuple[Place, ...]:
    """Where the decimal points of columns stand, and how large figures can be; from `summed` on they are summed."""
    found = []
    for number, (column, width) in enumerate(zip(zip(*lines, strict=True), widths, strict=True)):
        heaviest = table.decimal_style(fonts, column, STRONG if number >= summed else TABLE, width)
        axis = table.decimal_axis(fonts, column, heaviest, width)
        found.append(Place(axis, TABLE.smaller(heaviest.size), STRONG.smaller(heaviest.size)))
    return tuple(found)


def amount_cell(text: str, style: Style, place: Place) -> Cell:
    """A figure on the decimal point of its column; a word stands small in the middle."""
    if table.is_number(text):
        return Cell(text, "decimal", style, axis=place.axis)
    return Cell(text, "centre", SMALL)
