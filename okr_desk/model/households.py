"""Households that members look after (党员联户): which, by whom, when visited, how the member was rated.

A household is a label such as 3组12号 and the name at its head; nothing else of its people is kept (domain 8.5).
"""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field

from okr_desk.model.base import Row, new_uid
from okr_desk.model.types import Exact, Instant


class Household(Row, table=True):
    """A household of a branch from `listed_on` until `ended_on` (moved away, dissolved)."""

    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    label: str = Field(max_length=20)
    head: str = Field(default="", max_length=20)
    search_keys: str = ""
    kind: str
    listed_on: date
    ended_on: date | None = None
    ended_reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class HouseholdLink(Row, table=True):
    """A member looks after a household from `valid_from` to `valid_to` (both included; None: still)."""

    household_id: int = Field(foreign_key="household.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    valid_from: date
    valid_to: date | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class HouseholdVisit(Row, table=True):
    """A visit of the member who looked after the household that day; what was said, whether a wish was noted."""

    household_id: int = Field(foreign_key="household.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    visited_on: date
    what: str = Field(default="", max_length=200)
    has_demand: bool = False
    is_late: bool = False
    late_reason: str = ""
    reported_by: str = Field(default="", max_length=40)
    basis: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class HouseholdRating(Row, table=True):
    """The half-yearly evaluation of a member by four parts, 0 to 100 each (None: not given)."""

    member_id: int = Field(foreign_key="member.id", index=True)
    year: int
    half: int
    cadre: Decimal | None = Field(default=None, sa_type=Exact)
    committee: Decimal | None = Field(default=None, sa_type=Exact)
    households: Decimal | None = Field(default=None, sa_type=Exact)
    monthly: Decimal | None = Field(default=None, sa_type=Exact)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
