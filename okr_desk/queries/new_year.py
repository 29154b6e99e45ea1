"""What a new year would start from: last year's final values as proposed baselines, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import Indicator, NotApplicable
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import cycles, facts, orgs
from okr_desk.queries.facts import YearFacts
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.rules.indicators import counting
from okr_desk.terms import OrgKind, Origin, QuarterState


@dataclass(frozen=True)
class Proposal:
    """A baseline for the new year: the value that counted at the end of the last one, with its date and source."""

    org_id: int
    org: str
    indicator_id: int
    code: str
    name: str
    unit: str
    value: Decimal
    as_of: date
    source: str


@dataclass(frozen=True)
class Gap:
    """Something that nobody has settled yet; `org` is empty when it concerns the township as a whole."""

    org: str
    what: str
    sentence: str


@dataclass(frozen=True)
class NewYearPlan:
    """What making the year `to_year` would write, and what it would leave open."""

    from_year: int
    to_year: int
    exists: bool
    proposals: tuple[Proposal, ...]
    not_applicable: tuple[tuple[int, int, str], ...]
    gaps: tuple[Gap, ...]


def plan(session: Reader, from_year: int) -> NewYearPlan:
    """What the year after `from_year` starts from. Only values of the fourth quarter count as final; an earlier one is
    named in the gap, never put in its place."""
    to_year = from_year + 1
    quarters = [q for q in cycles.quarters(session) if q.year == from_year]
    branches = orgs.tree(session, date(to_year, 1, 1))
    found = facts.load(session, from_year, [q.id for q in quarters])
    after = facts.load(session, to_year, [])
    proposals: list[Proposal] = []
    gaps = _township_gaps(session, to_year, quarters, branches)
    in_use = _in_use(session)
    for org in branches:
        for indicator_id in _followed(found, org.id):
            if indicator_id not in in_use or (org.id, indicator_id) in after.baselines:
                continue
            last = _last(found, org.id, indicator_id, quarters)
            meaning = found.indicators[indicator_id]
            if last is not None and last[0].number == 4:
                proposals.append(_proposal(org, meaning, *last))
            else:
                gaps.append(_gap(org, meaning, last))
    return NewYearPlan(
        from_year,
        to_year,
        any(year.number == to_year for year in cycles.years(session)),
        tuple(proposals),
        _exempt(session, from_year, to_year, {org.id for org in branches} if branches else set()),
        tuple(gaps),
    )


def _followed(found: YearFacts, org_id: int) -> list[int]:
    keys = {indicator for org, indicator in (*found.baselines, *found.targets) if org == org_id}
    keys |= {indicator for org, indicator, _quarter in found.values if org == org_id}
    keys -= {indicator for org, indicator in found.not_applicable if org == org_id}
    return sorted(keys, key=lambda key: str(found.indicators[key].code))


def _last(
    found: YearFacts, org_id: int, indicator_id: int, quarters: list[QuarterView]
) -> tuple[QuarterView, Facts] | None:
    order = [Origin(part) for part in found.indicators[indicator_id].precedence.split(",")]
    for quarter in reversed(quarters):
        rows = {Origin(row.origin): row for row in found.values.get((org_id, indicator_id, quarter.id), [])}
        chosen = counting(order, {origin: row.value for origin, row in rows.items()})
        if chosen is not None:
            return quarter, rows[chosen]
    return None


def _proposal(org: OrgView, meaning: Facts, quarter: QuarterView, row: Facts) -> Proposal:
    return Proposal(
        org_id=org.id,
        org=org.short_name,
        indicator_id=meaning.indicator_id,
        code=meaning.code,
        name=meaning.name,
        unit=meaning.unit,
        value=row.value,
        as_of=row.as_of,
        source=_("{quarter}实绩").format(quarter=quarter.label),
    )


def _gap(org: OrgView, meaning: Facts, last: tuple[QuarterView, Facts] | None) -> Gap:
    if last is None:
        return Gap(org.short_name, str(meaning.name), _("全年没有实绩，基线需另行填写。"))
    sentence = _("没有第四季度实绩，最近一次是{quarter}的 {value}{unit}，基线需核定。")
    value = format(last[1].value, "f")
    return Gap(
        org.short_name, str(meaning.name), sentence.format(quarter=last[0].label, value=value, unit=meaning.unit)
    )


def _township_gaps(
    session: Reader, to_year: int, quarters: list[QuarterView], branches: tuple[OrgView, ...]
) -> list[Gap]:
    gaps = []
    running = [q.label for q in quarters if q.state is not QuarterState.CLOSED]
    if running:
        gaps.append(Gap("", _("上年季度"), _("{names}还没有关账。").format(names=_("、").join(running))))
    if not cycles.calendar(session).knows(to_year):
        gaps.append(Gap("", _("工作日历"), _("{year}年的节假日还没有填写。").format(year=to_year)))
    for org in branches:
        if org.kind == OrgKind.BRANCH and not org.secretary:
            gaps.append(Gap(org.short_name, _("书记"), _("书记一职空缺，打印时签名栏留空。")))
    return gaps


def _in_use(session: Reader) -> set[int]:
    return set(session.execute(select(Indicator.id).where(Indicator.retired_on.is_(None))).scalars())


def _exempt(session: Reader, from_year: int, to_year: int, org_ids: set[int]) -> tuple[tuple[int, int, str], ...]:
    def said(year: int) -> dict[tuple[int, int], str]:
        rows = session.execute(select(*NotApplicable.ALL).where(NotApplicable.year == year))
        return {(row.org_id, row.indicator_id): row.reason for row in rows}

    already = said(to_year)
    return tuple((*key, reason) for key, reason in said(from_year).items() if key not in already and key[0] in org_ids)
