"""Facts of one key result in one quarter become a scored view: the only place where values, plans and pace meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.reading import Facts
from okr_desk.queries import rate_guards
from okr_desk.queries.facts import YearFacts, preferred
from okr_desk.queries.objectives import KeyResultView, NodeView, QuarterView, ReadingView
from okr_desk.rules.objectives import state_on
from okr_desk.scoring import progress as scoring
from okr_desk.scoring.pace import Elapsed, Pace, Thresholds, elapsed, guard_pace, held_back, pace
from okr_desk.scoring.progress import Progress
from okr_desk.scoring.rounding import plain
from okr_desk.terms import (
    Accumulation,
    ApprovalState,
    Dimension,
    Direction,
    EntryBasis,
    KrKind,
    Nature,
    Origin,
    Status,
    label,
)

ONE = Decimal(1)
HUNDRED = Decimal(100)
_ONCE = (KrKind.YES_NO, KrKind.ESTABLISH_BASELINE)
_STAYS_DONE = (*_ONCE, KrKind.MILESTONE)


@dataclass(frozen=True)
class Moment:
    """From when one looks: the quarter, the date its progress is judged on, and the calendar."""

    quarter: QuarterView
    quarters: tuple[QuarterView, ...]
    as_of: date
    is_overdue: bool
    thresholds: Thresholds
    is_working_day: Callable[[date], bool] | None
    names: dict[int, str] = field(default_factory=dict)
    counted: Elapsed | None = None
    with_history: bool = True
    rate_id: int | None = None
    """The indicator of the satisfied rate, which bars a green light."""

    @property
    def recent(self) -> tuple[QuarterView, ...]:
        """The quarter looked at and the one before."""
        return self.quarters[max(self.quarter.number - 2, 0) : self.quarter.number]

    @property
    def start(self) -> date:
        """The first day of the year."""
        return self.quarters[0].starts_on

    @property
    def end(self) -> date:
        """The last day of the year."""
        return self.quarters[-1].ends_on


def moment(
    quarter: QuarterView,
    quarters: Sequence[QuarterView],
    today: date,
    thresholds: Thresholds,
    is_working_day: Callable[[date], bool] | None,
    names: dict[int, str],
    with_history: bool = True,
) -> Moment:
    """Judge on `today`, but never beyond the end of the quarter looked at. No calendar: no straight line."""
    as_of = min(today, quarter.ends_on)
    start, end = quarters[0].starts_on, quarters[-1].ends_on
    counted = None if is_working_day is None else elapsed(start, end, as_of, is_working_day)
    overdue = quarter.is_overdue(today)
    return Moment(quarter, tuple(quarters), as_of, overdue, thresholds, is_working_day, names, counted, with_history)


def key_result(row: Facts, facts: YearFacts, at: Moment, share: Decimal) -> KeyResultView:
    """The scored view of one key result; `share` is its normalised weight within the objective."""
    indicator = facts.indicators.get(row.indicator_id) if row.indicator_id else None
    measure = yardstick(row, facts, at)
    kind, line, plan = measure.kind, measure.line, measure.plan
    readings = _readings(row, facts, at)
    current = next((r for r in reversed(readings) if r.quarter == at.quarter.number and not r.superseded), None)
    if current is None and kind in _STAYS_DONE:
        current = _still_done(row, facts, readings, at)
    nodes = _nodes(row, facts, current)
    done = None if current is None else current.done
    value = None if current is None else current.value
    made, paced = measure.judge(value, done, nodes, current is not None)
    state = state_on(ApprovalState(row.state), row.stopped_on, at.quarter.ends_on)
    applies = state is ApprovalState.APPROVED and (row.org_id, row.indicator_id) not in facts.not_applicable
    previous = next((r.value for r in reversed(readings) if r.quarter == at.quarter.number - 1), None)
    return KeyResultView(
        id=row.id,
        uid=row.uid,
        code=row.code,
        title=row.title,
        kind=kind,
        nature=measure.nature,
        dimension=Dimension(row.dimension),
        unit=line.unit,
        direction=line.direction,
        decimals=indicator.decimals if indicator else row.decimals,
        weight=row.weight,
        share=share,
        state=state,
        applies=applies,
        indicator_code=indicator.code if indicator else "",
        indicator_name=indicator.name if indicator else "",
        year_to_date=line.year_to_date,
        baseline=line.baseline,
        baseline_on=line.baseline_on,
        baseline_source=line.baseline_source,
        target=line.target,
        upper=row.upper,
        plan=plan,
        planned=plan[at.quarter.number - 1],
        previous=previous,
        value=value,
        done=done,
        nodes=nodes,
        current=current,
        progress=made,
        pace=paced,
        conflict=_conflict(row, facts, indicator, at),
        readings=readings,
        stopped_on=row.stopped_on if state is ApprovalState.STOPPED else None,
        stop_reason=row.state_reason if state is ApprovalState.STOPPED else "",
        guard=measure.guard if applies and made.raw is not None else "",
    )


@dataclass(frozen=True)
class _Line:
    unit: str
    direction: Direction | None
    year_to_date: bool
    baseline: Decimal | None
    baseline_on: date | None
    baseline_source: str
    target: Decimal | None
    upper: Decimal | None
    slack: Decimal | None
    inclusive: bool

    @property
    def start(self) -> Decimal | None:
        """From where progress is counted: a year-cumulative measure starts each year at 0."""
        return Decimal(0) if self.year_to_date else self.baseline


@dataclass(frozen=True)
class Yardstick:
    """What a key result is measured by in a quarter: judges a value that nobody has stored yet like a stored one."""

    kind: KrKind
    nature: Nature
    line: _Line
    plan: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
    at: Moment
    guard: str = ""

    def judge(
        self, value: Decimal | None, done: bool | None, nodes: Sequence[NodeView], is_reported: bool = True
    ) -> tuple[Progress, Pace]:
        """Progress and pace for a value, done or not, or nodes, whichever the kind asks for."""
        made = _progress(self.kind, self.line, value, done, nodes, is_reported)
        return made, held_back(_pace(self.kind, self.nature, self.line, self.plan, made, self.at), self.guard)


def yardstick(row: Facts, facts: YearFacts, at: Moment) -> Yardstick:
    """The yardstick of one key result, for a screen on which values are being typed."""
    line = _line(row, facts, facts.indicators.get(row.indicator_id) if row.indicator_id else None, at.quarter)
    return Yardstick(
        KrKind(row.kind),
        Nature(row.nature),
        line,
        _plan(row, facts),
        at,
        rate_guards.of(row, facts, at.quarter.id, at.rate_id),
    )


def _plan(row: Facts, facts: YearFacts) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    plans = facts.plans.get(row.id, {})
    return plans.get(1), plans.get(2), plans.get(3), plans.get(4)


def _line(row: Facts, facts: YearFacts, indicator: Facts | None, quarter: QuarterView) -> _Line:
    direction = Direction(row.direction) if row.direction else None
    if indicator is None:
        return _Line(
            row.unit, direction, False, row.baseline, row.baseline_on, row.baseline_source,
            row.target, row.upper, row.slack, row.inclusive,
        )  # fmt: skip
    key = (row.org_id, row.indicator_id)
    baseline, target = facts.baselines.at(key, quarter), facts.targets.at(key, quarter)
    return _Line(
        unit=indicator.unit,
        direction=direction or Direction(indicator.direction),
        year_to_date=indicator.accumulation == Accumulation.YEAR_TO_DATE,
        baseline=None if baseline is None else baseline.value,
        baseline_on=None if baseline is None else baseline.as_of,
        baseline_source="" if baseline is None else baseline.source,
        target=None if target is None else target.value,
        upper=row.upper,
        slack=row.slack,
        inclusive=row.inclusive,
    )


def _readings(row: Facts, facts: YearFacts, at: Moment) -> tuple[ReadingView, ...]:
    found = []
    for quarter in at.quarters if at.with_history or row.kind in _STAYS_DONE else at.recent:
        checkins = facts.checkins.get((row.id, quarter.id), [])
        newest = checkins[-1] if checkins else None
        if row.indicator_id is None:
            if newest is not None:
                found.append(_from_checkin(newest, quarter, at))
            continue
        chosen = _chosen(row, facts, quarter)
        if chosen is not None:
            found.append(_from_value(chosen, newest, quarter, at))
        elif newest is not None:
            found.append(_from_checkin(newest, quarter, at))
    return tuple(found)


def _chosen(row: Facts, facts: YearFacts, quarter: QuarterView) -> Facts | None:
    """The value that counts: the origin that the office put first; the newest among equals."""
    values = facts.values.get((row.org_id, row.indicator_id, quarter.id), [])
    if not values:
        return None
    chosen: Facts = preferred(values, facts.indicators[row.indicator_id].precedence)
    return chosen


def _from_checkin(row: Facts, quarter: QuarterView, at: Moment) -> ReadingView:
    return ReadingView(
        quarter=quarter.number,
        value=row.value,
        done=row.done,
        as_of=row.as_of,
        confidence=row.confidence,
        progress_note=row.progress_note,
        difficulty=row.difficulty,
        origin=Origin.BRANCH,
        reported_by=row.reported_by or at.names.get(row.account_id, ""),
        basis=EntryBasis(row.basis),
        recorded_on=local(row.recorded_at).date(),
        is_late=row.is_late,
        checkin_id=row.id,
    )


def _from_value(row: Facts, said: Facts | None, quarter: QuarterView, at: Moment) -> ReadingView:
    return ReadingView(
        quarter=quarter.number,
        value=row.value,
        done=None if said is None else said.done,
        as_of=row.as_of,
        confidence=None if said is None else said.confidence,
        progress_note=row.note if said is None else said.progress_note,
        difficulty="" if said is None else said.difficulty,
        origin=Origin(row.origin),
        reported_by=(said.reported_by if said is not None else "") or at.names.get(row.account_id, ""),
        basis=None if said is None else EntryBasis(said.basis),
        recorded_on=local(row.recorded_at).date(),
        is_late=said is not None and said.is_late,
        checkin_id=None if said is None else said.id,
    )


def _still_done(row: Facts, facts: YearFacts, readings: tuple[ReadingView, ...], at: Moment) -> ReadingView | None:
    """What was done once stays done: no report is owed after that."""
    earlier = [r for r in readings if r.quarter < at.quarter.number]
    if not earlier:
        return None
    last = earlier[-1]
    if row.kind == KrKind.MILESTONE:
        marked = facts.nodes_done.get(last.checkin_id or 0, set())
        return last if all(node.id in marked for node in facts.nodes.get(row.id, [])) else None
    return last if last.done or (row.kind == KrKind.ESTABLISH_BASELINE and last.value is not None) else None


def _nodes(row: Facts, facts: YearFacts, current: ReadingView | None) -> tuple[NodeView, ...]:
    marked = facts.nodes_done.get(current.checkin_id, set()) if current and current.checkin_id else set()
    return tuple(NodeView(n.id, n.name, n.weight, n.id in marked) for n in facts.nodes.get(row.id, []))


def _progress(
    kind: KrKind, line: _Line, value: Decimal | None, done: bool | None, nodes: Sequence[NodeView], is_reported: bool
) -> Progress:
    if not is_reported:
        return scoring.metric(Decimal(0), ONE, None)
    if kind is KrKind.MILESTONE:
        return scoring.milestone([scoring.Node(n.name, n.weight, n.done) for n in nodes])
    if kind is KrKind.YES_NO:
        return scoring.yes_no(done)
    if kind is KrKind.ESTABLISH_BASELINE:
        return scoring.established(value is not None)
    if kind is KrKind.GUARD_RAIL:
        return _guard(line, value)
    if line.year_to_date:
        return scoring.year_to_date(line.target, value)
    return scoring.metric(line.baseline, line.target, value, line.direction or Direction.UP)


def _guard(line: _Line, value: Decimal | None) -> Progress:
    if line.target is None:
        return scoring.metric(None, None, value)
    if line.direction is Direction.BETWEEN and line.upper is not None:
        if line.slack:
            return scoring.between(line.target, line.upper, line.slack, value)
        return scoring.within(line.target, line.upper, value)
    if line.direction in (Direction.AT_LEAST, Direction.UP):
        return scoring.at_least(line.target, value, line.inclusive)
    return scoring.at_most(line.target, value, line.inclusive)


def _pace(
    kind: KrKind,
    nature: Nature,
    line: _Line,
    plan: tuple[Decimal | None, ...],
    made: Progress,
    at: Moment,
) -> Pace:
    overdue = at.is_overdue and made.raw is None
    if kind is KrKind.GUARD_RAIL:
        return guard_pace(made.raw, overdue, at.as_of >= at.start)
    points = _points(kind, line, plan, at)
    if kind in _ONCE and made.raw is None and not any(day <= at.as_of and share > 0 for day, share in points):
        return Pace(Decimal(0), None, Status.NOT_STARTED, (_("按计划本季还不到完成的时候，不需要填报。"),))
    if at.is_working_day is None and not any(day == at.as_of for day, _share in points):
        return _without_calendar(made, overdue, at)
    return pace(
        start=at.start,
        end=at.end,
        today=at.as_of,
        progress=made.raw,
        nature=nature,
        plan=points,
        report_overdue=overdue,
        is_working_day=at.is_working_day or (lambda day: True),
        thresholds=at.thresholds,
        counted=at.counted,
    )


def _points(kind: KrKind, line: _Line, plan: tuple[Decimal | None, ...], at: Moment) -> list[tuple[date, Decimal]]:
    """The typed plan as progress at the ends of quarters; one-step kinds rise only on the day they are due."""
    given = [(q.ends_on, planned) for q, planned in zip(at.quarters, plan, strict=True) if planned is not None]
    if kind is KrKind.MILESTONE:
        return [(day, planned / HUNDRED) for day, planned in given]
    if kind in _ONCE:
        due = next((day for day, planned in given if planned >= 1), at.end)
        return [(due - timedelta(days=1), Decimal(0)), (due, ONE)]
    start, target = line.start, line.target
    if start is None or target is None or start == target:
        return []
    return [(day, scoring.linear(start, target, planned)) for day, planned in given]


def _without_calendar(made: Progress, overdue: bool, at: Moment) -> Pace:
    said = _("{year}年的工作日历还没有录入，不推算应达。请在“年度与季度”中录入后再看快慢。").format(
        year=at.quarter.year
    )
    if made.raw is None or overdue:
        return Pace(None, None, Status.DUE, (said,))
    return Pace(None, None, Status.DONE if made.raw >= 1 else Status.WATCH, (said,))


def _conflict(row: Facts, facts: YearFacts, indicator: Facts | None, at: Moment) -> str:
    """Values of other origins that differ beyond the tolerance: listed, never silently chosen."""
    if indicator is None:
        return ""
    values = facts.values.get((row.org_id, row.indicator_id, at.quarter.id), [])
    chosen = _chosen(row, facts, at.quarter)
    if chosen is None:
        return ""
    others = [v for v in values if v.id != chosen.id and abs(v.value - chosen.value) > indicator.tolerance]
    if not others:
        return ""
    said = _("；").join(f"{label(Origin(v.origin))} {plain(v.value)}" for v in others)
    return _("采用{origin} {value}，另有{others}，请核对。").format(
        origin=label(Origin(chosen.origin)), value=plain(chosen.value), others=said
    )
