"""A printed score sheet read back as somebody with a pencil would: rows, columns, and the sums written in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from pypdf import PdfReader

from okr_desk.reports import score_table, score_year_table
from okr_desk.reports.pages import MM

FULL, POINTS, SAID = 7, 8, 9


@dataclass(frozen=True)
class Grid:
    """The columns of a sheet, and its margins in millimetres; below the second of these stands the foot of the page.

    The names of sums stand before column `figures`.
    """

    columns: tuple[int, ...]
    left: int
    bottom: int
    figures: int

    @property
    def edges(self) -> tuple[int, ...]:
        """Where the columns begin, and where the last ends."""
        return tuple(accumulate((0, *self.columns)))


QUARTER = Grid(score_table.COLUMNS_MM, 28, 35, FULL)
YEAR = Grid(score_year_table.COLUMNS_MM, 35, 26, 6)


@dataclass
class PaperRow:
    """The texts of one row by column; `columns` are numbered from 0."""

    columns: dict[int, list[str]] = field(default_factory=dict)
    figures: int = FULL

    def text(self, column: int) -> str:
        """What stands in a column, its lines put together."""
        return "".join(self.columns.get(column, []))

    @property
    def is_line(self) -> bool:
        """A scored line has a running number and points."""
        return self.text(0).isdigit() and POINTS in self.columns

    @property
    def sum_name(self) -> str:
        """The name of a sum, which stands at the right of the columns before the figures; else empty."""
        words = "".join(self.text(column) for column in range(self.figures))
        return words if words.endswith(("小计", "合计")) else ""

    def number(self, column: int) -> Fraction | None:
        """The figure in a column; None for a word."""
        text = self.text(column)
        return Fraction(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None


@dataclass
class PaperBlock:
    """The lines between a heading and its sub-total."""

    lines: list[PaperRow]
    total: PaperRow


def rows(path: Path, first: int = 0, last: int | None = None, grid: Grid = QUARTER) -> list[PaperRow]:
    """The rows of the table on pages `first` to `last`, in order, without heads and what stands around."""
    found: list[PaperRow] = []
    for page in PdfReader(path).pages[first:last]:
        pieces: list[tuple[str, float]] = []

        def visit(
            text: str, _cm: list[float], tm: list[float], *_rest: object, into: list[tuple[str, float]] = pieces
        ) -> None:
            if text.strip() and tm[5] > grid.bottom * MM:
                into.append((text.strip(), tm[4] / MM - grid.left))

        page.extract_text(visitor_text=visit)
        found += _rows(pieces, grid)
    return found


def blocks(path: Path, first: int = 0, last: int | None = None) -> list[PaperBlock]:
    """The blocks of a sheet; sums of parts are left out."""
    found: list[PaperBlock] = []
    waiting: list[PaperRow] = []
    for row in rows(path, first, last):
        if row.is_line:
            waiting.append(row)
        elif row.sum_name.endswith("小计"):
            found.append(PaperBlock(waiting, row))
            waiting = []
    return found


def sums(said: str) -> list[tuple[Fraction, Fraction]]:
    """Every sum that is written out, done again: what comes out, and what is printed behind = or ≈."""
    found = []
    for part in re.split(r"[；。　：]|得分：", said):
        written = re.fullmatch(r"([\d.×÷＋－（）]+)[＝≈]([－\d.]+)", part)
        if written and re.search(r"[×÷＋－]", written[1]):
            found.append((_value(written[1]), Fraction(written[2].replace("－", "-"))))
    return found


def _value(sum_: str) -> Fraction:
    """A sum with + - × ÷ and brackets, exactly."""
    plain = sum_.translate(str.maketrans("×÷＋－（）", "*/+-()"))
    assert set(plain) <= set("0123456789.*/+-()")
    exact = re.sub(r"\d+(\.\d+)?", lambda number: f"Fraction('{number[0]}')", plain)
    return Fraction(eval(exact, {"Fraction": Fraction}))


def _rows(pieces: list[tuple[str, float]], grid: Grid) -> list[PaperRow]:
    """A new row begins where the next piece stands further left, or under the heads of the columns again."""
    found: list[PaperRow] = []
    edges = grid.edges
    last = len(edges)
    in_table = False
    for text, x in pieces:
        column = max(place for place, edge in enumerate(edges[:-1]) if x >= edge - 0.3) if x > -0.3 else 0
        if text == "计分说明":
            in_table, last = True, len(edges)
            continue
        if text in ("分项小计", "得分和等次"):
            in_table = False
        if not in_table:
            continue
        if column < last or (column == 0 and text.isdigit()):
            found.append(PaperRow(figures=grid.figures))
        found[-1].columns.setdefault(column, []).append(text)
        last = column
    return found
