"""What a rule takes: a number, yes or no, counts of events, awards by matter, one's own beside the others, a pair."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.schemes import LineView
from okr_desk.queries.score_measured import EventView, Measured
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_bands import Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, YesNo
from okr_desk.scoring.points_result import Awards, Group, Held, Value
from okr_desk.scoring.votes import Votes
from okr_desk.terms import Frequency

ZERO = Decimal(0)


def taken(
    rule: Rule, org: OrgView, line: LineView, of: Measured, value: Decimal | None, events: Sequence[EventView]
) -> Value | None:
    """What the rule judges, from a typed value and dated events; None: nothing was reported.

    Events that were entered count before a typed value. Raises InputRefused where the value cannot be told apart into
    the kinds that the rule deducts for.
    """
    meaning = of.meanings[line.indicator_id]
    match rule:
        case Deduct():
            return _deducted(rule, meaning, value, events)
        case Bonus(each=None):
            return _awards(events)
        case Bonus():
            return _count(meaning, value, events) or ZERO
        case Votes():
            return _summed(len(rule.values), events) if events else value
    if value is None:
        return None
    match rule:
        case YesNo():
            return value >= 1
        case Rank() | ToFirst():
            return Group(value, of.of_kind(org.category, line.indicator_id))
        case Dual():
            beside = None if line.second_id is None else of.value(org.id, line.second_id)
            if beside is None or line.second_id is None:
                return None
            meant = of.meanings[line.second_id]
            return Held(value, beside.value, source=f"{meant.code} {meant.name}")
    return value


def _deducted(rule: Deduct, meaning: IndicatorView, value: Decimal | None, events: Sequence[EventView]) -> Value | None:
    kinds = len(rule.each)
    count = _count(meaning, value, events)
    if kinds == 1 or count is None:
        return count
    if events:
        return _summed(kinds, events)
    if count == 0:
        return (ZERO,) * kinds
    raise InputRefused(_("这一项分 {n} 类扣分，只有总次数不能计分，请按类登记。").format(n=kinds), "count")


def _summed(kinds: int, events: Sequence[EventView]) -> tuple[Decimal, ...]:
    """Counts by kind over all events; one that names no kind counts as the first."""
    rows = [event.counts if len(event.counts) == kinds else (event.amount,) for event in events]
    return tuple(sum((row[at] for row in rows if at < len(row)), ZERO) for at in range(kinds))


def _awards(events: Sequence[EventView]) -> Awards:
    """Awards by what they honour; without a name each event is a matter of its own."""
    found: dict[str, list[Decimal]] = {}
    for event in events:
        found.setdefault(event.matter or event.fact, []).append(event.amount)
    return Awards(tuple((name, tuple(given)) for name, given in found.items()))


def _count(meaning: IndicatorView, value: Decimal | None, events: Sequence[EventView]) -> Decimal | None:
    """Events that were entered count; without any the typed value does; where only events count, none is none."""
    if events:
        return sum((event.amount for event in events), ZERO)
    if value is None and meaning.frequency is Frequency.ON_EVENT:
        return ZERO
    return value
