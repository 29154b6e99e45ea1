"""The upward rating of departments (一哨一评): items to a score out of 100, raters weighted, process and result apart.

Source: domain 4.1 (process at least 60 % of the total; 0.6·process + 0.4·result; three whistles to be listed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result
from okr_desk.scoring.rounding import plain
from okr_desk.terms import label
from okr_desk.whistle_terms import ItemUse, RatedItem, Rater

BEST, WORST = 5, 1
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class RatingRule:
    """How ratings count: what each item speaks of, the process's share (0.6 to 1), the raters' weights."""

    uses: Mapping[RatedItem, ItemUse]
    process_share: Decimal
    weights: Mapping[Rater, Decimal]

    def asked(self) -> tuple[RatedItem, ...]:
        """The items that are asked, in the order of the form."""
        return tuple(item for item in RatedItem if self.uses[item] is not ItemUse.NONE)


@dataclass(frozen=True)
class Rated:
    """One rater's levels, 1 to 5; an item that is not there was not rated."""

    rater: Rater
    levels: Mapping[RatedItem, int]


@dataclass(frozen=True)
class WhistleScore:
    """A whistle's score with its parts; a part of which nothing was rated is None, and the other carries all."""

    total: Explained
    process: Decimal | None
    result: Decimal | None


def points(level: int) -> Decimal:
    """A level as points out of 100: 5 is 100, 4 is 80, … 1 is 20."""
    return HUNDRED * level / BEST


def whistle_score(ratings: Sequence[Rated], rule: RatingRule) -> WhistleScore:
    """The score of one whistle. Items that are not rated leave the divisor; so do raters who said nothing."""
    items = {item: _item_mean(item, ratings, rule) for item in rule.asked()}
    parts = {use: _mean([(items[i], i) for i in items if rule.uses[i] is use]) for use in _PARTS}
    process, outcome = parts[ItemUse.PROCESS], parts[ItemUse.RESULT]
    total = _joined(process, outcome, rule.process_share)
    steps = Steps(lambda: _steps(items, ratings, rule, process, outcome, total))
    return WhistleScore(Explained(total, steps), process, outcome)


def department_score(scores: Sequence[WhistleScore], rule: RatingRule, least: int) -> Explained:
    """A department's score from its rated whistles: the means of process and result, joined as for one whistle.

    None where fewer than `least` whistles are rated; the step says so.
    """
    rated = [one for one in scores if one.total.value is not None]
    if len(rated) < least:
        return Explained(None, (too_few(least),))
    process = _plain_mean([one.process for one in rated])
    outcome = _plain_mean([one.result for one in rated])
    total = _joined(process, outcome, rule.process_share)
    return Explained(total, Steps(lambda: _department_steps(len(rated), process, outcome, rule.process_share, total)))


def too_few(least: int) -> str:
    """不足3次，不列."""
    return _("不足{n}次，不列").format(n=least)


_PARTS = (ItemUse.PROCESS, ItemUse.RESULT)


def _item_mean(item: RatedItem, ratings: Sequence[Rated], rule: RatingRule) -> Decimal | None:
    """The weighted mean of those who rated the item, in points."""
    given = [(points(one.levels[item]), rule.weights[one.rater]) for one in ratings if item in one.levels]
    weight = sum((share for _value, share in given), Decimal(0))
    if not given or not weight:
        return None
    return sum((value * share for value, share in given), Decimal(0)) / weight


def _mean(found: Sequence[tuple[Decimal | None, RatedItem]]) -> Decimal | None:
    return _plain_mean([value for value, _item in found])


def _plain_mean(values: Sequence[Decimal | None]) -> Decimal | None:
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) / len(there) if there else None


def _joined(process: Decimal | None, outcome: Decimal | None, share: Decimal) -> Decimal | None:
    if process is None or outcome is None:
        return process if outcome is None else outcome
    return share * process + (1 - share) * outcome


def _steps(
    items: Mapping[RatedItem, Decimal | None],
    ratings: Sequence[Rated],
    rule: RatingRule,
    process: Decimal | None,
    outcome: Decimal | None,
    total: Decimal | None,
) -> list[str]:
    said = [_rater_line(one, rule) for one in ratings]
    missing = [label(item) for item, value in items.items() if value is None]
    if missing:
        said.append(_("没有评的：{items}，不计入，其余按比例分摊。").format(items=_("、").join(missing)))
    for use, value in ((ItemUse.PROCESS, process), (ItemUse.RESULT, outcome)):
        names = [label(i) for i, found in items.items() if rule.uses[i] is use and found is not None]
        if value is not None:
            line = _("{part}分＝（{items}）的平均{value}")
            said.append(line.format(part=label(use), items=_("、").join(names), value=result(value)))
    return [*said, *_total_lines(process, outcome, rule.process_share, total)]


def _rater_line(one: Rated, rule: RatingRule) -> str:
    levels = _("、").join(f"{label(item)} {one.levels[item]}" for item in RatedItem if item in one.levels)
    said = _("{rater}（权重 {weight}）：{levels}，1 至 5 分各乘 20。")
    return said.format(rater=label(one.rater), weight=plain(rule.weights[one.rater]), levels=levels)


def _department_steps(
    count: int, process: Decimal | None, outcome: Decimal | None, share: Decimal, total: Decimal | None
) -> list[str]:
    said = [_("已评 {n} 次，过程分、结果分分别取各次的平均。").format(n=count)]
    if process is not None:
        said.append(_("过程分平均{value}").format(value=result(process)))
    if outcome is not None:
        said.append(_("结果分平均{value}").format(value=result(outcome)))
    return [*said, *_total_lines(process, outcome, share, total)]


def _total_lines(
    process: Decimal | None, outcome: Decimal | None, share: Decimal, total: Decimal | None
) -> tuple[str, ...]:
    if total is None:
        return (_("还没有评价，没有得分。"),)
    if process is None or outcome is None:
        return (_("只评了其中一部分，得分取这一部分{value}").format(value=result(total)),)
    line = _("得分＝{share}×{process}＋{rest}×{outcome}{value}")
    return (
        line.format(
            share=plain(share),
            rest=plain(1 - share),
            process=figure(process),
            outcome=figure(outcome),
            value=result(total),
        ),
    )
