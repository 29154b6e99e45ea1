"""Yellow and red cards: what they are proposed for, in words and figures, and what they bring (domain 5.4, 16 to 18).

The program proposes, the office issues. Every threshold is a setting of the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.followup_terms import LEAST_GRADE, CardColour
from okr_desk.i18n import _
from okr_desk.rules.checks import check_day, check_length, check_text
from okr_desk.scoring.rounding import display_near, half_up, plain

CAUSES_LIMIT, EFFECTS_LIMIT, NAME_LIMIT, REASON_LIMIT = 400, 300, 40, 200


@dataclass(frozen=True)
class CardLimits:
    """Below `score` and `rate` (percent), late by more than `days`, lowest of at least `least` branches twice running;
    `yellows` of a year make a red one. `tail` is the share of a category that is looked into (0..1), from `tail_least`
    branches on."""

    score: Decimal = Decimal(60)
    rate: Decimal = Decimal(60)
    days: int = 30
    least: int = 5
    yellows: int = 2
    tail: Decimal = Decimal("0.05")
    tail_least: int = 10


@dataclass(frozen=True)
class Lowest:
    """A branch was the only lowest of its category: of how many, with which score, in which quarter."""

    quarter: str
    category: str
    count: int
    score: Decimal


@dataclass(frozen=True)
class CardFacts:
    """What is known of a branch in a quarter. None: not judged, which is never a cause.

    `late`: findings with the days they are late, without those for which a card stands. `yellows`: numbers of the
    yellow cards of the year since its last red one. `vetoes`: red lines that veto. `is_open`: scores may still move.
    """

    score: Decimal | None = None
    rate: Decimal | None = None
    late: tuple[tuple[str, int], ...] = ()
    lowest: tuple[Lowest, ...] = ()
    yellows: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True)
class CardDraft:
    """A card as it is issued."""

    org_id: int
    quarter_id: int
    colour: CardColour
    causes: str
    effects: str


@dataclass(frozen=True)
class TalkDraft:
    """The talk that a card brings: when and by whom."""

    card_id: int
    on: date
    by: str


@dataclass(frozen=True)
class LiftDraft:
    """A card is lifted: when, by whom, and why."""

    card_id: int
    on: date
    by: str
    reason: str


def yellow_causes(of: CardFacts, limits: CardLimits) -> tuple[str, ...]:
    """Why a branch is proposed for a yellow card; empty where nothing speaks for one."""
    found = []
    if of.score is not None and of.score < limits.score:
        said = (
            _("季度得分 {score}，低于 {limit} 分") if not of.is_open else _("季度得分 {score}（暂定），低于 {limit} 分")
        )
        found.append(said.format(score=_near(of.score, limits.score), limit=plain(limits.score)))
    if of.rate is not None and of.rate < limits.rate:
        said = _("群众满意率 {rate}%，低于 {limit}%")
        found.append(said.format(rate=_near(of.rate, limits.rate), limit=plain(limits.rate)))
    for number, days in of.late:
        if days > limits.days:
            said = _("{number} 逾期 {n} 天，超过 {limit} 天")
            found.append(said.format(number=number, n=days, limit=limits.days))
    if len(of.lowest) > 1 and all(one.count >= limits.least for one in of.lowest):
        parts = (
            _("{quarter} {score} 分（{n}个中最低）").format(quarter=one.quarter, score=plain(one.score, 1), n=one.count)
            for one in of.lowest
        )
        said = _("连续 {n} 个季度在“{category}”类最低：{parts}")
        found.append(said.format(n=len(of.lowest), category=of.lowest[-1].category, parts=_("，").join(parts)))
    return tuple(found)


def red_causes(of: CardFacts, limits: CardLimits) -> tuple[str, ...]:
    """Why a branch is proposed for a red card; empty where nothing speaks for one."""
    found = [_("发生红线事项：{title}").format(title=title) for title in of.vetoes]
    if len(of.yellows) >= limits.yellows:
        said = _("一年内黄牌 {n} 张：{numbers}")
        found.append(said.format(n=len(of.yellows), numbers=_("、").join(of.yellows)))
    return tuple(found)


def effects(colour: CardColour) -> tuple[str, ...]:
    """What a card brings. The ceiling of the grade is a proposal, scores are not touched."""
    if colour is CardColour.YELLOW:
        return (_("提醒谈话"), _("下发整改通知书"))
    ceiling = _("建议本季等次不高于“{grade}”").format(grade=_(LEAST_GRADE))
    return (_("约谈支部书记"), _("列入后进支部名单，制定一支部一策"), ceiling)


def one_text(parts: Sequence[str], longest: int) -> str:
    """Several causes as one text; what the form has no room for is counted, not cut in the middle."""
    kept: list[str] = []
    for place, part in enumerate(parts):
        rest = len(parts) - place
        if len(_("；").join([*kept, part])) > longest - 12 and kept:
            return _("；").join([*kept, _("另 {n} 项").format(n=rest)])
        kept.append(part[:longest])
    return _("；").join(kept)


def tail_count(count: int, limits: CardLimits) -> int:
    """How many of a category's `count` branches are looked into: none below `tail_least`, or where the share is 0."""
    if count < limits.tail_least or not limits.tail:
        return 0
    return int(half_up(limits.tail * count, 0))


def check_card(draft: CardDraft) -> None:
    """Raise InputRefused for a card without a cause."""
    check_text(draft.causes, "causes", _("发牌事由"), CAUSES_LIMIT)
    check_length(draft.effects, "effects", _("处理措施"), EFFECTS_LIMIT)


def check_talk(draft: TalkDraft, issued_on: date, today: date) -> None:
    """Raise InputRefused for a talk without its day and person, or before the card."""
    check_day(draft.on, "on", _("谈话日期"), today)
    check_text(draft.by, "by", _("谈话人"), NAME_LIMIT)
    if draft.on < issued_on:
        raise InputRefused(_("谈话日期早于发牌日期（{day}），请核对。").format(day=issued_on), "on")


def check_lift(draft: LiftDraft, issued_on: date, today: date) -> None:
    """Raise InputRefused for a lifting without its day, person and reason, or before the card."""
    check_day(draft.on, "on", _("解除日期"), today)
    check_text(draft.by, "by", _("解除人"), NAME_LIMIT)
    check_text(draft.reason, "reason", _("解除理由"), REASON_LIMIT)
    if draft.on < issued_on:
        raise InputRefused(_("解除日期早于发牌日期（{day}），请核对。").format(day=issued_on), "on")


def prefix(colour: CardColour, year: int, quarter: int) -> str:
    """What the numbers of a quarter's cards begin with: 黄牌2026-3-."""
    return f"{'黄牌' if colour is CardColour.YELLOW else '红牌'}{year}-{quarter}-"


def title(colour: CardColour) -> str:
    """The paper of a card: 提醒谈话通知 or 约谈通知."""
    return _("提醒谈话通知") if colour is CardColour.YELLOW else _("约谈通知")


def _near(value: Decimal, limit: Decimal) -> str:
    return display_near(value, 1, (limit,))
