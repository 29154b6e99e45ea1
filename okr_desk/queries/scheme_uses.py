"""Where an indicator is scored by: the schemes that could not do without it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from okr_desk.model.columns import Year
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, schemes
from okr_desk.queries.schemes import SchemeView, VersionView
from okr_desk.terms import QuarterState, SchemeState, YearState

_LIVE = (QuarterState.PLANNING, QuarterState.OPEN)


@dataclass(frozen=True)
class SchemeUse:
    """A version that has the indicator on a line of its own, or beside an activity."""

    category: str
    year: int
    version: int
    from_quarter: int
    is_draft: bool


def uses(session: Reader, indicator_id: int) -> tuple[SchemeUse, ...]:
    """Drafts, and versions in force in a quarter that is neither frozen nor closed, of years that are not closed."""
    open_years = select(Year.number).where(Year.state != YearState.CLOSED).order_by(Year.number)
    quarters = [one for one in cycles.quarters(session) if one.state in _LIVE]
    found = []
    for year in session.execute(open_years).scalars().all():
        numbers = [one.number for one in quarters if one.year == year]
        for scheme in schemes.schemes(session, year):
            found += [
                SchemeUse(scheme.category, year, one.version, one.from_quarter, one.state is SchemeState.DRAFT)
                for one in _working(scheme, numbers)
                if any(indicator_id in (line.indicator_id, line.second_id) for line in one.lines)
            ]
    return tuple(found)


def _working(scheme: SchemeView, quarters: list[int]) -> list[VersionView]:
    """The versions that score an open quarter, or are drawn up to."""
    in_force = {one.id for one in map(scheme.in_force, quarters) if one is not None}
    return [one for one in scheme.versions if one.id in in_force or one.state is SchemeState.DRAFT]
