"""Attachments: files that stand behind a record of daily work, kept by their SHA-256 like the evidence of check-ins."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Instant


class Attachment(Row, table=True):
    """A file of a record; `record` is the word of the register (`worklog`), `record_id` the id there.

    Taken away ones stay with the reason; their file stays too, because a trail that names it must be able to show it.
    """

    __table_args__ = (
        Index("ix_attachment_record", "record", "record_id"),
        Index("ix_attachment_place", "org_id", "quarter_id"),
        STRICT,
    )
    uid: str = Field(default_factory=new_uid, unique=True)
    record: str = Field(max_length=20)
    record_id: int
    org_id: int = Field(foreign_key="org.id")
    quarter_id: int = Field(foreign_key="quarter.id")
    sha256: str = Field(max_length=64)
    display_name: str = Field(max_length=120)
    size: int
    added_at: datetime = Field(sa_type=Instant)
    account_id: int = Field(foreign_key="account.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_by: int | None = Field(default=None, foreign_key="account.id")
    withdrawn_reason: str = ""
