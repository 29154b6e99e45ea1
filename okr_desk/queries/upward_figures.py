"""Each figure of a county's form: its value in a quarter and in words its source; None is missing, never 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.followup_terms import CardColour
from okr_desk.i18n import _
from okr_desk.queries import score_summary
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.upward_facts import UpwardFacts
from okr_desk.review_terms import ObjectionOutcome
from okr_desk.scoring.rollup import Part, rollup
from okr_desk.scoring.rounding import kept, wide
from okr_desk.terms import QuarterState
from okr_desk.upward_terms import GRADE, GRADE_SHARE

Value = Decimal | str | date | None


@dataclass(frozen=True)
class Found:
    """A value, unrounded, and where it comes from. Percents are 89.6, not 0.896. None: `words` say why."""

    value: Value
    words: str


def township(of: UpwardFacts, word: str) -> Found:
    """One figure of the whole township. Raises KeyError for a word that is none."""
    if word.startswith(GRADE):
        return _graded(of, word.removeprefix(GRADE))
    if word.startswith(GRADE_SHARE):
        return _graded_share(of, word.removeprefix(GRADE_SHARE))
    return _TOWNSHIP[word](of)


def _count(value: int, words: str) -> Found:
    return Found(Decimal(value), words)


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    with wide():
        return kept(sum(values, Decimal(0)) / len(values)) if values else None


# The form and the register


def _quarter(of: UpwardFacts) -> str:
    """In Chinese whatever the screen speaks: the form is the county's."""
    return f"第{'一二三四'[of.quarter.number - 1]}季度"


def _day_words(of: UpwardFacts) -> str:
    return _("名册，截至 {day}").format(day=min(of.today, of.quarter.ends_on).isoformat())


def _people(of: UpwardFacts, count: Callable[[OrgView], int | None]) -> Found:
    """The sum over branches; unknown where the register does not say of one, because a part is no whole."""
    silent = [org.short_name for org in of.branches if count(org) is None]
    if silent:
        return Found(None, _("名册没有登记的支部：{names}").format(names=_("、").join(silent)))
    return _count(sum(count(org) or 0 for org in of.branches), _day_words(of))


def members(org: OrgView) -> int | None:
    """Full and probationary members of a branch; None where the register does not say."""
    return None if org.full_members is None else org.full_members + (org.probationary_members or 0)


# Scores and grades


def _grades(of: UpwardFacts) -> list[str]:
    return [one.grade.grade for one in of.scores.values() if one.grade is not None and one.grade.grade is not None]


def _graded(of: UpwardFacts, grade: str) -> Found:
    given = _grades(of)
    if not given:
        return Found(None, _("本季还没有支部定出等次"))
    words = _("计分表：{n} 个支部定了等次；{basis}").format(n=len(given), basis=of.basis)
    return _count(given.count(grade), words)


def _graded_share(of: UpwardFacts, grade: str) -> Found:
    given = _grades(of)
    if not given:
        return Found(None, _("本季还没有支部定出等次"))
    value = kept(Decimal(given.count(grade)) * 100 / len(given))
    words = _("{n}÷{of}×100%，分母是已定等次的支部；{basis}")
    return Found(value, words.format(n=given.count(grade), of=len(given), basis=of.basis))


def _percents(of: UpwardFacts) -> list[Decimal]:
    graded = (one.grade for one in of.scores.values())
    return [one.score for one in graded if one is not None and one.grade is not None and one.score is not None]


def _score_mean(of: UpwardFacts) -> Found:
    made = score_summary.mean_of(list(of.scores.values()), 1)
    if made is None:
        return Found(None, _("本季还没有支部定出等次"))
    words = _("{n} 个已定等次的支部得分率的平均；{basis}")
    return Found(made.percent, words.format(n=made.of, basis=of.basis))


def _score_end(of: UpwardFacts, pick: Callable[[list[Decimal]], Decimal], words: str) -> Found:
    found = _percents(of)
    if not found:
        return Found(None, _("本季还没有支部定出等次"))
    value = pick(found)
    names = [one.org.short_name for one in of.scores.values() if one.grade is not None and one.grade.score == value]
    return Found(value, words.format(names=_("、").join(names[:3]), basis=of.basis))


# Progress and survey


def _owing(of: UpwardFacts) -> list[tuple[int, int]]:
    """Of each branch that owes something: how much, and how much of it was reported."""
    boards = (one.board for one in of.sheets.values())
    owed = ([kr for kr in board.key_results if kr.is_owed] for board in boards)
    return [(len(own), sum(kr.is_reported for kr in own)) for own in owed if own]


def _owing_found(of: UpwardFacts, belongs: Callable[[int, int], bool]) -> Found:
    words = _("关键结果的填报；{basis}").format(basis=of.basis)
    return _count(sum(belongs(owed, reported) for owed, reported in _owing(of)), words)


def _progress_mean(of: UpwardFacts) -> Found:
    boards = [one.board for one in of.sheets.values()]
    parts = [
        Part(Decimal(1), b.rollup.progress, any(k.is_owed for k in b.key_results), b.org.short_name) for b in boards
    ]
    if not any(part.applies for part in parts):
        return Found(None, _("本季没有应报的关键结果"))
    made = rollup(parts, of.quarter.state is QuarterState.CLOSED)
    value = None if made.progress is None else made.progress * 100
    return Found(value, _("各支部完成度的简单平均，一个支部算一份；{basis}").format(basis=of.basis))


def _surveyed(of: UpwardFacts, read: Callable[[object], Decimal | None], what: str) -> Found:
    values = [v for one in of.sheets.values() if one.satisfaction and (v := read(one.satisfaction)) is not None]
    if not values:
        return Found(None, _("本季的满意度测评还没有计入"))
    words = _("有结果的 {n} 个支部{what}的简单平均；{basis}")
    return Found(_mean(values), words.format(n=len(values), what=what, basis=of.basis))


def _answers(of: UpwardFacts) -> Found:
    counted = [one.satisfaction.n for one in of.sheets.values() if one.satisfaction and one.satisfaction.n is not None]
    if not counted:
        return Found(None, _("本季的满意度测评还没有计入"))
    return _count(sum(counted), _("{n} 个支部的有效答卷；{basis}").format(n=len(counted), basis=of.basis))


def rate_of(satisfaction: object) -> Decimal | None:
    """The wide satisfied share of a branch in percent, where a round was counted."""
    survey = getattr(satisfaction, "survey", None)
    return None if survey is None or survey.rate is None else survey.rate * 100


# Daily work


def _duties(of: UpwardFacts) -> tuple[int, int]:
    return sum(one.due for one in of.duties.values()), sum(one.done for one in of.duties.values())


def _duty_rate(of: UpwardFacts) -> Found:
    due, done = _duties(of)
    if not due:
        return Found(None, _("本季没有应开的会议"))
    words = _("组织生活台账：{done}÷{due}×100%，多开的不计入").format(done=done, due=due)
    return Found(kept(Decimal(done) * 100 / due), words)


def _duty_words(of: UpwardFacts) -> str:
    return _("组织生活台账，截至 {day}").format(day=of.today.isoformat())


def _whistle_rate(of: UpwardFacts) -> Found:
    made = of.whistles.closed.explained
    return Found(made.value, _("吹哨台账：{steps}").format(steps="".join(made.steps).rstrip("。")))


def _demand_rate(of: UpwardFacts) -> Found:
    tally = of.demands
    if tally.rate is None:
        return Found(None, _("本季没有到期的群众诉求"))
    words = _("急难愁盼台账：{confirmed}÷{due}×100%，分母是承诺在本季办结的")
    return Found(tally.rate, words.format(confirmed=tally.confirmed, due=tally.due))


def _demand_words(_of: UpwardFacts) -> str:
    return _("急难愁盼台账，到季末")


def _finding_words(of: UpwardFacts) -> str:
    return _("整改台账中本季下发的，截至 {day}").format(day=of.today.isoformat())


def _cards(of: UpwardFacts, colour: CardColour) -> Found:
    return _count(sum(one.colour is colour for one in of.cards), _("本季签发、没有撤销的"))


def _upheld(of: UpwardFacts) -> Found:
    said = (ObjectionOutcome.UPHELD, ObjectionOutcome.PARTLY)
    found = sum(one.decision is not None and one.decision.outcome in said for one in of.objections)
    return _count(found, _("申辩复核，含部分采纳"))


_TOWNSHIP: Mapping[str, Callable[[UpwardFacts], Found]] = {
    "township": lambda of: Found(of.township or None, _("组织树")),
    "year": lambda of: Found(Decimal(of.quarter.year), _("上方所选的季度")),
    "quarter": lambda of: Found(_quarter(of), _("上方所选的季度")),
    "period": lambda of: Found(f"{of.quarter.year}年{_quarter(of)}", _("上方所选的季度")),
    "filled-on": lambda of: Found(of.today, _("填表当天")),
    "filled-by": lambda of: Found(of.by or None, _("当前账号")),
    "branches": lambda of: _count(len(of.branches), _day_words(of)),
    "members": lambda of: _people(of, members),
    "full-members": lambda of: _people(of, lambda org: org.full_members),
    "probationary": lambda of: _people(of, lambda org: org.probationary_members),
    "branches-graded": lambda of: _count(len(_grades(of)), _("计分表；{basis}").format(basis=of.basis)),
    "branches-ungraded": lambda of: _count(
        len(of.branches) - len(_grades(of)), _("没有方案的和不定等次的；{basis}").format(basis=of.basis)
    ),
    "score-mean": _score_mean,
    "score-highest": lambda of: _score_end(of, max, _("得分率最高的是 {names}；{basis}")),
    "score-lowest": lambda of: _score_end(of, min, _("得分率最低的是 {names}；{basis}")),
    "branches-owing": lambda of: _owing_found(of, lambda _owed, _reported: True),
    "branches-reported": lambda of: _owing_found(of, lambda owed, reported: reported >= owed),
    "branches-unreported": lambda of: _owing_found(of, lambda owed, reported: reported < owed),
    "progress-mean": _progress_mean,
    "satisfaction-mean": lambda of: _surveyed(of, lambda one: getattr(one, "value", None), _("满意度得分")),
    "satisfied-rate-mean": lambda of: _surveyed(of, rate_of, _("满意率")),
    "survey-answers": _answers,
    "duties-due": lambda of: _count(_duties(of)[0], _duty_words(of)),
    "duties-held": lambda of: _count(_duties(of)[1], _duty_words(of)),
    "duties-rate": _duty_rate,
    "whistles": lambda of: _count(of.whistles.count, _("吹哨台账，本季发出的")),
    "whistles-closed": lambda of: _count(of.whistles.closed.done, _("吹哨台账，本季发出、按时办结的")),
    "whistles-rate": _whistle_rate,
    "whistles-overdue": lambda of: _count(of.whistles.overdue, _("吹哨台账，本季发出、超时的")),
    "demands": lambda of: _count(of.demands.raised, _demand_words(of)),
    "demands-due": lambda of: _count(of.demands.due, _demand_words(of)),
    "demands-confirmed": lambda of: _count(of.demands.confirmed, _demand_words(of)),
    "demands-rate": _demand_rate,
    "findings": lambda of: _count(len(of.findings), _finding_words(of)),
    "findings-closed": lambda of: _count(sum(one.written_off is not None for one in of.findings), _finding_words(of)),
    "findings-open": lambda of: _count(sum(one.is_open for one in of.findings), _finding_words(of)),
    "findings-overdue": lambda of: _count(sum(one.is_open and one.late > 0 for one in of.findings), _finding_words(of)),
    "cards-yellow": lambda of: _cards(of, CardColour.YELLOW),
    "cards-red": lambda of: _cards(of, CardColour.RED),
    "objections": lambda of: _count(len(of.objections), _("本季提出、没有撤回的")),
    "objections-upheld": _upheld,
}
