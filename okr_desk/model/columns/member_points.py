"""Member points (党员积分): the office's rules by version, and what was entered of each member."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class PointsScheme(Columns, table="pointsscheme"):
    """The rules from `valid_from` on: all start a quarter at `base`, bonuses count up to `bonus_cap`."""

    name: Column[str]
    valid_from: Column[date]
    base: Column[Decimal]
    bonus_cap: Column[Decimal | None]
    correction_below: Column[Decimal | None]
    probationary_below: Column[Decimal | None]
    source: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]


class PointsRule(Columns, table="pointsrule"):
    """A matter that adds or takes `low` to `high` points each time; `cap`: the most that it counts in a quarter."""

    scheme_id: Column[int]
    position: Column[int]
    code: Column[str]
    name: Column[str]
    kind: Column[str]
    low: Column[Decimal]
    high: Column[Decimal]
    cap: Column[Decimal | None]


class MemberPoint(Columns, table="memberpoint"):
    """Points of a member on a day, signed; `code` names the rule ("" for a matter outside the list)."""

    member_id: Column[int]
    org_id: Column[int]
    quarter_id: Column[int]
    happened_on: Column[date]
    code: Column[str]
    matter: Column[str]
    points: Column[Decimal]
    note: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    reported_by: Column[str]
    basis: Column[str]
    batch_id: Column[int | None]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
