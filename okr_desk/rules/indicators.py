"""Drafts of the KPI library and of what a branch starts from, aims at and reaches; pure checks of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules import usual_rule
from okr_desk.rules.checks import DECIMALS_MOST, check_amount, check_day, check_length, check_text
from okr_desk.scoring.progress import check_metric
from okr_desk.terms import Accumulation, Dimension, Direction, Frequency, Origin

PRECEDENCE = (Origin.COMPUTED, Origin.TOWNSHIP, Origin.DEPARTMENT, Origin.BRANCH)
"""Which origin counts first where the office has not decided otherwise for an indicator."""

EVIDENCE_MOST = 2


@dataclass(frozen=True)
class IndicatorDraft:
    """A definition. Empty `categories`: all branches. `tolerance` is in the unit of the indicator.

    The `usual_` fields are what a scheme takes over: baseline → target, full points (0: a spare, in no scheme by
    itself) and the rule as a line writes it. `computed_from` names the records that the number comes from; `method`
    says what it is: numerator and denominator, what is owed, whom it does not concern.
    """

    code: str
    name: str
    unit: str
    direction: Direction
    dimension: Dimension
    frequency: Frequency = Frequency.QUARTERLY
    accumulation: Accumulation = Accumulation.POINT_IN_TIME
    decimals: int = 1
    categories: tuple[str, ...] = ()
    evidence: str = ""
    evidence_limit: int = EVIDENCE_MOST
    precedence: tuple[Origin, ...] = PRECEDENCE
    tolerance: Decimal = Decimal("0.05")
    usual_baseline: Decimal | None = None
    usual_target: Decimal | None = None
    usual_points: Decimal | None = None
    usual_rule: str = ""
    computed_from: str = ""
    source: str = ""
    reason: str = ""
    method: str = ""


@dataclass(frozen=True)
class BaselineDraft:
    """Where a branch starts in `year`. `reason` is asked when a baseline changes during an open year."""

    org_id: int
    indicator_id: int
    year: int
    value: Decimal
    as_of: date
    source: str
    reason: str = ""


@dataclass(frozen=True)
class TargetDraft:
    """What a branch aims at in `year`."""

    org_id: int
    indicator_id: int
    year: int
    value: Decimal
    reason: str = ""


@dataclass(frozen=True)
class ValueDraft:
    """A measured value of a branch for a quarter; `as_of` is the date up to which the data count."""

    org_id: int
    indicator_id: int
    quarter_id: int
    value: Decimal
    as_of: date
    origin: Origin
    note: str = ""


def check_indicator(draft: IndicatorDraft) -> None:
    """Raise InputRefused at the first field of a definition that cannot be taken."""
    check_text(draft.code, "code", _("编号"), 20)
    check_text(draft.name, "name", _("名称"), 80)
    check_length(draft.unit, "unit", _("单位"), 20)
    if draft.direction not in (Direction.UP, Direction.DOWN):
        raise InputRefused(_("指标的方向只能是“上升”或“下降”。守底线请在关键结果里设置。"), "direction")
    if not 0 <= draft.decimals <= DECIMALS_MOST:
        raise InputRefused(_("小数位数须在 0 至 {n} 之间。").format(n=DECIMALS_MOST), "decimals")
    if not 0 <= draft.evidence_limit <= EVIDENCE_MOST:
        raise InputRefused(_("每项佐证材料最多 {n} 份，这是减负要求。").format(n=EVIDENCE_MOST), "evidence_limit")
    if sorted(draft.precedence) != sorted(Origin):
        raise InputRefused(_("数据来源的先后须四种各出现一次，请重新排列。"), "precedence")
    check_amount(draft.tolerance, "tolerance", _("允许误差"))
    if draft.tolerance < 0:
        raise InputRefused(_("允许误差不能为负数，请改正。"), "tolerance")
    check_length(draft.method, "method", _("怎么统计"), 200)
    _check_usual(draft)
    check_length(draft.computed_from, "computed_from", _("数据来源"), 40)
    check_length(draft.source, "source", _("依据"), 120)


def _check_usual(draft: IndicatorDraft) -> None:
    named = (
        (draft.usual_baseline, "usual_baseline", _("通常基线")),
        (draft.usual_target, "usual_target", _("通常目标")),
    )
    for value, field, name in (*named, (draft.usual_points, "usual_points", _("通常分值"))):
        if value is not None:
            check_amount(value, field, name)
    if draft.usual_points is not None and draft.usual_points < 0:
        raise InputRefused(_("通常分值不能为负数；备选项请填 0。"), "usual_points")
    start, aim = draft.usual_baseline, draft.usual_target
    if start is not None and aim is not None and start != aim:
        _check_side(start, aim, draft.direction)
    check_length(draft.usual_rule, "usual_rule", _("通常规则"), 200)
    usual_rule.check(draft.usual_rule, draft.usual_points, start, aim)


def _check_side(baseline: Decimal, target: Decimal, direction: Direction) -> None:
    """An indicator may start where it should stay (once a year, done on time); it never leads the wrong way."""
    try:
        check_metric(baseline, target, direction)
    except InputRefused as refused:
        raise InputRefused(refused.sentence, "usual_target") from refused


def check_baseline(draft: BaselineDraft, today: date) -> None:
    """A baseline needs a value, a date that has come, and a source (design: metric key results)."""
    check_amount(draft.value, "value", _("基线"))
    check_day(draft.as_of, "as_of", _("基线日期"), today)
    check_text(draft.source, "source", _("基线来源"), 120)


def check_target(draft: TargetDraft) -> None:
    """Raise InputRefused unless the target is an exact number."""
    check_amount(draft.value, "value", _("目标值"))


def check_value(draft: ValueDraft, today: date, starts_on: date) -> None:
    """A value belongs to its quarter: data from before it, or from the future, are refused."""
    check_amount(draft.value, "value", _("实绩"))
    check_day(draft.as_of, "as_of", _("数据截至日"), today)
    if draft.as_of < starts_on:
        raise InputRefused(_("数据截至日 {day} 早于本季度开始，请核对季度或日期。").format(day=draft.as_of), "as_of")


def check_line(baseline: Decimal, target: Decimal, direction: Direction, accumulation: Accumulation) -> None:
    """Refuse a target that leads nowhere. A year-cumulative measure starts at 0, whatever last year brought.

    Raises InputRefused (field "target"). Source: methods B2; design, "Indicators say how they accumulate".
    """
    if accumulation is Accumulation.YEAR_TO_DATE:
        if target <= 0:
            raise InputRefused(_("年累计指标每年从 0 起算，目标须大于 0。若要求为零，请改用“守底线”。"), "target")
        return
    check_metric(baseline, target, direction)


def counting(precedence: Sequence[Origin], values: Mapping[Origin, Decimal]) -> Origin | None:
    """The origin whose value counts: the first in the office's order that has one."""
    return next((origin for origin in precedence if origin in values), None)


def differing(precedence: Sequence[Origin], values: Mapping[Origin, Decimal], tolerance: Decimal) -> tuple[Origin, ...]:
    """Origins whose value differs from the counting one by more than the tolerance; empty: no conflict."""
    chosen = counting(precedence, values)
    if chosen is None:
        return ()
    return tuple(o for o in precedence if o in values and abs(values[o] - values[chosen]) > tolerance)
