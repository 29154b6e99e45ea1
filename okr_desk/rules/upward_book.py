"""The county's workbook as far as cells are chosen in it: what stands where, what is merged, how a number shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.upward_terms import UNITS

ROWS_MOST, COLUMNS_MOST = 1_048_576, 16_384
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")

Area = tuple[int, int, int, int]
"""Top, left, bottom, right."""


@dataclass(frozen=True)
class Shows:
    """What the format of a cell does to a number: decimals of a percent, -1 for none; whether it shows a day."""

    percent: int = -1
    is_date: bool = False


PLAIN = Shows()


@dataclass(frozen=True)
class FormCell:
    """One cell that stands in the file; `text` is empty for one that has a format alone."""

    text: str
    is_formula: bool
    is_number: bool
    shows: Shows


@dataclass(frozen=True)
class FormSheet:
    """A worksheet. `rows` and `columns` (first, last, format) are those that have a format of their own."""

    name: str
    is_hidden: bool
    cells: Mapping[tuple[int, int], FormCell]
    merged: tuple[Area, ...] = ()
    rows: Mapping[int, Shows] = field(default_factory=dict)
    columns: tuple[tuple[int, int, Shows], ...] = ()

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, without blanks at the ends; of a formula nothing."""
        cell = self.cells.get((row, column))
        return "" if cell is None or cell.is_formula else cell.text.strip()

    def shows(self, row: int, column: int) -> Shows:
        """How a number would show there."""
        cell = self.cells.get((row, column))
        if cell is not None:
            return cell.shows
        of_row = self.rows.get(row)
        if of_row is not None:
            return of_row
        return next((shows for first, last, shows in self.columns if first <= column <= last), PLAIN)

    def area(self, row: int, column: int) -> Area:
        """The merged area that a cell belongs to, or the cell alone."""
        found = self._merged_at.get((row, column))
        return (row, column, row, column) if found is None else found

    def is_first(self, row: int, column: int) -> bool:
        """Whether a cell is the one that a merged area shows, or is not merged."""
        return self.area(row, column)[:2] == (row, column)

    def label(self, row: int, column: int) -> str:
        """What people call a cell: the text on its left, a unit passed over, else that above it."""
        return self.beside(row, column) or self.above(row, column)

    def beside(self, row: int, column: int) -> str:
        """The text on the left of a cell."""
        while column > 1:
            top, left, _bottom, _right = self.area(row, column - 1)
            text = self.text(top, left)
            if text and text not in UNITS:
                return text
            column = left
        return ""

    def above(self, row: int, column: int) -> str:
        """The text that stands over a cell."""
        while row > 1:
            top, left, _bottom, _right = self.area(row - 1, column)
            text = self.text(top, left)
            if text:
                return text
            row = top
        return ""

    @cached_property
    def _merged_at(self) -> dict[tuple[int, int], Area]:
        return {
            (row, column): (top, left, bottom, right)
            for top, left, bottom, right in self.merged
            for row in range(top, min(bottom, top + 2000) + 1)
            for column in range(left, min(right, left + 500) + 1)
        }


@dataclass(frozen=True)
class Book:
    """A workbook by the SHA-256 of its content."""

    sha256: str
    sheets: tuple[FormSheet, ...]

    def sheet(self, name: str) -> FormSheet | None:
        """The sheet of this name."""
        return next((one for one in self.sheets if one.name == name), None)


def placed(cell: str) -> tuple[int, int]:
    """C5 is row 5, column 3. Raises InputRefused for what is no cell, `5C` among it."""
    text = cell.strip().upper().replace("$", "")
    found = _CELL.fullmatch(text)
    if found is not None:
        column = 0
        for letter in found.group(1):
            column = column * 26 + ord(letter) - ord("A") + 1
        row = int(found.group(2))
        if row <= ROWS_MOST and column <= COLUMNS_MOST:
            return row, column
    said = _("“{cell}”不是单元格，请写列的字母和行的数字，例如 C5。")
    raise InputRefused(said.format(cell=cell.strip()), "cell")


def named(row: int, column: int) -> str:
    """Row 5, column 3 is C5."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
