"""Key results without an indicator that work can count for, and what it has come to so far: a proposal, no statement.

It is shown beside the check-in field and taken over with one click. It is never written by itself: a check-in is
what the branch states and signs, and a figure that moves under its hand would not be its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import KeyResult, Objective, WorkEntry, WorkEntryLink
from okr_desk.model.reading import Reader
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.worklog_kinds import EVENTS, PERCENT, Kind
from okr_desk.terms import ApprovalState, KrKind


@dataclass(frozen=True)
class Offer:
    """A key result that an entry may count for."""

    id: int
    code: str
    title: str
    unit: str

    def takes(self, kind: Kind) -> bool:
        """Whether entries of this kind can be added up in its unit."""
        return self.unit == kind.unit or self.unit in EVENTS


@dataclass(frozen=True)
class Tally:
    """工作底单累计: what entries of the year have come to by the end of the quarter."""

    value: Decimal
    entries: int
    as_of: date


def offers(session: Reader, org_id: int, quarter: QuarterView) -> tuple[Offer, ...]:
    """The branch's approved metric key results without an indicator, in order; no shares."""
    rows = session.execute(
        select(KeyResult.id, KeyResult.code, KeyResult.title, KeyResult.unit)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(
            Objective.org_id == org_id,
            Objective.year == quarter.year,
            KeyResult.kind == KrKind.METRIC.value,
            KeyResult.indicator_id.is_(None),
            KeyResult.state == ApprovalState.APPROVED.value,
            KeyResult.unit.not_in(("", PERCENT)),
        )
        .order_by(Objective.code, KeyResult.position, KeyResult.id)
    )
    return tuple(Offer(row.id, row.code, row.title, row.unit) for row in rows)


def linked(session: Reader, org_id: int, year: int) -> dict[int, tuple[str, ...]]:
    """Codes of the branch's approved key results that show an indicator, by the indicator's id: they move with it."""
    rows = session.execute(
        select(KeyResult.indicator_id, KeyResult.code)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(
            Objective.org_id == org_id,
            Objective.year == year,
            KeyResult.indicator_id.is_not(None),
            KeyResult.state == ApprovalState.APPROVED.value,
        )
        .order_by(KeyResult.code)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row.code)
    return {key: tuple(codes) for key, codes in found.items()}


def tallies(session: Reader, org_ids: Sequence[int], quarter: QuarterView) -> dict[int, Tally]:
    """By key result: the sum of what stands, from January to the end of the quarter."""
    rows = session.execute(
        select(WorkEntryLink.key_result_id, WorkEntryLink.amount, WorkEntry.done_on)
        .join_from(WorkEntryLink.TABLE, WorkEntry.TABLE, WorkEntry.id == WorkEntryLink.entry_id)
        .where(
            WorkEntry.org_id.in_(org_ids),
            WorkEntry.withdrawn_at.is_(None),
            WorkEntryLink.key_result_id.is_not(None),
            WorkEntry.done_on >= date(quarter.year, 1, 1),
            WorkEntry.done_on <= quarter.ends_on,
        )
        .order_by(WorkEntry.done_on)
    )
    found: dict[int, list[tuple[Decimal, date]]] = defaultdict(list)
    for row in rows:
        found[row.key_result_id].append((row.amount, row.done_on))
    return {
        key: Tally(sum((amount for amount, _day in given), Decimal(0)), len(given), given[-1][1])
        for key, given in found.items()
    }
