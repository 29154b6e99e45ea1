"""The columns of the comparison: branches down, lines across, in each cell the share of the full points."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout

from okr_desk.i18n import _
from okr_desk.queries.schemes import LineView
from okr_desk.queries.score_comparison import Cell, Comparison, Standing
from okr_desk.queries.score_results import grade_text, percent_text
from okr_desk.rules.grades import grading_from
from okr_desk.scoring.rounding import display_near, plain
from okr_desk.terms import PointsState
from okr_desk.ui import theme
from okr_desk.ui.models.rows import Column
from okr_desk.ui.models.score_figures import LIMITED, SHAPE, Mark, grade_mark, limits, number_mark, points_mark
from okr_desk.ui.models.score_figures import room as room_for

NAME = 0
FIRST_LINE = 4
"""Columns before the lines: the branch (which also stands before the row), total, percent, grade."""

STEPS = (Decimal(60), Decimal(80), Decimal(90), Decimal(100))
"""Percents at which a cell gets a better tint: most branches lie above 60, so the steps are close there."""

NARROW, WIDE, BESIDE = 5.4, 9.5, 21
"""Characters of a line's column at least and at most, and of total, percent and grade with their margins."""


def columns(comparison: Comparison, room: float = 0) -> tuple[Column, ...]:
    """Branch, total, percent, grade, then every line; `room` characters of width are shared among the lines."""
    names = room_for(*(name(one) for one in comparison.branches)) if comparison.branches else 0
    width = min(max((room - names - BESIDE) / max(1, len(comparison.lines)), NARROW), WIDE)
    return (
        Column(_("党支部"), name, keys=lambda one: one.sheet.org.search_keys, sort=None, width=9, hidden=True),
        Column(
            _("总分"),
            lambda one: _total(one).words,
            sort=lambda one: _total(one).value,
            look="points",
            value=_total,
            spoken=lambda one: f"{name(one)} {_('总分')} {_total(one).words}",
            width=4.2,
        ),
        Column(
            _("得分率"),
            lambda one: percent_text(one.sheet),
            sort=lambda one: one.sheet.sheet.percent if one.sheet.sheet else None,
            look="number",
            spoken=lambda one: f"{name(one)} {_('得分率')} {percent_text(one.sheet)}",
            width=4.8,
        ),
        Column(
            _("等次"),
            lambda one: grade_mark(one.sheet),
            look="grade",
            value=lambda one: one.sheet,
            tooltip=lambda one: "\n".join(limits(one.sheet.grade)),
            spoken=lambda one: " ".join((name(one), _("等次"), grade_text(one.sheet), *limits(one.sheet.grade))),
            width=room_for(_("不定等次"), *_marks(comparison)) + SHAPE,
        ),
        *(_line(line, width) for line in comparison.lines),
    )


def _marks(comparison: Comparison) -> tuple[str, ...]:
    """What the column of grades has to hold: every grade of the scheme with its sign, and those given as they stand."""
    given = (grade_mark(one.sheet) for one in comparison.branches)
    return (*(_(grade) + LIMITED for grade in _grades(comparison)), *given)


def _grades(comparison: Comparison) -> tuple[str, ...]:
    return () if comparison.version is None else grading_from(comparison.version.grades).scheme.names


def name(one: Standing) -> str:
    """The branch."""
    return one.sheet.org.short_name


def cell_mark(cell: Cell | None) -> Mark:
    """The share in words, or why there is none; a bonus shows its points, because nobody owes it."""
    if cell is None:
        return Mark("", None)
    if cell.share is not None:
        state = cell.score.points.state if cell.score.points else None
        return Mark(display_near(cell.share * 100, 0, STEPS) + "%", state, cell.share)
    mark = points_mark(cell.score)
    if mark.value is not None:
        return Mark(f"+{plain(mark.value, 2)}" if mark.value else "0", value=mark.value)
    return mark


def _line(line: LineView, width: float) -> Column:
    def cell(one: Standing) -> Cell | None:
        return one.cells.get(line.indicator_id)

    def reason(one: Standing) -> str:
        found = cell(one)
        return "" if found is None else f"{name(one)} · {line.title}\n{_points(found)}{found.score.reason}"

    return Column(
        line.title,
        lambda one: cell_mark(cell(one)).words,
        sort=lambda one: _sort(cell(one)),
        look="heat",
        value=lambda one: cell(one),
        tooltip=reason,
        spoken=lambda one: f"{name(one)} {line.title} {cell_mark(cell(one)).words}",
        head=head(line, width),
        width=width,
        searched=False,
    )


def head(line: LineView, width: float) -> str:
    """The code, and as much of the name as two lines above a narrow column hold: neighbours begin alike."""
    room = theme.span(None, width - 1.2)
    layout = QTextLayout(line.name, theme.font())
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(room)
    layout.endLayout()
    end = first.textLength()
    rest = QFontMetrics(theme.font()).elidedText(line.name[end:], Qt.TextElideMode.ElideRight, room)
    return "\n".join((line.code, line.name[:end].rstrip(), rest))


def _sort(cell: Cell | None) -> Decimal | None:
    return None if cell is None else cell_mark(cell).value


def _points(cell: Cell) -> str:
    made = cell.score.points
    if made is None or made.points is None or made.state is PointsState.NOT_APPLICABLE:
        return ""
    return _("{points}／{maximum} 分：").format(points=plain(made.points, 2), maximum=plain(made.maximum, 2))


def _total(one: Standing) -> Mark:
    return number_mark(one.sheet.sheet.total.points if one.sheet.sheet else None)
