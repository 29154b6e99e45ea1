"""One line of a branch's hundred-point sheet: what was measured, what happened, and the points that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.reading import Facts
from okr_desk.queries.facts import YearLines, preferred
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.schemes import LineView
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.explained import rounding_sentence
from okr_desk.scoring.line_rule import line_rule, rule_kind
from okr_desk.scoring.points import Rule, points
from okr_desk.scoring.points_bands import Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, YesNo
from okr_desk.scoring.points_result import Group, Held, Points, Value
from okr_desk.terms import Accumulation, Direction, Flag, Frequency, Origin, PointsState, RuleKind

ZERO = Decimal(0)
Key = tuple[int, int]


@dataclass(frozen=True)
class EventView:
    """A dated event that earns or costs points."""

    id: int
    org_id: int
    indicator_id: int
    happened_on: date
    amount: Decimal
    fact: str
    document: str
    by: str
    recorded_on: date


@dataclass(frozen=True)
class LineScore:
    """A line with what it is scored by. `points` are those of the sheet's period; None: not due in this quarter."""

    line: LineView
    baseline: Decimal | None
    target: Decimal | None
    value: Decimal | None
    as_of: date | None
    origin: Origin | None
    events: tuple[EventView, ...]
    points: Points | None
    flag: Flag | None = None
    note: str = ""

    @property
    def reason(self) -> str:
        """Why it is so many points, in one line; the general formula is left to the explanation."""
        if self.points is None:
            return self.note
        steps = [step for step in self.points.steps if step != rounding_sentence()]
        begins_with_rule = len(steps) > 1 and rule_kind(self.line.rule) is not RuleKind.YES_NO
        *before, last = (steps[1:] if begins_with_rule else steps) or [self.note]
        return _("；").join((*(step.removesuffix(_("。")) for step in before), last))


_COUNTING = (RuleKind.DEDUCT, RuleKind.BONUS)
"""Rules for which no event is a result: nothing is deducted, nothing is added."""


@dataclass(frozen=True)
class Measured:
    """What all lines of a quarter are scored by. `groups` holds the branches of each category."""

    quarter: QuarterView
    lines: YearLines
    meanings: Mapping[int, IndicatorView]
    events: Mapping[Key, Sequence[EventView]]
    groups: Mapping[str, Sequence[int]]
    is_closed: bool
    _chosen: dict[Key, Facts] = field(default_factory=dict)

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


def line_score(org: OrgView, line: LineView, of: Measured, flags: bool) -> LineScore:
    """Points of one line for one branch in one quarter."""
    key = (org.id, line.indicator_id)
    meaning = of.meanings[line.indicator_id]
    start, aim = of.lines.baselines.at(key, of.quarter), of.lines.targets.at(key, of.quarter)
    row = of.value(*key)
    value = None if row is None else row.value
    events = tuple(of.events.get(key, ()))
    baseline, target, note = _aim(meaning, start, aim, of.quarter)
    is_told = value is not None or bool(events) or key in of.lines.not_applicable
    is_due = is_told or _is_due(meaning, line, of.quarter)
    return LineScore(
        line,
        baseline,
        target,
        value,
        None if row is None else row.as_of,
        None if row is None else Origin(row.origin),
        events,
        _points(org, line, of, (baseline, target), value, events) if is_due else None,
        _flag(value, target, line.direction) if flags else None,
        note if is_due else _("本项不在本季考核，有数值时计入。"),
    )


def _points(
    org: OrgView,
    line: LineView,
    of: Measured,
    own: tuple[Decimal | None, Decimal | None],
    value: Decimal | None,
    events: Sequence[EventView],
) -> Points:
    applies = (org.id, line.indicator_id) not in of.lines.not_applicable
    try:
        rule = _rule(line.rule, line.maximum, *own)
    except InputRefused as refusal:
        state = PointsState.MISSING if applies else PointsState.NOT_APPLICABLE
        lost = ZERO if applies and of.is_closed else None
        return Points(lost, line.maximum, state, (refusal.sentence,))
    try:
        return points(rule, _value(rule, org, line, of, value, events), closed=of.is_closed, applies=applies)
    except InputRefused as refusal:  # a value that the rule cannot take is no zero
        return Points(None, line.maximum, PointsState.MISSING, (refusal.sentence,))


@lru_cache(maxsize=4096)
def _rule(row: str, maximum: Decimal, baseline: Decimal | None, target: Decimal | None) -> Rule:
    return line_rule(row, maximum, baseline, target)


def _value(
    rule: Rule, org: OrgView, line: LineView, of: Measured, value: Decimal | None, events: Sequence[EventView]
) -> Value | None:
    """What the rule takes: a number, yes or no, a count of events, one's own beside the others, or a pair."""
    if isinstance(rule, Deduct):
        return _count(of.meanings[line.indicator_id], value, events)
    if isinstance(rule, Bonus):
        if rule.each is not None:
            return _count(of.meanings[line.indicator_id], value, events) or ZERO
        return tuple(event.amount for event in events) or (ZERO if value is None else value,)
    if value is None:
        return None
    if isinstance(rule, YesNo):
        return value >= 1
    if isinstance(rule, Rank | ToFirst):
        return Group(value, _others(org, line, of))
    if isinstance(rule, Dual):
        beside = None if line.second_id is None else of.value(org.id, line.second_id)
        return None if beside is None else Held(value, beside.value)
    return value


def _count(meaning: IndicatorView, value: Decimal | None, events: Sequence[EventView]) -> Decimal | None:
    """Events that were entered count; without any the typed value does; where only events count, none is none."""
    if events:
        return sum((event.amount for event in events), ZERO)
    if value is None and meaning.frequency is Frequency.ON_EVENT:
        return ZERO
    return value


def _others(org: OrgView, line: LineView, of: Measured) -> tuple[Decimal, ...]:
    rows = (of.value(org_id, line.indicator_id) for org_id in of.groups.get(org.category, ()))
    return tuple(row.value for row in rows if row is not None)


def _aim(
    meaning: IndicatorView, start: Facts | None, aim: Facts | None, quarter: QuarterView
) -> tuple[Decimal | None, Decimal | None, str]:
    """Baseline and target of the quarter: a year-cumulative measure starts at 0 and owes a fourth each quarter."""
    baseline = None if start is None else start.value
    target = None if aim is None else aim.value
    if meaning.accumulation is not Accumulation.YEAR_TO_DATE or target is None or quarter.number == 4:
        is_cumulative = meaning.accumulation is Accumulation.YEAR_TO_DATE
        return (ZERO if is_cumulative else baseline), target, ""
    said = _("年累计指标，到第{n}季度按全年目标的 {n}/4 计。").format(n=quarter.number)
    return ZERO, target * quarter.number / 4, said


def _is_due(meaning: IndicatorView, line: LineView, quarter: QuarterView) -> bool:
    """Whether silence in this quarter means something: an election that was not due is no election left out."""
    if meaning.frequency is Frequency.YEARLY:
        return quarter.number == 4
    if meaning.frequency is Frequency.ON_EVENT:
        return rule_kind(line.rule) in _COUNTING
    return meaning.frequency is not Frequency.HALF_YEARLY or quarter.number in (2, 4)


def _flag(value: Decimal | None, target: Decimal | None, direction: Direction) -> Flag | None:
    """Red: beaten, blue: reached, yellow: behind (domain 1.2)."""
    if value is None or target is None:
        return None
    if value == target:
        return Flag.BLUE
    return Flag.RED if (value > target) == (direction is not Direction.DOWN) else Flag.YELLOW
