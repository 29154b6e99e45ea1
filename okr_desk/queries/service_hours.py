"""Hours of voluntary service: what was entered, and how each person stands against the hours due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, select

from okr_desk.model.columns import ServiceHours
from okr_desk.model.reading import Reader, facts
from okr_desk.queries import members, policy
from okr_desk.queries.members import MemberView, ReporterView
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.service_hours import due_hours
from okr_desk.terms import EntryBasis, stored

_ZERO = Decimal(0)


@dataclass(frozen=True)
class HoursEntry:
    """Hours that stand."""

    id: int
    org_id: int
    member_id: int | None
    reporter_id: int | None
    quarter_id: int
    served_on: date
    hours: Decimal
    project: str
    is_late: bool
    reported_by: str
    basis: EntryBasis


@dataclass(frozen=True)
class Served:
    """What counts of somebody who serves: a member of the branch, or one who reports from elsewhere.

    `year` are the hours from January to the quarter's end, `quarter` those of the quarter, `due` what is due by then.
    """

    org_id: int
    member_id: int | None
    reporter_id: int | None
    year: Decimal
    quarter: Decimal
    due: Decimal

    @property
    def is_reached(self) -> bool:
        """Whether the hours due by the quarter's end are served; exactly as many are enough."""
        return self.year >= self.due


@dataclass(frozen=True)
class PersonHours(Served):
    """The same with the name, the unit of somebody from elsewhere (empty for a member), and every entry."""

    name: str
    unit: str
    search_keys: str
    entries: tuple[HoursEntry, ...]


def entries(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> tuple[HoursEntry, ...]:
    """What stands from January to the quarter's end, oldest first."""
    rows = session.execute(
        select(*ServiceHours.ALL).where(*_standing(quarter, org_ids)).order_by(ServiceHours.served_on, ServiceHours.id)
    )
    return tuple(
        HoursEntry(
            row.id,
            row.org_id,
            row.member_id,
            row.reporter_id,
            row.quarter_id,
            row.served_on,
            row.hours,
            row.project,
            row.is_late,
            row.reported_by,
            _BASES[row.basis],
        )
        for row in facts(rows)
    )


_BASES = stored(EntryBasis)


def _standing(quarter: QuarterView, org_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """Hours from January to the quarter's end that stand."""
    return (
        ServiceHours.org_id.in_(org_ids),
        ServiceHours.served_on >= date(quarter.year, 1, 1),
        ServiceHours.served_on <= quarter.ends_on,
        ServiceHours.withdrawn_at.is_(None),
    )


def hours_year(session: Reader) -> Decimal:
    """Hours that are due in a year, by the office's setting."""
    return Decimal(policy.values(session)["service.hours_year"])


def people(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> tuple[PersonHours, ...]:
    """Everybody who reports for service: reporters of the quarter, and members of the branch who served this year."""
    due = due_hours(hours_year(session), quarter.number)
    of: dict[tuple[int | None, int | None], list[HoursEntry]] = defaultdict(list)
    for one in entries(session, quarter, org_ids):
        of[one.member_id, one.reporter_id].append(one)
    found = [_person(one, of[None, one.id], quarter, due) for one in members.reporters(session, org_ids, quarter)]
    served = {member_id for member_id, _reporter_id in of if member_id is not None}
    for person in members.members(session, org_ids, quarter.ends_on, served):
        found.append(_person(person, of[person.id, None], quarter, due))
    return tuple(found)


def served(session: Reader, quarter: QuarterView, org_ids: Sequence[int]) -> tuple[Served, ...]:
    """What counts of the same people, without names and entries."""
    due = due_hours(hours_year(session), quarter.number)
    own = func.sum(case((ServiceHours.quarter_id == quarter.id, ServiceHours.hours), else_=_ZERO))
    who = (ServiceHours.member_id, ServiceHours.reporter_id)
    wanted = select(*who, func.sum(ServiceHours.hours), own).where(*_standing(quarter, org_ids)).group_by(*who)
    rows = session.execute(wanted).all()
    of_reporter = {reporter_id: (year, part) for _member, reporter_id, year, part in rows}
    found = []
    for one in members.reporters(session, org_ids, quarter):
        year, part = of_reporter.get(one.id, (_ZERO, _ZERO))
        found.append(Served(one.org_id, None, one.id, year, part, due))
    here = members.present(session, org_ids, quarter.ends_on)
    for member_id, _reporter, year, part in rows:
        if member_id in here:
            found.append(Served(here[member_id], member_id, None, year, part, due))
    return tuple(found)


def _person(
    of: MemberView | ReporterView, made: Sequence[HoursEntry], quarter: QuarterView, due: Decimal
) -> PersonHours:
    is_reporter = isinstance(of, ReporterView)
    return PersonHours(
        org_id=of.org_id,
        member_id=None if is_reporter else of.id,
        reporter_id=of.id if is_reporter else None,
        year=sum((one.hours for one in made), _ZERO),
        quarter=sum((one.hours for one in made if one.quarter_id == quarter.id), _ZERO),
        due=due,
        name=of.name,
        unit=of.unit if isinstance(of, ReporterView) else "",
        search_keys=of.search_keys,
        entries=tuple(made),
    )
