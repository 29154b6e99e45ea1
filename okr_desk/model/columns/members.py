"""Members of a branch, and those who report to it for service: a name and what the branch needs to know, no more."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class Member(Columns, table="member"):
    """A member of a branch from `joined_on` (None: before anybody noted it) until `left_on` (None: still there)."""

    uid: Column[str]
    org_id: Column[int]
    name: Column[str]
    search_keys: Column[str]
    kind: Column[str]
    is_committee: Column[bool]
    grid: Column[str]
    duty: Column[str]
    joined_on: Column[date | None]
    left_on: Column[date | None]
    left_reason: Column[str]
    batch_id: Column[int | None]
    account_id: Column[int | None]
    recorded_at: Column[datetime]


class Reporter(Columns, table="reporter"):
    """A Party member whose Party life is elsewhere and who reports to this branch for service (双报到)."""

    uid: Column[str]
    org_id: Column[int]
    name: Column[str]
    search_keys: Column[str]
    unit: Column[str]
    reported_on: Column[date]
    ended_on: Column[date | None]
    ended_reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
