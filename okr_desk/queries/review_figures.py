"""The figures of a review sheet that explain themselves: a key where each stands on paper, and how it came about.

The report marks a cell with the key of its figure; the screen asks here what is behind it, of the same snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.queries import score_inputs, score_wording, wording
from okr_desk.queries.objectives import KeyResultView
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.score_lines import LineScore
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.rounding import percent
from okr_desk.terms import Dimension, label

WHOLE, POINTS = "whole", "points"
"""The weighted progress of the whole sheet, and its points in all."""


@dataclass(frozen=True)
class SheetFigure:
    """One figure: what it is called, its steps, how it is written, and what it was worked out from."""

    key: str
    title: str
    explained: Explained
    words: str
    inputs: tuple[tuple[str, str], ...] = ()


def of_objective(objective_id: int) -> str:
    """The key of an objective's progress."""
    return f"objective:{objective_id}"


def of_key_result(key_result_id: int) -> str:
    """The key of a key result's value and progress."""
    return f"key-result:{key_result_id}"


def of_dimension(dimension: Dimension) -> str:
    """The key of a dimension's sub-total."""
    return f"dimension:{dimension.value}"


def of_line(line_id: int) -> str:
    """The key of the points of a line."""
    return f"line:{line_id}"


def of_block(block_id: int) -> str:
    """The key of the points of a block."""
    return f"block:{block_id}"


def figures(sheet: ReviewSheet) -> dict[str, SheetFigure]:
    """Every figure of a sheet with its score sheet, by key, in the order of the page."""
    found = [*_progress(sheet), *(_points(sheet.scores) if sheet.scores is not None else ())]
    return {one.key: one for one in found}


# Inside


def _progress(sheet: ReviewSheet) -> Iterator[SheetFigure]:
    reached = _("{name} 完成度")
    for objective in sheet.board.objectives:
        share = objective.rollup.progress
        title = reached.format(name=objective.code)
        yield SheetFigure(of_objective(objective.id), title, objective.rollup.explained, percent(share))
        for kr in objective.key_results:
            steps = Explained(kr.progress.clamped, (*kr.progress.steps, *kr.pace.steps))
            words = f"{percent(kr.progress.raw)}／{percent(kr.pace.expected)}"
            title = _("{code} {title}").format(code=kr.code, title=kr.title)
            yield SheetFigure(of_key_result(kr.id), title, steps, words, _reported(kr))
    for total in sheet.dimensions:
        title = reached.format(name=label(total.dimension))
        words = percent(total.rollup.progress)
        yield SheetFigure(of_dimension(total.dimension), title, total.rollup.explained, words)
    whole = sheet.board.rollup
    yield SheetFigure(WHOLE, reached.format(name=_("合计")), whole.explained, percent(whole.progress))


def _reported(kr: KeyResultView) -> tuple[tuple[str, str], ...]:
    """The entry that the quarter's value rests on."""
    one = kr.current
    if one is None:
        return ()
    said = _("{value}，截至 {day}，{by}填报")
    value = wording.value_text(kr) or _("未报")
    return ((_("本季实绩"), said.format(value=value, day=one.as_of, by=one.reported_by)),)


def _points(form: ScoreForm) -> Iterator[SheetFigure]:
    for block in form.sheet.blocks:
        for score in block.lines:
            if score.points is not None:
                full = score_wording.figure(score_wording.maximum(block, score))
                yield _line(score, full)
        if block.total is not None:
            words = score_wording.shown(score_wording.sum_points(block.total.total))
            title = _("{name} 小计").format(name=block.block.name)
            yield SheetFigure(of_block(block.block.id), title, block.total.explained, words)
    made = form.sheet.sheet
    if made is not None:
        before = sum(len(block.steps) for block in made.blocks)
        total = Explained(made.total.points, made.steps[before:])
        yield SheetFigure(POINTS, _("总分"), total, score_wording.shown(score_wording.sum_points(made.total)))


def _line(score: LineScore, full: str) -> SheetFigure:
    assert score.points is not None
    steps = (*score.points.steps, score.note) if score.note else score.points.steps
    words = _("{points}／{maximum} 分").format(points=score_wording.shown(score_wording.points(score)), maximum=full)
    events = [
        (
            _("登记事项"),
            _("{day}　{n}　{fact}").format(
                day=event.happened_on, n=score_wording.event_amount(event), fact=score_wording.event_fact(event)
            ),
        )
        for event in score.events
    ]
    return SheetFigure(
        of_line(score.line.id),
        f"{score.line.code} {score.line.name}",
        Explained(score.points.points, steps),
        words,
        (*score_inputs.inputs(score), *events),
    )
