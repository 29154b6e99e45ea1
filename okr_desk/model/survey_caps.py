"""How good the evidence of a counted round is at each branch, and where the office lets a capped score stand."""

from datetime import datetime

from sqlmodel import Field

from okr_desk.model.base import Row, new_uid
from okr_desk.model.types import Instant


class SurveyEvidence(Row, table=True):
    """The grade of a branch (A to D) as it was when its round was counted, with the reasons, one a line.

    Taken back together with the round; a later count writes a new one.
    """

    round_id: int = Field(foreign_key="surveyround.id", index=True)
    org_id: int = Field(foreign_key="org.id")
    grade: str = Field(max_length=1)
    answered: int
    reasons: str = ""
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


class CapLift(Row, table=True):
    """The office lets the points of a branch stand in a quarter although the evidence is C, and says why."""

    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    reason: str = Field(max_length=300)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
