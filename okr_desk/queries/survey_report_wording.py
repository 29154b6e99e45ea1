"""The report of a round in sentences: what was done, what was found, how it was reckoned, and what was not found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries import survey_paper_wording as wording
from okr_desk.queries import survey_rolling
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_papers import SurveyReport
from okr_desk.queries.survey_quadrant import Quadrants
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.surveys import GroupView
from okr_desk.scoring.distributions import LEVEL
from okr_desk.scoring.rounding import percent
from okr_desk.scoring.sample_size import LEAST_ANSWERS
from okr_desk.scoring.signals import NAMES
from okr_desk.survey_terms import UNSURE
from okr_desk.terms import SurveyChange, SurveyVerdict, label

_NAMED = 12
"""Branches that a sentence names before it says how many more there are."""


def basis(report: SurveyReport) -> tuple[str, ...]:
    """How the round was held: by which questions, when, whom it asked, who drew, who collected, what came back."""
    of, definition = report.round, report.round.definition
    said = _(
        "本次测评（{name}）依据{year}年《{survey}》第{version}版，于{first}至{last}开展，"
        "设五级选项题{items}道{open}，测评方式为{channels}。"
    ).format(
        name=of.name,
        year=definition.year,
        survey=definition.name,
        version=definition.version,
        first=_day(of.starts_on),
        last=_day(of.ends_on),
        items=len(definition.levels),
        open=_("、开放题1道") if len(definition.items) > len(definition.levels) else "",
        channels=_("、").join(label(channel) for channel, _weight in definition.channels),
    )
    drawn = _("测评对象为{sampling}，抽样人：{drawn}；收集人：{collected}（{independent}）。").format(
        sampling=label(of.sampling),
        drawn=of.drawn_by or _("未登记"),
        collected=of.collected_by or _("未登记"),
        independent=_("不是被测评支部") if of.is_independent else _("未声明独立于被测评支部"),
    )
    return said, drawn, _came_back(report)


def _came_back(report: SurveyReport) -> str:
    branches = report.branches
    ballots, void = sum(one.ballots for one in branches), sum(one.returned.void for one in branches)
    silent = [one for one in branches if not one.ballots]
    said = _("共测评{n}个支部，收回有效答卷{ballots}份，作废{void}份").format(
        n=len(branches), ballots=ballots, void=void
    )
    invited = [one.invited for one in branches]
    known = [number for number in invited if number is not None]
    if known and len(known) == len(invited):
        said += _("，发出{invited}份").format(invited=sum(known))
    else:
        said += _("；登记了发放数的支部{known}个").format(known=len(known))
    said += _("。")
    if silent:
        said += _("没有有效答卷的支部：{names}。").format(names=names(silent))
    return said


def found(report: SurveyReport) -> tuple[str, ...]:
    """What the round found about targets, changes and questions."""
    return tuple(filter(None, (_verdicts(report), _reached(report), _changes(report), _items(report))))


def _verdicts(report: SurveyReport) -> str:
    parts = [
        _("{verdict}{n}个").format(verdict=label(verdict), n=len(_judged(report, verdict))) for verdict in SurveyVerdict
    ]
    rest = sum(one.judgement is None for one in report.branches)
    if rest:
        parts.append(_("未设目标或没有答卷{n}个").format(n=rest))
    said = _("{n}个支部中，{parts}。").format(n=len(report.branches), parts=_("、").join(parts))
    return said + _("判定以得分的置信区间为准，区间跨过目标的为“无法判定”。")


def _reached(report: SurveyReport) -> str:
    said = ""
    for verdict in (SurveyVerdict.REACHED, SurveyVerdict.MISSED, SurveyVerdict.NOT_JUDGED):
        branches = _judged(report, verdict)
        if branches:
            said += _("{verdict}的支部：{names}。").format(verdict=label(verdict), names=names(branches))
    return said


def _changes(report: SurveyReport) -> str:
    compared = [one for one in report.branches if one.change is not None]
    if not compared:
        return _("没有题目和计分口径相同的上一次测评，不作变化比较。")
    before = compared[0].before
    known = "" if before is None else _("{quarter}“{name}”").format(quarter=before.quarter.label, name=before.name)
    said = _("与{before}相比，").format(before=known or _("上一次测评"))
    parts = []
    for change in SurveyChange:
        branches = [one for one in compared if one.change is not None and one.change.change is change]
        named = change is not SurveyChange.UNCONFIRMED and branches
        words = _("{change}{n}个").format(change=label(change), n=len(branches))
        parts.append(words + (_("（{names}）").format(names=names(branches)) if named else ""))
    return said + _("、").join(parts) + _("。变化不能确认的，可能只是抽样的偶然。")


def _items(report: SurveyReport) -> str:
    """The question with the fewest satisfied answers, by all answers together."""
    definition = report.round.definition
    shares = [
        (share, item)
        for item, counts in zip(definition.levels, pooled(report), strict=True)
        if not item.is_overall and (share := wording.item_share(counts, definition.wide)) is not None
    ]
    if not shares:
        return ""
    least = min(shares, key=lambda one: one[0])
    most = max(shares, key=lambda one: one[0])
    if least[0] == most[0]:
        return ""
    return _("分题看（全部答卷合计），满意率最高的是“{most}”（{high}），最低的是“{least}”（{low}）。").format(
        most=most[1].text, high=wording.rate(most[0]), least=least[1].text, low=wording.rate(least[0])
    )


def pooled(report: SurveyReport) -> tuple[ItemCounts, ...]:
    """The answers of all branches together, item by item: what was said, not a score of the township."""
    width = len(report.round.definition.levels)
    return tuple(sum((one.items[at] for one in report.branches), ItemCounts()) for at in range(width))


def groups(report: SurveyReport) -> tuple[tuple[GroupView | None, int, ItemCounts], ...]:
    """Ballots and answers to the overall item by group, over all branches; last those that name none."""
    made = []
    for group in (*report.round.definition.groups, None):
        own = [one for branch in report.branches for one in branch.groups if one.group == group]
        ballots = sum(one.ballots for one in own)
        if ballots:
            made.append((group, ballots, sum((one.overall for one in own), ItemCounts())))
    return tuple(made)


def to_check(report: SurveyReport) -> tuple[str, ...]:
    """Branches where two different signals came together: a request to look, never more."""
    said = []
    for one in report.branches:
        found = one.findings
        if found is not None and found.check:
            signals = _("；").join(_(NAMES[signal.kind]) for signal in found.signals)
            said.append(_("{org}：{signals}。请核查。").format(org=one.org.short_name, signals=signals))
    return tuple(said)


def method(report: SurveyReport) -> tuple[str, ...]:
    """How the figures come about, so that they can be followed and objected to."""
    definition = report.round.definition
    overall = definition.overall
    weights = {weight for _channel, weight in definition.channels}
    said = [
        _("{score}。支部得分取第{place}题“{item}”；“{unsure}”和漏选不计入。").format(
            score=wording.scale(definition), place=(overall.place or 0) + 1, item=overall.text, unsure=_(UNSURE)
        ),
        _("满意率（宽）计{wide}，满意率（窄）计{narrow}，分母相同。").format(
            wide=wording.counted_levels(definition.wide), narrow=wording.counted_levels(definition.narrow)
        ),
        _(
            "区间为{level}置信水平的双侧威尔逊区间，按有效样本量计算：把得分化为0至1的比率 p，"
            "有效样本量 m＝n×p（1－p）÷s²（s² 为答卷方差，倍数限1至6），"
            "区间＝［p＋z²÷2m±z√（p（1－p）÷m＋z²÷4m²）］÷（1＋z²÷m）。"
        ).format(level=percent(_level(report))),
        _("总人数已登记的，按有限总体修正：m 乘以（N－1）÷（N－n）；全部作答为普查，没有抽样误差，不列区间。"),
        _(
            "各类人群总人数都已登记的，满意率按人群人数加权，只问满意的人不能抬高结果；某类人群占比大而答卷过少时不公布。"
        ),
    ]
    if len(weights) > 1:
        said.append(
            _("各测评方式的权重：{weights}。").format(
                weights=_("、").join(
                    f"{label(channel)} {weight.normalize():f}" for channel, weight in definition.channels
                )
            )
        )
    said += [
        _("判定：区间下限不低于目标为“达成”；上限低于目标为“未达成”；目标落在区间之内为“无法判定”；"
          "证据等级D或有效答卷不足{least}份为“不予判定”。").format(least=LEAST_ANSWERS),
        _("“无法判定”是正常结果：答卷少时区间宽，得分略高或略低于目标都可能只是偶然。它既不是达成，也不是未达成；"
          "增加答卷或合并近四个季度可以缩小区间。"),
        _("变化：用两次得分各自的区间求差值的区间（纽科姆法），全在0以上为“提升”，全在0以下为“下降”，否则为“变化不能确认”。"),
        _("近四个季度合计：把题目和计分口径相同的各季度答卷放在一起，用同样的办法算得分和区间，不作有限总体修正"
          "（同一个人可能几个季度都作答）；它缩小区间，但说的是四个季度，不是本季度的判定。"),
        _("证据等级：A至D，按抽样、回收率、覆盖人群、收集人评定；C级得分最高计满分的80%，D级不予判定。"),
        *((_("活动与满意度：活动完成率为完成数÷目标数，满意度为本季计入指标的得分；以同类支部各自的平均数分界，"
             "同类不足5个的不作比较。"),) if report.quadrants else ()),
        _("本表按名册顺序排列，不排名。全部答卷合计只说明问题所在，不是全镇得分。"),
    ]  # fmt: skip
    return tuple(said)


def honesty(report: SurveyReport) -> tuple[str, ...]:
    """What the comparison of answers with peers found, in the only words that it allows."""
    if all(one.findings is None for one in report.branches):
        return ()
    said = to_check(report)
    rule = _("同类支部之间比较答卷特征，两项不同的提示同时出现才列出；提示只说明需要看一看原始答卷，不是结论。")
    return (rule, *(said or (_("本次没有需要请支部核查的情况。"),)))


def together(report: SurveyReport) -> tuple[str, ...]:
    """What four quarters together add, and that it is not the verdict of this one."""
    if not report.rolling:
        return ()
    said = _(
        "一个季度答卷少、无法判定的，可以看近四个季度合计。合计是四个季度的答卷放在一起算的结论，"
        "不是本季度的判定，不计入本季度的指标。"
    )
    helped = [
        (one, verdict)
        for one in report.branches
        if (verdict := survey_rolling.verdict_beside(one, report.rolling.get(one.org.id))) is not None
    ]
    if not helped:
        return (said + _("没有“本季没有结论、合计可以判定”的支部。"),)
    for verdict in (SurveyVerdict.REACHED, SurveyVerdict.MISSED):
        own = [one for one, found in helped if found is verdict]
        if own:
            told = _("本季没有结论、合计{verdict}的支部：{names}。")
            said += told.format(verdict=label(verdict), names=names(own))
    return (said,)


def activities(of: Quadrants) -> str:
    """One category's branches by field, or that too few are of its kind."""
    category = of.category or _("未分类")
    if not of.is_comparable:
        return _("{category}：同类不足{n}个，不作比较。").format(category=category, n=of.least)
    words = (_("双高"), _("少而精"), _("多而无感"), _("双低"))
    parts = [
        _("{place}{n}个（{names}）").format(place=place, n=len(own), names=_("、").join(own))
        for place in words
        if (own := [point.org.short_name for point in of.points if point.place == place])
    ]
    return _("{category}：{parts}。").format(category=category, parts=_("、").join(parts))


def names(branches: Sequence[BranchResult]) -> str:
    """Branches in the order of the register; many are cut short with their number."""
    said = _("、").join(one.org.short_name for one in branches[:_NAMED])
    more = len(branches) - _NAMED
    return said + (_("等{n}个").format(n=len(branches)) if more > 0 else "")


def _judged(report: SurveyReport, verdict: SurveyVerdict) -> list[BranchResult]:
    return [one for one in report.branches if one.judgement is not None and one.judgement.verdict is verdict]


def _level(report: SurveyReport) -> Decimal:
    return next((one.score.level for one in report.branches if one.score is not None), LEVEL)


def _day(day: date) -> str:
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
