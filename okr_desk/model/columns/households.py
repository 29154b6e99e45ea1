"""Households that members look after (党员联户): which, by whom, when visited, how the member was rated."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Household(Columns, table="household"):
    """A household of a branch from `listed_on` until `ended_on` (moved away, dissolved)."""

    uid: Column[str]
    org_id: Column[int]
    label: Column[str]
    head: Column[str]
    search_keys: Column[str]
    kind: Column[str]
    listed_on: Column[date]
    ended_on: Column[date | None]
    ended_reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]


class HouseholdLink(Columns, table="householdlink"):
    """A member looks after a household from `valid_from` to `valid_to` (both included; None: still)."""

    household_id: Column[int]
    member_id: Column[int]
    valid_from: Column[date]
    valid_to: Column[date | None]
    account_id: Column[int | None]
    recorded_at: Column[datetime]


class HouseholdVisit(Columns, table="householdvisit"):
    """A visit of the member who looked after the household that day; what was said, whether a wish was noted."""

    household_id: Column[int]
    member_id: Column[int]
    quarter_id: Column[int]
    visited_on: Column[date]
    what: Column[str]
    has_demand: Column[bool]
    is_late: Column[bool]
    late_reason: Column[str]
    reported_by: Column[str]
    basis: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class HouseholdRating(Columns, table="householdrating"):
    """The half-yearly evaluation of a member by four parts, 0 to 100 each (None: not given)."""

    member_id: Column[int]
    year: Column[int]
    half: Column[int]
    cadre: Column[Decimal | None]
    committee: Column[Decimal | None]
    households: Column[Decimal | None]
    monthly: Column[Decimal | None]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
