"""Check-ins: dated statements on a key result. Corrections add, never overwrite."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class CheckIn(Columns, table="checkin"):
    """What a branch states on a key result for a quarter: value, data date, confidence, note, difficulty."""

    uid: Column[str]
    key_result_id: Column[int]
    quarter_id: Column[int]
    value: Column[Decimal | None]
    done: Column[bool | None]
    as_of: Column[date]
    confidence: Column[int | None]
    progress_note: Column[str]
    difficulty: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    account_id: Column[int]
    reported_by: Column[str]
    basis: Column[str]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
    withdrawn: Column[bool]
    batch_id: Column[int | None]


class CheckInNode(Columns, table="checkinnode"):
    """A milestone node that a check-in states as done."""

    checkin_id: Column[int]
    node_id: Column[int]


class Evidence(Columns, table="evidence"):
    """A file that belongs to a check-in, stored by its SHA-256 under no name of its own."""

    checkin_id: Column[int]
    sha256: Column[str]
    display_name: Column[str]
    size: Column[int]
    added_at: Column[datetime]


class Narrative(Columns, table="narrative"):
    """What a branch writes on its quarter for the review sheet: practice, problems, next quarter."""

    org_id: Column[int]
    quarter_id: Column[int]
    version: Column[int]
    practice: Column[str]
    problems: Column[str]
    next_quarter: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
