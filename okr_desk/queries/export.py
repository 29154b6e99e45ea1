"""What is in the database, by branch short name and code, as flat rows for files that leave the program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import (
    Baseline,
    CheckIn,
    CheckInNode,
    IndicatorVersion,
    MeasuredValue,
    MilestoneNode,
    Target,
)
from okr_desk.model.reading import Facts, Reader
from okr_desk.model.store import today
from okr_desk.queries import (
    cycles,
    duties,
    followup_export,
    member_export,
    register_export,
    scores,
    survey_export,
    title_export,
    whistles,
    worklog_export,
)
from okr_desk.queries import orgs as org_queries
from okr_desk.queries.import_standing import Standing, standing
from okr_desk.rules.duties import kind_words
from okr_desk.rules.imports import check_in_text
from okr_desk.rules.permissions import Action, Actor
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Direction, KrKind, Nature, OrgKind, PointsState, QuarterState, label

Cell = str | int | bool
Record = dict[str, Cell]
"""One exported object: decimals as text, dates in ISO form, what is missing is absent."""

_DIRECTIONS = {Direction.AT_LEAST: Direction.UP, Direction.AT_MOST: Direction.DOWN}


@dataclass(frozen=True)
class _Names:
    """Ids turned into what people and other programs know; `period` and `round` are those asked for, "" for all."""

    stand: Standing
    orgs: dict[int, str]
    codes: dict[int, str]
    periods: dict[int, str]
    period: str
    round: str = ""


def export(
    session: Reader, what: str, period: str = "", actor: Actor | None = None, of_round: str = ""
) -> list[Record] | None:
    """The rows of one word of the export, of one period (like 2026Q3) where it has periods; None for other words.

    With `actor` only the organisations which that person may export; with `of_round` only the survey of that name.
    """
    build = _BUILDERS.get(what)
    if build is None:
        return None
    stand = standing(session)
    names = _Names(
        stand,
        {org_id: short for short, (org_id, _version) in stand.orgs.items()},
        {indicator.id: code for code, indicator in stand.indicators.items()},
        {quarter.id: f"{year}Q{number}" for (year, number), quarter in stand.quarters.items()},
        period,
        of_round,
    )
    hidden = _hidden(session, actor, _NEEDED.get(what, Action.EXPORT))
    return [
        row
        for row in build(session, names)
        if (not period or row.get("period", period) == period) and row.get("org", row.get("short")) not in hidden
    ]


def _hidden(session: Reader, actor: Actor | None, needed: Action) -> set[Cell]:
    """Short names of the organisations that a person may not export; nothing is hidden from the program itself.

    Single ballots are for the office alone: in a small group their writer could be known again.
    """
    if actor is None:
        return set()
    day = today(session)
    return {org.short_name for org in org_queries.tree(session, day) if not actor.may(needed, org.line, day)}


def _orgs(session: Reader, names: _Names) -> Iterable[Record]:
    details = {version.org_id: version for _org_id, version in names.stand.orgs.values()}
    for view in org_queries.tree(session, today(session)):
        version: Facts | None = details.get(view.id)
        if version is None:
            continue
        yield _record(
            name=view.full_name,
            short=view.short_name,
            category=view.category,
            kind=view.kind,
            parent=names.orgs.get(view.parent_id or 0, ""),
            full_members=version.full_members,
            probationary=version.probationary_members,
            groups=version.groups,
            committee=version.has_committee,
            households=version.households,
            workers=version.workers,
            secretary=view.secretary,
            liaison=view.liaison,
            elected=version.elected_on,
        )


def _indicators(session: Reader, names: _Names) -> Iterable[Record]:
    rows = session.execute(select(*IndicatorVersion.ALL).order_by(IndicatorVersion.version))
    newest = {row.indicator_id: row for row in rows}
    for code, standing_one in names.stand.indicators.items():
        row = newest[standing_one.id]
        yield _record(
            code=code,
            name=row.name,
            unit=row.unit,
            direction=row.direction,
            dimension=row.dimension,
            frequency=row.frequency,
            accumulation=row.accumulation,
            decimals=row.decimals,
            categories=row.categories,
            evidence=row.evidence,
            evidence_limit=row.evidence_limit,
            usual_baseline=row.usual_baseline,
            usual_target=row.usual_target,
            usual_points=row.usual_points,
            usual_rule=row.usual_rule,
            computed_from=row.computed_from,
            source=row.source,
            method=row.method,
        )


def _baselines(session: Reader, names: _Names) -> Iterable[Record]:
    for row in session.execute(select(*Baseline.ALL).where(Baseline.superseded_at.is_(None))):
        if row.org_id in names.orgs:
            yield _record(
                org=names.orgs[row.org_id],
                code=names.codes.get(row.indicator_id, ""),
                year=row.year,
                value=row.value,
                source=row.source,
                date=row.as_of,
            )


def _targets(session: Reader, names: _Names) -> Iterable[Record]:
    for row in session.execute(select(*Target.ALL).where(Target.superseded_at.is_(None))):
        if row.org_id in names.orgs:
            code = names.codes.get(row.indicator_id, "")
            yield _record(org=names.orgs[row.org_id], code=code, year=row.year, value=row.value)


def _values(session: Reader, names: _Names) -> Iterable[Record]:
    """The value that counts for each branch, indicator and quarter, by the order of origins."""
    order = _precedence(session)
    found: dict[tuple[int, int, int], list[Facts]] = defaultdict(list)
    rows = session.execute(select(*MeasuredValue.ALL).where(MeasuredValue.superseded_at.is_(None)))
    for row in rows:
        if row.org_id in names.orgs:
            found[row.quarter_id, row.org_id, row.indicator_id].append(row)
    for (quarter_id, org_id, indicator_id), values in sorted(found.items()):
        places = order[indicator_id]
        counted = min(reversed(values), key=lambda v: places.index(v.origin) if v.origin in places else len(places))
        yield _record(
            org=names.orgs[org_id],
            code=names.codes.get(indicator_id, ""),
            period=names.periods[quarter_id],
            value=counted.value,
            origin=counted.origin,
            date=counted.as_of,
        )


def _precedence(session: Reader) -> dict[int, list[str]]:
    rows = session.execute(select(*IndicatorVersion.ALL).order_by(IndicatorVersion.version))
    return {row.indicator_id: row.precedence.split(",") for row in rows}


def _key_results(session: Reader, names: _Names) -> Iterable[Record]:
    """Unit, direction, baseline and target of a linked key result are the indicator's."""
    codes = {row.id: row.code for row in names.stand.objectives.values()}
    baselines = {(r["org"], r["code"], r["year"]): r["value"] for r in _baselines(session, names)}
    targets = {(r["org"], r["code"], r["year"]): r["value"] for r in _targets(session, names)}
    by_id = {indicator.id: indicator for indicator in names.stand.indicators.values()}
    for (org, year, code), row in names.stand.key_results.items():
        indicator = by_id.get(row.indicator_id or 0)
        direction = row.direction or (indicator.direction if indicator else "")
        line = (org, indicator.code, year) if indicator else None
        yield _record(
            org=org,
            year=year,
            objective=codes[row.objective_id],
            kr=code,
            name=row.title,
            kind=label(KrKind(row.kind)),
            nature=label(Nature(row.nature)),
            unit=indicator.unit if indicator else row.unit,
            direction=_DIRECTIONS.get(Direction(direction), direction) if direction else "",
            baseline=baselines.get(line) if line else row.baseline,
            target=targets.get(line) if line else row.target,
            weight=row.weight,
            code=indicator.code if indicator else "",
            dimension=row.dimension,
        )


def _check_ins(session: Reader, names: _Names) -> Iterable[Record]:
    where = {row.id: place for place, row in names.stand.key_results.items()}
    nodes: dict[int, list[str]] = defaultdict(list)
    for checkin_id, name in session.execute(
        select(CheckInNode.checkin_id, MilestoneNode.name)
        .join(MilestoneNode.TABLE, MilestoneNode.id == CheckInNode.node_id)
        .order_by(MilestoneNode.position)
    ):
        nodes[checkin_id].append(name)
    rows = session.execute(
        select(*CheckIn.ALL).where(CheckIn.superseded_at.is_(None), ~CheckIn.withdrawn).order_by(CheckIn.id)
    )
    for row in rows:
        if row.key_result_id not in where:
            continue
        org, _year, code = where[row.key_result_id]
        yield _record(
            org=org,
            kr=code,
            period=names.periods[row.quarter_id],
            value=row.value,
            text="" if row.value is not None else check_in_text(None, row.done, tuple(nodes[row.id])),
            confidence=row.confidence,
            date=row.as_of,
            note=row.progress_note,
            difficulty=row.difficulty,
            reported_by=row.reported_by,
        )


def _scores(session: Reader, names: _Names) -> Iterable[Record]:
    """The points of every line that is due and applies, with what they come from; one not reported has no points."""
    for quarter in cycles.quarters(session):
        if quarter.state is QuarterState.PLANNING or names.period not in ("", quarter.key):
            continue
        tree = org_queries.tree(session, quarter.ends_on)
        branches = [org for org in tree if org.kind == OrgKind.BRANCH and org.id in names.orgs]
        for sheet in scores.sheets(session, quarter, branches):
            for block, one in ((place.block.name, one) for place in sheet.blocks for one in place.lines):
                if one.points is None or one.points.state is PointsState.NOT_APPLICABLE:
                    continue
                yield _record(
                    org=names.orgs[sheet.org.id],
                    period=quarter.key,
                    dimension=one.line.dimension,
                    block=block,
                    code=one.line.code,
                    name=one.line.name,
                    unit=one.line.unit,
                    baseline=one.baseline,
                    target=one.target,
                    value=one.value,
                    points=one.points.points,
                    maximum=one.points.maximum,
                    state=one.points.state,
                    why=one.reason,
                    scheme=_scheme_text(sheet),
                )


def _ballots(session: Reader, names: _Names) -> Iterable[Record]:
    return (_record(**cells) for cells in survey_export.ballots(session, names.orgs, names.period, names.round))


def _surveys(session: Reader, names: _Names) -> Iterable[Record]:
    return (_record(**cells) for cells in survey_export.results(session, names.orgs, names.period, names.round))


def _meetings(session: Reader, names: _Names) -> Iterable[Record]:
    """Every event that stands; several kinds in one text (党员大会、党课)."""
    years = [key[0] for key in names.stand.quarters]
    if not years:
        return
    for one in duties.meetings(session, None, date(min(years), 1, 1), date(max(years), 12, 31)):
        if one.org_id in names.orgs:
            yield _record(
                org=names.orgs[one.org_id],
                date=one.held_on,
                period=names.periods[one.quarter_id],
                kind=kind_words(one.kinds),
                topic=one.topic,
                due=one.due,
                present=one.present,
                host=one.host,
                place=one.place,
                group=one.group_number,
            )


def _whistles(session: Reader, names: _Names) -> Iterable[Record]:
    """Whistles that stand, in the order of their numbers, narrowed to the quarter of their day."""
    for one in whistles.whistles(session):
        if one.org_id in names.orgs and names.period in ("", names.periods[one.quarter_id]):
            said = {"class": label(one.kind)}
            yield _record(
                number=one.number,
                org=names.orgs[one.org_id],
                **said,
                department=one.department.name,
                state=label(one.state),
            )


def _register(what: str) -> Callable[[Reader, _Names], Iterable[Record]]:
    """One of the small registers of daily work."""
    rows = register_export.ROWS[what]
    return lambda session, names: (_record(**cells) for cells in rows(session, names.orgs, names.period))


def _flat(
    build: Callable[[Reader, dict[int, str], str], Iterable[Mapping[str, object]]], session: Reader, names: _Names
) -> Iterable[Record]:
    return (_record(**cells) for cells in build(session, names.orgs, names.period))


def _scheme_text(sheet: scores.ScoreSheet) -> str:
    if sheet.scheme is None or sheet.version is None:
        return ""
    return _("{name}，第{version}版").format(name=sheet.scheme.name, version=sheet.version.version)


def _worklog(session: Reader, names: _Names) -> Iterable[Record]:
    return (_record(**row) for row in worklog_export.entries(session, names.orgs, names.periods))


_BUILDERS: dict[str, Callable[[Reader, _Names], Iterable[Record]]] = {
    "orgs": _orgs,
    "indicators": _indicators,
    "baselines": _baselines,
    "targets": _targets,
    "values": _values,
    "key-results": _key_results,
    "checkins": _check_ins,
    "scores": _scores,
    "ballots": _ballots,
    "surveys": _surveys,
    "meetings": _meetings,
    "whistles": _whistles,
    **{what: _register(what) for what in register_export.ROWS},
    "members": lambda session, names: _flat(member_export.members_of, session, names),
    "households": lambda session, names: _flat(member_export.households_of, session, names),
    "member-points": lambda session, names: _flat(member_export.points_of, session, names),
    "service-hours": lambda session, names: _flat(member_export.hours_of, session, names),
    "worklog": _worklog,
    "findings": lambda session, names: _flat(followup_export.findings_of, session, names),
    **{what: partial(_flat, build) for what, build in title_export.ROWS.items()},
}
_NEEDED = {"ballots": Action.RECORD_BALLOTS, "appraisals": Action.EDIT_APPRAISALS} | dict.fromkeys(
    ("members", "households", "member-points", "service-hours"), Action.RECORD_DAILY
)
"""Words that need more than the right to export: what names people is for those who keep it."""


def _record(**cells: object) -> Record:
    """Only what is known, in forms that JSON and a sheet hold without loss."""
    kept: Record = {}
    for name, value in cells.items():
        if value is None or value == "":
            continue
        if isinstance(value, bool | int):
            kept[name] = value
        elif isinstance(value, Decimal):
            kept[name] = plain(value)
        else:
            kept[name] = value.isoformat() if isinstance(value, date) else str(value)
    return kept
