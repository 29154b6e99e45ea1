"""How the lines of a score sheet are put into words and figures: the same on paper and in a workbook."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.i18n import N_, _
from okr_desk.queries.red_lines import RedLineRuleView
from okr_desk.queries.score_forms import BlockSum, PartSum, ScoreForm
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_measured import EventView
from okr_desk.queries.scores import BlockScore, RedLineView, of_quarter
from okr_desk.rules.scores import COUNTED
from okr_desk.scoring.explained import rounding_sentence
from okr_desk.scoring.grades import RedLineKind
from okr_desk.scoring.line_rule import rule_kind
from okr_desk.scoring.rounding import exact_or, plain
from okr_desk.terms import Across, BlockKind, Flag, PointsState, RuleKind, label

PLACES = 4
"""Digits of points that go on: enough that the printed lines add up to the printed sums."""

FLAGS = {Flag.RED: N_("△红旗"), Flag.BLUE: N_("□蓝旗"), Flag.YELLOW: N_("▽黄旗")}
"""A shape and a word, so that a copy in grey says the same: above the target, on it, below it."""


def title(form: ScoreForm) -> str:
    """What the sheet is called under the name of its branch."""
    if form.sheet.quarter is None:
        return _("{year}年度支部计分表").format(year=form.sheet.year)
    return _("{quarter}支部计分表").format(quarter=form.quarter.label)


def figure(value: Decimal) -> str:
    """Points as they are printed."""
    return exact_or(value, PLACES)


def maximum(block: BlockScore, one: LineScore) -> Decimal:
    """Full points of a line in the period: a cumulative block gives a fourth of the year's each quarter."""
    if one.points is not None:
        return one.points.maximum
    return of_quarter(one.line.maximum, block.block)


def value(one: LineScore) -> Decimal | str:
    """What was measured or counted, or the word for why there is nothing."""
    if one.points is None:
        return "—"
    if one.points.state is PointsState.NOT_APPLICABLE:
        return label(PointsState.NOT_APPLICABLE)
    kind = rule_kind(one.line.rule)
    if kind in COUNTED and one.events:
        return _("{n}笔").format(n=len(one.events))
    if one.value is not None:
        return (_("是") if one.value >= 1 else _("否")) if kind is RuleKind.YES_NO else one.value
    if one.points.state is PointsState.SCORED:
        return _("无")
    return label(one.points.state)


def points(one: LineScore) -> Decimal | str:
    """The points of a line, or why it has none: four things that are never the same as 0."""
    if one.points is None:
        return _("未到期")
    if one.points.state is PointsState.NOT_APPLICABLE:
        return "—"
    if one.points.points is not None:
        return one.points.points
    is_silent = one.points.state is PointsState.MISSING and one.value is None
    return label(one.points.state) if is_silent or one.points.state is PointsState.UNSET else _("未计分")


def said(form: ScoreForm, one: LineScore) -> str:
    """How the points came about, with the flag before and what is provisional behind."""
    flag = "" if one.flag is None else _(FLAGS[one.flag])
    if one.points is not None and one.points.state is PointsState.NOT_APPLICABLE:
        why = form.away.get(one.line.indicator_id, "").strip()
        return _("不适用：{why}").format(why=why) if why else one.reason
    open_ = _("（暂定）") if one.points is not None and one.points.provisional else ""
    return "　".join(part for part in (flag, one.reason, open_) if part)


def heading(block: BlockScore) -> str:
    """The name of a block with its part and full points."""
    view, name = block.block, block_name(block)
    if view.kind is BlockKind.BONUS:
        return _("{name}（在满分之外）").format(name=name)
    if view.across is Across.CUMULATIVE:
        said = _("{name}（本季满分 {maximum} 分，为全年 {whole} 分的四分之一）")
        return said.format(name=name, maximum=figure(view.maximum / 4), whole=plain(view.maximum))
    return _("{name}（满分 {maximum} 分）").format(name=name, maximum=plain(view.maximum))


def block_name(block: BlockScore) -> str:
    """The name of a block behind that of its part."""
    view = block.block
    return f"{view.part}·{view.name}" if view.part and view.part != view.name else view.name


def block_maximum(block: BlockScore) -> Decimal:
    """Full points of a block in the quarter."""
    if block.total is not None and block.total.total.maximum:
        return block.total.total.maximum
    return of_quarter(block.block.maximum, block.block)


def block_points(found: BlockSum) -> Decimal | str:
    """The points of a block, or why it has none."""
    if found.points is not None:
        return found.points
    live = [one for one in found.block.lines if one.points is not None]
    if not live:
        return _("未到期")
    is_away = all(one.points.state is PointsState.NOT_APPLICABLE for one in live if one.points)
    return "—" if is_away else label(PointsState.MISSING)


def block_said(found: BlockSum) -> str:
    """How a block was summed, where it is more than the sum of its column."""
    block = found.block
    if block.block.kind is BlockKind.BONUS:
        return "" if found.points is None else _("各项相加，未封顶。")
    if block.total is None:
        return _("本季没有到期的项目，不计入满分。")
    given = [one for one in block.lines if one.points is not None]
    silent = any(one.points is not None and one.points.points is None for one in given)
    if block.total.scale == 1 and not silent:
        return ""
    steps = [step for step in block.total.steps if step != rounding_sentence()]
    return "\n".join(steps if len(steps) == 1 else steps[1 + len(given) :])


def part_said(found: PartSum) -> str:
    """Which blocks a part is the sum of."""
    return _("＋").join(block.block.name for block in found.blocks)


def event_amount(event: EventView) -> str:
    """Times, or points where the rule takes the highest; several where the rule tells kinds or answers apart."""
    return "、".join(plain(count) for count in event.counts) or plain(event.amount)


def event_fact(event: EventView) -> str:
    """What happened, after the matter that an award honours."""
    return _("【{matter}】{fact}").format(matter=event.matter, fact=event.fact) if event.matter else event.fact


def no_events(form: ScoreForm) -> str:
    """That nothing happened in the period that earns or costs points."""
    return _("本年没有登记加减分事项。") if form.sheet.quarter is None else _("本季没有登记加减分事项。")


def no_red_lines(form: ScoreForm) -> str:
    """That no red line was crossed in the period."""
    return _("本年没有登记红线事项。") if form.sheet.quarter is None else _("本季没有登记红线事项。")


def entered(one: EventView | RedLineView) -> str:
    """Who entered something, and when."""
    return f"{one.by} {one.recorded_on.isoformat()}"


def effect(line: RedLineView | RedLineRuleView) -> str:
    """What a red line does to the grade."""
    if line.kind is RedLineKind.VETO:
        return _("一票否决")
    return _("最高为“{grade}”").format(grade=_(line.highest)) if line.highest else _("不得评最高等次")
