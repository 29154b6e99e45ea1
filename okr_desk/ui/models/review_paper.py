"""The review sheet of one branch as a finished file: as it is printed now, or as one of its versions was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okr_desk.queries import orgs, review_figures, review_sheets
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.queries.review_figures import SheetFigure
from okr_desk.reports.outcome import Printed
from okr_desk.reports.registry import by_key

DOCUMENT = "review"


@dataclass(frozen=True)
class Laid:
    """The file, and what is behind the figures that it marks, of the very snapshot that was printed."""

    printed: Printed
    figures: Mapping[str, SheetFigure]
    has_scores: bool


def make(
    store: Any,
    quarter: QuarterView,
    org_id: int,
    version: Publication | None,
    path: Path,
    bundled_fonts: bool,
    with_scores: bool = False,
) -> Laid:
    """Lay the sheet out, with its score sheet behind it where that is asked for; `version` None: as it stands now.

    Raises FileRefused; then no file is left.
    """
    document = by_key(DOCUMENT)
    assert document is not None
    with store.read() as session:
        if version is not None:
            found = review_sheets.versions(session, quarter, [version])
        else:
            found = review_sheets.printed(session, quarter, [orgs.view(session, org_id, quarter.ends_on)])
    at = store.clock.now()
    printed = document.render(found, path, printed_at=at, with_scores=with_scores, bundled_fonts=bundled_fonts)
    return Laid(printed, review_figures.figures(found[0]), found[0].scores is not None)
