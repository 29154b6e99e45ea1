"""Bulletins (通报): drafted from data, edited before issue, issued once with the number that the office gives."""

from datetime import date, datetime

from sqlmodel import Field

from okr_desk.model.base import Row, new_uid
from okr_desk.model.types import Instant


class Bulletin(Row, table=True):
    """A bulletin of a quarter. `mode` is how branches are named; `document` the number of the office's register.

    `issued_on` None: still a draft. An issued one is published and never changed; `replaces_id` is what it corrects.
    """

    uid: str = Field(default_factory=new_uid, unique=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    mode: str
    document: str = Field(default="", max_length=40)
    signed_by: str = Field(default="", max_length=40)
    replaces_id: int | None = Field(default=None, foreign_key="bulletin.id")
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    issued_on: date | None = None
    issued_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class BulletinText(Row, table=True):
    """The wording of a bulletin as somebody saved it, as JSON of its parts; the newest stands."""

    bulletin_id: int = Field(foreign_key="bulletin.id", index=True)
    content: str
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
