"""The plan of a branch that lags behind (一支部一策) and its exit test: points and the people's vote (domain 5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount, check_day, check_length, check_text

LONG_LIMIT, STAGE_LIMIT, NAME_LIMIT = 400, 300, 40
STAGES = (30, 60, 90)
"""Calendar days from the beginning by which each part is done."""
FULL = Decimal(100)


@dataclass(frozen=True)
class PlanDraft:
    """What ails a branch, the remedy, who answers for what, and what is done within 30, 60 and 90 days."""

    org_id: int
    quarter_id: int
    ailment: str
    remedy: str
    duties: str = ""
    county_leader: str = ""
    town_leader: str = ""
    first_secretary: str = ""
    within_30: str = ""
    within_60: str = ""
    within_90: str = ""
    begins_on: date | None = None


@dataclass(frozen=True)
class AcceptanceDraft:
    """The exit test: points out of 100, ballots cast, and those that say 不满意."""

    plan_id: int
    on: date
    points: Decimal
    votes: int
    against: int
    by: str
    opinion: str = ""


@dataclass(frozen=True)
class ExitLimits:
    """At least `points`, and not more than `against` (0..1) of the ballots against."""

    points: Decimal = Decimal(70)
    against: Decimal = Decimal("0.5")

    def passed(self, points: Decimal, votes: int, against: int) -> bool:
        """Whether both hold; a threshold belongs to the better side."""
        return points >= self.points and against <= self.against * votes


def stage_days(begins_on: date) -> tuple[date, ...]:
    """The last days of the three parts."""
    return tuple(begins_on + timedelta(days=days) for days in STAGES)


def check_plan(draft: PlanDraft) -> None:
    """Raise InputRefused for what a plan cannot lack or has no room for."""
    check_text(draft.ailment, "ailment", _("病灶"), LONG_LIMIT)
    check_text(draft.remedy, "remedy", _("处方"), LONG_LIMIT)
    check_text(draft.town_leader, "town_leader", _("乡镇包联领导"), NAME_LIMIT)
    check_text(draft.within_30, "within_30", _("30 天内"), STAGE_LIMIT)
    for text, field, name, longest in (
        (draft.duties, "duties", _("责任清单"), LONG_LIMIT),
        (draft.county_leader, "county_leader", _("县级联系领导"), NAME_LIMIT),
        (draft.first_secretary, "first_secretary", _("第一书记"), NAME_LIMIT),
        (draft.within_60, "within_60", _("60 天内"), STAGE_LIMIT),
        (draft.within_90, "within_90", _("90 天内"), STAGE_LIMIT),
    ):
        check_length(text, field, name, longest)
    if draft.begins_on is None:
        raise InputRefused(_("请填写“起始日期”。"), "begins_on")


def check_acceptance(draft: AcceptanceDraft, begins_on: date, today: date) -> None:
    """Raise InputRefused for points, ballots or a day that cannot be."""
    check_day(draft.on, "on", _("验收日期"), today)
    if draft.on < begins_on:
        raise InputRefused(_("验收日期早于计划起始日期（{day}），请核对。").format(day=begins_on), "on")
    check_amount(draft.points, "points", _("验收得分"))
    if not 0 <= draft.points <= FULL:
        raise InputRefused(_("验收得分在 0 到 100 之间，请核对。"), "points")
    if draft.votes < 1:
        raise InputRefused(_("请填写参加测评的票数，至少 1 票。"), "votes")
    if not 0 <= draft.against <= draft.votes:
        raise InputRefused(_("不满意票不能多于参加测评的票数，请核对。"), "against")
    check_text(draft.by, "by", _("验收人"), NAME_LIMIT)
    check_length(draft.opinion, "opinion", _("验收意见"), STAGE_LIMIT)
