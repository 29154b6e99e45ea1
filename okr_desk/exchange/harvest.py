"""What has been gathered while a folder is read: facts, questions, blanks, notes, and the names known so far."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from okr_desk.exchange.doubts import Read, ask
from okr_desk.exchange.meaning import normal, year_in
from okr_desk.exchange.names import Names
from okr_desk.exchange.reading import Cell, Sheet, Workbook, address
from okr_desk.exchange.recognising import Found
from okr_desk.rules.imports import (
    Doubt,
    Fact,
    FactKind,
    FileNote,
    Known,
    KnownIndicator,
    KnownKeyResult,
    Place,
    Returned,
)

_WITHOUT_YEAR = re.compile(r"(\d{1,2})[月./\-](\d{1,2})日?")
_END = (
    "合计",
    "总计",
    "小计",
    "注：",
    "注:",
    "备注：",
    "备注:",
    "说明：",
    "说明:",
    "支部书记签字",
    "填表人",
    "审核人",
)


@dataclass(frozen=True)
class Source:
    """One recognised sheet of one workbook."""

    workbook: Workbook
    sheet: Sheet
    found: Found
    title: str

    def place(self, row: int, column: int) -> Place:
        """Where a cell of this sheet stands."""
        return Place(self.workbook.name, self.sheet.name, address(row, column))

    def text(self, row: int, key: str) -> str:
        """The text in the column of that meaning; "" when the sheet has no such column."""
        column = self.found.columns.get(key)
        return self.sheet.text(row, column) if column else ""

    def rows(self) -> Iterator[int]:
        """Rows of data: below the head, without blank rows, totals, notes and signature lines."""
        filled = sorted({row for row, _column in self.sheet.cells if row > self.found.head_row})
        for row in filled:
            first = next(
                (self.sheet.text(row, c) for c in range(1, self.sheet.columns + 1) if self.sheet.text(row, c)),
                "",
            )
            if first and not normal(first).startswith(_END):
                yield row

    def short_day(self, cell: Cell) -> date | None:
        """A day without its year (9.28, 9月28日) in the year that the sheet's title, name, file or folder says."""
        bare = _WITHOUT_YEAR.fullmatch(normal(cell.shown))
        year = next((found for text in self.titles if (found := year_in(text))), None)
        if bare is None or year is None:
            return None
        try:
            return date(year, int(bare[1]), int(bare[2]))
        except ValueError:
            return None

    @property
    def titles(self) -> tuple[str, ...]:
        """Texts that may say what and when, the nearest first: title rows, sheet name, file name, folder name."""
        return (self.title, self.sheet.name, self.workbook.path.stem, self.workbook.path.parent.name)


@dataclass
class Harvest:
    """Gathers while sheets are read in order: rosters first, returns last."""

    known: Known
    facts: list[Fact] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    damaged: list[FileNote] = field(default_factory=list)
    not_taken: list[FileNote] = field(default_factory=list)
    returns: list[Returned] = field(default_factory=list)
    blanks: list[Place] = field(default_factory=list)
    surveys: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = Names(self.known.orgs, self.known.township)
        self.org_uids = {org.uid: org.short for org in self.known.orgs if org.uid}
        self.indicators: dict[str, KnownIndicator] = {i.code: i for i in self.known.indicators}
        self.codes = {normal(i.name).upper(): i.code for i in self.known.indicators}
        self.key_results: dict[tuple[str, int], list[KnownKeyResult]] = {}
        for key_result in self.known.key_results:
            self.know(key_result)

    def know(self, key_result: KnownKeyResult) -> None:
        """Know a key result for the returns to come; what the database knows stays."""
        same_org = self.key_results.setdefault((key_result.org, key_result.year), [])
        if all(other.code != key_result.code for other in same_org):
            same_org.append(key_result)

    def number(
        self, read: Read, source: Source, row: int, column: int, kind: FactKind, target: str, org: str
    ) -> Decimal | None:
        """The clean number; a doubtful one becomes a question and stays missing."""
        text = self.text(read, source, row, column, kind, target, org)
        return Decimal(text) if text else None

    def text(self, read: Read, source: Source, row: int, column: int, kind: FactKind, target: str, org: str) -> str:
        """The clean text of a cell; a doubtful one becomes a question and stays missing."""
        if read.question:
            cell = source.sheet.cells[(row, column)]
            self.doubts.append(ask(source.place(row, column), cell, read.question, kind, target, org))
            return ""
        return read.value
