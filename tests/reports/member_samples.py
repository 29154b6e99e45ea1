"""Hand-made forms of members and households for tests of paper."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from okr_desk.queries.household_counts import Reached
from okr_desk.queries.household_papers import (
    HouseholdForm,
    HouseholdLine,
    MemberCard,
    PointsForm,
    PointsLine,
    ServiceCard,
    ServiceForm,
)
from tests.reports import samples

D = Decimal


def sample(key: str, plain: bool = False) -> object:
    """A form; `plain`: without a word that somebody typed, kinds as the English screen has them."""
    name, label, kind = ("Li", "3-12", "Ordinary") if plain else ("李旭昇", "3组12号", "普通户")
    if key in ("household-card", "visit-register"):
        lines = (
            HouseholdLine(label, name[:1] + "**", kind, name, ("3", "17", ""), False),
            HouseholdLine(label + "0", "", kind, name, (None, "5", "6"), True),
        )
        sums = Reached(2, 2, 1, ((7, 1, 1), (8, 2, 2), (9, 2, 1)), date(2026, 9, 6))
        cards = (MemberCard(name, "", "", "91", lines),)
        return HouseholdForm("青山镇", samples.ORG, samples.QUARTER, (7, 8, 9), lines, cards, sums, False, True)
    if key == "points-list":
        listed = tuple(
            PointsLine(place, name, kind, "", D(bonus), D(cost), D(100) + bonus - cost, "", ())
            for place, bonus, cost in ((1, 10, 0), (2, 2, 45))
        )
        return PointsForm("青山镇", samples.ORG, samples.QUARTER, D(100), "", listed, False, True)
    unit = "Hospital" if plain else "县医院"
    card = ServiceCard(name, unit, ((date(2026, 7, 11), "", D("2.5")),), D("2.5"), D("2.5"), D("37.5"), False)
    return ServiceForm("青山镇", samples.ORG, samples.QUARTER, card, True)
