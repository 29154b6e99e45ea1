"""What a branch owes in organisational life on a day, each in a sentence that leads to the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from okr_desk.duty_terms import DutyKind, ElectionState, RegisterKind
from okr_desk.i18n import N_, _
from okr_desk.model.reading import Reader
from okr_desk.queries import appraisal_reminders, appraisals, duties, duty_elections, duty_registers, orgs, policy
from okr_desk.queries.duties import BranchDuties, Held
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.scoring.duties import MONTHS
from okr_desk.terms import OrgKind, label

PAGE = "duties"
ENTER = N_("登记")


def reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """Meetings overdue or due this month, fees not entered for a month that is over, a term that ends."""
    org = orgs.view(session, org_id, min(day, quarter.ends_on))
    if org.kind != OrgKind.BRANCH or day < quarter.starts_on:
        return ()
    (stand,) = duties.compared(session, quarter, [org], day)
    fixed = policy.integer(session, "duty.party_day_date")
    kinds = [kind for kind in DutyKind if kind is not DutyKind.REVIEW or not _is_begun(session, quarter, org_id)]
    found = [one for kind in kinds if (one := _meeting(stand, kind, day, fixed)) is not None]
    found += _fees(session, quarter, org_id, day)
    (term,) = duty_elections.elections(session, [org], day)
    if term.state in (ElectionState.NEAR, ElectionState.OVERDUE):
        said = (
            _("本届任期 {day} 届满，请做好换届准备。")
            if term.state is ElectionState.NEAR
            else _("本届任期已于 {day} 届满，请尽快换届，延期的须有批复。")
        )
        arguments = (("org_id", org_id), ("tab", "elections"))
        found.append(Reminder(said.format(day=term.ends_on), PAGE, _("查看"), term.ends_on, arguments))
    return found


def _meeting(stand: BranchDuties[Held], kind: DutyKind, day: date, fixed: int) -> Reminder | None:
    one, quarter = stand.kind(kind), stand.quarter
    passed = duties.months_passed(quarter, day)
    page, button = PAGE, _(ENTER)
    arguments: tuple[tuple[str, object], ...] = (("org_id", stand.org.id), ("kind", kind.value))
    if kind is DutyKind.REVIEW:  # typed member by member once, it is counted here too
        page, button, arguments = appraisal_reminders.PAGE, _("评议"), appraisal_reminders.arguments(stand.org.id)
    if one.behind:
        said = _("{kind}：应开展 {due} 次，已开展 {done} 次，逾期 {n} 次。").format(
            kind=label(kind), due=stand.owed.through(kind, passed), done=one.done, n=one.behind
        )
        return Reminder(said, page, button, _last_day(quarter, passed), arguments)
    if passed >= MONTHS:
        return None
    owed = stand.owed.through(kind, passed + 1) - one.done
    if owed <= 0:
        return None
    ends = _last_day(quarter, passed + 1)
    if kind is DutyKind.PARTY_DAY:
        due_on = ends.replace(day=fixed) if fixed and owed == 1 else ends
        return Reminder(_("本月主题党日还没有开展。"), PAGE, _(ENTER), due_on, arguments)
    return Reminder(_("本月{kind}还差 {n} 次。").format(kind=label(kind), n=owed), page, button, ends, arguments)


def _is_begun(session: Reader, quarter: QuarterView, org_id: int) -> bool:
    """Whether the members' appraisal is being counted: what is left of it is owed in its own words."""
    return appraisals.under_way(session, quarter.year, org_id) is not None


def _fees(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Iterator[Reminder]:
    entered = {
        one.month for one in duty_registers.lines(session, quarter.year, [org_id]) if one.kind is RegisterKind.FEES
    }
    first = quarter.starts_on.month
    over = [first + step for step in range(duties.months_passed(quarter, day)) if first + step not in entered]
    if over:
        months = _("、").join(_("{n}月").format(n=month) for month in over)
        due_on = _last_day(quarter, over[0] - first + 1) + timedelta(days=10)
        said = _("{months}党费收缴还没有登记台账。").format(months=months)
        yield Reminder(said, PAGE, _(ENTER), due_on, (("org_id", org_id), ("tab", "ledger")))


def _last_day(quarter: QuarterView, month: int) -> date:
    """The last day of the quarter's month (1 to 3)."""
    if month >= MONTHS:
        return quarter.ends_on
    return quarter.starts_on.replace(month=quarter.starts_on.month + month) - timedelta(days=1)
