"""Objectives and key results of every kind, their plan, nodes and adjustments."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Objective(Columns, table="objective"):
    """An objective of an organisation for a year, aligned to one above."""

    uid: Column[str]
    org_id: Column[int]
    year: Column[int]
    code: Column[str]
    title: Column[str]
    search_keys: Column[str]
    weight: Column[Decimal]
    aligned_to_id: Column[int | None]
    leader: Column[str]
    state: Column[str]
    state_reason: Column[str]
    counts_from: Column[date | None]
    stopped_on: Column[date | None]
    approved_at: Column[datetime | None]
    approved_by: Column[int | None]
    batch_id: Column[int | None]


class KeyResult(Columns, table="keyresult"):
    """A key result. One that is linked to an indicator stores no baseline and no target of its own."""

    uid: Column[str]
    objective_id: Column[int]
    code: Column[str]
    position: Column[int]
    title: Column[str]
    search_keys: Column[str]
    kind: Column[str]
    nature: Column[str]
    dimension: Column[str]
    unit: Column[str]
    direction: Column[str]
    decimals: Column[int]
    weight: Column[Decimal]
    indicator_id: Column[int | None]
    baseline: Column[Decimal | None]
    baseline_on: Column[date | None]
    baseline_source: Column[str]
    target: Column[Decimal | None]
    upper: Column[Decimal | None]
    slack: Column[Decimal | None]
    inclusive: Column[bool]
    state: Column[str]
    counts_from: Column[date | None]
    stopped_on: Column[date | None]
    state_reason: Column[str]
    batch_id: Column[int | None]


class KeyResultPlan(Columns, table="keyresultplan"):
    """The planned value at the end of a quarter: a number in the unit of the key result, 1 for "done" of a yes/no."""

    key_result_id: Column[int]
    quarter: Column[int]
    value: Column[Decimal]


class MilestoneNode(Columns, table="milestonenode"):
    """A node of a milestone key result with its weight, in order."""

    key_result_id: Column[int]
    position: Column[int]
    name: Column[str]
    weight: Column[Decimal]


class Adjustment(Columns, table="adjustment"):
    """A change after approval: what it was, what it is, why, who agreed. Printed on the sheet."""

    org_id: Column[int]
    year: Column[int]
    objective_id: Column[int | None]
    key_result_id: Column[int | None]
    indicator_id: Column[int | None]
    what: Column[str]
    before: Column[str]
    after: Column[str]
    reason: Column[str]
    account_id: Column[int]
    made_on: Column[date]
    made_at: Column[datetime]
