"""Hours of voluntary service (双报到): of the branch's own members, or of those who report to it from elsewhere."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class ServiceHours(Columns, table="servicehours"):
    """Hours that a member or a reporter (exactly one of them) served on a day, and in which project."""

    org_id: Column[int]
    member_id: Column[int | None]
    reporter_id: Column[int | None]
    quarter_id: Column[int]
    served_on: Column[date]
    hours: Column[Decimal]
    project: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    reported_by: Column[str]
    basis: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
