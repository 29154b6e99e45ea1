"""Key projects led by the Party branch: a goal, its weighted nodes, and what was said of each node."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Project(Columns, table="project"):
    """A project of a branch in a year; the weights of its nodes add up to 100."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    org_id: Column[int]
    year: Column[int]
    name: Column[str]
    lead: Column[str]
    goal: Column[str]
    started_on: Column[date]


class ProjectNode(Columns, table="projectnode"):
    """A node as it was first planned; what became of it is in its steps."""

    project_id: Column[int]
    position: Column[int]
    name: Column[str]
    weight: Column[Decimal]
    planned_on: Column[date]


class NodeStep(Columns, table="nodestep"):
    """A node was done on a day, or its planned date was moved to one: `note` says what was done, or why."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    node_id: Column[int]
    kind: Column[str]
    on: Column[date]
    note: Column[str]
