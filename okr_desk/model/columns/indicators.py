"""The KPI library, its versions, and what each branch starts from, aims at and reaches."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Indicator(Columns, table="indicator"):
    """A code of the library; what it means is in its versions."""

    uid: Column[str]
    code: Column[str]
    position: Column[int]
    retired_on: Column[date | None]


class IndicatorVersion(Columns, table="indicatorversion"):
    """A definition: replaced by the next version, never edited."""

    indicator_id: Column[int]
    version: Column[int]
    valid_from: Column[date]
    name: Column[str]
    search_keys: Column[str]
    unit: Column[str]
    direction: Column[str]
    dimension: Column[str]
    frequency: Column[str]
    accumulation: Column[str]
    decimals: Column[int]
    categories: Column[str]
    evidence: Column[str]
    evidence_limit: Column[int]
    precedence: Column[str]
    tolerance: Column[Decimal]
    usual_baseline: Column[Decimal | None]
    usual_target: Column[Decimal | None]
    usual_points: Column[Decimal | None]
    usual_rule: Column[str]
    computed_from: Column[str]
    source: Column[str]
    reason: Column[str]
    method: Column[str]


class Baseline(Columns, table="baseline"):
    """Where a branch starts in a year: value, as-of date and source. A change adds a version and keeps the old line."""

    org_id: Column[int]
    indicator_id: Column[int]
    year: Column[int]
    version: Column[int]
    value: Column[Decimal]
    as_of: Column[date]
    source: Column[str]
    reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
    batch_id: Column[int | None]


class Target(Columns, table="target"):
    """What a branch aims at in a year; versioned like the baseline."""

    org_id: Column[int]
    indicator_id: Column[int]
    year: Column[int]
    version: Column[int]
    value: Column[Decimal]
    reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
    batch_id: Column[int | None]


class NotApplicable(Columns, table="notapplicable"):
    """An indicator that does not apply to a branch in a year: re-weighted away, never scored as zero."""

    org_id: Column[int]
    indicator_id: Column[int]
    year: Column[int]
    reason: Column[str]
    batch_id: Column[int | None]


class MeasuredValue(Columns, table="measuredvalue"):
    """One measured value of a branch for a quarter, with its origin. Never edited: a correction supersedes it."""

    org_id: Column[int]
    indicator_id: Column[int]
    quarter_id: Column[int]
    value: Column[Decimal]
    as_of: Column[date]
    origin: Column[str]
    note: Column[str]
    checkin_id: Column[int | None]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
    batch_id: Column[int | None]
