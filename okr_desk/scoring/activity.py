"""Activity and satisfaction together: no number of events makes up for people who are not content.

Two forms of one rule: the weighted geometric mean with its gate (methods A10), and the product with a gate on
satisfaction (domain 1.3 "DUAL").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.points_result import (
    HUNDRED,
    ONE,
    ZERO,
    Held,
    Reached,
    Value,
    check_full,
    check_not_negative,
    other_kind,
)
from okr_desk.scoring.rounding import kept, plain, wide
from okr_desk.scoring.spelling import check_numbers
from okr_desk.terms import DualForm, SurveyVerdict

WEIGHT = Decimal("0.4")
"""The usual exponent of activity; satisfaction has the rest."""
GATE = Decimal(60)
"""Product form: below this satisfaction (0..100) activities count nothing."""
MISSED_CEILING = Decimal("0.59")
"""Mean form: what cannot be passed once the verdict on satisfaction is "missed"."""
_POWER_DIGITS = 45


@dataclass(frozen=True)
class Activity:
    """Activity × satisfaction, 0..1; `provisional` while the verdict is open or no valid survey stands behind it."""

    score: Decimal
    provisional: bool
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The score, with its steps."""
        return Explained(self.score, self.steps)


def activity(
    done: Decimal, satisfaction: Decimal, weight: Decimal = WEIGHT, verdict: SurveyVerdict | None = None
) -> Activity:
    """The geometric mean of the share of activities done (above 1 earns nothing) and of satisfaction (0..1).

    A verdict "missed" allows 0.59 at most; an open one leaves the score as it is, marked provisional. Zero in either
    gives zero. Raises InputRefused for negative numbers, a satisfaction above 1, and a weight not between 0 and 1.
    Source: methods A10.
    """
    check_not_negative("activity", done)
    check_not_negative("satisfaction", satisfaction)
    if satisfaction > 1:
        raise InputRefused(_("满意度 satisfaction 请填 0 至 1 的数，例如 0.85。"), "satisfaction")
    check_weight(weight)
    share = min(done, ONE)
    mean = _geometric(share, satisfaction, weight)
    score = min(mean, MISSED_CEILING) if verdict is SurveyVerdict.MISSED else mean

    def told() -> tuple[str, ...]:
        over = (_("活动完成比例 {done} 超过 1，多办不加分，按 1 计。").format(done=plain(done)),) if done > 1 else ()
        line = _("{a}^{w}×{s}^{rest}{result}").format(
            a=plain(share), w=plain(weight), s=plain(satisfaction), rest=plain(ONE - weight), result=result(mean)
        )
        rule = _("得分＝活动完成比例^权重×满意度^（1－权重），活动的权重为 {w}").format(w=plain(weight))
        return rule, *over, line, *_gate_note(mean, verdict), *rounding_note(score)

    return Activity(score, verdict in (SurveyVerdict.OPEN, SurveyVerdict.NOT_JUDGED), Steps(told))


def unsurveyed(done: Decimal, last_low: Decimal | None, missed_before: bool, weight: Decimal = WEIGHT) -> Activity:
    """Activity without a valid survey: the lower limit of the last valid interval once, then 0; always provisional.

    `last_low` is 0..1, None where there never was a survey. Not asking is never better than asking badly. Source:
    methods A10.
    """
    stand_in = ZERO if missed_before or last_low is None else last_low
    found = activity(done, stand_in, weight)

    def told() -> tuple[str, ...]:
        if missed_before or last_low is None:
            return _("没有有效的满意度测评可用，满意度按 0 计，得分暂定。"), *found.steps
        said = _("本期没有有效测评，满意度暂取上次有效区间的下限 {low}；再缺一次按 0 计。")
        return said.format(low=plain(last_low)), *found.steps

    return Activity(found.score, True, Steps(told))


@dataclass(frozen=True)
class Dual:
    """Points for activities held, as far as people were satisfied with them.

    Form mean (default): maximum × `activity`, with `weight`. Form product: maximum × min(held ÷ target, 1) ×
    satisfaction ÷ 100, nothing below `gate`. `weight` belongs to the first, `gate` to the second; None is the usual
    one. Takes `Held`. Raises InputRefused for a target of 0 or below and for a satisfaction outside 0..100. Source:
    methods A10, domain 1.3 "DUAL" and 3.5.
    """

    maximum: Decimal
    target: Decimal
    form: DualForm = DualForm.MEAN
    weight: Decimal | None = None
    gate: Decimal | None = None

    def __post_init__(self) -> None:
        check_full(self.maximum)
        check_numbers("N", self.target)
        if self.target <= 0:
            raise InputRefused(_("应办场次 N 须大于 0，请改正。"), "N")
        if self.weight is not None:
            self._check_form(DualForm.MEAN, "weight")
            check_weight(self.weight)
        if self.gate is not None:
            self._check_form(DualForm.PRODUCT, "gate")
            _check_satisfaction("gate", self.gate)

    def _check_form(self, form: DualForm, name: str) -> None:
        if self.form is not form:
            raise InputRefused(_("{name} 只用于 form={form}，请删去。").format(name=name, form=form.value), name)

    def reach(self, value: Value) -> Reached:
        """Points of so many activities with this satisfaction."""
        if not isinstance(value, Held):
            raise other_kind()
        check_not_negative("n", value.activity)
        _check_satisfaction("S", value.satisfaction)
        return self._mean(value) if self.form is DualForm.MEAN else self._product(value)

    def _mean(self, held: Held) -> Reached:
        with wide():
            share, satisfied = held.activity / self.target, held.satisfaction / HUNDRED
        found = activity(kept(share), satisfied, WEIGHT if self.weight is None else self.weight, held.verdict)
        with wide():
            points = kept(self.maximum * found.score)

        def told() -> tuple[str, ...]:
            line = f"{plain(self.maximum)}×{figure(found.score)}{result(points)}"
            return self._shares(held), *found.steps, line

        return Reached(points, told, found.provisional)

    def _product(self, held: Held) -> Reached:
        gate = GATE if self.gate is None else self.gate
        counted = min(held.activity, self.target)
        with wide():
            points = kept(self.maximum * counted * held.satisfaction / (self.target * HUNDRED))

        def told() -> tuple[str, ...]:
            rule = _("得分＝满分×场次完成比例×满意度÷100，完成比例不超过 1；满意度低于 {gate} 不计分。")
            line = _("{full}×{n}÷{target}×{s}÷100{result}").format(
                full=plain(self.maximum),
                n=plain(counted),
                target=plain(self.target),
                s=plain(held.satisfaction),
                result=result(points),
            )
            closed = _("满意度 {s} 低于 {gate}，计 0 分。").format(s=plain(held.satisfaction), gate=plain(gate))
            way = (closed,) if held.satisfaction < gate else (line, *rounding_note(points))
            aside = () if held.verdict is None else (_("乘积形式只看满意度，不看判定。"),)
            return rule.format(gate=plain(gate)), self._shares(held), *aside, *way

        return Reached(points if held.satisfaction >= gate else ZERO, told)

    def _shares(self, held: Held) -> str:
        said = _("办了 {n} 场，应办 {target} 场；满意度 {s}。")
        if held.source:
            said = _("办了 {n} 场，应办 {target} 场；满意度取“{source}”，为 {s}。")
        return said.format(
            n=plain(held.activity), target=plain(self.target), s=plain(held.satisfaction), source=held.source
        )


def check_weight(weight: Decimal) -> None:
    """Refuse a weight that would leave one of the two out."""
    check_numbers("weight", weight)
    if not 0 < weight < 1:
        raise InputRefused(_("活动的权重 weight 须大于 0、小于 1，例如 0.4。"), "weight")


def _geometric(share: Decimal, satisfaction: Decimal, weight: Decimal) -> Decimal:
    if share == 0 or satisfaction == 0:
        return ZERO
    with localcontext() as context:
        context.prec = _POWER_DIGITS
        return kept(share**weight * satisfaction ** (ONE - weight))


def _gate_note(mean: Decimal, verdict: SurveyVerdict | None) -> tuple[str, ...]:
    if verdict is SurveyVerdict.MISSED:
        if mean > MISSED_CEILING:
            return (_("满意度判定为“未达成”，最高计 {most}。").format(most=plain(MISSED_CEILING)),)
        return (_("满意度判定为“未达成”，得分未超过 {most}，不变。").format(most=plain(MISSED_CEILING)),)
    if verdict is SurveyVerdict.OPEN:
        return (_("满意度“无法判定”，得分照计，标为暂定。"),)
    if verdict is SurveyVerdict.NOT_JUDGED:
        said = _("测评质量不足，“不予判定”：满意度应取上次有效区间的下限，连续两次按 0 计；得分标为暂定。")
        return (said,)
    return ()


def _check_satisfaction(name: str, value: Decimal) -> None:
    check_not_negative(name, value)
    if value > HUNDRED:
        raise InputRefused(_("{name} 是 0 至 100 分的满意度，请改正。").format(name=name), name)
