"""What stands in the database as far as an import compares with it, read in bulk."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from okr_desk.model.tables import (
    Appointment,
    Baseline,
    Category,
    CheckIn,
    CheckInNode,
    ImportBatch,
    ImportQuestion,
    Indicator,
    IndicatorVersion,
    KeyResult,
    KeyResultPlan,
    MeasuredValue,
    MilestoneNode,
    NotApplicable,
    Objective,
    Org,
    OrgVersion,
    Person,
    Quarter,
    Target,
    Year,
)
from okr_desk.rules.imports import Doubt, FactKind, Place, check_in_text, subject_of, target_of
from okr_desk.terms import Accumulation, ApprovalState, OrgKind, Origin, QuarterState

Identity = tuple[str, str, str, str, str, str]


@dataclass(frozen=True)
class StandingIndicator:
    """The newest definition of an indicator."""

    id: int
    code: str
    name: str
    unit: str
    direction: str
    dimension: str
    decimals: int
    is_year_to_date: bool


@dataclass(frozen=True)
class StandingQuarter:
    """A quarter and whether it takes entries."""

    id: int
    starts_on: date
    ends_on: date
    due_on: date
    state: QuarterState


@dataclass(frozen=True)
class StandingNumber:
    """The number that counts now, and everything that was ever said on the same thing."""

    value: Decimal
    ever: frozenset[Decimal]


@dataclass(frozen=True)
class StandingCheckIn:
    """What a branch's check-in says now (as text) and ever said."""

    said: str
    ever: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """Everything that an import compares with, by short name and code.

    `shares` are the weights of milestone nodes and `plans` the quarters' plans of a key result, `held` the names of
    all who ever held a post in an organisation.
    """

    township_id: int | None
    township_names: frozenset[str]
    orgs: dict[str, tuple[int, OrgVersion]]
    kinds: dict[str, str]
    indicators: dict[str, StandingIndicator]
    years: frozenset[int]
    quarters: dict[tuple[int, int], StandingQuarter]
    objectives: dict[tuple[str, int, str], Objective]
    key_results: dict[tuple[str, int, str], KeyResult]
    nodes: dict[int, dict[str, int]]
    shares: dict[int, dict[str, Decimal]]
    plans: dict[int, dict[int, Decimal]]
    categories: dict[int, str]
    held: dict[tuple[int, str], frozenset[str]]
    exempt: frozenset[tuple[str, str, int]]
    numbers: dict[str, StandingNumber]
    check_ins: dict[str, StandingCheckIn]
    questions: dict[Identity, tuple[int, str]]


def standing(session: Session) -> Standing:
    """Read in bulk: a dozen queries whatever the size of the township."""
    orgs, kinds, township_id, township_names = _orgs(session)
    short = {org_id: name for name, (org_id, _version) in orgs.items()}
    indicators = _indicators(session)
    codes = {indicator.id: code for code, indicator in indicators.items()}
    quarters, quarter_of = _quarters(session)
    objectives, key_results = _objectives(session, short)
    exempt = session.exec(select(NotApplicable)).all()
    return Standing(
        township_id=township_id,
        township_names=township_names,
        orgs=orgs,
        kinds=kinds,
        indicators=indicators,
        years=frozenset(session.exec(select(Year.number))),
        quarters=quarters,
        objectives=objectives,
        key_results=key_results,
        nodes=_nodes(session),
        shares=_shares(session),
        plans=_plans(session),
        categories={row.key: row.name for row in session.exec(select(Category))},
        held=_held(session),
        exempt=frozenset(
            (short[row.org_id], codes[row.indicator_id], row.year) for row in exempt if row.org_id in short
        ),
        numbers=_lines(session, short, codes) | _values(session, short, codes, quarter_of),
        check_ins=_check_ins(session, key_results, quarter_of),
        questions=_asked(session),
    )


def _orgs(
    session: Session,
) -> tuple[dict[str, tuple[int, OrgVersion]], dict[str, str], int | None, frozenset[str]]:
    rows = session.exec(
        select(Org, OrgVersion)
        .join(OrgVersion, col(OrgVersion.org_id) == Org.id)
        .where(col(Org.retired_on).is_(None))
        .order_by(col(Org.position), col(OrgVersion.valid_from))
    ).all()
    newest = {org.key: (org, version) for org, version in rows}
    orgs: dict[str, tuple[int, OrgVersion]] = {}
    kinds: dict[str, str] = {}
    township_id: int | None = None
    names: frozenset[str] = frozenset()
    for org_id, (org, version) in newest.items():
        if org.kind == OrgKind.TOWNSHIP:
            township_id, names = org_id, frozenset({version.full_name, version.short_name})
        else:
            orgs[version.short_name] = (org_id, version)
            kinds[version.short_name] = org.kind
    return orgs, kinds, township_id, names


def _indicators(session: Session) -> dict[str, StandingIndicator]:
    rows = session.exec(
        select(Indicator, IndicatorVersion)
        .join(IndicatorVersion, col(IndicatorVersion.indicator_id) == Indicator.id)
        .where(col(Indicator.retired_on).is_(None))
        .order_by(col(Indicator.position), col(IndicatorVersion.version))
    )
    return {
        row.code: StandingIndicator(
            row.key,
            row.code,
            version.name,
            version.unit,
            version.direction,
            version.dimension,
            version.decimals,
            version.accumulation == Accumulation.YEAR_TO_DATE,
        )
        for row, version in rows
    }


def _quarters(
    session: Session,
) -> tuple[dict[tuple[int, int], StandingQuarter], dict[int, tuple[int, int]]]:
    rows = session.exec(select(Quarter, Year.number).join(Year, col(Year.id) == Quarter.year_id)).all()
    quarters = {
        (year, row.number): StandingQuarter(row.key, row.starts_on, row.ends_on, row.due_on, QuarterState(row.state))
        for row, year in rows
    }
    return quarters, {row.key: (year, row.number) for row, year in rows}


def _objectives(
    session: Session, short: dict[int, str]
) -> tuple[dict[tuple[str, int, str], Objective], dict[tuple[str, int, str], KeyResult]]:
    objectives = session.exec(select(Objective)).all()
    where = {row.key: (short.get(row.org_id, ""), row.year) for row in objectives}
    key_results = session.exec(
        select(KeyResult).where(KeyResult.state != ApprovalState.STOPPED).order_by(col(KeyResult.id))
    )
    return (
        {(*where[row.key], row.code): row for row in objectives},
        {(*where[row.objective_id], row.code): row for row in key_results},
    )


def _nodes(session: Session) -> dict[int, dict[str, int]]:
    nodes: dict[int, dict[str, int]] = defaultdict(dict)
    for row in session.exec(
        select(MilestoneNode).order_by(col(MilestoneNode.key_result_id), col(MilestoneNode.position))
    ):
        nodes[row.key_result_id][row.name] = row.key
    return nodes


def _shares(session: Session) -> dict[int, dict[str, Decimal]]:
    shares: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for row in session.exec(select(MilestoneNode)):
        shares[row.key_result_id][row.name] = row.weight
    return shares


def _plans(session: Session) -> dict[int, dict[int, Decimal]]:
    plans: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in session.exec(select(KeyResultPlan)):
        plans[row.key_result_id][row.quarter] = row.value
    return plans


def _held(session: Session) -> dict[tuple[int, str], frozenset[str]]:
    names: dict[tuple[int, str], set[str]] = defaultdict(set)
    of = select(Appointment, Person.name).join(Person, col(Person.id) == Appointment.person_id)
    for row, name in session.exec(of):
        names[row.org_id, row.post].add(name)
    return {place: frozenset(found) for place, found in names.items()}


def _lines(session: Session, short: dict[int, str], codes: dict[int, str]) -> dict[str, StandingNumber]:
    said: dict[str, list[tuple[Decimal, bool]]] = defaultdict(list)
    for row in (*session.exec(select(Baseline)), *session.exec(select(Target))):
        if row.org_id not in short:
            continue
        kind = FactKind.BASELINE if isinstance(row, Baseline) else FactKind.TARGET
        target = target_of(org=short[row.org_id], indicator=codes[row.indicator_id], year=row.year)
        said[subject_of(kind, target)].append((row.value, row.superseded_at is None))
    return {subject: _number(values) for subject, values in said.items()}


def _values(
    session: Session, short: dict[int, str], codes: dict[int, str], quarter_of: dict[int, tuple[int, int]]
) -> dict[str, StandingNumber]:
    said: dict[str, list[tuple[Decimal, bool]]] = defaultdict(list)
    for row in session.exec(select(MeasuredValue).where(MeasuredValue.origin == Origin.TOWNSHIP)):
        if row.org_id not in short:
            continue
        year, quarter = quarter_of[row.quarter_id]
        target = target_of(org=short[row.org_id], indicator=codes[row.indicator_id], year=year, quarter=quarter)
        said[subject_of(FactKind.VALUE, target)].append((row.value, row.superseded_at is None))
    return {subject: _number(values) for subject, values in said.items()}


def _number(values: list[tuple[Decimal, bool]]) -> StandingNumber:
    now = next((value for value, stands in reversed(values) if stands), values[-1][0])
    return StandingNumber(now, frozenset(value for value, _stands in values))


def _check_ins(
    session: Session,
    key_results: dict[tuple[str, int, str], KeyResult],
    quarter_of: dict[int, tuple[int, int]],
) -> dict[str, StandingCheckIn]:
    where = {row.key: place for place, row in key_results.items()}
    nodes: dict[int, list[str]] = defaultdict(list)
    for checkin_id, name in session.exec(
        select(CheckInNode.checkin_id, MilestoneNode.name)
        .join(MilestoneNode, col(MilestoneNode.id) == CheckInNode.node_id)
        .order_by(col(MilestoneNode.position))
    ):
        nodes[checkin_id].append(name)
    said: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in session.exec(select(CheckIn).where(~col(CheckIn.withdrawn)).order_by(col(CheckIn.id))):
        if row.key_result_id not in where:
            continue
        org, _year, code = where[row.key_result_id]
        year, quarter = quarter_of[row.quarter_id]
        target = target_of(org=org, year=year, quarter=quarter, key_result=code)
        text = check_in_text(row.value, row.done, tuple(nodes[row.key]))
        said[subject_of(FactKind.CHECK_IN, target)].append((text, row.superseded_at is None))
    return {
        subject: StandingCheckIn(
            next((text for text, stands in reversed(texts) if stands), texts[-1][0]),
            frozenset(text for text, _stands in texts),
        )
        for subject, texts in said.items()
    }


def _asked(session: Session) -> dict[Identity, tuple[int, str]]:
    rows = session.exec(
        select(ImportQuestion)
        .join(ImportBatch, col(ImportBatch.id) == ImportQuestion.batch_id)
        .where(col(ImportBatch.undone_at).is_(None))
    )
    return {doubt_of(row).identity: (row.key, row.decision) for row in rows}


def doubt_of(row: ImportQuestion) -> Doubt:
    """A stored question as the plan and the screen know it."""
    place = Place(row.workbook, row.sheet, row.cell)
    org = str(json.loads(row.target).get("org", ""))
    return Doubt(place, row.raw, row.proposal, row.reason, row.lossless, FactKind(row.fact), row.target, org)
