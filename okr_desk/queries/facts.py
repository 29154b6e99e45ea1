"""The raw facts behind boards, read in bulk: a handful of column queries for any number of organisations.

Nothing is decided here; `queries.scored` turns facts into views.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from okr_desk.model.columns import (
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
    Quarter,
    Target,
    Year,
)
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.model.types import PLACES
from okr_desk.queries.line_versions import Versions, line_versions
from okr_desk.terms import Accumulation, KrKind

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
    baselines: Versions
    targets: Versions
    not_applicable: set[tuple[int, int]]
    indicators: dict[int, Facts]
    titles: dict[int, tuple[str, str]]


def load(session: Reader, year: int, quarter_ids: Sequence[int], org_ids: Sequence[int] | None = None) -> YearFacts:
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
        values=_values(session, quarter_ids, org_ids, _SAID),
        baselines=line_versions(session, Baseline, (Baseline.as_of, Baseline.source), year, org_ids),
        targets=line_versions(session, Target, (), year, org_ids),
        not_applicable=_not_applicable(session, year, org_ids),
        indicators=indicators(session),
        titles=_titles(session, year),
    )


@dataclass(frozen=True)
class YearLines:
    """The lines of all indicators in a year, without objectives: what the hundred-point sheet is scored by."""

    values: dict[tuple[int, int, int], list[Facts]]
    baselines: Versions
    targets: Versions
    not_applicable: set[tuple[int, int]]


def year_lines(
    session: Reader,
    year: int,
    quarter_ids: Sequence[int],
    org_ids: Sequence[int] | None = None,
    with_people: bool = False,
) -> YearLines:
    """Baselines, targets and what does not apply in `year`, with the values that stand in `quarter_ids`.

    Who recorded a value, when and with what remark costs time where there are many: it is asked for.
    """
    more = _SAID if with_people else ()
    return YearLines(
        values=_values(session, quarter_ids, org_ids, more) if quarter_ids else {},
        baselines=line_versions(session, Baseline, (), year, org_ids),
        targets=line_versions(session, Target, (), year, org_ids),
        not_applicable=_not_applicable(session, year, org_ids),
    )


def indicators(session: Reader) -> dict[int, Facts]:
    """The newest definition of each indicator, by indicator id."""
    rows = session.execute(
        select(
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
        .join(Indicator.TABLE, Indicator.id == IndicatorVersion.indicator_id)
        .order_by(IndicatorVersion.version)
    )
    return {row.indicator_id: row for row in facts(rows)}


def _objectives(session: Reader, year: int, org_ids: Sequence[int] | None) -> list[Facts]:
    statement = select(
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
        Objective.counts_from,
        Objective.stopped_on,
    ).where(Objective.year == year)
    if org_ids is not None:
        statement = statement.where(Objective.org_id.in_(org_ids))
    return list(session.execute(statement.order_by(Objective.org_id, Objective.code)))


def _titles(session: Reader, year: int) -> dict[int, tuple[str, str]]:
    """Code and title of every objective of a year: one may be aligned to any other."""
    rows = session.execute(select(Objective.id, Objective.code, Objective.title).where(Objective.year == year))
    return {key: (code, title) for key, code, title in rows.all()}


def _key_results(session: Reader, year: int, org_ids: Sequence[int] | None) -> list[Facts]:
    statement = select(*(getattr(KeyResult, name) for name in _KEY_RESULT_COLUMNS), Objective.org_id).join(
        Objective.TABLE, Objective.id == KeyResult.objective_id
    )
    statement = _within(statement, year, org_ids)
    return list(session.execute(statement.order_by(KeyResult.objective_id, KeyResult.position, KeyResult.code)))


_KEY_RESULT_COLUMNS = (
    "id", "uid", "objective_id", "code", "title", "kind", "nature", "dimension", "unit", "direction", "decimals",
    "weight", "indicator_id", "baseline", "baseline_on", "baseline_source", "target", "upper", "slack", "inclusive",
    "state", "state_reason", "counts_from", "stopped_on",
)  # fmt: skip


def _plans(session: Reader, year: int, org_ids: Sequence[int] | None) -> dict[int, dict[int, Any]]:
    statement = (
        select(KeyResultPlan.key_result_id, KeyResultPlan.quarter, KeyResultPlan.value)
        .join(KeyResult.TABLE, KeyResult.id == KeyResultPlan.key_result_id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
    )
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    for key_result_id, quarter, value in session.execute(_within(statement, year, org_ids)):
        found[key_result_id][quarter] = value
    return found


def _nodes(session: Reader, year: int, org_ids: Sequence[int] | None) -> dict[int, list[Facts]]:
    statement = (
        select(MilestoneNode.id, MilestoneNode.key_result_id, MilestoneNode.name, MilestoneNode.weight)
        .join(KeyResult.TABLE, KeyResult.id == MilestoneNode.key_result_id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .order_by(MilestoneNode.position)
    )
    return _grouped(session.execute(_within(statement, year, org_ids)), lambda row: row.key_result_id)


def _checkins(
    session: Reader, quarter_ids: Sequence[int], org_ids: Sequence[int] | None
) -> dict[tuple[int, int], list[Facts]]:
    statement = select(*(getattr(CheckIn, name) for name in _CHECKIN_COLUMNS)).where(
        CheckIn.quarter_id.in_(quarter_ids), CheckIn.superseded_at.is_(None), ~CheckIn.withdrawn
    )
    if org_ids is not None:
        statement = (
            statement.join(KeyResult.TABLE, KeyResult.id == CheckIn.key_result_id)
            .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
            .where(Objective.org_id.in_(org_ids))
        )
    return _grouped(session.execute(statement.order_by(CheckIn.id)), lambda row: (row.key_result_id, row.quarter_id))


_CHECKIN_COLUMNS = (
    "id", "key_result_id", "quarter_id", "value", "done", "as_of", "confidence", "progress_note", "difficulty",
    "is_late", "account_id", "reported_by", "basis", "recorded_at",
)  # fmt: skip


def _nodes_done(session: Reader, quarter_ids: Sequence[int]) -> dict[int, set[int]]:
    rows = session.execute(
        select(CheckInNode.checkin_id, CheckInNode.node_id)
        .join(CheckIn.TABLE, CheckIn.id == CheckInNode.checkin_id)
        .where(CheckIn.quarter_id.in_(quarter_ids))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for checkin_id, node_id in rows:
        found[checkin_id].add(node_id)
    return found


def _values(
    session: Reader, quarter_ids: Sequence[int], org_ids: Sequence[int] | None, more: tuple[Any, ...]
) -> dict[tuple[int, int, int], list[Facts]]:
    statement = select(
        MeasuredValue.org_id,
        MeasuredValue.indicator_id,
        MeasuredValue.quarter_id,
        MeasuredValue.id,
        MeasuredValue.value,
        MeasuredValue.as_of,
        MeasuredValue.origin,
        *more,
    ).where(MeasuredValue.quarter_id.in_(quarter_ids), MeasuredValue.superseded_at.is_(None))
    if org_ids is not None:
        statement = statement.where(MeasuredValue.org_id.in_(org_ids))
    return _grouped(session.execute(statement.order_by(MeasuredValue.id)), lambda row: (row[0], row[1], row[2]))


_SAID = (MeasuredValue.note, MeasuredValue.checkin_id, MeasuredValue.account_id, MeasuredValue.recorded_at)


def _not_applicable(session: Reader, year: int, org_ids: Sequence[int] | None) -> set[tuple[int, int]]:
    statement = select(NotApplicable.org_id, NotApplicable.indicator_id).where(NotApplicable.year == year)
    if org_ids is not None:
        statement = statement.where(NotApplicable.org_id.in_(org_ids))
    return {(row[0], row[1]) for row in session.execute(statement)}


def _within(statement: Any, year: int, org_ids: Sequence[int] | None) -> Any:
    statement = statement.where(Objective.year == year)
    return statement if org_ids is None else statement.where(Objective.org_id.in_(org_ids))


def _grouped(rows: Iterable[Facts], key: Any) -> dict[Any, list[Facts]]:
    found: dict[Any, list[Facts]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


@dataclass(frozen=True)
class SharedFacts:
    """What a sweep over all key results looks up: amounts as stored integers (millionths)."""

    baselines: dict[tuple[int, int], int]
    targets: dict[tuple[int, int], int]
    values: dict[tuple[int, int], int]
    year_to_date: set[int]
    not_applicable: set[tuple[int, int]]
    nodes: dict[int, list[tuple[int, Any]]]
    nodes_done: dict[int, set[int]]
    done_before: set[int]
    said_done: set[int]
    guard_rails: dict[int, tuple[int | None, int | None, bool]]

    def line(self, org_id: int, indicator_id: int, said: int | None) -> tuple[int | None, int | None, int | None]:
        """Start, target and value of a linked key result; `said` is the check-in's own value."""
        key = (org_id, indicator_id)
        start = 0 if indicator_id in self.year_to_date else self.baselines.get(key)
        return start, self.targets.get(key), self.values.get(key, said)


def load_shared(session: Reader, quarter: Any, org_ids: Sequence[int] | None = None) -> SharedFacts:
    """The lines, values and nodes behind the key results of a quarter, of `org_ids` only (None: all)."""
    year = quarter.year
    known = indicators(session)
    chosen: dict[tuple[int, int], int] = {}
    for (org_id, indicator_id, _quarter), rows in _values(session, [quarter.id], org_ids, ()).items():
        chosen[org_id, indicator_id] = _stored(preferred(rows, known[indicator_id].precedence).value)
    before = list(
        session.execute(
            select(Quarter.id)
            .join(Year.TABLE, Year.id == Quarter.year_id)
            .where(Year.number == year, Quarter.number < quarter.number)
        ).scalars()
    )
    nodes = {key: [(row.id, row.weight) for row in rows] for key, rows in _nodes(session, year, org_ids).items()}
    return SharedFacts(
        baselines=_stored_lines(line_versions(session, Baseline, (), year, org_ids), quarter),
        targets=_stored_lines(line_versions(session, Target, (), year, org_ids), quarter),
        values=chosen,
        year_to_date={i for i, row in known.items() if row.accumulation == Accumulation.YEAR_TO_DATE},
        not_applicable=_not_applicable(session, year, org_ids),
        nodes=nodes,
        nodes_done=_nodes_done(session, [quarter.id]),
        done_before=_done_before(session, year, before, nodes, org_ids),
        said_done=_said_done(session, quarter.id),
        guard_rails=_guard_rails(session, year, org_ids),
    )


def preferred(rows: Sequence[Any], precedence: str) -> Any:
    """The value that counts: of the origin that the office put first, the newest among equals."""
    order = precedence.split(",")
    return min(reversed(rows), key=lambda v: order.index(v.origin) if v.origin in order else len(order))


def _said_done(session: Reader, quarter_id: int) -> set[int]:
    rows = session.execute(select(CheckIn.id).where(CheckIn.quarter_id == quarter_id, CheckIn.done.is_(True)))
    return set(rows.scalars())


def _guard_rails(
    session: Reader, year: int, org_ids: Sequence[int] | None
) -> dict[int, tuple[int | None, int | None, bool]]:
    """Upper limit and slack as stored integers, and whether the limit itself is kept, by key result."""
    statement = (
        select(KeyResult.id, KeyResult.upper, KeyResult.slack, KeyResult.inclusive)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(KeyResult.kind == KrKind.GUARD_RAIL)
    )
    rows = session.execute(_within(statement, year, org_ids))
    return {
        row.id: (
            None if row.upper is None else _stored(row.upper),
            None if row.slack is None else _stored(row.slack),
            row.inclusive,
        )
        for row in rows
    }


def _done_before(
    session: Reader,
    year: int,
    quarter_ids: list[int],
    nodes: dict[int, list[tuple[int, Any]]],
    org_ids: Sequence[int] | None,
) -> set[int]:
    """Key results whose newest earlier check-in states them done: done once stays done."""
    if not quarter_ids:
        return set()
    once = (KrKind.YES_NO, KrKind.ESTABLISH_BASELINE, KrKind.MILESTONE)
    statement = (
        select(KeyResult.id)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(KeyResult.kind.in_(once))
    )
    may_be = session.execute(_within(statement, year, org_ids)).scalars().all()
    if not may_be:
        return set()
    rows = session.execute(
        select(CheckIn.id, CheckIn.key_result_id, CheckIn.done, CheckIn.value, KeyResult.kind)
        .join(KeyResult.TABLE, KeyResult.id == CheckIn.key_result_id)
        .where(
            CheckIn.quarter_id.in_(quarter_ids),
            CheckIn.key_result_id.in_(may_be),
            CheckIn.superseded_at.is_(None),
            ~CheckIn.withdrawn,
        )
        .order_by(CheckIn.quarter_id, CheckIn.id)
    )
    marked = _nodes_done(session, quarter_ids)
    found: dict[int, bool] = {}
    for row in rows:
        if row.kind == KrKind.MILESTONE:
            found[row.key_result_id] = all(n in marked.get(row.id, set()) for n, _w in nodes.get(row.key_result_id, []))
        else:
            found[row.key_result_id] = bool(row.done) or (
                row.kind == KrKind.ESTABLISH_BASELINE and row.value is not None
            )
    return {key for key, done in found.items() if done}


def _stored_lines(versions: Versions, quarter: Any) -> dict[tuple[int, int], int]:
    """The lines that a quarter is judged by, as stored integers."""
    found = {key: _stored(row.value) for key, row in versions.items()}
    for key in versions.past:
        row = versions.at(key, quarter)
        if row is not None:
            found[key] = _stored(row.value)
    return found


def _stored(value: Any) -> int:
    return int(value.scaleb(PLACES))
