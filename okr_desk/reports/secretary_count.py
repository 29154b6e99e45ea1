"""述职评议计票汇总表: see `appraisal_count`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.queries.title_papers import AppraisalForm
from okr_desk.reports import paper_files
from okr_desk.reports.appraisal_count import sheet_of
from okr_desk.reports.document import Progress, Stop
from okr_desk.reports.outcome import Printed


def render(
    forms: Sequence[AppraisalForm],
    path: Path,
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """All of them in one PDF; `printed_at` is an instant. Raises Cancelled and FileRefused."""
    return paper_files.one_file(
        paper_files.sheets(forms, sheet_of),
        path,
        _("述职评议计票汇总表"),
        printed_at=printed_at,
        progress=progress,
        cancelled=cancelled,
        bundled_fonts=bundled_fonts,
        font_folders=font_folders,
    )
