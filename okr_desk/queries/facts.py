"""The raw facts behind boards, read in bulk: a handful of column queries for any number of organisations.

Nothing is decided here; `queries.scored` turns facts into views.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Row
from sqlmodel import Session, col, select

from okr_desk.model.tables import (
    Baseline,
    CheckIn,
    CheckInNode,
    Indicator,
    IndicatorVersion,
    KeyResult,
    KeyResultPlan,
    MeasuredValue,
    MilestoneNode,
    NotApplicable,
    Objective,
    Target,
)

Facts = Row[Any]
K = TypeVar("K")


@dataclass(frozen=True)
class YearFacts:
    """What is stored on a year, by the keys that views ask for."""

    objectives: dict[int, list[Facts]]
    key_results: dict[int, list[Facts]]
    plans: dict[int, dict[int, Any]]
    nodes: dict[int, list[Facts]]
    checkins: dict[tuple[int, int], list[Facts]]
    nodes_done: dict[int, set[int]]
    values: dict[tuple[int, int, int], list[Facts]]
    baselines: dict[tuple[int, int], Facts]
    targets: dict[tuple[int, int], Facts]
    not_applicable: set[tuple[int, int]]
    indicators: dict[int, Facts]
    titles: dict[int, tuple[str, str]]


def load(session: Session, year: int, quarter_ids: Sequence[int], org_ids: Sequence[int] | None = None) -> YearFacts:
    """Facts of `year` for `org_ids` (None: all), with the values and check-ins that stand in `quarter_ids`."""
    objectives = _objectives(session, year, org_ids)
    of_objective = _key_results(session, year, org_ids)
    return YearFacts(
        objectives=_grouped(objectives, lambda row: row.org_id),
        key_results=_grouped(of_objective, lambda row: row.objective_id),
        plans=_plans(session, year, org_ids),
        nodes=_nodes(session, year, org_ids),
        checkins=_checkins(session, quarter_ids, org_ids),
        nodes_done=_nodes_done(session, quarter_ids),
        values=_values(session, quarter_ids, org_ids),
        baselines=_current(session, Baseline, (Baseline.as_of, Baseline.source), year, org_ids),
        targets=_current(session, Target, (), year, org_ids),
        not_applicable=_not_applicable(session, year, org_ids),
        indicators=indicators(session),
        titles={row.id: (row.code, row.title) for row in _objectives(session, year, None)},
    )


def indicators(session: Session) -> dict[int, Facts]:
    """The newest definition of each indicator, by indicator id."""
    rows = session.execute(
        select(  # type: ignore[call-overload]
            IndicatorVersion.indicator_id,
            Indicator.code,
            IndicatorVersion.name,
            IndicatorVersion.unit,
            IndicatorVersion.direction,
            IndicatorVersion.dimension,
            IndicatorVersion.accumulation,
            IndicatorVersion.decimals,
            IndicatorVersion.precedence,
            IndicatorVersion.tolerance,
            IndicatorVersion.evidence_limit,
        )
        .join(Indicator, Indicator.id == IndicatorVersion.indicator_id)
        .order_by(IndicatorVersion.version)
    )
    return {row.indicator_id: row for row in rows}


def _objectives(session: Session, year: int, org_ids: Sequence[int] | None) -> list[Facts]:
    statement = select(  # type: ignore[call-overload]
        Objective.id,
        Objective.uid,
        Objective.org_id,
        Objective.code,
        Objective.title,
        Objective.weight,
        Objective.aligned_to_id,
        Objective.leader,
        Objective.state,
        Objective.state_reason,
    ).where(Objective.year == year)
    if org_ids is not None:
        statement = statement.where(col(Objective.org_id).in_(org_ids))
    return list(session.execute(statement.order_by(Objective.org_id, Objective.code)))


def _key_results(session: Session, year: int, org_ids: Sequence[int] | None) -> list[Facts]:
    statement = select(  # type: ignore[call-overload]
        *(getattr(KeyResult, name) for name in _KEY_RESULT_COLUMNS), Objective.org_id
    ).join(Objective, Objective.id == KeyResult.objective_id)
    statement = _within(statement, year, org_ids)
    return list(session.execute(statement.order_by(KeyResult.objective_id, KeyResult.position, KeyResult.code)))


_KEY_RESULT_COLUMNS = (
    "id", "uid", "objective_id", "code", "title", "kind", "nature", "dimension", "unit", "direction", "decimals",
    "weight", "indicator_id", "baseline", "baseline_on", "baseline_source", "target", "upper", "slack", "inclusive",
    "state", "state_reason",
)  # fmt: skip


def _plans(session: Session, year: int, org_ids: Sequence[int] | None) -> dict[int, dict[int, Any]]:
    statement = (
        select(KeyResultPlan.key_result_id, KeyResultPlan.quarter, KeyResultPlan.value)
        .join(KeyResult, col(KeyResult.id) == KeyResultPlan.key_result_id)
        .join(Objective, col(Objective.id) == KeyResult.objective_id)
    )
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    for key_result_id, quarter, value in session.execute(_within(statement, year, org_ids)):
        found[key_result_id][quarter] = value
    return found


def _nodes(session: Session, year: int, org_ids: Sequence[int] | None) -> dict[int, list[Facts]]:
    statement = (
        select(MilestoneNode.id, MilestoneNode.key_result_id, MilestoneNode.name, MilestoneNode.weight)
        .join(KeyResult, col(KeyResult.id) == MilestoneNode.key_result_id)
        .join(Objective, col(Objective.id) == KeyResult.objective_id)
        .order_by(col(MilestoneNode.position))
    )
    return _grouped(session.execute(_within(statement, year, org_ids)), lambda row: row.key_result_id)


def _checkins(
    session: Session, quarter_ids: Sequence[int], org_ids: Sequence[int] | None
) -> dict[tuple[int, int], list[Facts]]:
    statement = select(  # type: ignore[call-overload]
        *(getattr(CheckIn, name) for name in _CHECKIN_COLUMNS)
    ).where(col(CheckIn.quarter_id).in_(quarter_ids), col(CheckIn.superseded_at).is_(None), ~col(CheckIn.withdrawn))
    if org_ids is not None:
        statement = (
            statement.join(KeyResult, KeyResult.id == CheckIn.key_result_id)
            .join(Objective, Objective.id == KeyResult.objective_id)
            .where(col(Objective.org_id).in_(org_ids))
        )
    return _grouped(session.execute(statement.order_by(CheckIn.id)), lambda row: (row.key_result_id, row.quarter_id))


_CHECKIN_COLUMNS = (
    "id", "key_result_id", "quarter_id", "value", "done", "as_of", "confidence", "progress_note", "difficulty",
    "is_late", "account_id", "reported_by", "basis", "recorded_at",
)  # fmt: skip


def _nodes_done(session: Session, quarter_ids: Sequence[int]) -> dict[int, set[int]]:
    rows = session.execute(
        select(CheckInNode.checkin_id, CheckInNode.node_id)
        .join(CheckIn, col(CheckIn.id) == CheckInNode.checkin_id)
        .where(col(CheckIn.quarter_id).in_(quarter_ids))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for checkin_id, node_id in rows:
        found[checkin_id].add(node_id)
    return found


def _values(
    session: Session, quarter_ids: Sequence[int], org_ids: Sequence[int] | None
) -> dict[tuple[int, int, int], list[Facts]]:
    statement = select(  # type: ignore[call-overload]
        MeasuredValue.id,
        MeasuredValue.org_id,
        MeasuredValue.indicator_id,
        MeasuredValue.quarter_id,
        MeasuredValue.value,
        MeasuredValue.as_of,
        MeasuredValue.origin,
        MeasuredValue.note,
        MeasuredValue.checkin_id,
        MeasuredValue.account_id,
        MeasuredValue.recorded_at,
    ).where(col(MeasuredValue.quarter_id).in_(quarter_ids), col(MeasuredValue.superseded_at).is_(None))
    if org_ids is not None:
        statement = statement.where(col(MeasuredValue.org_id).in_(org_ids))
    return _grouped(
        session.execute(statement.order_by(MeasuredValue.id)),
        lambda row: (row.org_id, row.indicator_id, row.quarter_id),
    )


def _current(
    session: Session, table: Any, more: tuple[Any, ...], year: int, org_ids: Sequence[int] | None
) -> dict[tuple[int, int], Facts]:
    statement = select(table.org_id, table.indicator_id, table.value, *more).where(
        table.year == year, table.superseded_at.is_(None)
    )
    if org_ids is not None:
        statement = statement.where(table.org_id.in_(org_ids))
    return {(row.org_id, row.indicator_id): row for row in session.execute(statement)}


def _not_applicable(session: Session, year: int, org_ids: Sequence[int] | None) -> set[tuple[int, int]]:
    statement = select(NotApplicable.org_id, NotApplicable.indicator_id).where(NotApplicable.year == year)
    if org_ids is not None:
        statement = statement.where(col(NotApplicable.org_id).in_(org_ids))
    return {(row[0], row[1]) for row in session.execute(statement)}


def _within(statement: Any, year: int, org_ids: Sequence[int] | None) -> Any:
    statement = statement.where(Objective.year == year)
    return statement if org_ids is None else statement.where(col(Objective.org_id).in_(org_ids))


def _grouped(rows: Iterable[Facts], key: Any) -> dict[Any, list[Facts]]:
    found: dict[Any, list[Facts]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
