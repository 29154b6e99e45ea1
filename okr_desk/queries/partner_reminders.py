"""What a branch owes in its vanguard posts and co-building: the quarter's checks, signs to decide on, projects due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import partners, posts
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.register_terms import NodeState

PAGE = "partners"


def post_reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """Posts that were not checked once the last month of the quarter has begun; signs that should come down."""
    found = []
    hanging = [one for one in posts.posts(session, [org_id]) if one.hangs(quarter.starts_on, quarter.ends_on)]
    unchecked = [one for one in hanging if one.check(quarter.id) is None]
    last_month = quarter.ends_on.replace(day=1)
    if unchecked and day >= last_month:
        said = _("本季还有 {n} 个党员先锋岗没有考评").format(n=len(unchecked))
        found.append(Reminder(said, PAGE, _("考评"), quarter.ends_on, (("tab", 0), ("org_id", org_id))))
    for one in hanging:
        if one.proposes_takedown(day):
            said = _("先锋岗“{name}”连续两次考评不达标，请研究是否摘牌").format(name=one.name)
            arguments = (("tab", 0), ("post_id", one.id), ("org_id", org_id))
            found.append(Reminder(said, PAGE, _("处理"), None, arguments))
    return found


def partner_reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """Projects of co-building that are due within two weeks or have passed."""
    found = []
    for one in partners.items(session, [org_id]):
        state = one.state(day)
        if state not in (NodeState.SOON, NodeState.OVERDUE) or one.planned_on is None:
            continue
        if one.planned_on > quarter.ends_on + timedelta(days=14):
            continue
        said = (
            _("共建项目“{text}”已过计划完成日") if state is NodeState.OVERDUE else _("共建项目“{text}”快到计划完成日")
        )
        arguments = (("tab", 1), ("item_id", one.id), ("org_id", org_id))
        found.append(Reminder(said.format(text=one.text), PAGE, _("登记完成"), one.planned_on, arguments))
    return found
