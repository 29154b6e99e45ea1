"""Hours of voluntary service (双报到): of the branch's own members, or of those who report to it from elsewhere."""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field

from okr_desk.model.base import Row
from okr_desk.model.types import Exact, Instant


class ServiceHours(Row, table=True):
    """Hours that a member or a reporter (exactly one of them) served on a day, and in which project."""

    org_id: int = Field(foreign_key="org.id", index=True)
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    reporter_id: int | None = Field(default=None, foreign_key="reporter.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    served_on: date
    hours: Decimal = Field(sa_type=Exact)
    project: str = Field(default="", max_length=60)
    is_late: bool = False
    late_reason: str = ""
    reported_by: str = Field(default="", max_length=40)
    basis: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
