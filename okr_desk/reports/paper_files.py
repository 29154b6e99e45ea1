"""What documents made of plain forms share: one PDF for all of them, or one a branch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from okr_desk.reports.document import Progress, Sheet, Stop, write, write_each
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.outcome import Printed


def one_file(
    builders: Sequence[Callable[[Fonts], Sheet]],
    path: Path,
    title: str,
    *,
    printed_at: datetime,
    progress: Progress | None,
    cancelled: Stop | None,
    bundled_fonts: bool,
    font_folders: Sequence[Path] | None,
) -> Printed:
    """All sheets in one PDF, a bookmark each. Raises Cancelled and FileRefused; then no file is left."""
    return write(
        path,
        builders,
        title=title,
        printed_at=printed_at,
        bundled_fonts=bundled_fonts,
        progress=progress,
        cancelled=cancelled,
        font_folders=font_folders,
    )


def one_each(
    forms: Sequence[Any],
    folder: Path,
    title: str,
    render: Callable[..., Printed],
    progress: Progress | None,
    cancelled: Stop | None,
    **more: object,
) -> list[Printed]:
    """One PDF a branch in `folder`. Cancelling keeps the files that are whole."""

    def one(number: int, path: Path) -> Printed:
        return render([forms[number]], path, **more)

    return write_each(folder, [(form.org.short_name, title) for form in forms], one, progress, cancelled)


def sheets(forms: Sequence[Any], build: Callable[..., Sheet]) -> list[Callable[[Fonts], Sheet]]:
    """A builder a form."""
    return [partial(build, form=form) for form in forms]
