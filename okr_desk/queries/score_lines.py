"""One line of a branch's hundred-point sheet: what was measured, what happened, and the points that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries import score_aims
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.schemes import LineView
from okr_desk.queries.score_aims import Aim
from okr_desk.queries.score_measured import NOBODY, Caps, EventView, Measured, Told
from okr_desk.queries.score_values import taken
from okr_desk.rules.rule_sentences import plainly_of
from okr_desk.scoring.evidence import allowed
from okr_desk.scoring.explained import rounding_sentence
from okr_desk.scoring.line_rule import line_rule, rule_kind
from okr_desk.scoring.points import Rule, points
from okr_desk.scoring.points_events import Bonus
from okr_desk.scoring.points_result import Points
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Direction, Flag, Origin, PointsState, RuleKind


@dataclass(frozen=True)
class LineScore:
    """A line with what it is scored by. `points` are those of the sheet's period; None: not due in this quarter.

    `told`: who recorded the value. `year_target`: the whole of a measure that accumulates; `target` is what is due.
    `computed`: the program's own points, where a review set others.
    """

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
    told: Told = NOBODY
    year_target: Decimal | None = None
    computed: Points | None = None

    @property
    def reason(self) -> str:
        """Why it is so many points, in one line; the general formula is left to the explanation."""
        if self.points is None:
            return self.note
        steps = [step for step in self.points.steps if step != rounding_sentence()]
        begins_with_rule = len(steps) > 1 and rule_kind(self.line.rule) is not RuleKind.YES_NO
        *before, last = (steps[1:] if begins_with_rule else steps) or [self.note]
        return _("；").join((*(step.removesuffix(_("。")) for step in before), last))


def line_score(org: OrgView, line: LineView, of: Measured, flags: bool) -> LineScore:
    """Points of one line for one branch in one quarter."""
    key = (org.id, line.indicator_id)
    meaning = of.meanings[line.indicator_id]
    row = of.value(*key)
    value = None if row is None else row.value
    events = tuple(of.events.get(key, ()))
    start, end = of.lines.baselines.at(key, of.quarter), of.lines.targets.at(key, of.quarter)
    aim = score_aims.aim(meaning, line, start, end, of.quarter)
    origin = None if row is None else Origin(row.origin)
    is_told = value is not None or bool(events) or key in of.lines.not_applicable
    is_due = is_told or score_aims.is_due(meaning, line, of.quarter)
    return LineScore(
        line,
        aim.baseline,
        aim.target,
        value,
        None if row is None else row.as_of,
        origin,
        events,
        _limited(_points(org, line, of, aim, value, events), of.caps, org, line, origin) if is_due else None,
        _flag(value, aim.target, line.direction) if flags else None,
        _note(line, aim, value, events) if is_due else _("本项不在本季考核，有数值时计入。"),
        of.told(row),
        aim.year_target,
    )


def _points(
    org: OrgView, line: LineView, of: Measured, aim: Aim, value: Decimal | None, events: Sequence[EventView]
) -> Points:
    applies = (org.id, line.indicator_id) not in of.lines.not_applicable
    try:
        rule = _rule(aim.rule, line.maximum, aim.baseline, aim.target)
    except InputRefused as refusal:  # nobody's silence: the office has not said from where to where
        state = PointsState.UNSET if applies else PointsState.NOT_APPLICABLE
        return Points(None, line.maximum, state, (plainly_of(aim.rule, refusal.sentence),))
    try:
        given = taken(rule, org, line, of, value, events)
        return points(rule, given, closed=of.judges_silence(org.id), applies=applies)
    except InputRefused as refusal:  # a value that the rule cannot take is no zero
        return Points(None, line.maximum, PointsState.MISSING, (plainly_of(aim.rule, refusal.sentence),))


def _limited(found: Points, caps: Caps, org: OrgView, line: LineView, origin: Origin | None) -> Points:
    """The points as far as the evidence of a satisfaction round carries them (methods A9); D leaves them pending."""
    standing = caps.of(org.id, line.indicator_id, origin)
    if standing is None or found.points is None or found.state is not PointsState.SCORED:
        return found
    lift = "" if standing.lift is None else standing.lift.reason
    made = allowed(found.points, found.maximum, standing.grade, standing.reasons, lift, caps.share)
    if not made.steps:
        return found
    state = found.state if made.value is not None else PointsState.MISSING
    return Points(made.value, found.maximum, state, (*found.steps, *made.steps), found.provisional)


@lru_cache(maxsize=4096)
def _rule(row: str, maximum: Decimal, baseline: Decimal | None, target: Decimal | None) -> Rule:
    return line_rule(row, maximum, baseline, target)


def _note(line: LineView, aim: Aim, value: Decimal | None, events: Sequence[EventView]) -> str:
    """Why the sum is not what one would expect: a phased target, or a count where only entered awards earn points."""
    if value and not events and rule_kind(line.rule) is RuleKind.BONUS:
        rule = _rule(line.rule, line.maximum, None, None)
        if isinstance(rule, Bonus) and rule.each is None:
            said = _("填报了 {value}{unit}，加分按登记的事项计，请逐项登记。")
            return said.format(value=plain(value), unit=line.unit)
    return aim.note


def _flag(value: Decimal | None, target: Decimal | None, direction: Direction) -> Flag | None:
    """Red: beaten, blue: reached, yellow: behind (domain 1.2)."""
    if value is None or target is None:
        return None
    if value == target:
        return Flag.BLUE
    return Flag.RED if (value > target) == (direction is not Direction.DOWN) else Flag.YELLOW
