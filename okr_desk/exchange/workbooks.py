"""A registered document as a workbook: which writer takes its snapshots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from okr_desk.exchange import scheme_sheets, score_sheets, survey_sheets
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.queries.survey_papers import CountForm, SurveyReport


def write(
    path: Path,
    snapshots: Sequence[Any],
    *,
    printed_at: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write schemes, papers of satisfaction or score sheets; `printed_at` is an instant.

    Raises Cancelled and FileRefused; then no file is left.
    """
    return _writer(snapshots)(path, snapshots, printed_at=printed_at, progress=progress, cancelled=cancelled)


def _writer(snapshots: Sequence[Any]) -> Callable[..., Path]:
    first = snapshots[0] if snapshots else None
    if isinstance(first, SchemePaper):
        return scheme_sheets.write
    return survey_sheets.write if isinstance(first, SurveyReport | CountForm) else score_sheets.write
