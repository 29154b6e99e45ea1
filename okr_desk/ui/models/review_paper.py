"""The review sheet of one branch as a finished file: as it is printed now, or as one of its versions was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from okr_desk.queries import orgs, review_sheets
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.reports.outcome import Printed
from okr_desk.reports.registry import by_key

DOCUMENT = "review"


def make(
    store: Any, quarter: QuarterView, org_id: int, version: Publication | None, path: Path, bundled_fonts: bool
) -> Printed:
    """Lay the sheet out; `version` None: what would be printed now. Raises FileRefused; then no file is left."""
    document = by_key(DOCUMENT)
    assert document is not None
    with store.read() as session:
        if version is not None:
            found = review_sheets.versions(session, quarter, [version])
        else:
            found = review_sheets.printed(session, quarter, [orgs.view(session, org_id, quarter.ends_on)])
    return document.render(found, path, printed_at=store.clock.now(), bundled_fonts=bundled_fonts)
