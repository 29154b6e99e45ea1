"""Satisfaction papers as workbooks: the branches of a report, the items of count sheets; numbers stay numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from okr_desk.errors import Cancelled
from okr_desk.exchange import tables
from okr_desk.exchange.tables import Number
from okr_desk.i18n import _
from okr_desk.queries import survey_paper_wording as wording
from okr_desk.queries import survey_rolling
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_papers import CountForm, SurveyReport
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.survey_rolling import Rolling
from okr_desk.queries.surveys import DefinitionView, ItemView
from okr_desk.survey_terms import LEVELS, UNSURE
from okr_desk.terms import label

SCORE = "0.0"
SHARE = "0.0%"


def write(
    path: Path,
    papers: Sequence[SurveyReport | CountForm],
    *,
    printed_at: datetime,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """The branches of a report, or the counts of all forms item by item, as one table.

    `printed_at` is asked as by other writers; a table carries no date. Raises Cancelled and FileRefused; then no file
    is left.
    """
    if cancelled is not None and cancelled():
        raise Cancelled(_("已取消，没有生成文件。"))
    reports = [paper for paper in papers if isinstance(paper, SurveyReport)]
    forms = [paper for paper in papers if isinstance(paper, CountForm)]
    made = _report(path, reports[0]) if reports else _counts(path, forms)
    if progress is not None:
        progress(len(papers), len(papers))
    return made


def _report(path: Path, report: SurveyReport) -> Path:
    headers = (
        _("序号"), _("类别"), _("支部"), _("应测（人）"), _("发出（份）"), _("有效（份）"), _("作废（份）"),
        _("回收率"), _("得分"), _("得分下限"), _("得分上限"), _("满意率（宽）"), _("满意率（窄）"), _("证据等级"),
        _("目标值"), _("判定"), _("得分变化"), _("变化"), _("近四季合计作答（份）"), _("近四季合计得分"),
        _("近四季合计下限"), _("近四季合计上限"), _("近四季合计结论（不是本季判定）"),
    )  # fmt: skip
    rows = [
        (*_branch(number, one), *_together(one, report.rolling.get(one.org.id)))
        for number, one in enumerate(report.branches, start=1)
    ]
    return tables.write(path, wording.title(report.round, report.township, _("满意度测评结果")), headers, rows)


def _branch(number: int, one: BranchResult) -> tuple[object, ...]:
    score = one.score
    return (
        number,
        one.org.category,
        one.org.short_name,
        one.population,
        one.invited,
        one.ballots,
        one.returned.void,
        _number(one.response, SHARE),
        _number(None if score is None else score.estimate, SCORE),
        _number(None if score is None else score.low, SCORE),
        _number(None if score is None else score.high, SCORE),
        _number(None if one.rate is None else one.rate.estimate, SHARE),
        _number(one.narrow, SHARE),
        one.evidence.grade.value,
        one.target,
        wording.verdict(one),
        _number(None if one.change is None else one.change.difference, SCORE),
        None if one.change is None else label(one.change.change),
    )


def _together(one: BranchResult, of: Rolling | None) -> tuple[object, ...]:
    if of is None:
        return (None,) * 5
    figures = (_number(value, SCORE) for value in (of.score.estimate, of.score.low, of.score.high))
    return (of.n, *figures, survey_rolling.verdict_text(one, of))


def _counts(path: Path, forms: Sequence[CountForm]) -> Path:
    headers = (
        _("支部"), _("发出（份）"), _("收回（份）"), _("有效（份）"), _("作废（份）"), _("题号"), _("测评内容"),
        *(_(name) for name in LEVELS), _(UNSURE), _("漏选"), _("合计"), _("满意率（宽）"), _("得分"),
    )  # fmt: skip
    rows = [
        (*_head(form), *_item(form.round.definition, item, None if form.result is None else form.result.items[place]))
        for form in forms
        for place, item in enumerate(form.round.definition.levels)
    ]
    title = wording.title(forms[0].round, forms[0].township, _("满意度测评计票表")) if forms else _("满意度测评计票表")
    return tables.write(path, title, headers, rows)


def _head(form: CountForm) -> tuple[object, ...]:
    result = form.result
    if result is None:
        return form.org.short_name, None, None, None, None
    void = result.returned.void
    return form.org.short_name, form.issued, result.ballots + void, result.ballots, void


def _item(definition: DefinitionView, item: ItemView, counts: ItemCounts | None) -> tuple[object, ...]:
    place = (item.place or 0) + 1
    if counts is None:
        return (place, item.text, *(None,) * (len(LEVELS) + 5))
    votes = (*counts.levels, counts.unsure, counts.blank)
    share, score = wording.item_share(counts, definition.wide), wording.item_score(counts, definition)
    return place, item.text, *votes, sum(votes), _number(share, SHARE), _number(score, SCORE)


def _number(value: Decimal | None, shown: str) -> Number | None:
    return None if value is None else Number(value, shown)
