"""What the office sees first: who owes what, and the matrix of branches by dimension."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.scoring.explained import Explained
from okr_desk.terms import Status


@dataclass(frozen=True)
class Cell:
    """One number of the matrix with its light, the quarter before, and why it is so."""

    value: Explained
    previous: Decimal | None
    status: Status
    reason: str = ""


@dataclass(frozen=True)
class BranchRow:
    """A branch in the matrix. `reported` of `owed` key results have a value for the quarter."""

    org: OrgView
    total: Cell
    basic: Cell
    fusion: Cell
    innovation: Cell
    satisfaction: Cell
    owed: int
    reported: int
    overdue: int
    status: Status
    coverage: Decimal


@dataclass(frozen=True)
class CategoryRows:
    """The branches of one category and their mean (branches count equally; the explanation says so)."""

    category: str
    rows: tuple[BranchRow, ...]
    mean: Cell


@dataclass(frozen=True)
class Township:
    """The whole township in a quarter."""

    name: str
    quarter: QuarterView
    as_of: date
    categories: tuple[CategoryRows, ...]
    mean: Cell
    unreported: tuple[str, ...]
    overdue: int
    open_questions: int
    conflicts: int
    digest: str
    is_demo: bool = False

    @property
    def rows(self) -> tuple[BranchRow, ...]:
        """All branches in order."""
        return tuple(row for category in self.categories for row in category.rows)
