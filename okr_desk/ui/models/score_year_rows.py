"""The year sheet as rows of a table: the points of each quarter beside the year's, and how the year is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from okr_desk.i18n import _
from okr_desk.queries.score_comparison import standing
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_results import percent_text
from okr_desk.queries.scores import BlockScore, ScoreSheet, YearSheets
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import plain
from okr_desk.terms import BlockKind, label
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import (
    Mark,
    grade_mark,
    limits,
    number_mark,
    points_mark,
    room_for_points,
    total_explained,
)
from okr_desk.ui.models.score_rows import block_name

QUARTERS = 4
_T = TypeVar("_T")


@dataclass(frozen=True)
class YearRow:
    """A line, or a sum set off by weight (`score` None). `quarters` holds a mark for each of the four, None: not begun.

    `explained` are the steps of the year's points, `each` those of the quarters, `parts` the line in each of them.
    """

    name: str
    quarters: tuple[Mark | None, ...]
    mark: Mark
    maximum: Decimal | None
    way: str = ""
    why: str = ""
    explained: Explained | None = None
    each: tuple[Explained | None, ...] = (None,) * QUARTERS
    score: LineScore | None = None
    parts: tuple[LineScore | None, ...] = (None,) * QUARTERS

    @property
    def is_sum(self) -> bool:
        """Whether the row is a sum of others."""
        return self.score is None


def rows(of: YearSheets) -> tuple[YearRow, ...]:
    """Each block with its lines, then total, percent and grade of every quarter and of the year."""
    made = [row for block in of.year.blocks for row in _block(of, block)]
    return (*made, *_results(of)) if of.year.sheet is not None else tuple(made)


def columns() -> tuple[Column, ...]:
    """The columns of the year."""
    heads = (_("一季度"), _("二季度"), _("三季度"), _("四季度"))
    return (
        Column(_("项目"), lambda row: row.name, sort=lambda row: row.score.line.code if row.score else None, width=15),
        *(_quarter(head, place) for place, head in enumerate(heads)),
        Column(
            _("全年得分"),
            lambda row: row.mark.words,
            sort=lambda row: row.mark.value if row.score else None,
            look="points",
            value=lambda row: row.mark,
            explained=lambda row: row.explained,
            spoken=lambda row: f"{row.name} {_('全年得分')} {row.mark.words}",
            width=room_for_points(),
        ),
        Column(
            _("满分"),
            lambda row: "" if row.maximum is None else plain(row.maximum),
            sort=lambda row: row.maximum if row.score else None,
            look="number",
            width=4.2,
        ),
        Column(_("全年取法"), lambda row: row.way, width=5.4),
        Column(_("怎么算的"), lambda row: row.why, look="why", tooltip=lambda row: row.why, width=8, stretch=True),
    )


def _quarter(head: str, place: int) -> Column:
    def words(row: YearRow) -> str:
        mark = row.quarters[place]
        return "" if mark is None else mark.words

    def sort(row: YearRow) -> Decimal | None:
        mark = row.quarters[place]
        return None if mark is None or row.is_sum else mark.value

    return Column(
        head,
        words,
        sort=sort,
        look="points",
        value=lambda row: row.quarters[place] or Mark(""),
        explained=lambda row: row.each[place],
        spoken=lambda row: f"{row.name} {head} {words(row)}",
        width=room_for_points(),
    )


def _block(of: YearSheets, block: BlockScore) -> Iterator[YearRow]:
    view, total = block.block, block.total
    if view.kind is BlockKind.BASE:
        yield YearRow(
            block_name(view),
            _placed(of, [number_mark(_block_points(sheet, view.name)) for sheet in of.quarters]),
            number_mark(None if total is None else total.total.points),
            None if total is None else total.total.maximum,
            explained=None if total is None else total.explained,
        )
    else:
        yield YearRow(block_name(view), (None,) * QUARTERS, Mark(""), None, why=_("在满分之外，按上限计入总分。"))
    cells = [standing(sheet).cells for sheet in of.quarters]
    for one in block.lines:
        told = [each[one.line.indicator_id].score if one.line.indicator_id in each else None for each in cells]
        yield YearRow(
            one.line.title,
            _placed(of, [Mark("") if score is None else points_mark(score) for score in told]),
            points_mark(one),
            one.line.maximum if one.points is None else one.points.maximum,
            label(one.line.across),
            one.reason,
            None if one.points is None else one.points.explained,
            _placed(of, [None if score is None or score.points is None else score.points.explained for score in told]),
            one,
            _placed(of, told),
        )


def _results(of: YearSheets) -> Iterator[YearRow]:
    totals = [None if one.sheet is None else one.sheet.total.points for one in of.quarters]
    made = of.year.sheet
    assert made is not None
    explained = [None if one.sheet is None else total_explained(one.sheet) for one in of.quarters]
    yield YearRow(
        _("总分"),
        _placed(of, [number_mark(total) for total in totals]),
        number_mark(made.total.points),
        made.total.maximum,
        explained=total_explained(made),
        each=_placed(of, explained),
    )
    for name, text, why in (
        (_("得分率"), percent_text, ""),
        (_("等次"), grade_mark, "\n".join(limits(of.year.grade))),
    ):
        told = [Mark(text(one) if one.version is not None else "") for one in of.quarters]
        yield YearRow(name, _placed(of, told), Mark(text(of.year)), None, why=why)


def _placed(of: YearSheets, each: Sequence[_T]) -> tuple[_T | None, ...]:
    """What belongs to the quarters, at the places of the four."""
    at = {sheet.quarter.number: one for sheet, one in zip(of.quarters, each, strict=True) if sheet.quarter is not None}
    return tuple(at.get(number) for number in range(1, QUARTERS + 1))


def _block_points(sheet: ScoreSheet, name: str) -> Decimal | None:
    totals = [one.total for one in sheet.blocks if one.block.name == name]
    return totals[0].total.points if totals and totals[0] is not None else None
