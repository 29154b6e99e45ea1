"""All forms of a quarter in one go: into a folder, one file a form, none where one of them cannot be filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from okr_desk.errors import Cancelled, Refusal
from okr_desk.exchange import upward
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import upward as queries
from okr_desk.queries.upward import FilledForm
from okr_desk.queries.upward_facts import UpwardFacts

_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def filled(session: Reader, of: UpwardFacts) -> list[FilledForm]:
    """All forms in use, filled for the quarter. Raises Refusal where there is none, or none with cells."""
    found = [one for one in queries.forms(session, of.quarter.year) if one.cells]
    if not found:
        raise Refusal(_("没有可填的表：请先导入县里的表并添加单元格。"))
    return [
        queries.filled(session, of, one, upward.kept(queries.workbook_path(session, one), one.display_name))
        for one in found
    ]


def write(
    session: Reader,
    forms: Sequence[FilledForm],
    folder: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Path]:
    """The files written. Raises Refusal before the first where any form has a problem, Cancelled between two."""
    for one in forms:
        if one.problem:
            raise Refusal(_("“{form}”没有填：{why}").format(form=one.form.name, why=one.problem))
    made: list[Path] = []
    for one in forms:
        if cancelled is not None and cancelled():
            raise Cancelled(_("已取消，前面 {n} 份已经填好。").format(n=len(made)))
        made.append(upward.write(one, queries.workbook_path(session, one.form), folder / file_name(one)))
        if progress is not None:
            progress(len(made), len(forms))
    return made


def file_name(of: FilledForm) -> str:
    """What a filled form is called: the quarter and the name of the form."""
    return _NO_NAME.sub("_", f"{of.quarter.label}{of.form.name}") + ".xlsx"
