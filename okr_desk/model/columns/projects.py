"""Key projects led by the Party branch: a goal, its weighted nodes, and what was said of each node."""

from datetime import date
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns
from okr_desk.model.columns.entered import Entered


class Project(Entered, table="project"):
    """A project of a branch in a year; the weights of its nodes add up to 100."""

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


class NodeStep(Entered, table="nodestep"):
    """A node was done on a day, or its planned date was moved to one: `note` says what was done, or why."""

    node_id: Column[int]
    kind: Column[str]
    on: Column[date]
    note: Column[str]
