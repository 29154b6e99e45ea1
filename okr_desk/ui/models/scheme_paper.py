"""What 打印 on 考核方案 asks of paper and workbook: one version, in force or still a draft. Runs in the pool."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from okr_desk.queries import policy, scheme_papers, scheme_wording
from okr_desk.queries.scheme_papers import SchemePaper
from okr_desk.ui.models.new_folder import safe


def make(store: Any, scheme_id: int, version_id: int, path: Path, bundled_fonts: bool) -> SchemePaper:
    """Lay the version out as a PDF at `path`; what it was made from. Raises Refusal and FileRefused."""
    from okr_desk.reports import scheme

    with store.read() as session:
        found = scheme_papers.paper(session, scheme_id, version_id)
        bundled = bundled_fonts or policy.values(session)["paper.bundled_fonts"] == "true"
    scheme.render([found], path, printed_at=store.clock.now(), bundled_fonts=bundled)
    return found


def save_workbook(store: Any, found: SchemePaper, target: Path) -> Path:
    """The same as a workbook. Raises FileRefused."""
    from okr_desk.exchange import scheme_sheets

    return scheme_sheets.write(target, [found], printed_at=store.clock.now())


def file_name(found: SchemePaper, ending: str) -> str:
    """What a saved file is called."""
    return safe(scheme_wording.title(found)) + ending
