"""Whistles: departments that are called, what they are called for, every step with its instant, and how they are rated.

A step or rating is never changed; the last step is taken back with a reason and stays.
"""

from datetime import date, datetime

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Instant


class Department(Row, table=True):
    """Whom branches whistle for. `org_id`: the branch whose F16, F17 and F18 it feeds; None: none of the township."""

    uid: str = Field(default_factory=new_uid, unique=True)
    name: str = Field(max_length=30, unique=True)
    search_keys: str = ""
    kind: str
    org_id: int | None = Field(default=None, foreign_key="org.id", index=True)
    position: int = 0
    is_active: bool = True


class Whistle(Row, table=True):
    """One whistle. `state` is that after its last step; `again_of_id`: the first whistle on the same matter (重吹)."""

    uid: str = Field(default_factory=new_uid, unique=True)
    number: str = Field(max_length=20, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    kind: str
    source: str = Field(default="", max_length=40)
    matter: str = Field(max_length=200)
    place: str = Field(default="", max_length=80)
    goal: str = Field(default="", max_length=200)
    department_id: int = Field(foreign_key="department.id", index=True)
    drawn_on: date
    blown_by: str = Field(default="", max_length=40)
    signed_by: str = Field(default="", max_length=40)
    plan: str = Field(default="", max_length=300)
    promised_on: date | None = None
    result: str = Field(default="", max_length=300)
    solved: str = ""
    said: str = Field(default="", max_length=300)
    state: str
    again_of_id: int | None = Field(default=None, foreign_key="whistle.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    reported_by: str = Field(default="", max_length=40)
    basis: str
    is_late: bool = False
    late_reason: str = ""
    recorded_at: datetime = Field(sa_type=Instant)
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id", index=True)
    withdrawn: bool = False
    withdrawn_reason: str = ""


class WhistleHelper(Row, table=True):
    """A department that helps."""

    __table_args__ = (UniqueConstraint("whistle_id", "department_id"), STRICT)
    whistle_id: int = Field(foreign_key="whistle.id", index=True)
    department_id: int = Field(foreign_key="department.id")


class WhistleMove(Row, table=True):
    """One step: when it happened (`at`) and when it was entered, who did it, what was said; the states around it.

    `before_department_id`: who had led until a reassignment, so that taking it back leads there again.
    """

    whistle_id: int = Field(foreign_key="whistle.id", index=True)
    step: str
    before: str
    after: str
    at: datetime = Field(sa_type=Instant)
    by: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=300)
    before_department_id: int | None = Field(default=None, foreign_key="department.id")
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")
    withdrawn: bool = False
    withdrawn_reason: str = ""


class WhistleRating(Row, table=True):
    """What one kind of rater gave: `levels` has a character an item in order, 1 to 5, - for an item left out."""

    whistle_id: int = Field(foreign_key="whistle.id", index=True)
    move_id: int = Field(foreign_key="whistlemove.id", index=True)
    rater: str
    levels: str
    comment: str = Field(default="", max_length=300)
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")
    withdrawn: bool = False
