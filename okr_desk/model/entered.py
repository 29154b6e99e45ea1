"""What every entry of the small registers keeps of itself: who typed it, for whom and on what ground, and when."""

from datetime import datetime

from sqlmodel import Field

from okr_desk.model.base import Row, new_uid
from okr_desk.model.types import Instant


class Entered(Row):
    """Base of entries that are taken back with a reason and never edited. `late_reason`: of one after the freeze."""

    uid: str = Field(default_factory=new_uid, unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    reported_by: str = Field(default="", max_length=40)
    basis: str
    is_late: bool = False
    late_reason: str = ""
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""
