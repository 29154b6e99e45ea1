"""The lines of a year sheet in a workbook: the points of four quarters as numbers, the year's as formulas over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.exchange.score_cells import Pen, cell, lines_of
from okr_desk.exchange.score_lines import Lines, block_sum, explain, part_sum, summed
from okr_desk.i18n import _
from okr_desk.queries import score_forms, score_wording
from okr_desk.queries import score_year_wording as wording
from okr_desk.queries.score_forms import BlockSum, Entry, Heading, PartSum
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_years import YearForm
from okr_desk.queries.scores import BlockScore
from okr_desk.scoring.rounding import NOTHING, plain
from okr_desk.terms import Across, label

QUARTERS = range(6, 10)
"""Columns of the four quarters, counted from 0."""
_RULE, _WAY = 5, 10
_FUNCTIONS = {Across.CUMULATIVE: "SUM", Across.AVERAGE: "AVERAGE", Across.BEST: "MAX"}


@dataclass(frozen=True)
class Foot:
    """Where the lines stand, and the first of the rows kept free for what quarters and year come to."""

    lines: Lines
    row: int


def write_lines(pen: Pen, form: YearForm, head: int) -> Foot:
    """Write head, blocks and lines from row `head` on."""
    quarters = (f"{_(name)}\n{wording.state(place)}" for name, place in zip(wording.QUARTERS, form.places, strict=True))
    names = (
        *(_("序号"), _("维度"), _("指标"), _("单位"), _("目标值"), _("计分规则"), *quarters),
        *(_("全年取法"), _("分值"), _("全年得分"), _("计分说明")),
    )
    for column, name in enumerate(names):
        pen.put(head, column, name, pen.styles.head)
    pen.sheet.set_row(head, 30)
    found = Lines()
    for part in score_forms.layout(form):
        row = pen.row
        match part:
            case Heading(block):
                pen.across(row, wording.heading(block), pen.styles.strong)
            case Entry(_number, _score, _block):
                _line(pen, form, part)
            case BlockSum(block, _points):
                block_sum(pen, part, found.blocks[-1], wording.block_said(part))
                of_lines = {at: _quarters(form, one) for one, at in found.blocks[-1].lines}
                _of_quarters(pen, row, _block_points(form, block), of_lines)
            case PartSum(name, _total, blocks):
                part_sum(pen, part, found)
                of_blocks = {found.of(block).sum_row: _block_points(form, block) for block in blocks}
                _of_quarters(pen, row, [wording.part_points(place, name) for place in form.places], of_blocks)
        found.follow(pen, part)
    foot = Foot(found, pen.row)
    pen.row += len(wording.quarter_results(form))
    return foot


def write_foot(pen: Pen, form: YearForm, row: int, live: tuple[str, str] | None) -> None:
    """What quarters and year come to, from `row` on; `live` are the cells below in which total and percent stand."""
    found = form.sheet.sheet
    values = (None, None) if found is None else (found.total.points, found.percent)
    for place, one in enumerate(wording.quarter_results(form)):
        at = row + place
        pen.merged(at, 0, pen.grid.named, one.name, pen.styles.sum)
        for column, text in zip((*QUARTERS, pen.grid.points), (*one.quarters, one.year), strict=True):
            _figure(pen, at, column, text)
        if live is not None and place < len(live):
            value = values[place]
            assert value is not None
            pen.formula(at, pen.grid.points, f"={live[place]}", value, pen.styles.total)
        for column in (_WAY, pen.grid.full, pen.grid.last):
            pen.put(at, column, "", pen.styles.words)


def _figure(pen: Pen, row: int, column: int, text: str) -> None:
    is_number = text.replace(".", "", 1).isdigit()
    pen.put(row, column, Decimal(text) if is_number else text, pen.styles.total if is_number else pen.styles.centre)


def _line(pen: Pen, form: YearForm, entry: Entry) -> None:
    score, styles, row = entry.score, pen.styles, pen.row
    pen.put(row, 0, Decimal(entry.number), styles.centre)
    pen.put(row, 1, label(score.line.dimension), styles.centre)
    pen.put(row, 2, score.line.title, styles.words)
    pen.put(row, 3, score.line.unit or NOTHING, styles.centre)
    pen.put(row, 4, NOTHING if score.target is None else score.target, styles.amount)
    rule = wording.rule(score)
    pen.put(row, _RULE, rule, styles.words)
    for column, points in zip(QUARTERS, _quarters(form, score), strict=True):
        pen.put(row, column, points, styles.points)
    pen.put(row, _WAY, label(score.line.across), styles.centre)
    pen.put(row, pen.grid.full, score_wording.maximum(entry.block, score), styles.amount)
    made = wording.points(score)
    if isinstance(made, str):
        pen.put(row, pen.grid.points, made, styles.points)
    else:
        pen.formula(row, pen.grid.points, "=" + _year(form, entry, row), made, styles.points)
    explain(pen, row, wording.said(form, score, entry.block), max(2, lines_of(rule, pen.grid.widths[_RULE] - 2)))


def _year(form: YearForm, entry: Entry, row: int) -> str:
    """How the year's points follow from the cells of the quarters; words in them do not count.

    A quarter with other full points is converted first, so its cell stands in the formula by itself.
    """
    across = entry.score.line.across
    told = wording.conversions(form, entry.score, entry.block)
    factors = {QUARTERS[one.quarter - 1]: f"*{plain(one.full)}/{plain(one.old)}" for one in told}
    terms = [
        cell(row, column) + factors.get(column, "")
        for column, points in zip(QUARTERS, _quarters(form, entry.score), strict=True)
        if isinstance(points, Decimal)
    ]
    if across is Across.LAST:
        return terms[-1]
    of = f"{cell(row, QUARTERS[0])}:{cell(row, QUARTERS[-1])}" if not factors else ",".join(terms)
    return f"{_FUNCTIONS[across]}({of})"


def _quarters(form: YearForm, one: LineScore) -> list[Decimal | str]:
    return [wording.quarter_points(place, one) for place in form.places]


def _block_points(form: YearForm, block: BlockScore) -> list[Decimal | None]:
    return [wording.block_points(place, block) for place in form.places]


def _of_quarters(
    pen: Pen, row: int, made: Sequence[Decimal | None], terms: Mapping[int, Sequence[Decimal | str | None]]
) -> None:
    """Sub-totals as they stand on the quarters' own sheets: a formula where the rows of `terms` come to just that.

    An earlier version had other lines, and what does not apply is shared by the others: then it is a number.
    """
    for place, (column, points) in enumerate(zip(QUARTERS, made, strict=True)):
        given = [of[place] for of in terms.values()]
        if points is None:
            pen.put(row, column, NOTHING, pen.styles.centre)
        elif sum((one for one in given if isinstance(one, Decimal)), Decimal(0)) == points:
            pen.formula(row, column, "=" + summed(column, list(terms)), points, pen.styles.sum)
        else:
            pen.put(row, column, points, pen.styles.sum)
    pen.put(row, _WAY, "", pen.styles.words)
