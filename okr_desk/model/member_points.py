"""Member points (党员积分): the office's rules by version, and what was entered of each member."""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row
from okr_desk.model.types import Exact, Instant


class PointsScheme(Row, table=True):
    """The rules from `valid_from` on: all start a quarter at `base`, bonuses count up to `bonus_cap`.

    Below `correction_below` in a quarter a member goes to the correction branch; a probationary member below
    `probationary_below` is not confirmed. None: no such limit.
    """

    name: str = Field(max_length=40)
    valid_from: date = Field(unique=True)
    base: Decimal = Field(sa_type=Exact)
    bonus_cap: Decimal | None = Field(default=None, sa_type=Exact)
    correction_below: Decimal | None = Field(default=None, sa_type=Exact)
    probationary_below: Decimal | None = Field(default=None, sa_type=Exact)
    source: str = Field(default="", max_length=200)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class PointsRule(Row, table=True):
    """A matter that adds or takes `low` to `high` points each time; `cap`: the most that it counts in a quarter."""

    __table_args__ = (UniqueConstraint("scheme_id", "code"), STRICT)
    scheme_id: int = Field(foreign_key="pointsscheme.id", index=True)
    position: int
    code: str = Field(max_length=10)
    name: str = Field(max_length=60)
    kind: str
    low: Decimal = Field(sa_type=Exact)
    high: Decimal = Field(sa_type=Exact)
    cap: Decimal | None = Field(default=None, sa_type=Exact)


class MemberPoint(Row, table=True):
    """Points of a member on a day, signed; `code` names the rule ("" for a matter outside the list)."""

    member_id: int = Field(foreign_key="member.id", index=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    happened_on: date
    code: str = Field(default="", max_length=10)
    matter: str = Field(max_length=60)
    points: Decimal = Field(sa_type=Exact)
    note: str = Field(default="", max_length=200)
    is_late: bool = False
    late_reason: str = ""
    reported_by: str = Field(default="", max_length=40)
    basis: str
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
