"""The figures that a form has for each branch: value and where it comes from, as on the branch's own sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial

from okr_desk.i18n import _
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.scores import ScoreSheet
from okr_desk.queries.upward_facts import UpwardFacts
from okr_desk.queries.upward_figures import Found, members, rate_of
from okr_desk.upward_terms import POINTS, VALUE


def column(of: UpwardFacts, word: str) -> dict[int, Found]:
    """One figure of every branch by its id. Raises KeyError for a word that is none."""
    if word == "seat":
        return {org.id: Found(Decimal(at), _("名册顺序")) for at, org in enumerate(of.branches, start=1)}
    if word.startswith(VALUE):
        read = partial(_value, code=word.removeprefix(VALUE))
    elif word.startswith(POINTS):
        read = partial(_points, code=word.removeprefix(POINTS))
    else:
        read = partial(_BRANCH[word])
    return {org.id: read(of, org) for org in of.branches}


def _register(value: str | int | None) -> Found:
    if value is None or value == "":
        return Found(None, _("名册没有登记"))
    return Found(Decimal(value) if isinstance(value, int) else value, _("名册"))


def _issued(of: UpwardFacts, org: OrgView) -> str:
    issued = of.sheets[org.id].issued
    return _("按现在的数据") if issued is None else _("按已送达的评审表第{n}版").format(n=issued.version)


def _scored(of: UpwardFacts, org: OrgView, read: Callable[[ScoreSheet], Decimal | str | None]) -> Found:
    sheet = of.scores.get(org.id)
    if sheet is None:
        return Found(None, _("没有启用考核方案"))
    value = read(sheet)
    said = [_("计分表") if value is not None else _("计分表上还没有"), _issued(of, org)]
    if sheet.under_objection:
        said.append(_("正在申辩，得分带 *"))
    return Found(value, _("；").join(said))


def _percent(sheet: ScoreSheet) -> Decimal | None:
    return None if sheet.sheet is None else sheet.sheet.percent


def _total(sheet: ScoreSheet) -> Decimal | None:
    return None if sheet.sheet is None else sheet.sheet.total.points


def _grade(sheet: ScoreSheet) -> str | None:
    return None if sheet.grade is None or sheet.grade.grade is None else sheet.grade.grade


def _progress(of: UpwardFacts, org: OrgView) -> Found:
    made = of.sheets[org.id].board.rollup.progress
    if made is None:
        return Found(None, _("本季还没有填报"))
    return Found(made * 100, _("评审表；{basis}").format(basis=_issued(of, org)))


def _satisfaction(of: UpwardFacts, org: OrgView) -> Found:
    found = of.sheets[org.id].satisfaction
    if found is None or found.value is None:
        return Found(None, _("本季还没有满意度结果"))
    return Found(found.value, _("评审表；{basis}").format(basis=_issued(of, org)))


def _rate(of: UpwardFacts, org: OrgView) -> Found:
    value = rate_of(of.sheets[org.id].satisfaction)
    if value is None:
        return Found(None, _("本季的满意度测评还没有计入"))
    return Found(value, _("前三档，评审表；{basis}").format(basis=_issued(of, org)))


def _duties(of: UpwardFacts, org: OrgView) -> Found:
    own = of.duties.get(org.id)
    if own is None or own.completion.value is None:
        return Found(None, _("本季没有应开的会议"))
    return Found(own.completion.value * 100, _("组织生活台账：{done}÷{due}").format(done=own.done, due=own.due))


def _value(of: UpwardFacts, org: OrgView, code: str) -> Found:
    """The measured value that is scored by; of an indicator that is not scored that of its key result."""
    sheet = of.scores.get(org.id)
    line = next((one for one in sheet.lines if one.line.code == code), None) if sheet is not None else None
    if line is not None and line.value is not None:
        return Found(line.value, _("计分表的实绩；{basis}").format(basis=_issued(of, org)))
    results = of.sheets[org.id].board.key_results
    own = next((kr for kr in results if kr.indicator_code == code and kr.value is not None), None)
    if own is not None:
        return Found(own.value, _("关键结果 {code}；{basis}").format(code=own.code, basis=_issued(of, org)))
    return Found(None, _("本季没有实绩") if line is not None else _("本支部不考这一项，也没有填报"))


def _points(of: UpwardFacts, org: OrgView, code: str) -> Found:
    sheet = of.scores.get(org.id)
    line = next((one for one in sheet.lines if one.line.code == code), None) if sheet is not None else None
    if line is None or line.points is None:
        return Found(None, _("本支部本季不考这一项"))
    if line.points.points is None:
        return Found(None, _("还没有计分：{why}").format(why=line.reason.rstrip("。")))
    return Found(line.points.points, _("计分表；{basis}").format(basis=_issued(of, org)))


_BRANCH: Mapping[str, Callable[[UpwardFacts, OrgView], Found]] = {
    "name": lambda _of, org: _register(org.short_name),
    "full-name": lambda _of, org: _register(org.full_name),
    "category": lambda _of, org: _register(org.category),
    "secretary": lambda _of, org: _register(org.secretary),
    "branch-members": lambda _of, org: _register(members(org)),
    "branch-full-members": lambda _of, org: _register(org.full_members),
    "branch-probationary": lambda _of, org: _register(org.probationary_members),
    "score": lambda of, org: _scored(of, org, _percent),
    "total": lambda of, org: _scored(of, org, _total),
    "grade": lambda of, org: _scored(of, org, _grade),
    "progress": _progress,
    "satisfaction": _satisfaction,
    "satisfied-rate": _rate,
    "branch-duties-rate": _duties,
}
