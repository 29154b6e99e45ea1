"""三、存在问题 of a bulletin: each with branch, fact, figures and cause; without names only counts and ranges."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.bulletin_facts import BranchFacts, BulletinFacts, SurveyFact
from okr_desk.queries.bulletin_results import Told, by_indicator, told_of
from okr_desk.rules.bulletins import BulletinMode
from okr_desk.scoring.rounding import display_near, plain
from okr_desk.terms import SurveyVerdict

_MOST_INDICATORS = 6
_MOST_NAMES = 3
_MOST_ITEMS = 3
_MOST_LATE = 6
"""Where more branches are late, what each did not report is counted."""
_WORTH_TELLING = Decimal("0.05")
"""A branch is named where it lacks at least this share of an item's points; those that lack less are counted."""


def problems(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    """The paragraphs, by kind; one that says so where there is nothing to tell."""
    kinds = [
        (_("指标没有达到目标。"), _short(of, mode)),
        (_("没有按期报送。"), _silent(of, mode)),
        (_("群众满意度没有达到目标。"), _dissatisfied(of, mode)),
        (_("触及红线。"), _red_lines(of, mode)),
    ]
    found: list[str] = []
    number = 0
    for head, told in kinds:
        if told:
            number += 1
            found.append(f"（{'一二三四'[number - 1]}）{head}")
            found += [f"{place}. {said}" for place, said in enumerate(told, 1)] if len(told) > 1 else told
    return found or [_("本季度没有需要通报的问题。")]


def _short(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    """By indicator, those first where most points are lacking."""
    groups = [(name, [one for one in told if one.line.is_short]) for name, told in told_of(of, mode).items()]
    groups = [(name, told) for name, told in groups if told]
    groups.sort(key=lambda one: -sum((told.line.lost for told in one[1]), Decimal(0)))
    found = []
    for name, told in groups[:_MOST_INDICATORS]:
        found.append(_range(name, told) if mode is BulletinMode.UNNAMED else _named(name, told, mode))
    whole = sum(any(one.line.is_short for one in told) for told in by_indicator(of).values())
    rest = whole - len(found)
    if rest > 0:
        said = _("另有{n}项指标有党支部失分，见各支部计分表。")
        found.append(said.format(n=rest))
    return found


def _named(name: str, told: list[Told], mode: BulletinMode) -> str:
    worst = sorted(told, key=lambda one: -_share(one))[:_MOST_NAMES]
    worst = [one for one in worst if _share(one) >= _WORTH_TELLING] or worst[:1]
    kept = [one for one in told if one in worst]
    facts = _("；").join(_fact(one, mode) for one in kept)
    rest = len(told) - len(kept)
    said = _("{indicator}：{facts}").format(indicator=name, facts=facts)
    return said + (_("；另有{n}个党支部未达目标。").format(n=rest) if rest else _("。"))


def _share(of: Told) -> Decimal:
    return of.line.lost / of.line.maximum if of.line.maximum else Decimal(0)


def _fact(of: Told, mode: BulletinMode) -> str:
    """Branch, value and target, points where they are published, and the cause as the branch or the entry says it."""
    line = of.line
    parts = [line.said(line.value)] if line.value is not None else []
    if line.target is not None:
        parts.append(_("目标{target}").format(target=line.said(line.target)))
    if mode is BulletinMode.RANKED and line.points is not None:
        scored = _("得{points}分，满分{maximum}分")
        parts.append(scored.format(points=plain(line.points, 2), maximum=plain(line.maximum, 2)))
    cause = line.cause or _("；").join(line.events[:_MOST_ITEMS])
    if cause:
        parts.append(_("原因：{cause}").format(cause=cause))
    return of.branch.said + (_("（{parts}）").format(parts=_("，").join(parts)) if parts else "")


def _range(name: str, told: list[Told]) -> str:
    """How many branches are short and by how much at most, without names and without anybody's words."""
    said = _("{indicator}：{n}个党支部未达目标").format(indicator=name, n=len(told))
    known = [one for one in told if one.line.value is not None and one.line.target]
    if known:
        worst = max(known, key=_share).line
        pair = _("，差距最大的实绩{value}、目标{target}")
        said += pair.format(value=worst.said(worst.value), target=worst.said(worst.target))
    return _("{said}。").format(said=said)


def _silent(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    late = [one for one in of.branches if one.missing]
    if not late:
        return []
    items = sum(len(one.missing) for one in late)
    if mode is BulletinMode.UNNAMED:
        return [_("{n}个党支部共{items}项没有按期报送。").format(n=len(late), items=items)]
    if len(late) > _MOST_LATE:
        names = _("、").join(_("{name}{n}项").format(name=one.said, n=len(one.missing)) for one in late)
        said = _("{n}个党支部共{items}项没有按期报送：{names}。具体项目见各支部评审表。")
        return [said.format(n=len(late), items=items, names=names)]
    return [_("{names}。").format(names=_("；").join(_missing(one) for one in late))]


def _missing(of: BranchFacts) -> str:
    shown = _("、").join(of.missing[:_MOST_ITEMS])
    if len(of.missing) > _MOST_ITEMS:
        shown = _("{shown}等{n}项").format(shown=shown, n=len(of.missing))
    return _("{name}未报{items}").format(name=of.said, items=shown)


def _dissatisfied(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    below = [(one, one.survey) for one in of.branches if one.survey and one.survey.verdict is SurveyVerdict.MISSED]
    if not below:
        return []
    if mode is BulletinMode.UNNAMED:
        return [_("{n}个党支部的满意度得分未达目标。").format(n=len(below))]
    told = _("；").join(f"{branch.said}{satisfaction(found)}" for branch, found in below if found is not None)
    return [_("{told}。").format(told=told)]


def satisfaction(of: SurveyFact) -> str:
    """Score, target and how sure it is."""
    thresholds = [] if of.target is None else [of.target]
    score = "—" if of.score is None else display_near(of.score, 1, thresholds)
    return _("（{score}分，目标{target}分，有效答卷{n}份，90%区间{low}至{high}分）").format(
        score=score, target=plain(of.target, 1), n=of.answers, low=plain(of.low, 1), high=plain(of.high, 1)
    )


def _red_lines(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    told = [(branch, line) for branch in of.branches for line in branch.red_lines]
    if not told:
        return []
    if mode is BulletinMode.UNNAMED:
        return [_("{n}个党支部触及红线，等次已按规定限制。").format(n=len({branch.id for branch, _line in told}))]
    return [
        _("{name}：{title}，{fact}（{document}）。").format(
            name=branch.said, title=line.title, fact=line.fact.rstrip("。"), document=line.document
        )
        for branch, line in told
    ]
