"""What a survey asks and whom, as drafts, and the checks made while one types. Sources: domain 3, methods A1, A2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount, check_length, check_text
from okr_desk.scoring.likert import VALUES, check_scale
from okr_desk.survey_terms import LEVELS, Channel, ItemKind, NumberOrder
from okr_desk.terms import Sampling

ITEMS_MOST = 10
"""Questions of five levels that a person is asked at most, beside one open question (domain 3.2: burden)."""
TEXT_LIMIT = 80
ALIAS_LIMIT = 200
"""Characters of another wording: heads of export files are long."""


@dataclass(frozen=True)
class ItemDraft:
    """One question. `aliases`: the same question in other words, as export files have it."""

    text: str
    kind: ItemKind = ItemKind.LEVELS
    is_overall: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupDraft:
    """A group of people: 党员, 村民, 职工 …; `aliases` as export files have it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class DefinitionDraft:
    """What is asked in a year and how it counts. `scores`: points of the five levels, best first.

    `wide` and `narrow`: how many levels from the best on count as satisfied. `channels` with their weights; without
    a reason only the first version of a year is taken. `number_order`: what 1 means in export files by number.
    """

    year: int
    name: str
    items: tuple[ItemDraft, ...]
    groups: tuple[GroupDraft, ...] = ()
    channels: tuple[tuple[Channel, Decimal], ...] = ()
    scores: tuple[Decimal, ...] = VALUES
    wide: int = 3
    narrow: int = 2
    reason: str = ""
    number_order: NumberOrder | None = None


@dataclass(frozen=True)
class RoundDraft:
    """One survey in a quarter. `is_independent`: collected by somebody other than the branches."""

    definition_id: int
    quarter_id: int
    name: str
    starts_on: date
    ends_on: date
    sampling: Sampling
    drawn_by: str = ""
    collected_by: str = ""
    is_independent: bool = False


@dataclass(frozen=True)
class PopulationDraft:
    """How many people a branch has in a group (None: in all) and how many of them were asked; None: not known."""

    org_id: int
    group_id: int | None
    population: int | None
    invited: int | None


def check_definition(draft: DefinitionDraft) -> None:
    """Refuse a definition without an overall item, with too many questions, with a scale that falls the wrong way."""
    check_text(draft.name, "name", _("名称"), 60)
    levels = [item for item in draft.items if item.kind is ItemKind.LEVELS]
    if not levels:
        raise InputRefused(_("请至少设一道五级选项的题。"), "items")
    if len(levels) > ITEMS_MOST:
        raise InputRefused(_("五级选项的题最多 {n} 道，请精简。").format(n=ITEMS_MOST), "items")
    if sum(item.kind is ItemKind.OPEN for item in draft.items) > 1:
        raise InputRefused(_("开放题只能有一道。"), "items")
    for item in draft.items:
        check_text(item.text, "items", _("题目"), TEXT_LIMIT)
    if sum(item.is_overall for item in levels) != 1:
        raise InputRefused(_("请选定一道“总体评价”题，满意度得分按它计算。"), "items")
    _check_different([item.text for item in draft.items], _("题目"))
    _check_different([group.name for group in draft.groups], _("人群"))
    _check_aliases([(item.text, item.aliases) for item in draft.items], "items")
    _check_aliases([(group.name, group.aliases) for group in draft.groups], "groups")
    for group in draft.groups:
        check_text(group.name, "groups", _("人群"), 30)
    _check_channels(draft.channels)
    _check_scores(draft)


def check_round(draft: RoundDraft, starts_on: date, ends_on: date) -> None:
    """Refuse a round without a name, that ends before it begins or lies outside its quarter."""
    check_text(draft.name, "name", _("名称"), 60)
    if draft.ends_on < draft.starts_on:
        raise InputRefused(_("结束日期早于开始日期，请改正。"), "ends_on")
    if draft.starts_on < starts_on or draft.ends_on > ends_on:
        said = _("测评日期须在本季度（{first} 至 {last}）内。")
        raise InputRefused(said.format(first=starts_on, last=ends_on), "starts_on")
    check_length(draft.drawn_by, "drawn_by", _("抽样人"), 60)
    check_length(draft.collected_by, "collected_by", _("收集人"), 60)


def check_population(draft: PopulationDraft) -> None:
    """Refuse numbers that no branch has: nobody at all, more people asked than there are."""
    if draft.population is not None and draft.population < 1:
        raise InputRefused(_("人数须大于 0；没有这类人群的请留空。"), "population")
    if draft.invited is not None and draft.invited < 1:
        raise InputRefused(_("发放数须大于 0；没有发放的请留空。"), "invited")
    if draft.population is not None and draft.invited is not None and draft.invited > draft.population:
        said = _("发放 {invited} 份，超过这一人群的 {population} 人，请核对。")
        raise InputRefused(said.format(invited=draft.invited, population=draft.population), "invited")


def _check_channels(channels: Sequence[tuple[Channel, Decimal]]) -> None:
    if not channels:
        raise InputRefused(_("请至少选一种测评方式。"), "channels")
    _check_different([channel for channel, _weight in channels], _("测评方式"))
    for _channel, weight in channels:
        check_amount(weight, "channels", _("权重"))
        if weight <= 0:
            raise InputRefused(_("测评方式的权重须大于 0，请改正。"), "channels")


def _check_scores(draft: DefinitionDraft) -> None:
    if len(draft.scores) != len(LEVELS):
        raise InputRefused(_("五级选项要有五个分值，从最好一档起填。"), "scores")
    try:
        check_scale((1,) * len(draft.scores), draft.scores)
    except InputRefused as refused:
        raise InputRefused(refused.sentence, "scores") from refused
    if not 0 < draft.narrow <= draft.wide < len(LEVELS):
        raise InputRefused(_("满意率计入的档数须在 1 至 4 之间，窄口径不多于宽口径。"), "wide")


def _check_aliases(named: Sequence[tuple[str, tuple[str, ...]]], field: str) -> None:
    """A wording that stands for two things would find neither of them in a file."""
    seen: dict[str, str] = {}
    for name, aliases in named:
        for said in dict.fromkeys((name.strip(), *(alias.strip() for alias in aliases))):
            check_length(said, field, _("其他写法"), ALIAS_LIMIT)
            if said in seen:
                said_of = _("“{alias}”既是“{one}”的写法，又是“{other}”的写法，导入时分不清，请只留一处。")
                raise InputRefused(said_of.format(alias=said, one=seen[said], other=name), field)
            seen[said] = name


def _check_different(names: Sequence[str], what: str) -> None:
    seen = [name.strip() for name in names]
    twice = next((name for place, name in enumerate(seen) if name in seen[:place]), None)
    if twice is not None:
        raise InputRefused(_("{what}“{name}”写了两次，请只留一个。").format(what=what, name=twice), "items")
