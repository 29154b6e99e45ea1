"""The quarterly review sheet of one branch as one frozen snapshot: screen, paper and workbook are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.queries.objectives import Board
from okr_desk.scoring.rollup import Rollup
from okr_desk.terms import Dimension


@dataclass(frozen=True)
class DimensionTotal:
    """Weighted progress of the key results of one dimension. `count` applicable, `reported` of them with a value."""

    dimension: Dimension
    rollup: Rollup
    count: int
    reported: int


@dataclass(frozen=True)
class Satisfaction:
    """Mass satisfaction of the quarter; n and interval are None until surveys are recorded in the program."""

    value: Decimal | None
    previous: Decimal | None
    baseline: Decimal | None
    target: Decimal | None
    unit: str
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class AdjustmentView:
    """A change after approval, with its reason; printed."""

    made_on: date
    subject: str
    what: str
    before: str
    after: str
    reason: str
    by: str


@dataclass(frozen=True)
class NarrativeView:
    """What the branch wrote on its quarter."""

    practice: str = ""
    problems: str = ""
    next_quarter: str = ""


@dataclass(frozen=True)
class TrendPoint:
    """Weighted progress of the branch at the end of a quarter; None when nothing was reported."""

    quarter: int
    progress: Decimal | None
    expected: Decimal | None


@dataclass(frozen=True)
class ReviewSheet:
    """One sheet. `number` runs per quarter (评审2026-3-007); `digest` is the SHA-256 of the canonical content."""

    township: str
    number: str
    board: Board
    dimensions: tuple[DimensionTotal, ...]
    satisfaction: Satisfaction | None
    adjustments: tuple[AdjustmentView, ...]
    narrative: NarrativeView
    trend: tuple[TrendPoint, ...]
    notices: tuple[str, ...]
    missing: tuple[str, ...]
    digest: str
    is_demo: bool = False
