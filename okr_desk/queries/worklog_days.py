"""How points came about day by day: a year-end verdict becomes what every day's entries added.

The value of each day is what the entries up to it make, and its points are those that the sheet's own rule gives that
value, with the baseline and target of the quarter (domain 10 row 11, 8.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.model.columns import Baseline, Target
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import library, orgs, scores, worklog_counts
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.line_versions import line_versions
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.score_aims import aim
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import BlockScore
from okr_desk.queries.worklog_counts import Given, value_of
from okr_desk.scoring.line_rule import line_rule
from okr_desk.scoring.points import Rule, points
from okr_desk.scoring.points_bands import Ladder
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint, YesNo
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio
from okr_desk.scoring.year import fourth
from okr_desk.terms import Accumulation, Across, Origin


@dataclass(frozen=True)
class DayStep:
    """What stood at the end of a day with entries. `points` None: no scheme, or the line cannot be scored by itself."""

    day: date
    value: Decimal
    points: Decimal | None
    gained: Decimal | None
    entry_ids: tuple[int, ...]


@dataclass(frozen=True)
class Accrual:
    """One indicator of a branch through a quarter. `start` is what earlier quarters of the year brought, else None.

    `target` is what is due by the end of the quarter, `from_value` where the plan begins on its first day; `maximum`
    the full points. `counts`: whether the sheet takes this value, or that of `origin`.
    """

    code: str
    name: str
    unit: str
    decimals: int
    quarter: QuarterView
    start: Decimal | None
    from_value: Decimal | None
    target: Decimal | None
    maximum: Decimal | None
    steps: tuple[DayStep, ...]
    counts: bool = True
    origin: Origin | None = None

    @property
    def title(self) -> str:
        """Code and name, as one says them."""
        return f"{self.code} {self.name}"

    @property
    def points(self) -> Decimal | None:
        """The points as of the last day."""
        return self.steps[-1].points if self.steps else None


def accrual(session: Reader, org_id: int, quarter: QuarterView) -> tuple[Accrual, ...]:
    """Every indicator that entries of the quarter feed, by code; those of earlier quarters alone are left out."""
    given = worklog_counts.given_to(session, quarter, [org_id])
    fed = {code: of for (_org, code), of in given.items() if of[-1].day >= quarter.starts_on}
    if not fed:
        return ()
    org = orgs.view(session, org_id, quarter.ends_on)
    meanings = {view.code: view for view in library.library(session, quarter.ends_on, retired=True, codes=fed)}
    (sheet,) = scores.sheets_of(session, [quarter], [org])[quarter.number]
    scored = {one.line.code: (one, block) for block in sheet.blocks for one in block.lines}
    baselines, targets = (line_versions(session, one, (), quarter.year, [org_id]) for one in (Baseline, Target))
    found = []
    for code, of in sorted(fed.items()):
        meaning = meanings[code]
        key = (org_id, meaning.id)
        start, end = baselines.at(key, quarter), targets.at(key, quarter)
        plan = _Plan.of(meaning, quarter, None if end is None else end.value)
        line, block = scored.get(code, (None, None))
        rule = None if line is None else _rule(meaning, line, start, end, quarter)
        found.append(_accrued(meaning, quarter, of, plan, line, block, rule))
    return tuple(found)


@dataclass(frozen=True)
class _Plan:
    """Where the plan begins on the first day of the quarter and what is due at its end."""

    first: Decimal | None
    due: Decimal | None

    @classmethod
    def of(cls, meaning: IndicatorView, quarter: QuarterView, target: Decimal | None) -> _Plan:
        """A share has one height; a quarter's count grows from 0; a year's owes a fourth a quarter."""
        if meaning.unit == "%" or target is None:
            return cls(target, target)
        if meaning.accumulation is Accumulation.YEAR_TO_DATE:
            return cls(target * (quarter.number - 1) / 4, target * quarter.number / 4)
        return cls(Decimal(0), target)


def _accrued(
    meaning: IndicatorView,
    quarter: QuarterView,
    given: Sequence[Given],
    plan: _Plan,
    line: LineScore | None,
    block: BlockScore | None,
    rule: Rule | None,
) -> Accrual:
    is_fourth = block is not None and block.block.across is Across.CUMULATIVE
    before = value_of([one for one in given if one.day < quarter.starts_on], meaning.unit)
    start = None if before is None else before.value
    last = _points(rule, start, is_fourth)
    steps = []
    for day in dict.fromkeys(one.day for one in given if one.day >= quarter.starts_on):
        counted = value_of([one for one in given if one.day <= day], meaning.unit)
        if counted is None:
            continue
        now = _points(rule, counted.value, is_fourth)
        gained = None if now is None else now - (last or Decimal(0))
        ids = tuple(one.entry_id for one in given if one.day == day)
        steps.append(DayStep(day, counted.value, now, gained, ids))
        last = now
    counts = line is None or line.origin in (None, Origin.COMPUTED)
    maximum = None if line is None else (line.line.maximum / 4 if is_fourth else line.line.maximum)
    return Accrual(
        meaning.code, meaning.name, meaning.unit, meaning.decimals, quarter, start, plan.first, plan.due, maximum,
        tuple(steps), counts, None if line is None else line.origin,
    )  # fmt: skip


_BY_ITSELF = (Linear, Ratio, Range, AnchorLine, Ladder, PerPoint, YesNo, Deduct, Bonus)
"""Rules that need nothing but the branch's own value; ranks and pairs move with others and are not told by day."""


def _rule(
    meaning: IndicatorView, line: LineScore, start: Facts | None, end: Facts | None, quarter: QuarterView
) -> Rule | None:
    found = aim(meaning, line.line, start, end, quarter)
    try:
        rule = line_rule(found.rule, line.line.maximum, found.baseline, found.target)
    except InputRefused:
        return None
    is_plain = isinstance(rule, _BY_ITSELF) and not (isinstance(rule, Bonus) and rule.each is None)
    return rule if is_plain else None


def _points(rule: Rule | None, value: Decimal | None, is_fourth: bool) -> Decimal | None:
    if rule is None or value is None:
        return None
    try:
        made = points(rule, value >= 1 if isinstance(rule, YesNo) else value)
    except InputRefused:
        return None
    return (fourth(made) if is_fourth else made).points
