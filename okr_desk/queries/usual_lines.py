"""Which branches have no baseline or target on an indicator, beside what the library says is usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.model.reading import Reader
from okr_desk.queries import facts, library, orgs
from okr_desk.queries.library import IndicatorView
from okr_desk.terms import Accumulation, OrgKind


@dataclass(frozen=True)
class OwnLine:
    """What a branch has itself; None is what it lacks."""

    org_id: int
    org: str
    baseline: Decimal | None
    target: Decimal | None


@dataclass(frozen=True)
class LackingLine:
    """An indicator with the `lines` of those branches that lack something, out of `branches` to which it applies."""

    indicator: IndicatorView
    branches: int
    lines: tuple[OwnLine, ...]

    @property
    def no_baseline(self) -> int:
        """How many have no baseline; a year-cumulative measure starts at 0 and needs none."""
        return sum(one.baseline is None for one in self.lines)

    @property
    def no_target(self) -> int:
        """How many have no target."""
        return sum(one.target is None for one in self.lines)


def lacking(
    session: Reader, year: int, org_ids: Sequence[int], indicator_ids: Sequence[int]
) -> tuple[LackingLine, ...]:
    """What of `indicator_ids` some of `org_ids` have no line for, in the order of codes; retired ones are left out."""
    day = date(year, 12, 31)
    views = [view for view in library.library(session, day) if view.id in set(indicator_ids)]
    names = orgs.short_names(session, day)
    lines = facts.year_lines(session, year, [], list(org_ids))
    found = []
    for view in views:
        own = [_own(view, org_id, names, lines) for org_id in org_ids if (org_id, view.id) not in lines.not_applicable]
        lacks = tuple(one for one in own if one.baseline is None or one.target is None)
        if lacks:
            found.append(LackingLine(view, len(own), lacks))
    return tuple(found)


def branches(session: Reader, year: int, category: str) -> tuple[int, ...]:
    """The branches of a category as they stand at the end of the year."""
    tree = orgs.tree(session, date(year, 12, 31))
    return tuple(org.id for org in tree if org.kind == OrgKind.BRANCH and org.category == category)


def _own(view: IndicatorView, org_id: int, names: dict[int, str], lines: facts.YearLines) -> OwnLine:
    start, aim = lines.baselines.get((org_id, view.id)), lines.targets.get((org_id, view.id))
    from_zero = view.accumulation is Accumulation.YEAR_TO_DATE
    baseline = Decimal(0) if from_zero else start.value if start else None
    return OwnLine(org_id, names.get(org_id, ""), baseline, aim.value if aim else None)
