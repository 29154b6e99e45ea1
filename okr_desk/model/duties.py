"""Organisational life: meetings with the kinds they carry, the ledger's lines, the yearly grading of members.

What was said is never changed: a correction is a new row that takes the place of the old, an entry taken back stays.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class Meeting(Row, table=True):
    """One event held: when, on what, who should have come and who did. Its kinds are in `MeetingKind`.

    `group_number` names the Party group where it was one's; `corrects_id` is the entry whose place this one takes.
    """

    __table_args__ = (Index("ix_meeting_standing", "quarter_id", "org_id"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id")
    held_on: date
    topic: str = Field(max_length=120)
    host: str = Field(default="", max_length=40)
    place: str = Field(default="", max_length=60)
    due: int
    present: int
    minutes: str = Field(default="", max_length=4000)
    group_number: int | None = None
    is_election: bool = False
    reported_by: str = Field(default="", max_length=40)
    basis: str
    is_late: bool = False
    late_reason: str = ""
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    corrects_id: int | None = Field(default=None, foreign_key="meeting.id")
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id", index=True)


class MeetingKind(Row, table=True):
    """A kind that an event carries; each is counted once."""

    __table_args__ = (UniqueConstraint("meeting_id", "kind"), STRICT)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    kind: str


class DutyRegister(Row, table=True):
    """One line of a branch's ledger: done of due in a month (fees) or a quarter, with amounts in yuan where paid.

    The newest line of a kind and period stands; an earlier one is superseded by it.
    """

    __table_args__ = (Index("ix_dutyregister_standing", "quarter_id", "org_id", "kind"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id")
    kind: str
    month: int | None = None
    due: int
    done: int
    amount_due: Decimal | None = Field(default=None, sa_type=Exact)
    amount_done: Decimal | None = Field(default=None, sa_type=Exact)
    note: str = Field(default="", max_length=300)
    as_of: date
    reported_by: str = Field(default="", max_length=40)
    basis: str
    is_late: bool = False
    late_reason: str = ""
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id", index=True)


class MemberReview(Row, table=True):
    """The yearly 民主评议党员 of a branch: who should take part and did, and how many got each grade.

    Probationary members take part and get no grade (domain 0, 26).
    """

    __table_args__ = (Index("ix_memberreview_standing", "quarter_id", "org_id"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id")
    reviewed_on: date
    due: int
    took_part: int
    probationary: int = 0
    excellent: int = 0
    qualified: int = 0
    basically: int = 0
    unqualified: int = 0
    note: str = Field(default="", max_length=300)
    reported_by: str = Field(default="", max_length=40)
    basis: str
    is_late: bool = False
    late_reason: str = ""
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id", index=True)
