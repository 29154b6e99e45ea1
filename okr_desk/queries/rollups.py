"""Progress of every branch, category and the township in one sweep: numbers only, for thousands of key results.

The same choices and the same arithmetic as the boards, without their sentences; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Integer, type_coerce
from sqlmodel import Session, and_, col, select

from okr_desk.model.tables import CheckIn, KeyResult, Objective
from okr_desk.queries import facts, orgs
from okr_desk.queries.objectives import QuarterView
from okr_desk.scoring import progress as scoring
from okr_desk.terms import ApprovalState, Direction, KrKind, OrgKind, QuarterState

ONE = Decimal(1)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Totals:
    """Progress 0..1 by organisation id and by category; None where nothing was reported."""

    branches: dict[int, Decimal | None]
    categories: dict[str, Decimal | None]
    township: Decimal | None


def township(session: Session, quarter: QuarterView) -> Totals:
    """The roll-up of all branches for a quarter: by weight to the branch, then each branch counts once."""
    closed = quarter.state is QuarterState.CLOSED
    rest = _Rest(session, quarter)
    made: dict[int, Decimal | None] = {}
    for org_id, rows in groupby(_rows(session, quarter), key=lambda row: row[0]):
        made[org_id] = _branch(rows, rest, closed)
    of = [org for org in orgs.tree(session, quarter.ends_on) if org.kind == OrgKind.BRANCH]
    branches = {org.id: made[org.id] for org in of if org.id in made}
    groups: dict[str, list[Decimal | None]] = defaultdict(list)
    for org in of:
        if org.id in made:
            groups[org.category].append(made[org.id])
    return Totals(
        branches, {name: _mean(some, closed) for name, some in groups.items()}, _mean(list(branches.values()), closed)
    )


def _rows(session: Session, quarter: QuarterView) -> Iterator[Any]:
    """Key results with the check-in that stands, amounts as stored integers, ordered by organisation and objective."""

    def raw(column: Any) -> Any:
        return type_coerce(column, Integer).label(f"{column.table.name}_{column.key}")

    statement = (
        select(  # type: ignore[call-overload, misc]
            Objective.org_id, Objective.id, raw(Objective.weight), raw(KeyResult.weight), KeyResult.kind,
            raw(KeyResult.baseline), raw(KeyResult.target), raw(CheckIn.value), KeyResult.indicator_id,
            KeyResult.id, CheckIn.id, CheckIn.done, KeyResult.direction, raw(KeyResult.upper), raw(KeyResult.slack),
            KeyResult.inclusive, KeyResult.state,
        )
        .join(KeyResult, KeyResult.objective_id == Objective.id)
        .join(
            CheckIn,
            and_(
                CheckIn.key_result_id == KeyResult.id,
                CheckIn.quarter_id == quarter.id,
                col(CheckIn.superseded_at).is_(None),
                ~col(CheckIn.withdrawn),
            ),
            isouter=True,
        )
        .where(Objective.year == quarter.year, Objective.state == ApprovalState.APPROVED)
        .order_by(Objective.org_id, Objective.id)
    )  # fmt: skip
    return iter(session.connection().execute(statement))


def _branch(rows: Iterator[Any], rest: _Rest, closed: bool) -> Decimal | None:
    """The mean of the objectives' means, each by its weight."""
    total = weights = ZERO
    for _objective, group in groupby(rows, key=lambda row: row[1]):
        inner, weight, live, head = ZERO, 0, 0, 0
        for row in group:
            head = row[2]
            if row[16] != ApprovalState.APPROVED or rest.is_excused(row):
                continue
            live += row[3]
            progress = rest.progress(row)
            if progress is None:
                if not closed:
                    continue
                progress = ZERO
            inner += row[3] * progress
            weight += row[3]
        if weight or (closed and live):
            total += head * (inner / weight if weight else ZERO)
            weights += head
    return total / weights if weights else None


def _mean(values: list[Decimal | None], closed: bool) -> Decimal | None:
    counted = [value or ZERO for value in values] if closed else [value for value in values if value is not None]
    return sum(counted, ZERO) / len(counted) if counted else None


class _Rest:
    """What only some key results need: indicators' lines and values, milestone nodes, and what was done before."""

    def __init__(self, session: Session, quarter: QuarterView) -> None:
        self._facts = facts.load_shared(session, quarter)
        self._quarter = quarter

    def is_excused(self, row: Any) -> bool:
        """Whether the indicator does not apply to the branch."""
        return row[8] is not None and (row[0], row[8]) in self._facts.not_applicable

    def progress(self, row: Any) -> Decimal | None:
        """Progress of one key result, 0..1; None when nothing was reported."""
        kind = row[4]
        if kind in ("metric", "satisfaction"):
            return self._metric(row)
        if kind == KrKind.MILESTONE:
            return self._milestone(row)
        if kind == KrKind.GUARD_RAIL:
            return self._guard(row)
        done = bool(row[11]) if kind == KrKind.YES_NO else row[7] is not None
        if row[10] is None:
            return ONE if row[9] in self._facts.done_before else None
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
        upper, slack = row[13], row[14]
        if row[12] == Direction.BETWEEN and upper is not None:
            if slack:
                return scoring.between(Decimal(limit), Decimal(upper), Decimal(slack), Decimal(value)).clamped
            return ONE if limit <= value <= upper else ZERO
        rule = scoring.at_least if row[12] in (Direction.AT_LEAST, Direction.UP) else scoring.at_most
        return rule(Decimal(limit), Decimal(value), bool(row[15])).clamped
