"""What a branch owes its households: visits of the month from the 20th on, marks in the last month of a half-year."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import households
from okr_desk.queries.households import HouseholdView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.rules.households import MARK_DAY

_HALF_ENDS = (6, 12)


def household_reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """The reminders of a quarter that runs on `day`; none for a branch that keeps no households."""
    if not quarter.starts_on <= day <= quarter.ends_on:
        return ()
    of = households.households(session, [org_id], quarter, day)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    found = []
    waiting = [one for one in of if _is_waiting(one, day)]
    if day.day >= MARK_DAY and waiting:
        said = _("本月还有 {n} 户联系户没有走访").format(n=len(waiting))
        found.append(Reminder(said, "households", _("登记走访"), last, (("org_id", org_id), ("tab", "households"))))
    if day.month in _HALF_ENDS:
        half = households.half_of(quarter)
        rated = {one.member_id for one in households.ratings(session, [org_id], day.year) if one.half == half}
        keepers = {one.member_id for one in of if one.member_id is not None} - rated
        if keepers:
            words = (
                _("上半年还有 {n} 名党员的联户评分没有登记")
                if half == 1
                else _("下半年还有 {n} 名党员的联户评分没有登记")
            )
            said = words.format(n=len(keepers))
            found.append(Reminder(said, "households", _("评分"), last, (("org_id", org_id), ("tab", "households"))))
    return tuple(found)


def _is_waiting(of: HouseholdView, day: date) -> bool:
    month = next(one for one in of.months if one.month == day.month)
    return month.is_due and not month.visits
