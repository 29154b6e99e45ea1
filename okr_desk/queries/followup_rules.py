"""The office's settings of rectification as rules: days by kind, lights, what a card is proposed for, the exit test."""

from __future__ import annotations

from decimal import Decimal

from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import policy, users
from okr_desk.rules.branch_plans import ExitLimits
from okr_desk.rules.cards import CardLimits
from okr_desk.rules.followup_limits import FollowupLimits
from okr_desk.rules.permissions import Action, grant_for

_HUNDRED = Decimal(100)


def limits(session: Reader) -> FollowupLimits:
    """Days by kind and what makes a light red."""
    found = policy.values(session)
    keys = (
        "followup.days_immediate", "followup.days_limited", "followup.days_long", "followup.red_days",
        "followup.red_extensions", "followup.soon_days",
    )  # fmt: skip
    return FollowupLimits(*(int(Decimal(found[key])) for key in keys))


def card_limits(session: Reader) -> CardLimits:
    """What a card is proposed for, and how many are looked into."""
    found = policy.values(session)
    return CardLimits(
        score=Decimal(found["followup.card_score"]),
        rate=Decimal(found["followup.card_rate"]),
        days=int(Decimal(found["followup.card_days"])),
        least=int(Decimal(found["followup.card_least"])),
        yellows=int(Decimal(found["followup.card_yellows"])),
        tail=Decimal(found["followup.tail_share"]) / _HUNDRED,
        tail_least=int(Decimal(found["followup.tail_least"])),
    )


def exit_limits(session: Reader) -> ExitLimits:
    """What the plan of a branch is tested by."""
    found = policy.values(session)
    return ExitLimits(Decimal(found["followup.plan_points"]), Decimal(found["followup.plan_against"]) / _HUNDRED)


def checkers(session: Reader) -> frozenset[int]:
    """The persons whose accounts may check findings today: with fewer than two a substitute is recorded."""
    day = today(session)
    able = [one for one in users.accounts(session, day) if not one.is_disabled]
    return frozenset(one.person_id for one in able if grant_for(one.grants, Action.CHECK_FINDINGS, None, day))
