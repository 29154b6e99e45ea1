"""Upward reports: the county's own workbook, kept by its SHA-256, and which figure goes into which cell."""

from datetime import datetime

from sqlmodel import Field

from okr_desk.model.base import Row, new_uid
from okr_desk.model.types import Instant


class UpwardForm(Row, table=True):
    """A workbook that the county wants filled in; `sha256` names its content among the kept files."""

    uid: str = Field(default_factory=new_uid, unique=True)
    name: str = Field(max_length=60, unique=True)
    sha256: str = Field(max_length=64)
    display_name: str = Field(max_length=120)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    is_retired: bool = False


class UpwardCell(Row, table=True):
    """One cell, or the first of a column with a row a branch: `figure` is the word of what goes there."""

    form_id: int = Field(foreign_key="upwardform.id", index=True)
    sheet: str = Field(max_length=60)
    cell: str = Field(max_length=12)
    figure: str = Field(max_length=40)
    is_column: bool = False
