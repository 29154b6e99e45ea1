"""The words of members and households that are stored: kinds of members and households, points up and down, halves."""

from __future__ import annotations

from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.terms import declare


class MemberKind(StrEnum):
    """How a member belongs to the branch."""

    FULL = "full"
    PROBATIONARY = "probationary"
    FLOATING = "floating"


class HouseholdKind(StrEnum):
    """Whether a household is looked after with priority."""

    PRIORITY = "priority"
    ORDINARY = "ordinary"


class PointsKind(StrEnum):
    """Whether a rule of member points adds or takes away."""

    BONUS = "bonus"
    DEDUCTION = "deduction"


class Rater(StrEnum):
    """Whose mark is part of the half-yearly evaluation of a member (domain 1.1, row 24)."""

    CADRE = "cadre"
    COMMITTEE = "committee"
    HOUSEHOLDS = "households"
    MONTHLY = "monthly"


declare(
    (MemberKind.FULL, N_("正式党员")),
    (MemberKind.PROBATIONARY, N_("预备党员")),
    (MemberKind.FLOATING, N_("流动党员")),
    (HouseholdKind.PRIORITY, N_("重点户")),
    (HouseholdKind.ORDINARY, N_("普通户")),
    (PointsKind.BONUS, N_("加分")),
    (PointsKind.DEDUCTION, N_("扣分")),
    (Rater.CADRE, N_("驻村干部")),
    (Rater.COMMITTEE, N_("支委")),
    (Rater.HOUSEHOLDS, N_("联系户")),
    (Rater.MONTHLY, N_("月度均分")),
)
