"""Vanguard posts (党员先锋岗): where one hangs, who holds it, the quarter's checks, and its taking down."""

from datetime import date, datetime

from sqlmodel import Field

from okr_desk.model.entered import Entered
from okr_desk.model.types import Instant


class VanguardPost(Entered, table=True):
    """A post with its holder's promise, since the day it was hung up."""

    org_id: int = Field(foreign_key="org.id", index=True)
    name: str = Field(max_length=30)
    place: str = Field(max_length=40)
    holder: str = Field(max_length=20)
    promise: str = Field(default="", max_length=100)
    hung_on: date


class PostCheck(Entered, table=True):
    """What the check of a quarter found; a correction supersedes it and it stays."""

    post_id: int = Field(foreign_key="vanguardpost.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    on: date
    result: str
    checked_by: str = Field(default="", max_length=20)
    note: str = Field(default="", max_length=100)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)


class PostTakedown(Entered, table=True):
    """The sign was taken down (摘牌) on a day, and why."""

    post_id: int = Field(foreign_key="vanguardpost.id", index=True)
    on: date
    cause: str = Field(max_length=200)
