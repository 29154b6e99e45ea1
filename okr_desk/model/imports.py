"""What came in from workbooks, and the doubtful cells that still wait for a decision."""

from datetime import datetime

from sqlmodel import Field

from okr_desk.model.base import Row
from okr_desk.model.types import Instant


class ImportBatch(Row, table=True):
    """One import: one transaction, undone in one step on the same day."""

    at: datetime = Field(sa_type=Instant)
    account_id: int = Field(foreign_key="account.id")
    transaction: str = ""
    files: str = "[]"
    written: int = 0
    unchanged: int = 0
    undone_at: datetime | None = Field(default=None, sa_type=Instant)
    undone_by: int | None = Field(default=None, foreign_key="account.id")


class ImportQuestion(Row, table=True):
    """A doubtful cell: where it stands, what it says, what we would read, and why we ask."""

    batch_id: int = Field(foreign_key="importbatch.id", index=True)
    workbook: str
    sheet: str
    cell: str
    raw: str
    proposal: str = ""
    reason: str
    lossless: bool = False
    fact: str
    target: str
    decision: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    decided_by: int | None = Field(default=None, foreign_key="account.id")
