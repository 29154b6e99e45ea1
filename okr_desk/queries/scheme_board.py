"""By what each category is scored in a year, and whether it can be used: what the page 考核方案 shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.model.columns import Year
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, library, orgs
from okr_desk.queries import schemes as standing
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.orgs import CategoryView
from okr_desk.queries.schemes import SchemeView, VersionView
from okr_desk.rules.scheme_problems import problems
from okr_desk.rules.schemes import Known, Problem
from okr_desk.terms import QuarterState, YearState


@dataclass(frozen=True)
class CategoryScheme:
    """A category with its scheme of the year, if there is one. `problems` are those of the version being drawn up."""

    category: CategoryView
    scheme: SchemeView | None
    problems: tuple[Problem, ...]
    known: Mapping[int, Known]

    @property
    def draft(self) -> VersionView | None:
        """The version being drawn up."""
        return None if self.scheme is None else self.scheme.draft

    @property
    def in_use(self) -> VersionView | None:
        """The version in force at the end of the year."""
        return None if self.scheme is None else self.scheme.in_force(4)

    @property
    def stopping(self) -> int:
        """How many problems keep the draft from use."""
        return sum(one.stops for one in self.problems)


@dataclass(frozen=True)
class SchemeBoard:
    """All categories that have branches or a scheme, in the office's order.

    `state` None: the year was not founded yet. `open_quarters` may still get a new version. `can_copy`: schemes of the
    year before were in use for categories that have none now.
    """

    year: int
    state: YearState | None
    rows: tuple[CategoryScheme, ...]
    library: tuple[IndicatorView, ...]
    open_quarters: tuple[int, ...]
    can_copy: bool

    @property
    def is_open(self) -> bool:
        """Whether schemes of the year may be worked on."""
        return self.state is not None and self.state is not YearState.CLOSED


def board(session: Reader, year: int) -> SchemeBoard:
    """The page for a year, from a fixed number of queries."""
    found = {one.category_id: one for one in standing.schemes(session, year)}
    day = date(year, 12, 31)
    shown = [one for one in orgs.categories(session, day) if one.id in found or (one.used and not one.is_retired)]
    known = standing.known_by_category(session, year, [one.name for one in shown])
    quarters = [one for one in cycles.quarters(session) if one.year == year]
    state = session.execute(select(Year.state).where(Year.number == year)).scalar()
    last = [one.category_id for one in standing.schemes(session, year - 1) if one.in_force(4) is not None]
    return SchemeBoard(
        year,
        None if state is None else YearState(state),
        tuple(_row(one, found.get(one.id), known[one.name]) for one in shown),
        library.library(session, day),
        tuple(one.number for one in quarters if one.state in (QuarterState.PLANNING, QuarterState.OPEN)),
        any(category_id not in found for category_id in last),
    )


def _row(category: CategoryView, scheme: SchemeView | None, known: Mapping[int, Known]) -> CategoryScheme:
    draft = None if scheme is None else scheme.draft
    said = (
        () if scheme is None or draft is None else problems(standing.draft_of(scheme.name, draft), category.name, known)
    )
    return CategoryScheme(category, scheme, said, known)
