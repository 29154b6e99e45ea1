"""Key projects led by the Party branch: a goal, its weighted nodes, and what was said of each node."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row
from okr_desk.model.entered import Entered
from okr_desk.model.types import Exact


class Project(Entered, table=True):
    """A project of a branch in a year; the weights of its nodes add up to 100."""

    org_id: int = Field(foreign_key="org.id", index=True)
    year: int = Field(index=True)
    name: str = Field(max_length=40)
    lead: str = Field(max_length=20)
    goal: str = Field(max_length=200)
    started_on: date


class ProjectNode(Row, table=True):
    """A node as it was first planned; what became of it is in its steps."""

    __table_args__ = (UniqueConstraint("project_id", "position"), STRICT)
    project_id: int = Field(foreign_key="project.id", index=True)
    position: int
    name: str = Field(max_length=30)
    weight: Decimal = Field(sa_type=Exact)
    planned_on: date


class NodeStep(Entered, table=True):
    """A node was done on a day, or its planned date was moved to one: `note` says what was done, or why."""

    node_id: int = Field(foreign_key="projectnode.id", index=True)
    kind: str
    on: date
    note: str = Field(default="", max_length=200)
