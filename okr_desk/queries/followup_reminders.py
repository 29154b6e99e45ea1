"""What rectification asks of a branch: to sign, to plan, to report, what is due; of the office: to answer, to check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from okr_desk.followup_terms import OPEN, FindingState
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import followup_rules, followups, orgs
from okr_desk.queries.followups import FindingView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.rules.followup_limits import FollowupLimits
from okr_desk.terms import OrgKind

PAGE = "followups"


def owed(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """One reminder a finding for a branch; for the township what is overdue, and what waits for the office."""
    top = next((org.id for org in orgs.tree(session, day) if org.kind == OrgKind.TOWNSHIP), None)
    if org_id == top:
        return _of_office(followups.findings(session, states=OPEN))
    limits = followup_rules.limits(session)
    found = [_reminder(one, limits, day) for one in followups.findings(session, org_ids=(org_id,), states=OPEN)]
    return [one for one in found if one is not None]


def _of_office(found: Sequence[FindingView]) -> list[Reminder]:
    groups = (
        ([one for one in found if one.late], _("{n} 件整改逾期"), _("查看")),
        ([one for one in found if one.state is FindingState.TO_CHECK], _("{n} 件整改待验收"), _("验收")),
        ([one for one in found if one.is_asked], _("{n} 件申请延期待答复"), _("答复")),
    )
    return [
        Reminder(words.format(n=len(own)), PAGE, button, None, (("finding_id", own[0].id),))
        for own, words, button in groups
        if own
    ]


def _reminder(one: FindingView, limits: FollowupLimits, day: date) -> Reminder | None:
    to_it = (("finding_id", one.id),)
    words = {"number": one.number, "problem": one.problem}
    if one.receipt is None:
        return Reminder(
            _("{number} {problem}：整改通知书还没有签收").format(**words), PAGE, _("签收"), one.due_on, to_it
        )
    if one.state in (FindingState.NOT_STARTED, FindingState.RELAPSED):
        return Reminder(_("{number} {problem}：还没有整改措施").format(**words), PAGE, _("填写"), one.due_on, to_it)
    if one.state is not FindingState.WORKING or one.is_asked:
        return None
    soon = one.due_on - day <= timedelta(days=limits.soon)
    said = _("{number} {problem}：即将到期，还没有提请验收") if soon and not one.late else ""
    if one.late:
        said = _("{number} {problem}：逾期没有提请验收")
    elif not one.progress:
        said = said or _("{number} {problem}：还没有报进展")
    return Reminder(said.format(**words), PAGE, _("去处理"), one.due_on, to_it) if said else None
