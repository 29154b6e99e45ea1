"""Ballots of appraisals: a class's mean by item, classes joined by weight, and how many may get the best grade.

A class without a valid ballot leaves the weights: missing is not zero. Source: domain 5.5 (classes and weights), 1.3
"VOTE" (100/85/70/50), 0 fact 26 (a third, cut off; probationary members get no grade).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.appraisal_terms import AppraisalItem, Voter
from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.rounding import kept, plain, wide, without_dust
from okr_desk.terms import label

WORTH = (Decimal(100), Decimal(85), Decimal(70), Decimal(50))
"""What the four levels are worth, the best first (domain 1.3 "VOTE")."""
THIRD = 3
ZERO = Decimal(0)


@dataclass(frozen=True)
class Turnout:
    """Ballots of one class: given out, come back, spoiled. What came back and is not spoiled is valid."""

    issued: int
    returned: int
    void: int

    @property
    def valid(self) -> int:
        """Ballots that count."""
        return self.returned - self.void


@dataclass(frozen=True)
class Tally:
    """What one class gave one person on one item: votes by level, the best first."""

    voter: Voter
    votes: tuple[int, ...]

    @property
    def total(self) -> int:
        """Votes of all levels; ballots that left the item open are not among them."""
        return sum(self.votes)


def check_turnout(of: Turnout, who: str) -> None:
    """Raise InputRefused for what cannot be: a number below 0, more back than given out, more spoiled than back."""
    if min(of.issued, of.returned, of.void) < 0:
        raise InputRefused(_("{who}：票数不能是负数，请改正。").format(who=who), "turnout")
    if of.returned > of.issued:
        said = _("{who}：收回 {returned} 张多于发出 {issued} 张，请核对。")
        raise InputRefused(said.format(who=who, returned=of.returned, issued=of.issued), "turnout")
    if of.void > of.returned:
        said = _("{who}：废票 {void} 张多于收回 {returned} 张，请核对。")
        raise InputRefused(said.format(who=who, void=of.void, returned=of.returned), "turnout")


def check_tally(of: Tally, valid: int, who: str) -> None:
    """Raise InputRefused where the votes of an item exceed the valid ballots of the class, or one is negative."""
    if min(of.votes) < 0:
        raise InputRefused(_("{who}：票数不能是负数，请改正。").format(who=who), "counts")
    if of.total > valid:
        said = _("{who}：各档加起来 {n} 票，多于{voter}的有效票 {valid} 张，请核对。")
        raise InputRefused(said.format(who=who, n=of.total, voter=label(of.voter), valid=valid), "counts")


def mean(of: Tally) -> Decimal | None:
    """The mean worth of one class's votes, None where nobody voted."""
    if not of.total:
        return None
    with wide():
        total = sum((count * worth for count, worth in zip(of.votes, WORTH, strict=True)), ZERO)
        return without_dust(kept(total / of.total))


def item_score(tallies: Sequence[Tally], weights: Mapping[Voter, Decimal]) -> Explained:
    """An item's score: the classes' means, weighted; classes that gave nothing leave the divisor."""
    found = [(one, value, weights[one.voter]) for one in tallies if (value := mean(one)) is not None]
    total = sum((weight for _one, _value, weight in found), ZERO)
    if not total:
        return Explained(None, (_("没有有效票，没有得分，也不按 0 计。"),))
    with wide():
        score = without_dust(kept(sum((value * weight for _one, value, weight in found), ZERO) / total))
    return Explained(score, Steps(lambda: _steps(tallies, weights, found, score)))


def overall(scores: Mapping[AppraisalItem, Explained]) -> Explained:
    """A person's score: that of the item 总体评价; None where it was not counted."""
    return scores.get(AppraisalItem.OVERALL, Explained(None, (_("没有有效票，没有得分，也不按 0 计。"),)))


def best_most(graded: int) -> int:
    """How many of those who get a grade may get the best one: a third, cut off (domain 0, 26)."""
    return graded // THIRD


def check_best(best: int, graded: int, word: str) -> None:
    """Raise InputRefused where the best grade is given to more than a third of those who get one."""
    most = best_most(graded)
    if best > most:
        said = _("“{word}”最多 {most} 人（评定等次的 {graded} 人的三分之一，舍去小数），这样会有 {best} 人，请调整。")
        raise InputRefused(said.format(word=word, most=most, graded=graded, best=best), "grade")


def _steps(
    tallies: Sequence[Tally],
    weights: Mapping[Voter, Decimal],
    found: Sequence[tuple[Tally, Decimal, Decimal]],
    score: Decimal,
) -> list[str]:
    said = []
    for one, value, weight in found:
        parts = "＋".join(f"{count}×{plain(worth)}" for count, worth in zip(one.votes, WORTH, strict=True))
        line = _("{voter}（权重 {weight}）：（{parts}）÷{n}{value}")
        told = {"voter": label(one.voter), "weight": plain(weight), "parts": parts, "n": one.total}
        said.append(line.format(**told, value=result(value)))
    silent = [label(one.voter) for one in tallies if not one.total and weights[one.voter]]
    if silent:
        said.append(_("没有有效票的：{voters}，不计入，其余按权重分摊。").format(voters=_("、").join(silent)))
    if len(found) > 1:
        sum_ = "＋".join(f"{figure(value)}×{plain(weight)}" for _one, value, weight in found)
        total = plain(sum((weight for _one, _value, weight in found), ZERO))
        said.append(_("得分＝（{sum}）÷{total}{result}").format(sum=sum_, total=total, result=result(score)))
    return [*said, *rounding_note(score)]
