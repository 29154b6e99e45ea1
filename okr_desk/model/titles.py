"""Titles (四强党支部): applied for, marked by itself, by peers and from above, decided, and taken away again."""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class Title(Row, table=True):
    """A branch's way to a title in a year. `state` is that after its last step."""

    __table_args__ = (UniqueConstraint("org_id", "year", "name"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    year: int = Field(index=True)
    name: str = Field(max_length=40)
    state: str


class TitleStep(Row, table=True):
    """One step with its day, who took it, and the paper that it rests on."""

    title_id: int = Field(foreign_key="title.id", index=True)
    step: str
    before: str
    after: str
    on: date
    by: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=300)
    document: str = Field(default="", max_length=80)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class TitleScore(Row, table=True):
    """What one party gives one of the four strengths, 0 to 100; peers are branches, one row each."""

    title_id: int = Field(foreign_key="title.id", index=True)
    step_id: int = Field(foreign_key="titlestep.id", index=True)
    party: str
    aspect: str
    points: Decimal = Field(sa_type=Exact)
    peer_id: int | None = Field(default=None, foreign_key="org.id")
