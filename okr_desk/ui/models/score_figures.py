"""How points are marked on the points page, which light stands beside a grade, and how wide words are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtGui import QFontMetrics

from okr_desk.i18n import _
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_results import grade_text
from okr_desk.queries.scores import ScoreSheet
from okr_desk.rules.grades import grading_from
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.grade_schemes import GradeScheme
from okr_desk.scoring.grades import Grade
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.sheet import Sheet
from okr_desk.terms import BlockKind, PointsState, Status, label
from okr_desk.ui import theme

PLACES = 2
LIMITED = "▲"
"""Beside a grade that something limits: a shape, so that a copy in grey says the same."""
SHAPE = 1.2
"""Characters that a shape with its gap takes before a word."""


def room(*words: str) -> float:
    """Characters of width that the widest of some words takes in the language and font in use, with its margins."""
    metrics = QFontMetrics(theme.font())
    return max(metrics.horizontalAdvance(word) for word in words) / theme.span(None, 1) + 1.1


def room_for_points() -> float:
    """Characters of width for a column of points: the longest word for having none stands there with its shape."""
    return room(_("未到期"), *(label(state) for state in PointsState if state is not PointsState.SCORED)) + SHAPE


@dataclass(frozen=True)
class Mark:
    """What a cell of points shows: the number, or the word for why there is none. `state` None: not due."""

    words: str
    state: PointsState | None = PointsState.SCORED
    value: Decimal | None = None


def number_mark(value: Decimal | None) -> Mark:
    """A plain number; nothing where there is none."""
    return Mark("" if value is None else plain(value, PLACES), value=value)


def points_mark(score: LineScore) -> Mark:
    """The points of a line, or why it has none: missing, not applicable and not due are three things, none of them 0.

    A value that its rule could not take is not scored; a line that was missing when its quarter was closed has 0
    points and keeps the shape.
    """
    points = score.points
    if points is None:
        return Mark(_("未到期"), None)
    if points.state is PointsState.NOT_APPLICABLE:
        return Mark(label(points.state), points.state)
    if points.points is None:
        is_refused = points.state is PointsState.MISSING and score.value is not None
        return Mark(_("未计分") if is_refused else label(points.state), points.state)
    number = plain(points.points, PLACES)
    words = _("{points} 暂").format(points=number) if points.provisional else number
    return Mark(words, points.state, points.points)


def total_explained(made: Sheet) -> Explained:
    """How the blocks make the total and the percent; how each block comes about stands with its own subtotal."""
    before = sum(len(block.steps) for block in made.blocks)
    return Explained(made.total.points, made.steps[before:])


def grade_light(sheet: ScoreSheet) -> Status:
    """The light of a sheet's grade; an empty ring where there is none."""
    if sheet.version is None or sheet.grade is None or sheet.grade.grade is None:
        return Status.DUE
    return light_of(sheet.grade.grade, grading_from(sheet.version.grades).scheme)


def grade_mark(sheet: ScoreSheet) -> str:
    """The grade in words, with a sign where red line or gate left less than the score alone gives."""
    graded = sheet.grade
    return grade_text(sheet) + (LIMITED if graded is not None and _is_limited(graded) else "")


def limits(graded: Grade | None) -> Sequence[str]:
    """What limits the grade and what it is a sign of, each with its document; empty where nothing does."""
    if graded is None:
        return ()
    said = [f"{LIMITED} {one.sentence}" for one in graded.ceilings]
    if _is_limited(graded):
        sentence = _("按得分为“{grade}”，受限后评为“{final}”；原始得分不变。")
        said.append(sentence.format(grade=_(graded.by_score or ""), final=_(graded.grade or "")))
    return tuple(said)


def _is_limited(graded: Grade) -> bool:
    return graded.grade is not None and graded.by_score is not None and graded.grade != graded.by_score


def light_of(grade: str, scheme: GradeScheme) -> Status:
    """The light of a grade: the upper half is fine, the lowest is not, what lies between asks for attention."""
    place, last = scheme.place(grade), len(scheme.names) - 1
    if place == last:
        return Status.BEHIND
    return Status.ON_TRACK if 2 * place < last else Status.WATCH


def losses(sheet: ScoreSheet, most: int = 2) -> Sequence[tuple[LineScore, Decimal]]:
    """The lines of the full points that lost most points, the greatest loss first."""
    lost = [
        (one, one.points.maximum - one.points.points)
        for block in sheet.blocks
        if block.block.kind is BlockKind.BASE
        for one in block.lines
        if one.points and one.points.points is not None and one.points.points < one.points.maximum
    ]
    return sorted(lost, key=lambda pair: -pair[1])[:most]


def silent(sheet: ScoreSheet) -> int:
    """How many lines were not reported."""
    return sum(one.points is not None and one.points.state is PointsState.MISSING for one in sheet.lines)
