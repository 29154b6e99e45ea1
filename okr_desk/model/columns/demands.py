"""Urgent demands of residents (急难愁盼): from the demand to the resident's own word, and the cases written of them."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class Demand(Columns, table="demand"):
    """What somebody asked for, numbered by branch and year. `asker` is kept masked, never in full."""

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
    number: Column[int]
    quarter_id: Column[int]
    raised_on: Column[date]
    source: Column[str]
    asker: Column[str]
    what: Column[str]
    category: Column[str]
    owner: Column[str]
    promised_on: Column[date]


class DemandStep(Columns, table="demandstep"):
    """One move of a demand; where it stands follows from its steps in order. `way`: how the resident said so."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    demand_id: Column[int]
    action: Column[str]
    on: Column[date]
    note: Column[str]
    way: Column[str]


class DemandCase(Columns, table="demandcase"):
    """A case of one page written of a demand that the resident confirmed."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    demand_id: Column[int]
    org_id: Column[int]
    written_on: Column[date]
    title: Column[str]
    background: Column[str]
    practice: Column[str]
    effect: Column[str]
    opinion: Column[str]


class CaseReview(Columns, table="casereview"):
    """The office's word on a case: valid or not, and why."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    case_id: Column[int]
    on: Column[date]
    is_valid: Column[bool]
    note: Column[str]
