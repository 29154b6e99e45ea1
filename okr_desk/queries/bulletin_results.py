"""二、主要成效 of a bulletin: targets that were beaten, items that all reached in full, what earned a bonus."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from okr_desk.i18n import _
from okr_desk.queries.bulletin_facts import BranchFacts, BulletinFacts, LineFact
from okr_desk.rules.bulletins import BulletinMode

_MOST_INDICATORS = 5
_MOST_NAMES = 3
_MOST_AWARDS = 6


@dataclass(frozen=True)
class Told:
    """A line with the branch whose it is."""

    branch: BranchFacts
    line: LineFact


def by_indicator(of: BulletinFacts) -> dict[str, list[Told]]:
    """The lines of all branches by the name of the indicator, in the order of the sheets."""
    found: dict[str, list[Told]] = defaultdict(list)
    for branch in of.branches:
        for line in branch.lines:
            found[line.name].append(Told(branch, line))
    return found


def told_of(of: BulletinFacts, mode: BulletinMode) -> dict[str, list[Told]]:
    """The same as may be told in a mode: without names nothing that so few branches have that it would name them."""
    found = by_indicator(of)
    if mode is not BulletinMode.UNNAMED:
        return found
    return {name: told for name, told in found.items() if len(told) >= of.least}


def results(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    """The paragraphs; one that says so where there is nothing to tell."""
    found = [*_beaten(of, mode), *_full(of, mode), *_awards(of, mode)]
    told = [f"{number}. {said}" for number, said in enumerate(found, 1)]
    return told or [_("本季度没有超过目标或满分完成的指标。")]


def _beaten(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    groups = [(name, [one for one in told if one.line.beaten]) for name, told in told_of(of, mode).items()]
    groups = [(name, told) for name, told in groups if told]
    groups.sort(key=lambda one: -len(one[1]))
    found = []
    for name, told in groups[:_MOST_INDICATORS]:
        said = _("{indicator}：{n}个党支部超过目标").format(indicator=name, n=len(told))
        if mode is not BulletinMode.UNNAMED:
            best = sorted(told, key=lambda one: -one.line.reached)[:_MOST_NAMES]
            kept = [one for one in told if one in best]
            names = _("、").join(named(one) for one in kept)
            said += (_("，其中{names}") if len(told) > len(kept) else _("：{names}")).format(names=names)
        found.append(_("{said}。").format(said=said))
    return found


def named(of: Told) -> str:
    """A branch with its value and target."""
    line = of.line
    said = _("{name}（{value}，目标{target}）")
    return said.format(name=of.branch.said, value=line.said(line.value), target=line.said(line.target))


def _full(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    """Items that every branch to which they apply has in full."""
    whole = [
        (name, len(told)) for name, told in told_of(of, mode).items() if told and all(one.line.full for one in told)
    ]
    whole.sort(key=lambda one: -one[1])
    if not whole:
        return []
    names = _("、").join(_("{name}（{n}个党支部）").format(name=name, n=n) for name, n in whole[:_MOST_INDICATORS])
    return [_("考核到的党支部全部得满分的项目：{names}。").format(names=names)]


def _awards(of: BulletinFacts, mode: BulletinMode) -> list[str]:
    told = [(branch, award) for branch in of.branches for award in branch.awards]
    if not told:
        return []
    if mode is BulletinMode.UNNAMED:
        counted = Counter(award.line for _branch, award in told)
        names = _("、").join(_("{name}{n}项").format(name=name, n=n) for name, n in counted.items())
        return [_("加分事项：{names}。").format(names=names)]
    found = [
        _("{name}{fact}（{document}）").format(name=branch.said, fact=award.fact.rstrip("。"), document=award.document)
        if award.document
        else f"{branch.said}{award.fact.rstrip('。')}"
        for branch, award in told[:_MOST_AWARDS]
    ]
    return [_("加分事项：{facts}。").format(facts=_("；").join(found))]
