"""What the points of a line were worked out from, in words: rule, value with its origin and person, line, remarks."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.score_lines import LineScore
from okr_desk.scoring.line_rule import needs, typed
from okr_desk.scoring.rounding import plain
from okr_desk.scoring.rule_formula import formula
from okr_desk.terms import label


def inputs(score: LineScore) -> tuple[tuple[str, str], ...]:
    """Name and words of each input, as they stood when the points were worked out; what the rule has no use for is out.

    Source: design 3, "every score explains itself": formula, inputs, entries used (date, author).
    """
    found = [(_("规则"), _rule(score.line.rule)), (_("实绩"), _value(score))]
    found += _line(score)
    if score.told.remark:
        found.append((_("实绩说明"), score.told.remark))
    if score.note:
        found.append((_("说明"), score.note))
    return tuple(found)


def _rule(row: str) -> str:
    try:
        return formula(row)
    except InputRefused as refused:
        return refused.sentence


def _value(score: LineScore) -> str:
    """A value with its origin, the day that it is of, and who recorded it when."""
    if score.value is None:
        return _("按登记的事项计") if score.events else _("未报")
    said = [] if score.origin is None else [label(score.origin)]
    if score.as_of is not None:
        said.append(_("截至 {day}").format(day=score.as_of.isoformat()))
    if score.told.recorded_on is not None:
        said.append(_("{by} {day} 录入").format(by=score.told.by or _("系统"), day=score.told.recorded_on.isoformat()))
    amount = plain(score.value) + score.line.unit
    return _("{amount}（{said}）").format(amount=amount, said=_("，").join(said)) if said else amount


def _line(score: LineScore) -> list[tuple[str, str]]:
    """Baseline and target with where they come from, as far as the rule takes them."""
    try:
        wanted, (start, end) = needs(score.line.rule), typed(score.line.rule)
    except InputRefused:
        return []
    found = []
    if wanted.baseline or start is not None:
        found.append((_("基线"), _baseline(score, start)))
    if wanted.target or end is not None or score.flag is not None:
        found.append((_("目标值"), _target(score, end)))
    return found


def _baseline(score: LineScore, fixed: Decimal | None) -> str:
    if score.baseline is None:
        return _("还没有设")
    amount = plain(score.baseline) + score.line.unit
    if fixed is not None:
        return _("{amount}（规则写明）").format(amount=amount)
    if score.year_target is not None:
        return _("{amount}（年累计指标每年从 0 起算）").format(amount=amount)
    return _("{amount}（本支部的基线）").format(amount=amount)


def _target(score: LineScore, fixed: Decimal | None) -> str:
    """The target; the part of a year's target that is due by the quarter as the sum that it is."""
    if score.target is None:
        return _("还没有设")
    unit, whole = score.line.unit, score.year_target
    amount = plain(score.target) + unit
    if whole and whole != score.target:
        quarters = plain(score.target * 4 / whole)
        amount = _("{due}＝{whole}×{n}/4").format(due=amount, whole=plain(whole) + unit, n=quarters)
    said = _("{amount}（规则写明）") if fixed is not None else _("{amount}（本支部的目标值）")
    return said.format(amount=amount)
