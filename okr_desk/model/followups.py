"""Follow-ups: findings with their steps until written off, cards, and the plan of a branch that lags behind.

A step is never changed; the last one is taken back with a reason and stays.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field

from okr_desk.model.base import Row
from okr_desk.model.entered import Entered
from okr_desk.model.types import Exact, Instant


class Finding(Entered, table=True):
    """Something to be put right. `fact`: indicator, due and done in words; `clause`: what it is held against.

    `state`, `due_on`, `measure` and `owner` are those after its last step; `again_of_id`: the finding that came back.
    """

    number: str = Field(max_length=30, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    source: str
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    problem: str = Field(max_length=200)
    fact: str = Field(default="", max_length=300)
    clause: str = Field(default="", max_length=200)
    kind: str
    demand: str = Field(default="", max_length=300)
    measure: str = Field(default="", max_length=300)
    owner: str = Field(default="", max_length=40)
    leader: str = Field(default="", max_length=40)
    contact: str = Field(default="", max_length=40)
    found_on: date
    due_on: date
    first_due_on: date
    state: str
    feedback: str = Field(default="", max_length=200)
    incentive: str = Field(default="", max_length=200)
    again_of_id: int | None = Field(default=None, foreign_key="finding.id")


class FindingStep(Row, table=True):
    """One step of a finding: when, by whom; `due_on`: the day it moved to, `recognised`: the people's word.

    `owner` and `leader`: who answers from this step on; `substitution`: who verified where the office has one person.
    """

    finding_id: int = Field(foreign_key="finding.id", index=True)
    step: str
    before: str
    after: str
    on: date
    by: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=300)
    due_on: date | None = None
    before_due_on: date | None = None
    recognised: str = ""
    owner: str = Field(default="", max_length=40)
    leader: str = Field(default="", max_length=40)
    substitution: str = Field(default="", max_length=40)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class Card(Entered, table=True):
    """A yellow or red card with its causes and effects; it stands until it is lifted."""

    number: str = Field(max_length=30, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    colour: str
    causes: str = Field(max_length=400)
    effects: str = Field(default="", max_length=300)
    issued_on: date
    talked_on: date | None = None
    talked_by: str = Field(default="", max_length=40)
    lifted_on: date | None = None
    lifted_by: str = Field(default="", max_length=40)
    lifted_reason: str = Field(default="", max_length=200)


class BranchPlan(Entered, table=True):
    """The plan of one branch that lags behind (一支部一策): what ails it, the remedy, duties, 30, 60 and 90 days."""

    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    ailment: str = Field(max_length=400)
    remedy: str = Field(max_length=400)
    duties: str = Field(default="", max_length=400)
    county_leader: str = Field(default="", max_length=40)
    town_leader: str = Field(default="", max_length=40)
    first_secretary: str = Field(default="", max_length=40)
    within_30: str = Field(default="", max_length=300)
    within_60: str = Field(default="", max_length=300)
    within_90: str = Field(default="", max_length=300)
    begins_on: date
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)


class PlanAcceptance(Entered, table=True):
    """The exit test of a plan: points out of 100, and the people's vote; `passed` as both say (domain 5.4)."""

    plan_id: int = Field(foreign_key="branchplan.id", index=True)
    on: date
    points: Decimal = Field(sa_type=Exact)
    votes: int
    against: int
    by: str = Field(max_length=40)
    opinion: str = Field(default="", max_length=300)
    passed: bool


class LookBack(Entered, table=True):
    """A later look at what was written off (回头看): whether it held."""

    finding_id: int = Field(foreign_key="finding.id", index=True)
    on: date
    held: bool
    by: str = Field(max_length=40)
    note: str = Field(default="", max_length=300)
