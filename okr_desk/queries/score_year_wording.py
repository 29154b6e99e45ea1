"""How a year sheet is put into words and figures: the same on paper and in a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.queries import score_forms, score_method, score_results, score_wording
from okr_desk.queries.schemes import VersionView
from okr_desk.queries.score_forms import BlockSum
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.score_wording import FLAGS, figure
from okr_desk.queries.score_years import QuarterPlace, YearForm
from okr_desk.queries.scores import BlockScore, ScoreSheet, of_quarter, scaled
from okr_desk.rules.rule_sentences import plainly_of
from okr_desk.scoring.explained import figure as term
from okr_desk.scoring.explained import result, rounding_sentence
from okr_desk.scoring.rounding import NOTHING, plain
from okr_desk.scoring.rule_wording import wording
from okr_desk.terms import Across, BlockKind, PointsState, QuarterState, label

QUARTERS = (N_("一季度"), N_("二季度"), N_("三季度"), N_("四季度"))

WAYS = {
    Across.CUMULATIVE: N_("“累计”的，各季得分相加"),
    Across.AVERAGE: N_("“平均”的，各季得分相加，除以有得分的季数"),
    Across.LAST: N_("“末次”的，取最后一个有得分的季度"),
    Across.BEST: N_("“最好”的，取得分最高的季度"),
}


@dataclass(frozen=True)
class Result:
    """What quarters and year come to under one name: a text for each of the four, and that of the year."""

    name: str
    quarters: tuple[str, ...]
    year: str


@dataclass(frozen=True)
class Conversion:
    """Points of the quarter of that number had `old` full points and count as of `full`; the sum is written out."""

    quarter: int
    old: Decimal
    full: Decimal
    sentence: str


def state(place: QuarterPlace) -> str:
    """How far a quarter is, or that it had nothing to be scored by."""
    if place.sheet is not None and place.sheet.version is None:
        return _("没有方案")
    return label(place.quarter.state)


def versions(form: YearForm) -> tuple[VersionView, ...]:
    """The versions of the scheme that were in force in the quarters that have begun, oldest first."""
    found = (place.sheet.version for place in form.places if place.sheet is not None)
    return tuple({one.id: one for one in found if one is not None}.values())


def states(form: YearForm) -> str:
    """The four quarters in one line with their states, and the versions they were scored by where there are several."""
    said = []
    several = len(versions(form)) > 1
    for name, place in zip(QUARTERS, form.places, strict=True):
        version = None if place.sheet is None else place.sheet.version
        known = _("（第{n}版）").format(n=version.version) if several and version is not None else ""
        said.append(_("{quarter}{state}{version}").format(quarter=_(name), state=state(place), version=known))
    return _("，").join(said)


def graded(form: YearForm) -> str:
    """The grade with everything that limits it: satisfaction below a gate, and the red lines of the year."""
    found = form.sheet.grade
    said = [score_results.grade_text(form.sheet)]
    if found is not None and found.by_score is not None and found.grade != found.by_score:
        said.append(_("（按得分率为“{grade}”）").format(grade=_(found.by_score)))
    limits = [] if found is None else [one.sentence for one in found.ceilings]
    limits.append(score_results.withheld(form.sheet) or score_results.provisional(form.sheet, form.quarter.number))
    if not form.sheet.red_lines:
        limits.append(score_wording.no_red_lines(form))
    return "".join(said) + "　" + "".join(limits)


def satisfaction(form: YearForm) -> str:
    """The rate that the gates are asked about, with the quarter it is of."""
    if form.sheet.satisfaction is None:
        return _("没有数据")
    at = [one.quarter for one in form.places if one.sheet is not None and one.sheet.satisfaction is not None]
    known = _("（{quarter}）").format(quarter=_(QUARTERS[at[-1].number - 1])) if at else ""
    return f"{plain(form.sheet.satisfaction)}%{known}"


def rule(one: LineScore) -> str:
    """The rule in a few words; baseline and target are named, because they may move from quarter to quarter."""
    try:
        return wording(one.line.rule, one.line.maximum)
    except InputRefused as refusal:
        return plainly_of(one.line.rule, refusal.sentence)


def quarter_points(place: QuarterPlace, one: LineScore) -> Decimal | str:
    """The points of a line in a quarter; a dash with its reason where there are none, never 0."""
    if place.sheet is None or place.sheet.version is None:
        return NOTHING
    score = place.scores.get(one.line.indicator_id)
    return _dash(_("未列入")) if score is None else points(score)


def points(score: LineScore) -> Decimal | str:
    """The points of a line in a period that has begun, or the dash with its reason."""
    if score.points is not None and score.points.state is PointsState.NOT_APPLICABLE:
        return _dash(label(PointsState.NOT_APPLICABLE))
    found = score_wording.points(score)
    return _dash(found) if isinstance(found, str) else found


def _dash(why: str) -> str:
    return f"{NOTHING} {why}"


def block_points(place: QuarterPlace, block: BlockScore) -> Decimal | None:
    """What a block came to in a quarter on that quarter's own sheet; None where it had no points."""
    of = () if place.sheet is None else place.sheet.blocks
    found = next((one for one in of if one.block.name == block.block.name), None)
    return None if found is None else score_forms.points_of(found)


def part_points(place: QuarterPlace, name: str) -> Decimal | None:
    """The same of a part that several blocks make up."""
    made = None if place.sheet is None or place.sheet.sheet is None else place.sheet.sheet.parts.get(name)
    return None if made is None else made.points


def heading(block: BlockScore) -> str:
    """The name of a block with its full points; one that adds up has those of the quarters that have begun."""
    view = block.block
    is_plain = view.kind is BlockKind.BONUS or view.across is not Across.CUMULATIVE
    if is_plain or block.total is None or not score_wording.block_maximum(block):
        return score_wording.heading(block)
    said = _("{name}（全年满分 {whole} 分，已开始的季度计 {maximum} 分）")
    name, now = score_wording.block_name(block), figure(block.total.total.maximum)
    return said.format(name=name, whole=plain(view.maximum), maximum=now)


def said(form: YearForm, one: LineScore, block: BlockScore) -> str:
    """How the year's points are made of those of the quarters, so that anyone can do it again with a pencil."""
    made = one.points
    if made is None or made.state is PointsState.NOT_APPLICABLE:
        return score_wording.said(form, one)
    steps = [step.removesuffix(_("。")) for step in made.steps if step != rounding_sentence()]
    way = steps[1:] or steps
    converted = [found.sentence for found in conversions(form, one, block)]
    flag = "" if one.flag is None else _(FLAGS[one.flag]) + "　"
    open_ = _("（暂定）") if made.provisional else ""
    return flag + _("；").join([*converted, *way]) + open_


def conversions(form: YearForm, one: LineScore, block: BlockScore) -> Iterator[Conversion]:
    """The quarters in which the line had other full points than the version in force gives it, in order."""
    full = of_quarter(one.line.maximum, block.block)
    for name, place in zip(QUARTERS, form.places, strict=True):
        score = place.scores.get(one.line.indicator_id)
        own = None if score is None else score.points
        if own is None or own.points is None or own.maximum in (full, 0):
            continue
        made = scaled(own, full)
        assert made.points is not None
        sum_ = _("{quarter}满分 {old} 分，折算 {points}×{full}÷{old}{result}")
        text = sum_.format(
            quarter=_(name),
            old=plain(own.maximum),
            points=term(own.points),
            full=plain(full),
            result=result(made.points),
        )
        yield Conversion(place.quarter.number, own.maximum, full, text)


def block_said(found: BlockSum) -> str:
    """How a block was summed, where it is more than the sum of its column."""
    if found.block.block.kind is BlockKind.BASE and found.block.total is None:
        return _("本年还没有到期的项目，不计入满分。")
    return score_wording.block_said(found)


def quarter_results(form: YearForm) -> tuple[Result, ...]:
    """Total, percent, grade and satisfaction of every quarter and of the year, as their own sheets have them."""

    def each(name: str, text: Callable[[ScoreSheet], str]) -> Result:
        of = (place.sheet for place in form.places)
        told = (NOTHING if sheet is None or sheet.version is None else text(sheet) for sheet in of)
        return Result(name, tuple(told), text(form.sheet))

    grades = each(_("等次"), lambda sheet: score_results.narrow_grade(sheet, form.quarter.number))
    return (
        each(_("总分"), score_results.total_text),
        each(_("得分率（%）"), lambda sheet: score_results.percent_text(sheet).replace("%", "")),
        grades,
        each(_("满意率（前三档，%）"), lambda sheet: plain(sheet.satisfaction)),
    )


def notes(form: YearForm) -> tuple[str, ...]:
    """What one must know to make the year of the quarters again; only what this sheet has use for."""
    return tuple(_notes(form))


def _notes(form: YearForm) -> Iterator[str]:
    for version in versions(form):
        yield from score_method.reasons(version)
    yield _("各季得分取自当季的支部计分表。“—”不是 0 分：还没有开始的季度见表头，其余在“—”后面写明原因。")
    used = {one.line.across for one in form.sheet.lines}
    ways = _("；").join(_(words) for way, words in WAYS.items() if way in used)
    if ways:
        yield _("全年取法：{ways}。没有得分的季度不参加。").format(ways=ways)
    if any(True for block in form.sheet.blocks for one in block.lines for _found in conversions(form, one, block)):
        yield _("方案换版以后分值不同的项目，以前各季的得分先按现行分值折算，再取全年得分。")
    if any(block.block.across is Across.CUMULATIVE for block in form.sheet.blocks):
        yield _("全年累计的块每季计全年分值的四分之一，满分只算这一块考核过的季度。")
    yield from score_method.counting(form)
    silent = (one.points.state for place in form.places for one in place.scores.values() if one.points)
    if PointsState.MISSING in silent:
        yield _("“未报”的季度没有关账的暂不参加；关账后仍未报的，该季按 0 分参加。")
    yield from score_method.marks(form)
    if form.sheet.satisfaction is not None:
        yield _("全年的满意率取最近一个有满意率的季度，门槛按它判断；全年任何一季的红线都限制全年等次。")
    if any(place.quarter.state is not QuarterState.CLOSED for place in form.places):
        yield _("本年还有季度没有关账，本表按打印时的数据暂计。")
    yield score_method.other_ledger()
