"""Check-ins: dated statements on a key result. Corrections add, never overwrite."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class CheckIn(Row, table=True):
    """What a branch states on a key result for a quarter: value, data date, confidence, note, difficulty."""

    __table_args__ = (Index("ix_checkin_standing", "quarter_id", "key_result_id"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    key_result_id: int = Field(foreign_key="keyresult.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id")
    value: Decimal | None = Field(default=None, sa_type=Exact)
    done: bool | None = None
    as_of: date
    confidence: int | None = None
    progress_note: str = Field(default="", max_length=600)
    difficulty: str = Field(default="", max_length=600)
    is_late: bool = False
    late_reason: str = ""
    account_id: int = Field(foreign_key="account.id")
    reported_by: str = Field(default="", max_length=40)
    basis: str
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn: bool = False
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class CheckInNode(Row, table=True):
    """A milestone node that a check-in states as done."""

    __table_args__ = (UniqueConstraint("checkin_id", "node_id"), STRICT)
    checkin_id: int = Field(foreign_key="checkin.id", index=True)
    node_id: int = Field(foreign_key="milestonenode.id")


class Evidence(Row, table=True):
    """A file that belongs to a check-in, stored by its SHA-256 under no name of its own."""

    checkin_id: int = Field(foreign_key="checkin.id", index=True)
    sha256: str = Field(max_length=64)
    display_name: str = Field(max_length=120)
    size: int
    added_at: datetime = Field(sa_type=Instant)


class Narrative(Row, table=True):
    """What a branch writes on its quarter for the review sheet: practice, problems, next quarter."""

    __table_args__ = (UniqueConstraint("org_id", "quarter_id", "version"), STRICT)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id")
    version: int = 1
    practice: str = Field(default="", max_length=300)
    problems: str = Field(default="", max_length=300)
    next_quarter: str = Field(default="", max_length=300)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
