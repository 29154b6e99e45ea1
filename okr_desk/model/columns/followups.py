"""Follow-ups: findings with their steps until written off, cards, and the plan of a branch that lags behind."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns
from okr_desk.model.columns.entered import Entered


class Finding(Entered, table="finding"):
    """Something to be put right. `fact`: indicator, due and done in words; `clause`: what it is held against.

    `state`, `due_on`, `measure` and `owner` are those after its last step; `again_of_id`: the finding that came back.
    """

    number: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    source: Column[str]
    indicator_id: Column[int | None]
    problem: Column[str]
    fact: Column[str]
    clause: Column[str]
    kind: Column[str]
    demand: Column[str]
    measure: Column[str]
    owner: Column[str]
    leader: Column[str]
    contact: Column[str]
    found_on: Column[date]
    due_on: Column[date]
    first_due_on: Column[date]
    state: Column[str]
    feedback: Column[str]
    incentive: Column[str]
    again_of_id: Column[int | None]


class FindingStep(Columns, table="findingstep"):
    """One step of a finding: when, by whom; `due_on`: the day it moved to, `recognised`: the people's word.

    `owner` and `leader`: who answers from this step on; `substitution`: who verified where the office has one person.
    """

    finding_id: Column[int]
    step: Column[str]
    before: Column[str]
    after: Column[str]
    on: Column[date]
    by: Column[str]
    note: Column[str]
    due_on: Column[date | None]
    before_due_on: Column[date | None]
    recognised: Column[str]
    owner: Column[str]
    leader: Column[str]
    substitution: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class Card(Entered, table="card"):
    """A yellow or red card with its causes and effects; it stands until it is lifted."""

    number: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    colour: Column[str]
    causes: Column[str]
    effects: Column[str]
    issued_on: Column[date]
    talked_on: Column[date | None]
    talked_by: Column[str]
    lifted_on: Column[date | None]
    lifted_by: Column[str]
    lifted_reason: Column[str]


class BranchPlan(Entered, table="branchplan"):
    """The plan of one branch that lags behind (一支部一策): what ails it, the remedy, duties, 30, 60 and 90 days."""

    org_id: Column[int]
    quarter_id: Column[int]
    ailment: Column[str]
    remedy: Column[str]
    duties: Column[str]
    county_leader: Column[str]
    town_leader: Column[str]
    first_secretary: Column[str]
    within_30: Column[str]
    within_60: Column[str]
    within_90: Column[str]
    begins_on: Column[date]
    superseded_at: Column[datetime | None]


class PlanAcceptance(Entered, table="planacceptance"):
    """The exit test of a plan: points out of 100, and the people's vote; `passed` as both say (domain 5.4)."""

    plan_id: Column[int]
    on: Column[date]
    points: Column[Decimal]
    votes: Column[int]
    against: Column[int]
    by: Column[str]
    opinion: Column[str]
    passed: Column[bool]


class LookBack(Entered, table="lookback"):
    """A later look at what was written off (回头看): whether it held."""

    finding_id: Column[int]
    on: Column[date]
    held: Column[bool]
    by: Column[str]
    note: Column[str]
