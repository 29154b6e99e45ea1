"""Where figures stand on the printed sheet: what is read in the box of a mark is what its explanation is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from okr_desk.queries import review_figures
from okr_desk.queries.review_figures import SheetFigure
from okr_desk.queries.reviews import ReviewSheet
from okr_desk.reports import quarterly_review
from okr_desk.reports.outcome import Mark, Printed
from okr_desk.review_terms import ReviewStep as Step
from tests.reviewed_township import reviewed

AT = datetime(2026, 10, 9, 1, 32, tzinfo=UTC)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReviewSheet]:
    """A delivered sheet, as it was frozen."""
    town = reviewed(tmp_path_factory.mktemp("town") / "镇.okr")
    town.through(Step.SUBMIT, Step.OPINE, Step.CHECK, Step.DELIVER)
    yield town.printed()
    town.store.close()


@pytest.fixture(scope="module")
def made(sheet: ReviewSheet, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    path = tmp_path_factory.mktemp("sheet") / "s.pdf"
    return quarterly_review.render([sheet], path, printed_at=AT, with_scores=True, bundled_fonts=True)


@pytest.fixture(scope="module")
def figures(sheet: ReviewSheet) -> dict[str, SheetFigure]:
    return review_figures.figures(sheet)


def inside(path: Path, mark: Mark) -> str:
    """What the file has in the box of a mark."""
    with PdfDocument(path) as document:
        page = document[mark.page]
        height = page.get_size()[1]
        text = page.get_textpage().get_text_bounded(
            mark.left, height - mark.top - mark.height, mark.left + mark.width, height - mark.top
        )
    return "".join(str(text).split())


def test_every_mark_has_its_explanation_and_every_figure_its_mark(
    made: Printed, figures: dict[str, SheetFigure]
) -> None:
    assert {mark.key for mark in made.marks} == set(figures)
    assert all(one.explained.steps for one in figures.values()), [
        k for k, v in figures.items() if not v.explained.steps
    ]
    assert max(mark.page for mark in made.marks) < made.pages


def test_points_are_where_they_are_printed(made: Printed, sheet: ReviewSheet, figures: dict[str, SheetFigure]) -> None:
    assert sheet.scores is not None
    lines = [score for score in sheet.scores.sheet.lines if score.points is not None]
    assert len(lines) > 2
    for score in lines:
        key = review_figures.of_line(score.line.id)
        (mark,) = [one for one in made.marks if one.key == key]
        points = figures[key].words.partition("／")[0]
        assert inside(made.path, mark) == points
        assert figures[key].inputs


def test_progress_is_where_it_is_printed(made: Printed, sheet: ReviewSheet) -> None:
    for kr in sheet.board.key_results:
        value, progress = [one for one in made.marks if one.key == review_figures.of_key_result(kr.id)]
        assert (value.page, value.top) == (progress.page, progress.top) and value.left < progress.left
        assert "/" in inside(made.path, progress)
    (total,) = [one for one in made.marks if one.key == review_figures.POINTS]
    assert "总分" in inside(made.path, total) or "分" in inside(made.path, total)


def test_without_the_score_sheet_its_points_are_not_marked(sheet: ReviewSheet, tmp_path: Path) -> None:
    made = quarterly_review.render([sheet], tmp_path / "s.pdf", printed_at=AT, bundled_fonts=True)
    assert not any(mark.key.startswith("line:") for mark in made.marks) and made.marks
