"""What papers of one form a branch share: all in one PDF or one file each, title lines, a line of facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.reports import table
from okr_desk.reports.blocks import Lines, paragraph
from okr_desk.reports.document import Progress, Sheet, Stop, write, write_each
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.styles import SMALL, TABLE, TABLE_HEAD, TITLE
from okr_desk.reports.table import Cell
from okr_desk.reports.text import fit_size


class BranchForm(Protocol):
    """A frozen form of one branch."""

    @property
    def org(self) -> OrgView:
        """Whose form it is."""


def render(
    forms: Sequence[BranchForm],
    path: Path,
    name: str,
    sheet_of: Callable[..., Sheet],
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> Printed:
    """All forms in one PDF, a bookmark a branch; `name` is the document's in Chinese. Raises Cancelled, FileRefused."""
    title = forms[0].org.full_name + _(name) if len(forms) == 1 else _(name)
    return write(
        path,
        [partial(sheet_of, form=form) for form in forms],
        title=title,
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def render_each(
    forms: Sequence[BranchForm],
    folder: Path,
    name: str,
    sheet_of: Callable[..., Sheet],
    *,
    printed_at: datetime,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
    bundled_fonts: bool = False,
    font_folders: Sequence[Path] | None = None,
) -> list[Printed]:
    """One PDF a branch in `folder`. Cancelling keeps the files that are whole."""

    def one(number: int, path: Path) -> Printed:
        of = [forms[number]]
        more = {"bundled_fonts": bundled_fonts, "font_folders": font_folders}
        return render(of, path, name, sheet_of, printed_at=printed_at, **more)  # type: ignore[arg-type]

    return write_each(folder, [(form.org.short_name, _(name)) for form in forms], one, progress, cancelled)


def titled(fonts: Fonts, texts: Sequence[str], width: float, before: float = 0) -> list[Block]:
    """Centred lines of a title, each set down until it fits, and a little white below."""
    found: list[Block] = []
    for number, text in enumerate(texts):
        style = TITLE.smaller(fit_size(fonts, text, width, TITLE, 12))
        above = before if number == 0 else 0
        found.append(paragraph(fonts, text, style, width, align="centre", keep=True, before=above))
    return [*found, Lines(("",), SMALL.smaller(5), width, keep=True)]


def facts(fonts: Fonts, widths: Sequence[float], pairs: Sequence[tuple[str, str]]) -> Block:
    """Names and what is so, in one row that stays with the next."""
    cells = []
    for name, text in pairs:
        cells += [Cell(name, "centre", TABLE_HEAD), Cell(text, "centre")]
    return table.row(fonts, widths, cells, TABLE, least=7 * MM, keep=True)


def note(is_demo: bool) -> str:
    """What stands in the foot of a demo's paper."""
    return _("演示数据，不作评审依据") if is_demo else ""
