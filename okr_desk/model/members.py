"""Members of a branch, and those who report to it for service: a name and what the branch needs to know, no more.

No phone, no identity number, no address (domain 8.5). Who leaves keeps what was entered of them.
"""

from datetime import date, datetime

from sqlmodel import Field

from okr_desk.model.base import Row, new_uid
from okr_desk.model.types import Instant


class Member(Row, table=True):
    """A member of a branch from `joined_on` (None: before anybody noted it) until `left_on` (None: still there)."""

    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    name: str = Field(max_length=20)
    search_keys: str = ""
    kind: str
    is_committee: bool = False
    grid: str = Field(default="", max_length=20)
    duty: str = Field(default="", max_length=60)
    joined_on: date | None = None
    left_on: date | None = None
    left_reason: str = ""
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class Reporter(Row, table=True):
    """A Party member whose Party life is elsewhere and who reports to this branch for service (双报到)."""

    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    name: str = Field(max_length=20)
    search_keys: str = ""
    unit: str = Field(max_length=40)
    reported_on: date
    ended_on: date | None = None
    ended_reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
