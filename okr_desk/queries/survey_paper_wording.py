"""Words and figures of satisfaction results, the same in the report, on the count sheet and in their workbooks."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_results import BranchResult
from okr_desk.queries.surveys import DefinitionView, RoundView
from okr_desk.scoring.intervals import Interval
from okr_desk.scoring.rounding import NOTHING, display_near, half_up
from okr_desk.scoring.strata import LEAST
from okr_desk.survey_terms import LEVELS
from okr_desk.terms import label

ONE_PLACE = 1


def points(value: Decimal | None, target: Decimal | None = None) -> str:
    """A score with one decimal place that never stands on the other side of its target."""
    if value is None:
        return NOTHING
    shown = display_near(value, ONE_PLACE, () if target is None else (target,))
    return shown if "." in shown else f"{shown}.0"


def rate(value: Decimal | None) -> str:
    """A share (0..1) in percent with one decimal place; what falls short of all never reads 100.0%."""
    return NOTHING if value is None else points(value * 100, Decimal(100)) + "%"


def limits(found: Interval, target: Decimal | None = None) -> str:
    """Both limits of a score; a census has none."""
    if found.census:
        return _("普查")
    return _("{low}～{high}").format(low=points(found.low, target), high=points(found.high, target))


def share_limits(found: Interval) -> str:
    """Both limits of a rate."""
    if found.census:
        return _("普查")
    return _("{low}～{high}").format(low=rate(found.low), high=rate(found.high))


def signed(value: Decimal) -> str:
    """A difference in points with its sign, as one writes it by hand."""
    shown = format(half_up(abs(value), ONE_PLACE), "f")
    if not Decimal(shown):
        return "0.0"
    return ("＋" if value > 0 else "－") + shown


def counted_levels(wide: int) -> str:
    """The levels that a rate counts."""
    return _("、").join(_(name) for name in LEVELS[:wide])


def item_share(item: ItemCounts, wide: int) -> Decimal | None:
    """The share of the answers to one item that is in the best `wide` levels, 0..1; None without an answer."""
    return Decimal(sum(item.levels[:wide])) / item.answered if item.answered else None


def item_score(item: ItemCounts, definition: DefinitionView) -> Decimal | None:
    """The score of one item by the scale of the survey; None without an answer."""
    if not item.answered:
        return None
    total = sum((n * value for n, value in zip(item.levels, definition.scores, strict=True)), Decimal(0))
    return total / item.answered


def group_figures(counts: ItemCounts, definition: DefinitionView) -> tuple[str, str, str]:
    """Score, wide and narrow rate of a group; with so few answers that a person might be recognised, only that."""
    if 0 < counts.answered < LEAST:
        return (_("少于{n}份").format(n=LEAST), NOTHING, NOTHING)
    return (
        points(item_score(counts, definition)),
        rate(item_share(counts, definition.wide)),
        rate(item_share(counts, definition.narrow)),
    )


def verdict(one: BranchResult) -> str:
    """The verdict in a word; without answers or without a target it says which."""
    if one.judgement is not None:
        return label(one.judgement.verdict)
    return _("无答卷") if one.score is None else _("未设目标")


def response(one: BranchResult) -> str:
    """How many of those asked answered; unknown where nobody entered how many were asked."""
    if not one.ballots:
        return NOTHING
    return _("不明") if one.response is None else rate(one.response)


def change(one: BranchResult) -> str:
    """The change against the round compared with, or a dash."""
    if one.change is None:
        return NOTHING
    return _("{change}（{by}）").format(change=label(one.change.change), by=signed(one.change.difference))


def scale(definition: DefinitionView) -> str:
    """The formula of the score."""
    parts = (
        f"{_(name)}×{format(value.normalize(), 'f')}" for name, value in zip(LEVELS, definition.scores, strict=True)
    )
    return _("得分＝（{sum}）÷五档合计").format(sum="＋".join(parts))


def wide_rate(definition: DefinitionView) -> str:
    """The formula of the wide rate."""
    parts = "＋".join(_(name) for name in LEVELS[: definition.wide])
    return _("满意率＝（{sum}）÷五档合计").format(sum=parts)


def title(of: RoundView, township: str, document: str) -> str:
    """Township, quarter and document."""
    said = _("{township}{quarter}{document}")
    return said.format(township=township, quarter=of.quarter.label, document=document).strip()
