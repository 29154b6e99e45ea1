"""The sentences of the points page: its answer on every tab, what is lacking, and who may still enter something."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.i18n import _
from okr_desk.queries import score_results
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.score_comparison import Comparison
from okr_desk.queries.score_design import DesignCheck
from okr_desk.queries.scores import ScoreSheet, YearSheets
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import QuarterState, SchemeState, Tightness
from okr_desk.ui.models.score_figures import PLACES, losses, silent
from okr_desk.ui.wording import sentences

MOST = 2
"""How many lines are named in a sentence."""


def of_sheet(sheet: ScoreSheet) -> str:
    """How many points, and where the others went."""
    if sheet.version is None:
        return ""
    missing = silent(sheet)
    waiting = _("未报 {n} 项。").format(n=missing) if missing else ""
    if sheet.sheet is None or sheet.sheet.total.points is None:
        return sentences(_("{org}还没有得分。").format(org=sheet.org.short_name), waiting)
    return sentences(_result(sheet), _lost(sheet), waiting)


def of_year(of: YearSheets) -> str:
    """The year so far, and of which quarters."""
    if of.year.version is None:
        return ""
    if of.year.sheet is None or of.year.sheet.total.points is None:
        return _("{org}{year}年还没有得分。").format(org=of.year.org.short_name, year=of.year.year)
    numbers = _("、").join(str(one.quarter.number) for one in of.quarters if one.quarter and one.version)
    said = _("按第{quarters}季度得出，各项的取法见“全年取法”一栏。").format(quarters=numbers)
    return sentences(_result(of.year, last_quarter(of)), said)


def last_quarter(of: YearSheets) -> int:
    """The number of the last quarter that has begun; 0 where none has."""
    numbers = [one.quarter.number for one in of.quarters if one.quarter is not None]
    return max(numbers, default=0)


def of_comparison(shown: Comparison) -> str:
    """Where the branches of the category lose points together."""
    if shown.version is None or not shown.is_comparable:
        return ""
    said = _("{kind} {n} 个支部。").format(kind=shown.category, n=len(shown.branches))
    weak = [
        _("{name}（{share}）").format(name=line.title, share=percent(share))
        for line, share in shown.weakest[:MOST]
        if share < 1
    ]
    if not weak:
        return said
    return sentences(said, _("平均得分率最低的是 {lines}。").format(lines=_("、").join(weak)))


def of_check(check: DesignCheck) -> str:
    """How many targets are in doubt."""
    if check.is_early:
        return ""
    verdicts = [one.verdict for one in check.aims]
    return _("{n} 项目标中，偏松 {easy} 项，偏紧 {hard} 项。").format(
        n=len(verdicts), easy=verdicts.count(Tightness.EASY), hard=verdicts.count(Tightness.HARD)
    )


def too_few(shown: Comparison) -> tuple[str, str]:
    """That there are too few of a kind, and where their points can be read."""
    sentence = _("同类不足 {n} 个，不作比较。").format(n=shown.least)
    names = _("、").join(one.sheet.org.short_name for one in shown.branches)
    advice = _("{kind}只有 {n} 个支部：{names}。各自的得分见“计分表”。")
    return sentence, advice.format(kind=shown.category, n=len(shown.branches), names=names)


def lacking(category: str, quarter: QuarterView, sheets: Sequence[ScoreSheet], may_edit: bool) -> tuple[str, str]:
    """Why there is nothing to score by, and what to do first."""
    advice = (
        _("先在“考核方案”中编制并启用，计分表随即生成。")
        if may_edit
        else _("镇党建办编制并启用考核方案以后，这里显示每一分的由来。")
    )
    scheme = next((sheet.scheme for sheet in sheets if sheet.scheme is not None), None)
    if not category:
        return _("这个支部还没有类别，对应不到考核方案。"), _("请先在“组织”中选定类别。")
    if scheme is None:
        return _("“{kind}”{year}年度还没有考核方案。").format(kind=category, year=quarter.year), advice
    begins = [one.from_quarter for one in scheme.versions if one.state is SchemeState.ACTIVE]
    if not begins:
        return _("“{name}”还在编制，没有启用。").format(name=scheme.name), advice
    said = _("“{name}”从第{n}季度起启用，本季不计分。").format(name=scheme.name, n=min(begins))
    return said, _("请在上方选择启用以后的季度。")


def who_may(quarter: QuarterView, may_record: bool) -> str:
    """Who may still enter something where not everything is open; empty where all is open."""
    if quarter.state is QuarterState.PLANNING:
        return _("本季度还没有开始，没有得分，也不能登记。")
    if quarter.state is QuarterState.CLOSED:
        return _("本季度已关账，计分表不再变动，不能登记或撤回。")
    if quarter.state is QuarterState.FROZEN and may_record:
        return _("本季度已冻结，支部不能再填报。镇党建办仍可登记加扣分事项和红线，关账以后不再变动。")
    if quarter.state is QuarterState.FROZEN:
        return _("本季度已冻结，支部不能再填报。有异议的，请在关账以前向镇党建办提出。")
    return ""


def _result(sheet: ScoreSheet, last: int = score_results.LAST_QUARTER) -> str:
    """Points beside the percent that the grade goes by; a grade that is withheld says why, a provisional one so."""
    said = _("{org}{result}，等次“{grade}”。")
    if sheet.grade is None or sheet.grade.grade is None:
        said = _("{org}{result}。")
    elif score_results.open_part(sheet, last):
        said = _("{org}{result}，等次“{grade}”，暂定。")
    name, result, grade = sheet.org.short_name, score_results.result(sheet), score_results.grade_text(sheet)
    return sentences(said.format(org=name, result=result, grade=grade), score_results.withheld(sheet))


def _lost(sheet: ScoreSheet) -> str:
    found = [f"{one.line.title} －{plain(points, PLACES)}" for one, points in losses(sheet, MOST)]
    return _("失分最多：{lines}。").format(lines=_("、").join(found)) if found else ""
