"""What all lines of a quarter are scored by: values, dated events, what does not apply, and who is of a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from okr_desk.clock import local
from okr_desk.model.reading import Facts
from okr_desk.queries.facts import YearLines, preferred
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.review_checks import NO_CHECKS, Checks
from okr_desk.queries.survey_caps import Standing
from okr_desk.scoring.evidence import CAP
from okr_desk.terms import Origin

Key = tuple[int, int]
"""Organisation id and indicator id."""


@dataclass(frozen=True)
class EventView:
    """A dated event that earns or costs points. `counts`: one for each kind that the rule tells apart, else empty."""

    id: int
    org_id: int
    indicator_id: int
    happened_on: date
    amount: Decimal
    fact: str
    document: str
    by: str
    recorded_on: date
    matter: str = ""
    counts: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Told:
    """Who recorded a value, on which local date, and with what remark; empty where that is not known."""

    by: str = ""
    recorded_on: date | None = None
    remark: str = ""


NOBODY = Told()


@dataclass(frozen=True)
class Caps:
    """What mass satisfaction is measured by, and how good the evidence of the counted round is at each branch."""

    indicators: frozenset[int] = frozenset()
    share: Decimal = CAP
    standing: Mapping[int, Standing] = field(default_factory=dict)

    def of(self, org_id: int, indicator_id: int, origin: Origin | None) -> Standing | None:
        """The evidence that limits a line; None for other lines, and where another office did the measuring."""
        if indicator_id not in self.indicators or origin in (None, Origin.DEPARTMENT):
            return None
        return self.standing.get(org_id)


NO_CAPS = Caps()


@dataclass(frozen=True)
class Measured:
    """What all lines of a quarter are scored by. `groups` holds the branches of each category.

    `names` are those of accounts, by their ids; empty where it was not asked who recorded the values.
    """

    quarter: QuarterView
    lines: YearLines
    meanings: Mapping[int, IndicatorView]
    events: Mapping[Key, Sequence[EventView]]
    groups: Mapping[str, Sequence[int]]
    is_closed: bool
    _chosen: dict[Key, Facts] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    caps: Caps = NO_CAPS
    checks: Checks = NO_CHECKS

    def judges_silence(self, org_id: int) -> bool:
        """Whether what was not reported counts 0: the quarter is closed, or the branch's sheet has been checked."""
        return self.is_closed or org_id in self.checks.settled

    def told(self, row: Facts | None) -> Told:
        """Who recorded a value, when and with what remark; nothing where people were not read."""
        if row is None or not self.names:
            return NOBODY
        return Told(self.names.get(row.account_id or 0, ""), local(row.recorded_at).date(), row.note)

    def value(self, org_id: int, indicator_id: int) -> Facts | None:
        """The value that counts for the quarter, by the order of origins."""
        key = (org_id, indicator_id)
        rows = self.lines.values.get((org_id, indicator_id, self.quarter.id))
        if not rows:
            return None
        if len(rows) == 1:
            return rows[0]
        if key not in self._chosen:
            self._chosen[key] = preferred(rows, ",".join(self.meanings[indicator_id].precedence))
        return self._chosen[key]

    def of_kind(self, category: str, indicator_id: int) -> tuple[Decimal, ...]:
        """The values of all branches of a category to which the indicator applies."""
        rows = (
            self.value(org_id, indicator_id)
            for org_id in self.groups.get(category, ())
            if (org_id, indicator_id) not in self.lines.not_applicable
        )
        return tuple(row.value for row in rows if row is not None)
