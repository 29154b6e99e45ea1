"""The sentences of the page on mass satisfaction: its answer, what is lacking, and who may still do what."""

from __future__ import annotations

from collections import Counter

from okr_desk.i18n import _
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.survey_overview import SurveyOverview
from okr_desk.queries.survey_results import BranchResult
from okr_desk.scoring.rounding import plain
from okr_desk.survey_terms import RoundState
from okr_desk.terms import QuarterState, SurveyVerdict, label
from okr_desk.ui.models import survey_rows
from okr_desk.ui.wording import sentences


def of_overview(of: SurveyOverview, is_office: bool) -> str:
    """How much came in and what it says, in one sentence; a branch hears of itself."""
    if of.round is None:
        return ""
    if of.result is None or not of.answers:
        return _("“{name}”还没有收回答卷。").format(name=of.round.name)
    answered = [one for one in of.result.branches if one.ballots]
    if not is_office and len(answered) == 1:
        return of_branch(answered[0], of.round.name)
    said = _("{name}收回有效答卷 {n} 份，{branches} 个支部中 {verdicts}。")
    return said.format(name=of.round.name, n=of.answers, branches=len(answered), verdicts=_verdicts(answered))


def of_branch(result: BranchResult, name: str) -> str:
    """What the round says of one branch."""
    said = _("{org}在{name}中有有效答卷 {n} 份。").format(org=result.org.short_name, name=name, n=result.ballots)
    row = survey_rows.ResultRow(result, None)
    if row.too_few or result.score is None:
        return sentences(said, _("份数太少，只报份数，不报得分。"))
    score = plain(result.score.estimate, survey_rows.PLACES)
    if row.verdict is None or result.target is None:
        return sentences(said, _("得分 {score}，没有设目标。").format(score=score))
    told = _("得分 {score}，对照目标 {target}：{verdict}。")
    return sentences(said, told.format(score=score, target=plain(result.target), verdict=label(row.verdict)))


def lacking(of: SurveyOverview, may_edit: bool) -> tuple[str, str, str]:
    """What is lacking for results, what to do first, and the words of the button that does it."""
    if not of.versions:
        said = _("{year}年还没有测评表。").format(year=of.quarter.year)
        if not may_edit:
            return said, _("镇党建办制定测评表并开展测评以后，这里显示结果。"), ""
        return said, _("先定下问什么、问谁、怎么计分，全年照此执行；可以从样本改起。"), _("从样本建立测评表")
    if of.round is None:
        said = _("{quarter}还没有开展测评。").format(quarter=of.quarter.label)
        if not may_edit:
            return said, _("镇党建办开展测评以后，这里显示结果。"), ""
        return said, _("定下起止日期、怎样抽样、由谁收集，随后即可录入或导入答卷。"), _("开展一次测评")
    said = _("“{name}”还没有收回答卷。").format(name=of.round.name)
    advice = _("纸质的在“录入”中逐份敲键，按题计票的登记“计票表”，问卷星等文件从右上角导入。")
    return said, advice if may_edit else "", ""


def who_may(quarter: QuarterView, of: SurveyOverview, may_edit: bool) -> str:
    """Who may still enter something where not everything is open; empty where all is open."""
    if quarter.state is QuarterState.CLOSED:
        return _("本季度已关账，答卷和结果不再变动。")
    if quarter.state is QuarterState.PLANNING:
        return _("本季度还没有开始，还不能开展测评。")
    if of.round is not None and of.round.state is RoundState.SETTLED:
        said = _("“{name}”的结果已计入指标，不再增减答卷。").format(name=of.round.name)
        return sentences(said, _("需要更正的，请先撤回计入。") if may_edit else "")
    if quarter.state is QuarterState.FROZEN and may_edit:
        return _("本季度已冻结。镇党建办仍可录入答卷，关账以后不再变动。")
    return ""


def _verdicts(answered: list[BranchResult]) -> str:
    counts = Counter(None if one.judgement is None else one.judgement.verdict for one in answered)
    found = []
    for verdict in SurveyVerdict:
        if counts[verdict]:
            found.append(_("{n} 个{verdict}").format(n=counts[verdict], verdict=label(verdict)))
    if counts[None]:
        found.append(_("{n} 个未设目标").format(n=counts[None]))
    return _("、").join(found)
