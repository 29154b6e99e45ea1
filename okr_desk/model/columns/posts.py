"""Vanguard posts (党员先锋岗): where one hangs, who holds it, the quarter's checks, and its taking down."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class VanguardPost(Columns, table="vanguardpost"):
    """A post with its holder's promise, since the day it was hung up."""

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
    name: Column[str]
    place: Column[str]
    holder: Column[str]
    promise: Column[str]
    hung_on: Column[date]


class PostCheck(Columns, table="postcheck"):
    """What the check of a quarter found; a correction supersedes it and it stays."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    post_id: Column[int]
    quarter_id: Column[int]
    on: Column[date]
    result: Column[str]
    checked_by: Column[str]
    note: Column[str]
    superseded_at: Column[datetime | None]


class PostTakedown(Columns, table="posttakedown"):
    """The sign was taken down (摘牌) on a day, and why."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
    post_id: Column[int]
    on: Column[date]
    cause: Column[str]
