"""One row of a workbook as it stands there, so that a doubtful cell is seen among its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from okr_desk.i18n import _
from okr_desk.rules.imports import Place

KEPT = 6
"""Workbooks kept in memory while their questions are answered."""
_ADDRESS = re.compile(r"([A-Z]+)(\d+)$")


@dataclass(frozen=True)
class CellShown:
    """A cell with its head; `letter` is its column in the workbook, "" when put together from the record."""

    letter: str
    head: str
    text: str
    is_asked: bool = False


@dataclass(frozen=True)
class RowShown:
    """The cells of one row. `number` is the workbook's row, 0 when it is not known."""

    number: int
    cells: tuple[CellShown, ...]
    comes_from_file: bool = True

    @property
    def words(self) -> str:
        """The row as one sentence, for readers that cannot see the picture."""
        return _("；").join(f"{cell.head or cell.letter} {cell.text or _('空白')}" for cell in self.cells)


def read_row(path: Path, place: Place) -> RowShown | None:
    """The row of `place` in the workbook at `path`; None when it cannot be read any more.

    Runs in the pool: the workbook is opened in the limited process of imports.
    """
    from okr_desk.exchange.reading import address
    from okr_desk.exchange.recognising import recognise

    found = _ADDRESS.match(place.cell)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    sheet = next((sheet for sheet in _sheets(path, changed) if sheet.name == place.sheet), None)
    if sheet is None or found is None:
        return None
    row = int(found[2])
    known = recognise(sheet)
    head_row = known.head_row if known is not None else 0
    cells = []
    for column in range(1, sheet.columns + 1):
        head, text = sheet.head_text(head_row, column) if head_row else "", sheet.text(row, column)
        letter = address(1, column)[:-1]
        if head or text or letter == found[1]:
            cells.append(CellShown(letter, head, text, letter == found[1]))
    return RowShown(row, tuple(cells))


def recorded_row(place: Place, raw: str, parts: dict[str, object], title: str, unit: str) -> RowShown:
    """What the record of an import still knows of the row, when the workbook itself is gone."""
    found = _ADDRESS.match(place.cell)
    letter, number = (found[1], int(found[2])) if found else ("", 0)
    beside = (
        (_("编号"), str(parts.get("key_result") or parts.get("indicator") or "")),
        (_("名称"), title),
        (_("单位"), unit),
    )
    after = (
        (_("信心"), str(parts.get("confidence", ""))),
        (_("进展"), str(parts.get("progress_note", ""))),
        (_("困难"), str(parts.get("difficulty", ""))),
    )
    cells = [CellShown("", head, text) for head, text in beside if text]
    cells.append(CellShown(letter, _("表中所填"), raw, True))
    cells += [CellShown("", head, text) for head, text in after if text]
    return RowShown(number, tuple(cells), comes_from_file=False)


@lru_cache(maxsize=KEPT)
def _sheets(path: Path, _changed: int) -> tuple:  # type: ignore[type-arg]
    """The sheets of a workbook, read again only after the file has changed."""
    from okr_desk.exchange.reading import read_workbooks

    return next(iter(read_workbooks([path]))).sheets
