"""The working paper (工作底单): what was done, entered once on its day, and every measure that it counts for."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class WorkEntry(Row, table=True):
    """One piece of work of a branch. `part` is the second figure of a share (按时办结 of 应办结).

    Never edited: a correction is a new entry that names the one it `corrects_id`, which is withdrawn with the reason.
    """

    __table_args__ = (Index("ix_workentry_place", "org_id", "quarter_id"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id")
    quarter_id: int = Field(foreign_key="quarter.id")
    kind: str = Field(max_length=40)
    done_on: date
    what: str = Field(max_length=120)
    who: str = Field(default="", max_length=60)
    result: str = Field(default="", max_length=200)
    place: str = Field(default="", max_length=60)
    amount: Decimal = Field(sa_type=Exact)
    part: Decimal | None = Field(default=None, sa_type=Exact)
    search_keys: str = ""
    reported_by: str = Field(default="", max_length=40)
    basis: str
    is_late: bool = False
    late_reason: str = ""
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    corrects_id: int | None = Field(default=None, foreign_key="workentry.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_reason: str = ""
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class WorkEntryLink(Row, table=True):
    """What an entry counts for, fixed when it was entered: an indicator, or a key result without one.

    `amount` (and `part` of a share) is how much it gives; a kind may feed other codes later, old figures do not move.
    """

    __table_args__ = (
        UniqueConstraint("entry_id", "indicator_id"),
        UniqueConstraint("entry_id", "key_result_id", name="uq_workentrylink_entry_key_result"),
        STRICT,
    )
    entry_id: int = Field(foreign_key="workentry.id", index=True)
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id", index=True)
    key_result_id: int | None = Field(default=None, foreign_key="keyresult.id", index=True)
    amount: Decimal = Field(sa_type=Exact)
    part: Decimal | None = Field(default=None, sa_type=Exact)


class WorkKind(Row, table=True):
    """A kind of work as the office has it; kinds that it never touched are those of `resources/seed/worklog.toml`."""

    word: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=20)
    unit: str = Field(max_length=10)
    amount_name: str = Field(default="", max_length=20)
    part_name: str = Field(default="", max_length=20)
    feeds: str = ""
    use: str = Field(default="", max_length=120)
    is_retired: bool = False
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
