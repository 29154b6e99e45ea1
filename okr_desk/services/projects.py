"""Key projects are registered with their nodes; a node is done or its date moved; all is taken back, never edited."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from okr_desk.errors import InputRefused, WrongState
from okr_desk.i18n import _
from okr_desk.model.store import today
from okr_desk.model.tables import NodeStep, Project, ProjectNode
from okr_desk.queries.project_counts import SOURCE
from okr_desk.register_terms import NodeStepKind
from okr_desk.rules.permissions import Action, Actor
from okr_desk.rules.projects import (
    NodeDoneDraft,
    NodeMoveDraft,
    ProjectDraft,
    check_done,
    check_move,
    check_mover,
    check_project,
)
from okr_desk.services import counting, entered, permits, quarter_lock
from okr_desk.services.entered import stamp
from okr_desk.services.outcome import Changes, Outcome, Topic, changed

_CHANGED = changed(Topic.PROJECTS)


def register(session: Session, actor: Actor, draft: ProjectDraft) -> Outcome[int]:
    """Register a project with its nodes; its id. Raises InputRefused, WrongState or NotAllowed.

    A node planned in a quarter that is frozen asks for the office and a reason: it changes what that quarter counts.
    """
    permits.require(session, actor, Action.RECORD_DAILY, draft.org_id)
    check_project(draft)
    _check_new(session, draft)
    late = [
        entered.check_planned(session, actor, draft.org_id, node.planned_on, draft.by.reason) for node in draft.nodes
    ]
    row = Project(
        org_id=draft.org_id,
        year=draft.started_on.year,
        name=draft.name.strip(),
        lead=draft.lead.strip(),
        goal=draft.goal.strip(),
        started_on=draft.started_on,
        **stamp(session, actor, draft.by, any(late)),
    )
    session.add(row)
    session.flush()
    for place, node in enumerate(sorted(draft.nodes, key=lambda one: one.planned_on)):
        session.add(
            ProjectNode(
                project_id=row.key,
                position=place,
                name=node.name.strip(),
                weight=node.weight,
                planned_on=node.planned_on,
            )
        )
    first = min(node.planned_on for node in draft.nodes)
    return Outcome(row.key, _recount(session, actor, draft.org_id, first, draft.by.reason))


def finish_node(session: Session, actor: Actor, draft: NodeDoneDraft) -> Outcome[int]:
    """Say that a node was really done on a day; the step's id. Late ones count and are marked.

    Raises InputRefused for a day before the project's start or to come, WrongState for a node that is done already.
    """
    project, node = _node(session, draft.node_id)
    permits.require(session, actor, Action.RECORD_DAILY, project.org_id)
    check_done(draft, project.started_on, today(session))
    if _last(session, node.key, NodeStepKind.DONE) is not None:
        raise WrongState(_("节点“{name}”已登记完成。日期有误的请先撤回。").format(name=node.name))
    dated = quarter_lock.dated(
        session, actor, project.org_id, draft.done_on, field="done_on", name=_("完成日期"), reason=draft.by.reason
    )
    row = NodeStep(
        node_id=node.key,
        kind=NodeStepKind.DONE.value,
        on=draft.done_on,
        note=draft.note.strip(),
        **stamp(session, actor, draft.by, dated.is_late),
    )
    session.add(row)
    session.flush()
    return Outcome(row.key, _recount(session, actor, project.org_id, draft.done_on, draft.by.reason))


def move_node(session: Session, actor: Actor, draft: NodeMoveDraft) -> Outcome[int]:
    """Move the planned date of a node with a reason; the old date stays beside it. The step's id.

    A date that has passed is moved by the office alone. Raises InputRefused, WrongState or NotAllowed.
    """
    project, node = _node(session, draft.node_id)
    permits.require(session, actor, Action.RECORD_DAILY, project.org_id)
    if _last(session, node.key, NodeStepKind.DONE) is not None:
        raise WrongState(_("节点“{name}”已完成，不再调整计划。").format(name=node.name))
    planned_on = _planned(session, node)
    check_move(draft, node.name, planned_on, project.started_on)
    check_mover(planned_on, today(session), actor.is_office or actor is permits.SETUP)
    late = [
        entered.check_planned(session, actor, project.org_id, day, draft.by.reason)
        for day in (planned_on, draft.planned_on)
    ]
    row = NodeStep(
        node_id=node.key,
        kind=NodeStepKind.PLANNED.value,
        on=draft.planned_on,
        note=draft.note.strip(),
        **stamp(session, actor, draft.by, any(late)),
    )
    session.add(row)
    session.flush()
    first = min(planned_on, draft.planned_on)
    return Outcome(row.key, _recount(session, actor, project.org_id, first, draft.by.reason))


def withdraw_step(session: Session, actor: Actor, step_id: int, reason: str) -> Outcome[int]:
    """Take back that a node was done, or the last move of its date: the newest step of its kind alone."""
    row = entered.standing(session, NodeStep, step_id)
    project, node = _node(session, row.node_id)
    kind = NodeStepKind(row.kind)
    before = _planned(session, node)
    entered.check_withdrawal(session, actor, project.org_id, row.on)
    if _last(session, node.key, kind) is not row:
        raise WrongState(_("后面还有一次调整，请先撤回后面的。"))
    if kind is NodeStepKind.PLANNED and _last(session, node.key, NodeStepKind.DONE) is not None:
        raise WrongState(_("节点“{name}”已完成，不再调整计划。").format(name=node.name))
    entered.take_back(session, row, reason)
    after = _planned(session, node)
    if kind is NodeStepKind.PLANNED:
        entered.check_withdrawal(session, actor, project.org_id, after)
    first = row.on if kind is NodeStepKind.DONE else min(before, after)
    return Outcome(row.key, _recount(session, actor, project.org_id, first, reason))


def withdraw(session: Session, actor: Actor, project_id: int, reason: str) -> Outcome[int]:
    """Take a whole project back with its nodes: it stays on record with the reason and no longer counts."""
    row = entered.standing(session, Project, project_id)
    nodes = session.exec(select(ProjectNode).where(ProjectNode.project_id == row.key)).all()
    days = [_planned(session, node) for node in nodes]
    entered.check_withdrawal(session, actor, row.org_id, *days)
    entered.take_back(session, row, reason)
    return Outcome(row.key, _recount(session, actor, row.org_id, min(days), reason))


def _check_new(session: Session, draft: ProjectDraft) -> None:
    """Refuse a name that stands in the branch and year: the same project would count twice."""
    name = draft.name.strip()
    found = select(Project.id).where(
        Project.org_id == draft.org_id,
        Project.year == draft.started_on.year,
        Project.name == name,
        col(Project.withdrawn_at).is_(None),
    )
    if session.exec(found).first() is not None:
        raise InputRefused(_("本年已登记“{name}”。不是同一个项目的请在名称中注明。").format(name=name), "name")


def _node(session: Session, node_id: int) -> tuple[Project, ProjectNode]:
    node = session.get(ProjectNode, node_id)
    if node is None:
        raise WrongState(_("没有这个节点，请刷新。"))
    return entered.standing(session, Project, node.project_id), node


def _last(session: Session, node_id: int, kind: NodeStepKind) -> NodeStep | None:
    return session.exec(
        select(NodeStep)
        .where(NodeStep.node_id == node_id, NodeStep.kind == kind.value, col(NodeStep.withdrawn_at).is_(None))
        .order_by(col(NodeStep.id).desc())
    ).first()


def _planned(session: Session, node: ProjectNode) -> date:
    moved = _last(session, node.key, NodeStepKind.PLANNED)
    return node.planned_on if moved is None else moved.on


def _recount(session: Session, actor: Actor, org_id: int, first: date, reason: str) -> Changes:
    return _CHANGED.of(org_id) | counting.recount(session, actor, SOURCE, [org_id], first, reason)
