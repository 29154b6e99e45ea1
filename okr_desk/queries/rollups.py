"""Progress of every branch, category and the township in one sweep: numbers only, for thousands of key results.

The same choices and the same arithmetic as the boards, without their sentences; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, and_, case, func, select, type_coerce

from okr_desk.model.columns import CheckIn, KeyResult, Objective
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import facts, orgs
from okr_desk.queries.objectives import QuarterView
from okr_desk.scoring import progress as scoring
from okr_desk.terms import ApprovalState, Direction, KrKind, QuarterState

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Totals:
    """Progress 0..1 by organisation id and by category; None where nothing was reported."""

    branches: dict[int, Decimal | None]
    categories: dict[str, Decimal | None]
    township: Decimal | None


def township(session: Reader, quarter: QuarterView) -> Totals:
    """The roll-up of all branches for a quarter: by weight to the branch, then each branch counts once."""
    closed = quarter.state is QuarterState.CLOSED
    made = progress(session, quarter)
    of = orgs.branch_categories(session, quarter.ends_on)
    branches = {org_id: made[org_id] for org_id in of if org_id in made}
    groups: dict[str, list[Decimal | None]] = defaultdict(list)
    for org_id, value in branches.items():
        groups[of[org_id]].append(value)
    return Totals(
        branches, {name: _mean(some, closed) for name, some in groups.items()}, _mean(list(branches.values()), closed)
    )


def progress(session: Reader, quarter: QuarterView, org_ids: Sequence[int] | None = None) -> dict[int, Decimal | None]:
    """Progress 0..1 by organisation with approved objectives, of `org_ids` only (None: all)."""
    rest = _Rest(session, quarter, org_ids)
    return _branches(_rows(session, quarter, org_ids), rest, quarter.state is QuarterState.CLOSED)


def _rows(session: Reader, quarter: QuarterView, org_ids: Sequence[int] | None) -> Sequence[Facts]:
    """Key results with the check-in that stands, amounts as stored integers."""

    last = quarter.ends_on

    def raw(column: Any) -> Any:
        return type_coerce(column, Integer).label(f"{column.table.name}_{column.key}")

    statement = (
        select(
            Objective.org_id, Objective.id, raw(Objective.weight), raw(KeyResult.weight), KeyResult.kind,
            raw(KeyResult.baseline), raw(KeyResult.target), raw(CheckIn.value), KeyResult.indicator_id,
            KeyResult.id, CheckIn.id, _state_on(KeyResult, last), KeyResult.direction,
        )
        .join(KeyResult.TABLE, KeyResult.objective_id == Objective.id)
        .join(CheckIn.TABLE,
            and_(
                CheckIn.key_result_id == KeyResult.id,
                CheckIn.quarter_id == quarter.id,
                CheckIn.superseded_at.is_(None),
                ~CheckIn.withdrawn,
            ),
            isouter=True,
        )
        .where(
            Objective.year == quarter.year, _state_on(Objective, last) == ApprovalState.APPROVED,
            func.coalesce(Objective.counts_from, last) <= last, func.coalesce(KeyResult.counts_from, last) <= last,
        )
    )  # fmt: skip
    if org_ids is not None:
        statement = statement.where(Objective.org_id.in_(org_ids))
    return session.execute(statement).all()


def _state_on(of: type[Objective] | type[KeyResult], last: date) -> Any:
    """`rules.objectives.state_on` where the rows are read."""
    brought_back = and_(of.stopped_on > last, of.state == ApprovalState.STOPPED)
    return case(
        (of.stopped_on <= last, ApprovalState.STOPPED.value),
        (brought_back, ApprovalState.APPROVED.value),
        else_=of.state,
    )


def _branches(rows: Sequence[Any], rest: _Rest, closed: bool) -> dict[int, Decimal | None]:
    """The mean of each branch's objectives, and within them of their key results, each by its weight."""
    sums: dict[int, list[Any]] = {}
    for row in rows:
        place = sums.get(row[1])
        if place is None:
            place = sums[row[1]] = [row[0], row[2], ZERO, 0, 0]
        if row[11] != "approved" or (row[8] is not None and rest.is_excused(row)):
            continue
        place[4] += row[3]
        made = rest.progress(row)
        if made is None:
            if not closed:
                continue
            made = ZERO
        place[2] += row[3] * made
        place[3] += row[3]
    totals: dict[int, list[Decimal]] = {}
    for org_id, head, inner, weight, live in sums.values():
        total = totals.setdefault(org_id, [ZERO, ZERO])
        if weight or (closed and live):
            total[0] += head * (inner / weight if weight else ZERO)
            total[1] += head
    return {org_id: total / weight if weight else None for org_id, (total, weight) in totals.items()}


def _mean(values: list[Decimal | None], closed: bool) -> Decimal | None:
    counted = [value or ZERO for value in values] if closed else [value for value in values if value is not None]
    return sum(counted, ZERO) / len(counted) if counted else None


class _Rest:
    """What only some key results need: indicators' lines and values, milestone nodes, and what was done before."""

    def __init__(self, session: Reader, quarter: QuarterView, org_ids: Sequence[int] | None) -> None:
        self._facts = facts.load_shared(session, quarter, org_ids)
        self._quarter = quarter

    def is_excused(self, row: Any) -> bool:
        """Whether the indicator does not apply to the branch."""
        return (row[0], row[8]) in self._facts.not_applicable

    def progress(self, row: Any) -> Decimal | None:
        """Progress of one key result, 0..1; None when nothing was reported."""
        kind = row[4]
        if kind in ("metric", "satisfaction"):
            return self._metric(row)
        if kind == KrKind.MILESTONE:
            return self._milestone(row)
        if kind == KrKind.GUARD_RAIL:
            return self._guard(row)
        if row[10] is None:
            return ONE if row[9] in self._facts.done_before else None
        done = row[10] in self._facts.said_done if kind == KrKind.YES_NO else row[7] is not None
        return ONE if done else ZERO

    def _metric(self, row: Any) -> Decimal | None:
        baseline, target, value = row[5], row[6], row[7]
        if row[8] is not None:
            baseline, target, value = self._facts.line(row[0], row[8], value)
        if value is None or baseline is None or target is None:
            return None
        if baseline == target:
            found = scoring.metric(Decimal(baseline), Decimal(target), Decimal(value), Direction(row[12] or "up"))
            return found.clamped
        return scoring.clamp(Decimal(value - baseline) / Decimal(target - baseline))

    def _milestone(self, row: Any) -> Decimal | None:
        if row[10] is None:
            return ONE if row[9] in self._facts.done_before else None
        nodes = self._facts.nodes.get(row[9], [])
        marked = self._facts.nodes_done.get(row[10], set())
        whole = sum((weight for _node, weight in nodes), ZERO)
        return sum((weight for node, weight in nodes if node in marked), ZERO) / whole if whole else None

    def _guard(self, row: Any) -> Decimal | None:
        limit, value = row[6], row[7]
        if row[8] is not None:
            _start, limit, value = self._facts.line(row[0], row[8], value)
        if value is None or limit is None:
            return None
        upper, slack, inclusive = self._facts.guard_rails[row[9]]
        if row[12] == Direction.BETWEEN and upper is not None:
            if slack:
                return scoring.between(Decimal(limit), Decimal(upper), Decimal(slack), Decimal(value)).clamped
            return ONE if limit <= value <= upper else ZERO
        rule = scoring.at_least if row[12] in (Direction.AT_LEAST, Direction.UP) else scoring.at_most
        return rule(Decimal(limit), Decimal(value), bool(inclusive)).clamped
