"""Key projects of branches in a year: each node with its plan, what it was before, and what really happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from okr_desk.model.columns import NodeStep, Project, ProjectNode
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import users
from okr_desk.queries.entered import EntryView, entry_view, of_parents
from okr_desk.register_terms import NodeState, NodeStepKind
from okr_desk.rules.projects import node_state


@dataclass(frozen=True)
class PlanMove:
    """The planned date of a node was moved: from when to when, why, and who said so."""

    step_id: int
    before: date
    after: date
    reason: str
    entry: EntryView


@dataclass(frozen=True)
class NodeView:
    """A node of a project; `first_planned_on` is the date that was planned at first, `planned_on` the one that counts.

    `done_step` is what takes the completion back.
    """

    id: int
    name: str
    weight: Decimal
    planned_on: date
    first_planned_on: date
    moves: tuple[PlanMove, ...] = ()
    done_on: date | None = None
    done_note: str = ""
    done_step: int | None = None
    done_entry: EntryView | None = None

    @property
    def is_late(self) -> bool:
        """Done after its planned day."""
        return self.done_on is not None and self.done_on > self.planned_on

    def is_done_by(self, day: date) -> bool:
        """Whether it was done on `day` or before."""
        return self.done_on is not None and self.done_on <= day

    def state(self, day: date) -> NodeState:
        """How it stands on `day`."""
        return node_state(self.planned_on, self.done_on, day)


@dataclass(frozen=True)
class ProjectView:
    """A project with its nodes in the order in which they were planned."""

    id: int
    uid: str
    org_id: int
    year: int
    name: str
    lead: str
    goal: str
    started_on: date
    nodes: tuple[NodeView, ...]
    entry: EntryView


def projects(session: Reader, year: int, org_ids: Sequence[int]) -> tuple[ProjectView, ...]:
    """The projects that stand of these branches in a year, by branch, in the order in which they were registered."""
    rows = of_parents(session, Project, "org_id", org_ids, Project.year == year)
    found = [row for org_id in org_ids for row in rows.get(org_id, ())]
    nodes = of_parents(session, ProjectNode, "project_id", [row.id for row in found])
    steps = of_parents(session, NodeStep, "node_id", [node.id for part in nodes.values() for node in part])
    names = users.names(session)
    return tuple(
        ProjectView(
            id=row.id,
            uid=row.uid,
            org_id=row.org_id,
            year=row.year,
            name=row.name,
            lead=row.lead,
            goal=row.goal,
            started_on=row.started_on,
            nodes=tuple(_node(node, steps.get(node.id, ()), names) for node in nodes.get(row.id, ())),
            entry=entry_view(row, names),
        )
        for row in found
    )


def _node(row: Facts, steps: Sequence[Facts], names: dict[int, str]) -> NodeView:
    planned_on: date = row.planned_on
    moves = []
    for step in steps:
        if step.kind == NodeStepKind.PLANNED:
            moves.append(PlanMove(step.id, planned_on, step.on, step.note, entry_view(step, names)))
            planned_on = step.on
    done = next((step for step in steps if step.kind == NodeStepKind.DONE), None)
    return NodeView(
        id=row.id,
        name=row.name,
        weight=row.weight,
        planned_on=planned_on,
        first_planned_on=row.planned_on,
        moves=tuple(moves),
        done_on=None if done is None else done.on,
        done_note="" if done is None else done.note,
        done_step=None if done is None else done.id,
        done_entry=None if done is None else entry_view(done, names),
    )
