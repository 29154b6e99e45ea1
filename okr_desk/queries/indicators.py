"""The KPI library and its lines: definitions, baselines, targets, values by origin, and where origins disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.columns import (
    Baseline,
    MeasuredValue,
    NotApplicable,
    Quarter,
    Target,
)
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import orgs, users
from okr_desk.queries.library import IndicatorView, definition, history, library
from okr_desk.queries.objectives import OrgView
from okr_desk.rules.indicators import counting, differing
from okr_desk.rules.permissions import Action, Actor
from okr_desk.terms import OrgKind, Origin

__all__ = ["IndicatorView", "definition", "history", "library"]

Key = tuple[int, int]
"""Organisation id and indicator id."""


@dataclass(frozen=True)
class Entry:
    """A baseline or target with its place in the row of versions; `is_current` marks the one in force."""

    value: Decimal
    version: int
    as_of: date | None
    source: str
    reason: str
    by: str
    recorded_on: date
    is_current: bool


@dataclass(frozen=True)
class ValueView:
    """A measured value with where it comes from; the one that `counts` is first in the office's order.

    One `is_past` was replaced by a later value of the same origin.
    """

    quarter: int
    value: Decimal
    as_of: date
    origin: Origin
    note: str
    by: str
    recorded_on: date
    counts: bool
    is_past: bool = False


@dataclass(frozen=True)
class IndicatorLine:
    """One branch on one indicator through a year. `values` holds what counts for each of the four quarters.

    `said` has every value behind them, the one that counts first in its quarter, those replaced last.
    """

    org_id: int
    org_name: str
    category: str
    search_keys: str
    applies: bool
    baseline: Decimal | None
    baseline_on: date | None
    baseline_source: str
    target: Decimal | None
    values: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
    is_changed: bool
    said: tuple[ValueView, ...] = ()

    def now(self, quarter: int) -> Decimal | None:
        """What counts in a quarter."""
        return self.values[quarter - 1]


@dataclass(frozen=True)
class LineHistory:
    """All that was ever said on one branch and indicator in a year, newest first."""

    baselines: tuple[Entry, ...]
    targets: tuple[Entry, ...]
    values: tuple[ValueView, ...]
    exempt_reason: str


@dataclass(frozen=True)
class Conflict:
    """Values of different origins that differ by more than the tolerance."""

    org_id: int
    org_name: str
    indicator_id: int
    code: str
    name: str
    unit: str
    chosen: Origin
    values: tuple[tuple[Origin, Decimal], ...]


def lines(
    session: Reader, indicator_id: int, year: int, actor: Actor | None, category: str = ""
) -> tuple[IndicatorLine, ...]:
    """Baseline, target and counted values of the branches that `actor` may see, or of one category of them.

    What others have reached is for the office and for who looks at the whole township; nobody signed in sees nothing.
    """
    meaning = definition(session, indicator_id, date(year, 12, 31))
    numbers = _quarters(session, year)
    everything = _all_values(session, numbers, indicator_id)
    said = [row for rows in everything.values() for row in rows if row.superseded_at is None]
    names = users.names(session)
    counted = _counted(said, numbers, {indicator_id: meaning.precedence})
    starts = {row.org_id: row for row in _baselines(session, year) if row.indicator_id == indicator_id}
    aims = {row.org_id: row for row in _targets(session, year) if row.indicator_id == indicator_id}
    exempt = {org_id for org_id, indicator in not_applicable(session, year) if indicator == indicator_id}
    found = []
    for org in _seen(session, actor, _day_in(session, year)):
        if org.kind != OrgKind.BRANCH or (category and org.category != category):
            continue
        start, aim = starts.get(org.id), aims.get(org.id)
        values = counted.get((org.id, indicator_id), {})
        found.append(
            IndicatorLine(
                org_id=org.id,
                org_name=org.short_name,
                category=org.category,
                search_keys=org.search_keys,
                applies=org.id not in exempt and _in_scope(meaning, org.category),
                baseline=start.value if start else None,
                baseline_on=start.as_of if start else None,
                baseline_source=start.source if start else "",
                target=aim.value if aim else None,
                values=(values.get(1), values.get(2), values.get(3), values.get(4)),
                is_changed=any(row is not None and row.version > 1 for row in (start, aim)),
                said=_value_views(everything.get(org.id, []), numbers, meaning, names),
            )
        )
    return tuple(found)


def line_history(session: Reader, org_id: int, indicator_id: int, year: int) -> LineHistory:
    """Every version of baseline, target and values of one branch, with who said so."""
    names = users.names(session)
    meaning = definition(session, indicator_id, date(year, 12, 31))
    starts = session.execute(
        select(*Baseline.ALL)
        .where(Baseline.org_id == org_id, Baseline.indicator_id == indicator_id, Baseline.year == year)
        .order_by(Baseline.version.desc())
    )
    aims = session.execute(
        select(*Target.ALL)
        .where(Target.org_id == org_id, Target.indicator_id == indicator_id, Target.year == year)
        .order_by(Target.version.desc())
    )
    numbers = _quarters(session, year)
    said = [r for r in _values(session, numbers) if (r.org_id, r.indicator_id) == (org_id, indicator_id)]
    exempt = session.execute(
        select(NotApplicable.reason).where(
            NotApplicable.org_id == org_id, NotApplicable.indicator_id == indicator_id, NotApplicable.year == year
        )
    ).scalar()
    return LineHistory(
        tuple(_entry(row, names, row.as_of, row.source) for row in starts),
        tuple(_entry(row, names, None, "") for row in aims),
        _value_views(said, numbers, meaning, names),
        exempt or "",
    )


def conflicts(session: Reader, quarter_id: int, actor: Actor | None) -> tuple[Conflict, ...]:
    """Where origins disagree in a quarter, by branch and code, of the branches that `actor` may see.

    A ruling of the office (镇审核) that counts and is newer than the others settles the matter.
    """
    day = _quarter_end(session, quarter_id)
    meanings = {view.id: view for view in library(session, day, retired=True)}
    by_key: dict[Key, dict[Origin, Facts]] = defaultdict(dict)
    for row in _values(session, {quarter_id: 1}):
        by_key[row.org_id, row.indicator_id][Origin(row.origin)] = row
    names = {org.id: org.short_name for org in _seen(session, actor, day)} if by_key else {}
    found = []
    for (org_id, indicator_id), rows in by_key.items():
        if org_id not in names:
            continue
        meaning = meanings[indicator_id]
        values = {origin: row.value for origin, row in rows.items()}
        chosen = counting(meaning.precedence, values)
        if chosen is None or not differing(meaning.precedence, values, meaning.tolerance):
            continue
        if chosen is Origin.TOWNSHIP and all(rows[chosen].id >= row.id for row in rows.values()):
            continue
        ordered = tuple((origin, values[origin]) for origin in meaning.precedence if origin in values)
        found.append(
            Conflict(org_id, names[org_id], indicator_id, meaning.code, meaning.name, meaning.unit, chosen, ordered)
        )
    return tuple(sorted(found, key=lambda one: (one.org_id, one.code)))


def baselines(session: Reader, year: int) -> dict[Key, Decimal]:
    """The baselines in force by organisation and indicator."""
    return {(row.org_id, row.indicator_id): row.value for row in _baselines(session, year)}


def targets(session: Reader, year: int) -> dict[Key, Decimal]:
    """The targets in force by organisation and indicator."""
    return {(row.org_id, row.indicator_id): row.value for row in _targets(session, year)}


def not_applicable(session: Reader, year: int) -> frozenset[Key]:
    """What was said not to apply."""
    rows = session.execute(select(*NotApplicable.ALL).where(NotApplicable.year == year))
    return frozenset((row.org_id, row.indicator_id) for row in rows)


def values(session: Reader, year: int) -> dict[Key, dict[int, Decimal]]:
    """The values that count, by organisation and indicator, then by the number of the quarter."""
    numbers = _quarters(session, year)
    order = {view.id: view.precedence for view in library(session, date(year, 12, 31), retired=True)}
    return _counted(_values(session, numbers), numbers, order)


def _counted(
    rows: Iterable[Facts], numbers: dict[int, int], order: dict[int, tuple[Origin, ...]]
) -> dict[Key, dict[int, Decimal]]:
    said: dict[Key, dict[int, dict[Origin, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        said[row.org_id, row.indicator_id][numbers[row.quarter_id]][Origin(row.origin)] = row.value
    found: dict[Key, dict[int, Decimal]] = defaultdict(dict)
    for key, quarters in said.items():
        for number, by_origin in quarters.items():
            chosen = counting(order[key[1]], by_origin)
            if chosen is not None:
                found[key][number] = by_origin[chosen]
    return found


def _entry(row: Facts, names: dict[int, str], as_of: date | None, source: str) -> Entry:
    return Entry(
        value=row.value,
        version=row.version,
        as_of=as_of,
        source=source,
        reason=row.reason,
        by=names.get(row.account_id or 0, ""),
        recorded_on=local(row.recorded_at).date(),
        is_current=row.superseded_at is None,
    )


def _value_views(
    rows: list[Facts], numbers: dict[int, int], meaning: IndicatorView, names: dict[int, str]
) -> tuple[ValueView, ...]:
    by_quarter: dict[int, dict[Origin, Decimal]] = defaultdict(dict)
    for row in rows:
        if row.superseded_at is None:
            by_quarter[numbers[row.quarter_id]][Origin(row.origin)] = row.value
    chosen = {number: counting(meaning.precedence, found) for number, found in by_quarter.items()}
    views = [
        ValueView(
            quarter=numbers[row.quarter_id],
            value=row.value,
            as_of=row.as_of,
            origin=Origin(row.origin),
            note=row.note,
            by=names.get(row.account_id or 0, ""),
            recorded_on=local(row.recorded_at).date(),
            counts=row.superseded_at is None and chosen.get(numbers[row.quarter_id]) == Origin(row.origin),
            is_past=row.superseded_at is not None,
        )
        for row in reversed(rows)
    ]
    return tuple(sorted(views, key=lambda view: (-view.quarter, not view.counts, view.is_past)))


def _seen(session: Reader, actor: Actor | None, day: date) -> list[OrgView]:
    """Organisations as they stood on `day` that a person may look at today; without a person none."""
    if actor is None:
        return []
    return [org for org in orgs.tree(session, day) if actor.may(Action.VIEW, org.line, today(session))]


def _in_scope(meaning: IndicatorView, category: str) -> bool:
    return not meaning.categories or category in meaning.categories


def _quarters(session: Reader, year: int) -> dict[int, int]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = session.execute(select(*Quarter.ALL).where(Quarter.starts_on >= first, Quarter.starts_on <= last))
    return {row.id: row.number for row in rows}


def _quarter_end(session: Reader, quarter_id: int) -> date:
    end: date | None = session.execute(select(Quarter.ends_on).where(Quarter.id == quarter_id)).scalar()
    if end is None:
        raise Refusal(_("没有这个季度。"))
    return end


def _day_in(session: Reader, year: int) -> date:
    return min(today(session), date(year, 12, 31))


def _baselines(session: Reader, year: int) -> list[Facts]:
    return list(session.execute(select(*Baseline.ALL).where(Baseline.year == year, Baseline.superseded_at.is_(None))))


def _targets(session: Reader, year: int) -> list[Facts]:
    return list(session.execute(select(*Target.ALL).where(Target.year == year, Target.superseded_at.is_(None))))


def _all_values(session: Reader, numbers: dict[int, int], indicator_id: int) -> dict[int, list[Facts]]:
    """Every value of an indicator by organisation, replaced ones included, oldest first."""
    rows = session.execute(
        select(*MeasuredValue.ALL)
        .where(MeasuredValue.quarter_id.in_(numbers), MeasuredValue.indicator_id == indicator_id)
        .order_by(MeasuredValue.id)
    )
    found: dict[int, list[Facts]] = defaultdict(list)
    for row in rows:
        found[row.org_id].append(row)
    return found


def _values(session: Reader, numbers: dict[int, int]) -> list[Facts]:
    return list(
        session.execute(
            select(*MeasuredValue.ALL)
            .where(MeasuredValue.quarter_id.in_(numbers), MeasuredValue.superseded_at.is_(None))
            .order_by(MeasuredValue.id)
        )
    )
