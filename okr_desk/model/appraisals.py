"""Appraisals by vote: secretaries report and are voted on (述职评议), members of a branch are appraised (民主评议).

Only counts are kept: the ballots are secret. A count that was wrong is superseded and stays.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row
from okr_desk.model.entered import Entered
from okr_desk.model.types import Exact, Instant


class Appraisal(Entered, table=True):
    """One meeting at which votes are given. `org_id`: the township for secretaries, the branch for its members.

    `reopened`: why it was opened again after it had been closed, a line each time.
    """

    kind: str
    org_id: int = Field(foreign_key="org.id", index=True)
    year: int = Field(index=True)
    name: str = Field(max_length=60)
    held_on: date
    state: str
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_by: int | None = Field(default=None, foreign_key="account.id")
    reopened: str = ""


class AppraisalVoter(Row, table=True):
    """A class of voters with its weight, and how many ballots it was given, gave back and spoiled."""

    __table_args__ = (UniqueConstraint("appraisal_id", "voter"), STRICT)
    appraisal_id: int = Field(foreign_key="appraisal.id", index=True)
    voter: str
    weight: Decimal = Field(sa_type=Exact)
    issued: int = 0
    returned: int = 0
    void: int = 0


class AppraisalPerson(Row, table=True):
    """Who is voted on. Probationary members take part and get no grade (domain 0, 26); `grade` is what was decided."""

    appraisal_id: int = Field(foreign_key="appraisal.id", index=True)
    position: int
    name: str = Field(max_length=40)
    org_id: int | None = Field(default=None, foreign_key="org.id")
    post: str = Field(default="", max_length=40)
    is_probationary: bool = False
    problems: str = Field(default="", max_length=200)
    grade: str = ""
    grade_reason: str = Field(default="", max_length=200)


class AppraisalCount(Row, table=True):
    """How many voters of a class chose a level for one person on one item; the newest stands."""

    person_id: int = Field(foreign_key="appraisalperson.id", index=True)
    voter: str
    item: str
    level: str
    votes: int
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
