"""The office's settings for whistles, as the rules and the arithmetic take them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, policy
from okr_desk.rules.whistle_limits import ClassLimit, WhistleLimits
from okr_desk.rules.working_hours import read_hours
from okr_desk.scoring.whistle_ratings import RatingRule
from okr_desk.terms import by_label
from okr_desk.whistle_terms import ItemUse, RatedItem, Rater, WhistleClass

LEAST_ITEMS = 3
"""Items that a rating has at least (domain 4.1: 3 to 6)."""
_LIMITS = {
    WhistleClass.URGENT: ("whistle.urgent.sign_in", "whistle.urgent.arrive", "whistle.urgent.close"),
    WhistleClass.MAJOR: ("whistle.major.sign_in", "whistle.major.arrive", "whistle.major.close"),
    WhistleClass.DAILY: ("whistle.daily.sign_in", "whistle.daily.arrive", "whistle.daily.close"),
}
_USES = {
    RatedItem.RESPONSE: "whistle.item.response",
    RatedItem.COOPERATION: "whistle.item.cooperation",
    RatedItem.CARRYING_OUT: "whistle.item.carrying_out",
    RatedItem.ATTITUDE: "whistle.item.attitude",
    RatedItem.EFFICIENCY: "whistle.item.efficiency",
    RatedItem.EFFECT: "whistle.item.effect",
}
_WEIGHTS = {
    Rater.BRANCH: "whistle.weight.branch",
    Rater.RESIDENTS: "whistle.weight.residents",
    Rater.DELEGATES: "whistle.weight.delegates",
}


def limits(session: Reader) -> WhistleLimits:
    """Deadlines by class, in the office's hours and calendar."""
    found = policy.values(session)
    classes = {
        kind: ClassLimit(
            Decimal(found[sign_in]), Decimal(found[arrive]), int(Decimal(found[close])), kind is WhistleClass.URGENT
        )
        for kind, (sign_in, arrive, close) in _LIMITS.items()
    }
    by_arrival = found["whistle.answered"] == "到场"
    return WhistleLimits(classes, read_hours(found["whistle.office_hours"]), cycles.calendar(session), by_arrival)


def rating_rule(session: Reader) -> RatingRule:
    """What items count for, and who weighs how much."""
    return _rule(policy.values(session))


def least_whistles(session: Reader) -> int:
    """How many rated whistles a department needs to be listed."""
    return policy.integer(session, "whistle.least")


def check(values: Mapping[str, str]) -> None:
    """Raise InputRefused for settings that cannot hold together: too few items, no process item, weights all zero."""
    read_hours(values["whistle.office_hours"])
    rule = _rule(values)
    if len(rule.asked()) < LEAST_ITEMS:
        raise InputRefused(_("“一哨一评”至少用三项，请先启用另一项。"), "value")
    if ItemUse.PROCESS not in {rule.uses[item] for item in rule.asked()}:
        raise InputRefused(_("“一哨一评”至少有一项计入过程。"), "value")
    if not sum(rule.weights.values()):
        raise InputRefused(_("三方评分的权重不能都为 0。"), "value")


def _rule(values: Mapping[str, str]) -> RatingRule:
    uses = {item: by_label(ItemUse, values[key]) or ItemUse.NONE for item, key in _USES.items()}
    weights = {rater: Decimal(values[key]) for rater, key in _WEIGHTS.items()}
    return RatingRule(uses, Decimal(values["whistle.process_share"]), weights)
