"""Organisational life: meetings with the kinds they carry, the ledger's lines, the yearly grading of members."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Meeting(Columns, table="meeting"):
    """One event held: when, on what, who should have come and who did."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    held_on: Column[date]
    topic: Column[str]
    host: Column[str]
    place: Column[str]
    due: Column[int]
    present: Column[int]
    minutes: Column[str]
    group_number: Column[int | None]
    is_election: Column[bool]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    corrects_id: Column[int | None]
    superseded_at: Column[datetime | None]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    batch_id: Column[int | None]


class MeetingKind(Columns, table="meetingkind"):
    """A kind that an event carries; each is counted once."""

    meeting_id: Column[int]
    kind: Column[str]


class DutyRegister(Columns, table="dutyregister"):
    """One line of a branch's ledger: done of due in a month (fees) or a quarter."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    kind: Column[str]
    month: Column[int | None]
    due: Column[int]
    done: Column[int]
    amount_due: Column[Decimal | None]
    amount_done: Column[Decimal | None]
    note: Column[str]
    as_of: Column[date]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    batch_id: Column[int | None]


class MemberReview(Columns, table="memberreview"):
    """The yearly 民主评议党员 of a branch: who took part, and how many got each grade."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    reviewed_on: Column[date]
    due: Column[int]
    took_part: Column[int]
    probationary: Column[int]
    excellent: Column[int]
    qualified: Column[int]
    basically: Column[int]
    unqualified: Column[int]
    note: Column[str]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    batch_id: Column[int | None]
