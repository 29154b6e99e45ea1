"""What a line is measured against in a quarter, and whether it is due: baseline and target, own or of the rule."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.model.reading import Facts
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.schemes import LineView
from okr_desk.scoring.line_rule import retargeted, rule_kind, typed
from okr_desk.terms import Accumulation, Frequency, RuleKind

ZERO = Decimal(0)
COUNTING = (RuleKind.DEDUCT, RuleKind.BONUS)
"""Rules for which no event is a result: nothing is deducted, nothing is added."""


@dataclass(frozen=True)
class Aim:
    """Baseline and target that the points come from, with the rule as it holds for the quarter, and why.

    `year_target` is the whole of a measure that accumulates, `target` the part of it that is due by the quarter.
    """

    baseline: Decimal | None
    target: Decimal | None
    rule: str
    note: str
    year_target: Decimal | None = None


def aim(meaning: IndicatorView, line: LineView, start: Facts | None, end: Facts | None, quarter: QuarterView) -> Aim:
    """The branch's own baseline and target, or those that the rule gives.

    A year-cumulative measure starts at 0 and owes a fourth of either target each quarter.
    """
    own_start, own_end = (None if row is None else row.value for row in (start, end))
    fixed_start, fixed_end = typed(line.rule)
    target = own_end if fixed_end is None else fixed_end
    is_cumulative = meaning.accumulation is Accumulation.YEAR_TO_DATE
    baseline = fixed_start if fixed_start is not None else (ZERO if is_cumulative else own_start)
    if not is_cumulative or target is None or quarter.number == 4:
        return Aim(baseline, target, line.rule, "", target if is_cumulative else None)
    due = target * quarter.number / 4
    rule = line.rule if fixed_end is None else retargeted(line.rule, due)
    note = _("年累计指标，到第{n}季度按全年目标的 {n}/4 计。").format(n=quarter.number)
    return Aim(baseline, due, rule, note, target)


def is_due(meaning: IndicatorView, line: LineView, quarter: QuarterView) -> bool:
    """Whether silence in this quarter means something: an election that was not due is no election left out."""
    if meaning.frequency is Frequency.YEARLY:
        return quarter.number == 4
    if meaning.frequency is Frequency.ON_EVENT:
        return rule_kind(line.rule) in COUNTING
    return meaning.frequency is not Frequency.HALF_YEARLY or quarter.number in (2, 4)
