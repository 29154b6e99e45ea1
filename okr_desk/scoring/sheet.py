"""The whole sheet: blocks to a total, parts and dimensions beside it, a capped bonus on top, and the percent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.blocks import (
    Block,
    BlockPoints,
    Line,
    Subtotal,
    block_points,
    dimension_totals,
    summed,
)
from okr_desk.scoring.explained import STEP_PLACES, Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.points_result import HUNDRED, ZERO, check_not_negative
from okr_desk.scoring.rollup import LEAST_COVERAGE
from okr_desk.scoring.rounding import display_near, kept, plain, wide, without_dust
from okr_desk.terms import Dimension

LARGE_BONUS = Decimal(10)


@dataclass(frozen=True)
class BonusTerms:
    """When extra points count: at most `cap`, and only from a base of `least` percent of the full points on."""

    cap: Decimal = Decimal(5)
    least: Decimal = Decimal(60)

    def __post_init__(self) -> None:
        check_not_negative("cap", self.cap)
        check_not_negative("least", self.least)


@dataclass(frozen=True)
class Sheet:
    """All points of a branch. `total.points` are base and bonus together; `percent` is of the full points reported.

    `parts` and `dimensions` are subtotals of the base. `coverage` is the share of all points that apply, 0..1; where
    too little applies there is no grade and no rank. What depends on points is None while nothing has any.
    `bonus_steps` say how much of the bonus counts, empty without one.
    """

    total: Subtotal
    base: Decimal | None
    bonus: Decimal
    percent: Decimal | None
    coverage: Decimal
    blocks: tuple[BlockPoints, ...]
    parts: Mapping[str, Subtotal]
    dimensions: Mapping[Dimension, Subtotal]
    steps: Sequence[str]
    bonus_steps: Sequence[str] = ()

    @property
    def explained(self) -> Explained:
        """The total, with its steps."""
        return Explained(self.total.points, self.steps)


def sheet(
    blocks: Sequence[Block],
    bonuses: Sequence[Line] = (),
    terms: BonusTerms = BonusTerms(),
    vetoed: bool = False,
    least: Decimal = LEAST_COVERAGE,
) -> Sheet:
    """Sum blocks to the sheet; nothing is rounded on the way.

    Bonuses stand outside the full points: their sum counts up to the cap, from the base percent of `terms` on and
    without a veto, and the total never passes full points and cap. What does not apply leaves the full points, so it
    changes nobody's percent. Raises InputRefused without blocks and as `block_points` does. Source: domain 1.2
    (320 + 100) and 1.4, methods B1 "bonus" and B2.
    """
    if not blocks:
        raise InputRefused(_("评分表还没有内容，请至少设一块。"), "blocks")
    found = [block_points(block) for block in blocks]
    base = summed(one.total for one in found)
    base_percent = _percent(base.points, base.reported)
    refused = _bonus_refused(base_percent, terms, vetoed)
    with wide():
        earned = without_dust(sum((line.points.points or ZERO for line in bonuses), ZERO))
        bonus = ZERO if refused else min(earned, terms.cap)
        points = None if base.points is None else min(base.points + bonus, base.maximum + terms.cap)
        whole = sum((block.maximum for block in blocks), ZERO)
        covered = sum((block.maximum * one.coverage for block, one in zip(blocks, found, strict=True)), ZERO)
        coverage = without_dust(kept(covered / whole))
    total = Subtotal(points, base.maximum, base.reported)
    percent = _percent(points, base.reported)
    parts = _parts(blocks, found)

    def of_bonus() -> tuple[str, ...]:
        return _bonus_note(bonuses, earned, bonus, terms, refused) if bonuses else ()

    def told() -> tuple[str, ...]:
        return (
            *(step for one in found for step in one.steps),
            *_parts_note(parts, base),
            *of_bonus(),
            *_total_note(parts, bonus, total, percent),
            *_coverage_note(coverage, least),
        )

    return Sheet(
        total,
        base.points,
        bonus,
        percent,
        coverage,
        tuple(found),
        parts,
        dimension_totals(blocks, found),
        Steps(told),
        Steps(of_bonus),
    )


def _percent(points: Decimal | None, reported: Decimal) -> Decimal | None:
    if points is None or reported == 0:
        return None
    with wide():
        return without_dust(kept(points * HUNDRED / reported))


def _parts(blocks: Sequence[Block], found: Sequence[BlockPoints]) -> dict[str, Subtotal]:
    names = dict.fromkeys(block.part or block.name for block in blocks)
    pairs = list(zip(blocks, found, strict=True))
    return {name: summed(one.total for block, one in pairs if (block.part or block.name) == name) for name in names}


def _bonus_refused(base_percent: Decimal | None, terms: BonusTerms, vetoed: bool) -> str:
    if vetoed:
        return _("有一票否决事项，不计加分。")
    if base_percent is None or base_percent < terms.least:
        return _("基础得分率不到 {least}%，不计加分。").format(least=plain(terms.least))
    return ""


def _bonus_note(
    bonuses: Sequence[Line], earned: Decimal, bonus: Decimal, terms: BonusTerms, refused: str
) -> tuple[str, ...]:
    large = (_("加分上限超过 10 分，请确认。"),) if terms.cap > LARGE_BONUS else ()
    given = "，".join(f"{line.name} {plain(line.points.points, STEP_PLACES)}" for line in bonuses)
    said = _("加分项：{given}；合计 {earned} 分，上限 {cap} 分，计 {bonus} 分。").format(
        given=given, earned=plain(earned, STEP_PLACES), cap=plain(terms.cap), bonus=plain(bonus, STEP_PLACES)
    )
    return (*large, said, refused) if refused else (*large, said)


def _parts_note(parts: Mapping[str, Subtotal], base: Subtotal) -> tuple[str, ...]:
    line = "，".join(f"{name} {plain(one.points, STEP_PLACES)}／{plain(one.maximum)}" for name, one in parts.items())
    said = [_("各部分（得分／满分）：{parts}").format(parts=line)]
    if base.reported != base.maximum:
        open_ = _("已报部分的满分为 {reported} 分，共 {maximum} 分；未报的暂不计入。")
        said.append(open_.format(reported=plain(base.reported, STEP_PLACES), maximum=plain(base.maximum)))
    return tuple(said)


def _total_note(
    parts: Mapping[str, Subtotal], bonus: Decimal, total: Subtotal, percent: Decimal | None
) -> tuple[str, ...]:
    if total.points is None or percent is None:
        return (_("还没有得分。"),)
    given = [one.points for one in parts.values() if one.points is not None]
    terms = [figure(one) for one in given]
    if bonus:
        terms.append(_("加分 {bonus}").format(bonus=plain(bonus, STEP_PLACES)))
    with wide():
        sum_ = without_dust(sum(given, bonus))
    limited = (_("总分最高为满分与加分上限之和，计 {points} 分。").format(points=plain(total.points)),)
    return (
        _("总分：{sum}").format(sum="＋".join(terms) + (result(sum_) if len(terms) > 1 else "")),
        *(limited if total.points < sum_ else ()),
        _("得分率：{points}÷{whole}×100{result}").format(
            points=figure(total.points), whole=plain(total.reported, STEP_PLACES), result=result(percent)
        ),
        *rounding_note(percent),
    )


def _coverage_note(coverage: Decimal, least: Decimal) -> tuple[str, ...]:
    if coverage == 1:
        return ()
    shown = display_near(coverage * HUNDRED, 2, (least * HUNDRED, HUNDRED))
    return (_("适用分值占全部分值的 {share}%。").format(share=shown),)
