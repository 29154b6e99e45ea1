"""The audit trail's table and the database's own facts."""

from datetime import datetime

from sqlmodel import Field

from okr_desk.model.base import Row
from okr_desk.model.types import Instant


class AuditEntry(Row, table=True):
    """One change of one row, or one denial, chained to the entry before by a keyed hash."""

    at: datetime = Field(sa_type=Instant)
    account_id: int | None = None
    grant_id: int | None = None
    transaction: str
    action: str
    table: str = ""
    row_id: int | None = None
    before: str = ""
    after: str = ""
    previous: str
    hash: str


class Meta(Row, table=True):
    """Facts of this database: epoch, demo flag and its date, audit key, township name."""

    name: str = Field(unique=True, max_length=40)
    value: str
