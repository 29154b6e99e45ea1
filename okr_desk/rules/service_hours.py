"""Hours of voluntary service as drafts with their checks, and how many are due by when (domain 1.1 row 23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.checks import check_amount, check_length
from okr_desk.rules.members import check_private
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis

PROJECT_LIMIT = 60
DAY = Decimal(24)
_QUARTERS = 4


@dataclass(frozen=True)
class HoursDraft:
    """Hours of a day: of a member of the branch (`member_id`), or of somebody from elsewhere by name and unit."""

    org_id: int
    served_on: date
    hours: Decimal
    member_id: int | None = None
    name: str = ""
    unit: str = ""
    project: str = ""
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


def due_hours(year_hours: Decimal, quarter: int) -> Decimal:
    """Hours due from January to the end of a quarter: 50 a year are 12.5, 25, 37.5 and 50."""
    return year_hours * quarter / _QUARTERS


def check_hours(draft: HoursDraft) -> None:
    """Refuse no hours, more than a day has, or somebody who is not named; the day is checked with its quarter."""
    check_amount(draft.hours, "hours", _("时长"))
    if draft.hours <= 0:
        raise InputRefused(_("时长须大于 0 小时，请改正。"), "hours")
    if draft.hours > DAY:
        said = _("一天最多 24 小时，填的是 {n} 小时。几天的服务请分天登记。")
        raise InputRefused(said.format(n=plain(draft.hours)), "hours")
    check_length(draft.project, "project", _("服务项目"), PROJECT_LIMIT)
    check_private(draft.project, "project")
    if draft.member_id is None and not draft.name.strip():
        raise InputRefused(_("请选择党员，或填写报到党员的姓名和单位。"), "name")


def check_day_sum(name: str, day: date, hours: Decimal, already: Decimal) -> None:
    """Refuse what makes a day of somebody longer than 24 hours."""
    if already + hours > DAY:
        said = _("{name} {day} 已登记 {n} 小时，再加 {more} 小时超过一天 24 小时，请核对。")
        raise InputRefused(said.format(name=name, day=day, n=plain(already), more=plain(hours)), "hours")
