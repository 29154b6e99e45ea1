"""What a branch owes in its projects and demands: nodes near or overdue, promises passed, the resident's word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import demands, projects
from okr_desk.queries.demands import DemandView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.reminder import Reminder
from okr_desk.register_terms import DemandAction, DemandState, NodeState
from okr_desk.rules.projects import SOON

PAGE = "projects"
_WORDS = 16


def node_reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """Nodes that are due within two weeks of `day` or have passed."""
    found = []
    for project in projects.projects(session, quarter.year, [org_id]):
        for node in project.nodes:
            state = node.state(day)
            if state not in (NodeState.SOON, NodeState.OVERDUE):
                continue
            said = _("重点项目“{project}”的节点“{node}”已过计划日期")
            if state is NodeState.SOON:
                said = _("重点项目“{project}”的节点“{node}”快到计划日期")
            arguments = (("tab", 0), ("node_id", node.id), ("org_id", org_id))
            words = said.format(project=project.name, node=node.name)
            found.append(Reminder(words, PAGE, _("登记完成"), node.planned_on, arguments))
    return found


def demand_reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    """Demands near or past their promised day, and those that are done but nobody has asked the resident."""
    found = []
    for one in demands.ledger(session, quarter.year, max(day, quarter.ends_on), [org_id]):
        arguments = (("tab", 1), ("demand_id", one.id), ("org_id", org_id))
        if one.state in (DemandState.AWAITING, DemandState.DECLINED):
            since = one.last(DemandAction.FINISH)
            said = _("诉求 {label}“{what}”{day} 已办结，还没有群众确认")
            words = said.format(label=one.label, what=short(one), day="" if since is None else since.on.isoformat())
            found.append(Reminder(words, PAGE, _("登记确认"), one.promised_on, arguments))
        elif one.is_open and one.promised_on <= day + SOON:
            said = _("诉求 {label}“{what}”快到承诺办结日")
            if one.promised_on < day:
                said = _("诉求 {label}“{what}”已过承诺办结日")
            words = said.format(label=one.label, what=short(one))
            found.append(Reminder(words, PAGE, _("办理"), one.promised_on, arguments))
    return found


def short(one: DemandView) -> str:
    """The matter in a few words."""
    return one.what if len(one.what) <= _WORDS else one.what[:_WORDS] + "…"
