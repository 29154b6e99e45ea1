"""A registered document as a workbook: which writer takes its snapshots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from okr_desk.exchange import scheme_sheets, score_sheets, survey_sheets
from okr_desk.queries.scheme_papers import SchemePaper


def write(
    path: Path,
    snapshots: Sequence[Any],
    *,
    of_surveys: bool = False,
    printed_at: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write papers of satisfaction, schemes or score sheets, one sheet each; `printed_at` is an instant.

    Raises Cancelled and FileRefused; then no file is left.
    """
    writer: Callable[..., Path] = survey_sheets.write if of_surveys else score_sheets.write
    if snapshots and isinstance(snapshots[0], SchemePaper):
        writer = scheme_sheets.write
    return writer(path, snapshots, printed_at=printed_at, progress=progress, cancelled=cancelled)
