"""Members, households, member points and hours of service as flat rows for files that leave the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import cycles, households, member_points, members, service_hours
from okr_desk.queries.objectives import QuarterView
from okr_desk.terms import QuarterState, label

Cells = dict[str, object]


def members_of(session: Reader, names: Mapping[int, str], _period: str) -> Iterator[Cells]:
    """One row a member, those who left with the day."""
    for one in members.members(session, list(names)):
        yield {
            "org": names[one.org_id],
            "name": one.name,
            "kind": label(one.kind),
            "committee": one.is_committee,
            "grid": one.grid,
            "duty": one.duty,
            "joined": one.joined_on,
            "left": one.left_on,
        }


def households_of(session: Reader, names: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row a household and quarter: who looks after it, and the days of its visits month by month."""
    day = today(session)
    known = {one.id: one.name for one in members.members(session, list(names))}
    for quarter in _quarters(session, period):
        for one in households.households(session, list(names), quarter, day):
            keeper = next((m.member_id for m in reversed(one.months) if m.member_id is not None), one.member_id)
            yield {
                "org": names[one.org_id],
                "period": quarter.key,
                "household": one.label,
                "head": one.head,
                "kind": label(one.kind),
                "member": known.get(keeper or 0, ""),
                **{f"month{place}": _days(month.days) for place, month in enumerate(one.months, 1)},
                "reached": one.reach.is_reached,
            }


def points_of(session: Reader, names: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row an entry that stands."""
    known = {one.id: one for one in members.members(session, list(names))}
    for quarter in _quarters(session, period):
        for one in member_points.entries(session, quarter, list(names)):
            yield {
                "org": names[one.org_id],
                "period": quarter.key,
                "name": known[one.member_id].name,
                "grid": known[one.member_id].grid,
                "date": one.happened_on,
                "code": one.code,
                "matter": one.matter,
                "points": one.points,
                "note": one.note,
            }


def hours_of(session: Reader, names: Mapping[int, str], period: str) -> Iterator[Cells]:
    """One row an entry that stands; `unit` of those whose Party life is elsewhere."""
    own = {one.id: one for one in members.members(session, list(names))}
    others = {one.id: one for one in members.reporters(session, list(names))}
    for quarter in _quarters(session, period):
        for one in service_hours.entries(session, quarter, list(names)):
            if one.quarter_id == quarter.id:
                other = others.get(one.reporter_id or 0)
                yield {
                    "org": names[one.org_id],
                    "period": quarter.key,
                    "name": other.name if other else own[one.member_id or 0].name,
                    "unit": other.unit if other else "",
                    "date": one.served_on,
                    "hours": one.hours,
                    "project": one.project,
                }


def _quarters(session: Reader, period: str) -> Iterator[QuarterView]:
    for quarter in cycles.quarters(session):
        if quarter.state is not QuarterState.PLANNING and period in ("", quarter.key):
            yield quarter


def _days(days: tuple[int, ...]) -> str:
    return " ".join(str(day) for day in days)
