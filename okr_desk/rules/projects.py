"""Key projects as drafts, the checks made while one types, and how a node stands. Sources: domain 1.4 F01, 10 row 5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.register_terms import NodeState
from okr_desk.rules.checks import check_amount, check_day, check_length, check_text
from okr_desk.rules.entered import ITSELF, By
from okr_desk.scoring.rounding import plain

NAME_LIMIT, LEAD_LIMIT, GOAL_LIMIT, NODE_LIMIT, NOTE_LIMIT = 40, 20, 200, 30, 200
NODES_MOST = 12
WHOLE = Decimal(100)
SOON = timedelta(days=14)
"""A node is near when it is due within two weeks."""


@dataclass(frozen=True)
class NodeDraft:
    """A node: its weight of the project's 100, and the day by which it is to be done."""

    name: str
    weight: Decimal
    planned_on: date


@dataclass(frozen=True)
class ProjectDraft:
    """A project of a branch; its year is that of its start."""

    org_id: int
    name: str
    lead: str
    goal: str
    started_on: date
    nodes: tuple[NodeDraft, ...]
    by: By = ITSELF


@dataclass(frozen=True)
class NodeDoneDraft:
    """A node was really done on a day."""

    node_id: int
    done_on: date
    note: str = ""
    by: By = ITSELF


@dataclass(frozen=True)
class NodeMoveDraft:
    """The planned date of a node is moved, with the reason; the old date stays beside it."""

    node_id: int
    planned_on: date
    note: str
    by: By = ITSELF


def check_project(draft: ProjectDraft) -> None:
    """Refuse a project without name, lead or goal, or whose nodes do not add up to 100 within its year."""
    check_text(draft.name, "name", _("项目名称"), NAME_LIMIT)
    check_text(draft.lead, "lead", _("牵头人"), LEAD_LIMIT)
    check_text(draft.goal, "goal", _("目标"), GOAL_LIMIT)
    if not draft.nodes:
        raise InputRefused(_("请至少填一个节点，写明名称、权重和计划日期。"), "nodes")
    if len(draft.nodes) > NODES_MOST:
        raise InputRefused(_("节点最多 {n} 个，请合并。").format(n=NODES_MOST), "nodes")
    names = [node.name.strip() for node in draft.nodes]
    for place, node in enumerate(draft.nodes):
        check_text(node.name, "nodes", _("节点"), NODE_LIMIT)
        if names[place] in names[:place]:
            raise InputRefused(_("节点“{name}”写了两次，请改名或合并。").format(name=names[place]), "nodes")
        check_amount(node.weight, "nodes", _("权重"))
        if node.weight <= 0:
            raise InputRefused(_("节点“{name}”的权重须大于 0。").format(name=names[place]), "nodes")
        check_planned(names[place], node.planned_on, draft.started_on, "nodes")
    whole = sum((node.weight for node in draft.nodes), Decimal(0))
    if whole != WHOLE:
        raise InputRefused(_("节点权重合计 {sum}，请改为合计 100。").format(sum=plain(whole)), "nodes")


def check_planned(name: str, planned_on: date, started_on: date, field: str) -> None:
    """Refuse a planned date before the start or in another year."""
    if planned_on < started_on:
        said = _("节点“{name}”的计划日期 {day} 早于项目启动 {start}，请改正。")
        raise InputRefused(said.format(name=name, day=planned_on, start=started_on), field)
    if planned_on.year != started_on.year:
        said = _("节点“{name}”的计划日期 {day} 不在{year}年。跨年的项目请按年度分别登记。")
        raise InputRefused(said.format(name=name, day=planned_on, year=started_on.year), field)


def check_done(draft: NodeDoneDraft, started_on: date, today: date) -> None:
    """Refuse a real date before the project's start or in the future."""
    check_day(draft.done_on, "done_on", _("完成日期"), today)
    if draft.done_on < started_on:
        said = _("完成日期 {day} 早于项目启动 {start}，请核对。")
        raise InputRefused(said.format(day=draft.done_on, start=started_on), "done_on")
    check_length(draft.note, "note", _("说明"), NOTE_LIMIT)


def check_move(draft: NodeMoveDraft, name: str, planned_on: date, started_on: date) -> None:
    """Refuse a new planned date that is the old one, lies outside the project, or has no reason."""
    if draft.planned_on == planned_on:
        raise InputRefused(_("新的计划日期和原来的一样，请改为调整后的日期。"), "planned_on")
    check_planned(name, draft.planned_on, started_on, "planned_on")
    check_text(draft.note, "note", _("调整理由"), NOTE_LIMIT)


def check_mover(planned_on: date, today: date, is_office: bool) -> None:
    """Raise WrongState where a branch would move a date that has passed: lateness is not planned away."""
    if planned_on < today and not is_office:
        raise WrongState(
            _("计划日期 {day} 已经过了，支部不能再调整。确有原因的请与镇党建办联系。").format(day=planned_on)
        )


def node_state(planned_on: date, done_on: date | None, day: date) -> NodeState:
    """How a node stands on `day`: on the planned day itself it is not yet overdue."""
    if done_on is not None:
        return NodeState.LATE if done_on > planned_on else NodeState.DONE
    if planned_on < day:
        return NodeState.OVERDUE
    return NodeState.SOON if planned_on <= day + SOON else NodeState.COMING
