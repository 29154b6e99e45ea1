"""Activities of the 党群服务中心: one a row, with how many came and how those rated it who scanned the code on site."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Instant


class Activity(Row, table=True):
    """One activity. `counts`: answers of the on-site rating by level, best first, by comma; `unsure` beside them.

    Never edited: what was entered in error is taken back with a reason and stays.
    """

    __table_args__ = (Index("ix_activity_standing", "quarter_id", "org_id"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id")
    quarter_id: int = Field(foreign_key="quarter.id")
    held_on: date
    topic: str = Field(max_length=60)
    place: str = Field(default="", max_length=40)
    attended: int
    counts: str
    unsure: int = 0
    reported_by: str = Field(default="", max_length=40)
    basis: str
    is_late: bool = False
    late_reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
