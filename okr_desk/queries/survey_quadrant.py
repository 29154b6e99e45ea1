"""Activities beside satisfaction: who holds many that people do not feel, and who does much with few.

Places are those within a category, from five of a kind on. Source: domain 3.5, methods A10 "companion chart".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import facts, library, orgs, policy, scores
from okr_desk.queries.facts import YearLines, preferred
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.scores import ScoreSheet
from okr_desk.queries.survey_results import SCORE_INDICATOR
from okr_desk.scoring.intervals import ZERO
from okr_desk.scoring.line_rule import rule_kind
from okr_desk.scoring.response_patterns import variance
from okr_desk.scoring.rounding import kept, wide
from okr_desk.terms import OrgKind, RuleKind

ACTIVITY_INDICATOR = "F12"
"""Activities held, for branches whose scheme has no line of activity × satisfaction."""
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Quadrant:
    """One branch: `activity` is held ÷ target, `satisfaction` 0..1.

    `place` is 双高, 多而无感, 少而精 or 双低 by the means of the category, from which both z are counted in standard
    deviations; it is empty and they are None where too few are of its kind.
    """

    org: OrgView
    activity: Decimal
    satisfaction: Decimal
    place: str
    activity_z: Decimal | None = None
    satisfaction_z: Decimal | None = None


@dataclass(frozen=True)
class Quadrants:
    """The branches of a category; `cuts` are its means of activity and satisfaction, which part the four fields."""

    category: str
    cuts: tuple[Decimal, Decimal]
    points: tuple[Quadrant, ...]
    least: int

    @property
    def is_comparable(self) -> bool:
        """Whether there are enough branches of the kind."""
        return len(self.points) >= self.least


def quadrants(session: Reader, quarter: QuarterView, of: Sequence[OrgView] | None = None) -> tuple[Quadrants, ...]:
    """The categories in which branches held activities and asked people, in the order of the register.

    `of`: the branches looked at (None: all). A branch without target, activities or satisfaction has no point.
    """
    if of is None:
        of = orgs.tree(session, quarter.ends_on)
    branches = [org for org in of if org.kind == OrgKind.BRANCH]
    sheets = {sheet.org.id: sheet for sheet in scores.sheets(session, quarter, branches)}
    lines = facts.year_lines(session, quarter.year, [quarter.id])
    meanings = {view.id: view for view in library.library(session, quarter.ends_on, retired=True)}
    read = _Values(quarter, lines, meanings)
    found: dict[str, list[tuple[OrgView, Decimal, Decimal]]] = defaultdict(list)
    for org in branches:
        pair = _pair(org, sheets.get(org.id), read)
        if pair is not None:
            found[org.category].append((org, *pair))
    least = policy.integer(session, "comparison.minimum")
    return tuple(_placed(category, points, least) for category, points in found.items())


@dataclass(frozen=True)
class _Values:
    """What was measured in the quarter, and what was aimed at."""

    quarter: QuarterView
    lines: YearLines
    meanings: Mapping[int, IndicatorView]

    def id_of(self, code: str) -> int | None:
        return next((view.id for view in self.meanings.values() if view.code == code), None)

    def value(self, org_id: int, indicator_id: int | None) -> Decimal | None:
        rows = self.lines.values.get((org_id, indicator_id or 0, self.quarter.id))
        if not rows or indicator_id is None or (org_id, indicator_id) in self.lines.not_applicable:
            return None
        value: Decimal = preferred(rows, ",".join(self.meanings[indicator_id].precedence)).value
        return value

    def target(self, org_id: int, indicator_id: int | None) -> Decimal | None:
        row = None if indicator_id is None else self.lines.targets.at((org_id, indicator_id), self.quarter)
        return None if row is None else row.value


def _pair(org: OrgView, sheet: ScoreSheet | None, read: _Values) -> tuple[Decimal, Decimal] | None:
    """Share of the activities owed that were held, and satisfaction 0..1; None where one of them is not known."""
    line = next((one for one in sheet.lines if rule_kind(one.line.rule) is RuleKind.DUAL), None) if sheet else None
    if line is not None:
        held, target = line.value, line.target
        satisfied = read.value(org.id, line.line.second_id)
    else:
        activity = read.id_of(ACTIVITY_INDICATOR)
        held, target = read.value(org.id, activity), read.target(org.id, activity)
        satisfied = read.value(org.id, read.id_of(SCORE_INDICATOR))
    if held is None or target is None or target <= 0 or satisfied is None:
        return None
    with wide():
        return kept(held / target), kept(satisfied / _HUNDRED)


def _placed(category: str, points: Sequence[tuple[OrgView, Decimal, Decimal]], least: int) -> Quadrants:
    with wide():
        across = kept(sum((one[1] for one in points), ZERO) / len(points))
        upright = kept(sum((one[2] for one in points), ZERO) / len(points))
    if len(points) < least:
        return Quadrants(category, (across, upright), tuple(Quadrant(*one, "") for one in points), least)
    wide_across, wide_upright = _deviation([one[1] for one in points]), _deviation([one[2] for one in points])
    made = []
    for org, activity, satisfaction in points:
        z = _z(activity, across, wide_across), _z(satisfaction, upright, wide_upright)
        made.append(Quadrant(org, activity, satisfaction, _word(activity >= across, satisfaction >= upright), *z))
    return Quadrants(category, (across, upright), tuple(made), least)


def _deviation(values: Sequence[Decimal]) -> Decimal:
    with wide():
        return kept(variance(values).sqrt())


def _z(value: Decimal, mean: Decimal, deviation: Decimal) -> Decimal:
    """How many standard deviations above the mean; 0 where all are alike."""
    with wide():
        return kept((value - mean) / deviation) if deviation else ZERO


def _word(is_active: bool, is_satisfied: bool) -> str:
    if is_active:
        return _("双高") if is_satisfied else _("多而无感")
    return _("少而精") if is_satisfied else _("双低")
