"""What stands in the database as far as an import compares with it, read in bulk."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from okr_desk.model.columns import (
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
    Reopening,
    Target,
    Year,
)
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import import_entries, survey_grim
from okr_desk.queries.survey_grim import Answered
from okr_desk.rules.imports import Doubt, EntryFact, FactKind, Frozen, Place, check_in_text, subject_of, target_of
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
    all who ever held a post in an organisation, `entries` how many lines of registers say the same, `answers` what
    satisfaction figures of a branch and quarter are held against, `obstacles` say why a line of a register cannot be
    taken.
    """

    township_id: int | None
    township_names: frozenset[str]
    orgs: dict[str, tuple[int, Facts]]
    kinds: dict[str, str]
    indicators: dict[str, StandingIndicator]
    years: frozenset[int]
    quarters: dict[tuple[int, int], StandingQuarter]
    objectives: dict[tuple[str, int, str], Facts]
    key_results: dict[tuple[str, int, str], Facts]
    nodes: dict[int, dict[str, int]]
    shares: dict[int, dict[str, Decimal]]
    plans: dict[int, dict[int, Decimal]]
    categories: dict[int, str]
    held: dict[tuple[int, str], frozenset[str]]
    exempt: frozenset[tuple[str, str, int]]
    numbers: dict[str, StandingNumber]
    check_ins: dict[str, StandingCheckIn]
    questions: dict[Identity, tuple[int, str]]
    frozen: Frozen
    entries: Counter[str]
    answers: dict[tuple[str, int, int], Answered]
    obstacles: dict[FactKind, Callable[[EntryFact], str]]

    @property
    def reported(self) -> frozenset[tuple[str, int, int]]:
        """Branch, year and quarter of every return that has come: check-ins, and questions on them that still wait."""
        said = [tuple(subject.split("|")) for subject in self.check_ins]
        for identity, (_id, decision) in self.questions.items():
            if identity[4] == FactKind.CHECK_IN and not decision:
                said.append(tuple(subject_of(FactKind.CHECK_IN, identity[5]).split("|")))
        return frozenset((parts[1], int(parts[2]), int(parts[3])) for parts in said)


def standing(session: Reader) -> Standing:
    """Read in bulk: a dozen queries whatever the size of the township."""
    orgs, kinds, township_id, township_names = _orgs(session)
    short = {org_id: name for name, (org_id, _version) in orgs.items()}
    indicators = _indicators(session)
    codes = {indicator.id: code for code, indicator in indicators.items()}
    quarters, quarter_of = _quarters(session)
    objectives, key_results = _objectives(session, short)
    exempt = session.execute(select(*NotApplicable.ALL))
    return Standing(
        township_id=township_id,
        township_names=township_names,
        orgs=orgs,
        kinds=kinds,
        indicators=indicators,
        years=frozenset(session.execute(select(Year.number)).scalars()),
        quarters=quarters,
        objectives=objectives,
        key_results=key_results,
        nodes=_nodes(session),
        shares=_shares(session),
        plans=_plans(session),
        categories={row.id: row.name for row in session.execute(select(*Category.ALL))},
        held=_held(session),
        exempt=frozenset(
            (short[row.org_id], codes[row.indicator_id], row.year) for row in exempt if row.org_id in short
        ),
        numbers=_lines(session, short, codes) | _values(session, short, codes, quarter_of),
        check_ins=_check_ins(session, key_results, quarter_of),
        questions=_asked(session),
        frozen=frozen(session, short),
        entries=import_entries.standing(session, short),
        answers={
            (short[org_id], *quarter_of[quarter_id]): one
            for (org_id, quarter_id), one in survey_grim.answered(session).items()
            if org_id in short
        },
        obstacles=import_entries.obstacles(session),
    )


def frozen(session: Reader, short: dict[int, str] | None = None) -> Frozen:
    """Which quarters take entries only late; `short` are the short names by id where they are at hand."""
    if short is None:
        short = {org_id: name for name, (org_id, _version) in _orgs(session)[0].items()}
    quarters, place = _quarters(session)
    shut = (QuarterState.FROZEN, QuarterState.CLOSED)
    running = session.execute(
        select(Reopening.quarter_id, Reopening.org_id)
        .join(Quarter.TABLE, Quarter.id == Reopening.quarter_id)
        .where(Quarter.state == QuarterState.FROZEN, Reopening.agreed_at.is_not(None), Reopening.ended_at.is_(None))
    )
    return Frozen(
        frozenset(key for key, quarter in quarters.items() if quarter.state in shut),
        frozenset((short[org_id], *place[quarter_id]) for quarter_id, org_id in running if org_id in short),
    )


def _orgs(
    session: Reader,
) -> tuple[dict[str, tuple[int, Facts]], dict[str, str], int | None, frozenset[str]]:
    rows = session.execute(
        select(*OrgVersion.ALL, Org.kind)
        .select_from(Org.TABLE)
        .join(OrgVersion.TABLE, OrgVersion.org_id == Org.id)
        .where(Org.retired_on.is_(None))
        .order_by(Org.position, OrgVersion.valid_from)
    )
    newest = {row.org_id: row for row in rows}
    orgs: dict[str, tuple[int, Facts]] = {}
    kinds: dict[str, str] = {}
    township_id: int | None = None
    names: frozenset[str] = frozenset()
    for org_id, row in newest.items():
        if row.kind == OrgKind.TOWNSHIP:
            township_id, names = org_id, frozenset({row.full_name, row.short_name})
        else:
            orgs[row.short_name] = (org_id, row)
            kinds[row.short_name] = row.kind
    return orgs, kinds, township_id, names


def _indicators(session: Reader) -> dict[str, StandingIndicator]:
    rows = session.execute(
        select(*IndicatorVersion.ALL, Indicator.code)
        .select_from(Indicator.TABLE)
        .join(IndicatorVersion.TABLE, IndicatorVersion.indicator_id == Indicator.id)
        .where(Indicator.retired_on.is_(None))
        .order_by(Indicator.position, IndicatorVersion.version)
    )
    return {
        row.code: StandingIndicator(
            row.indicator_id,
            row.code,
            row.name,
            row.unit,
            row.direction,
            row.dimension,
            row.decimals,
            row.accumulation == Accumulation.YEAR_TO_DATE,
        )
        for row in rows
    }


def _quarters(
    session: Reader,
) -> tuple[dict[tuple[int, int], StandingQuarter], dict[int, tuple[int, int]]]:
    rows = session.execute(
        select(*Quarter.ALL, Year.number.label("year"))
        .select_from(Quarter.TABLE)
        .join(Year.TABLE, Year.id == Quarter.year_id)
    ).all()
    quarters = {
        (row.year, row.number): StandingQuarter(row.id, row.starts_on, row.ends_on, row.due_on, QuarterState(row.state))
        for row in rows
    }
    return quarters, {row.id: (row.year, row.number) for row in rows}


def _objectives(
    session: Reader, short: dict[int, str]
) -> tuple[dict[tuple[str, int, str], Facts], dict[tuple[str, int, str], Facts]]:
    rows = session.execute(select(*Objective.ALL, Org.kind).join(Org.TABLE, Org.id == Objective.org_id)).all()
    objectives = [row for row in rows if row.org_id in short or row.kind == OrgKind.TOWNSHIP]  # not of ended branches
    where = {row.id: (short.get(row.org_id, ""), row.year) for row in objectives}
    key_results = session.execute(
        select(*KeyResult.ALL).where(KeyResult.state != ApprovalState.STOPPED).order_by(KeyResult.id)
    )
    return (
        {(*where[row.id], row.code): row for row in objectives},
        {(*where[row.objective_id], row.code): row for row in key_results if row.objective_id in where},
    )


def _nodes(session: Reader) -> dict[int, dict[str, int]]:
    nodes: dict[int, dict[str, int]] = defaultdict(dict)
    for row in session.execute(
        select(*MilestoneNode.ALL).order_by(MilestoneNode.key_result_id, MilestoneNode.position)
    ):
        nodes[row.key_result_id][row.name] = row.id
    return nodes


def _shares(session: Reader) -> dict[int, dict[str, Decimal]]:
    shares: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for row in session.execute(select(*MilestoneNode.ALL)):
        shares[row.key_result_id][row.name] = row.weight
    return shares


def _plans(session: Reader) -> dict[int, dict[int, Decimal]]:
    plans: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in session.execute(select(*KeyResultPlan.ALL)):
        plans[row.key_result_id][row.quarter] = row.value
    return plans


def _held(session: Reader) -> dict[tuple[int, str], frozenset[str]]:
    names: dict[tuple[int, str], set[str]] = defaultdict(set)
    of = select(Appointment.org_id, Appointment.post, Person.name).join(
        Person.TABLE, Person.id == Appointment.person_id
    )
    for org_id, post, name in session.execute(of):
        names[org_id, post].add(name)
    return {place: frozenset(found) for place, found in names.items()}


def _lines(session: Reader, short: dict[int, str], codes: dict[int, str]) -> dict[str, StandingNumber]:
    said: dict[str, list[tuple[Decimal, bool]]] = defaultdict(list)
    for kind, table in ((FactKind.BASELINE, Baseline), (FactKind.TARGET, Target)):
        for row in session.execute(select(*table.ALL)):
            if row.org_id in short:
                target = target_of(org=short[row.org_id], indicator=codes[row.indicator_id], year=row.year)
                said[subject_of(kind, target)].append((row.value, row.superseded_at is None))
    return {subject: _number(values) for subject, values in said.items()}


def _values(
    session: Reader, short: dict[int, str], codes: dict[int, str], quarter_of: dict[int, tuple[int, int]]
) -> dict[str, StandingNumber]:
    said: dict[str, list[tuple[Decimal, bool]]] = defaultdict(list)
    for row in session.execute(select(*MeasuredValue.ALL).where(MeasuredValue.origin == Origin.TOWNSHIP)):
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
    session: Reader,
    key_results: dict[tuple[str, int, str], Facts],
    quarter_of: dict[int, tuple[int, int]],
) -> dict[str, StandingCheckIn]:
    where = {row.id: place for place, row in key_results.items()}
    nodes: dict[int, list[str]] = defaultdict(list)
    for checkin_id, name in session.execute(
        select(CheckInNode.checkin_id, MilestoneNode.name)
        .join(MilestoneNode.TABLE, MilestoneNode.id == CheckInNode.node_id)
        .order_by(MilestoneNode.position)
    ):
        nodes[checkin_id].append(name)
    said: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in session.execute(select(*CheckIn.ALL).where(~CheckIn.withdrawn).order_by(CheckIn.id)):
        if row.key_result_id not in where:
            continue
        org, _year, code = where[row.key_result_id]
        year, quarter = quarter_of[row.quarter_id]
        target = target_of(org=org, year=year, quarter=quarter, key_result=code)
        text = check_in_text(row.value, row.done, tuple(nodes[row.id]))
        said[subject_of(FactKind.CHECK_IN, target)].append((text, row.superseded_at is None))
    return {
        subject: StandingCheckIn(
            next((text for text, stands in reversed(texts) if stands), texts[-1][0]),
            frozenset(text for text, _stands in texts),
        )
        for subject, texts in said.items()
    }


def _asked(session: Reader) -> dict[Identity, tuple[int, str]]:
    rows = session.execute(
        select(*ImportQuestion.ALL)
        .join(ImportBatch.TABLE, ImportBatch.id == ImportQuestion.batch_id)
        .where(ImportBatch.undone_at.is_(None))
    )
    return {doubt_of(row).identity: (row.id, row.decision) for row in rows}


def doubt_of(row: Any) -> Doubt:
    """A stored question as the plan and the screen know it."""
    place = Place(row.workbook, row.sheet, row.cell)
    org = str(json.loads(row.target).get("org", ""))
    return Doubt(place, row.raw, row.proposal, row.reason, row.lossless, FactKind(row.fact), row.target, org)
