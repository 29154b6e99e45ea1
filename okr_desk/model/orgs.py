"""The tree of Party organisations: dated versions, editable categories, what became of whom."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid


class Category(Row, table=True):
    """A category of branches (rural, community, …): data of the office, never an enum."""

    name: str = Field(max_length=40, unique=True)
    position: int = 0
    retired_on: date | None = None


class Org(Row, table=True):
    """One Party organisation through time; what it is called and where it stands is in its versions."""

    uid: str = Field(default_factory=new_uid, unique=True)
    kind: str
    position: int = 0
    founded_on: date | None = None
    retired_on: date | None = None
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class OrgVersion(Row, table=True):
    """What an organisation was from `valid_from` to `valid_to` (both included; open when None)."""

    __table_args__ = (UniqueConstraint("org_id", "valid_from"), STRICT)
    org_id: int = Field(foreign_key="org.id", index=True)
    valid_from: date
    valid_to: date | None = None
    full_name: str = Field(max_length=120)
    short_name: str = Field(max_length=60)
    search_keys: str = ""
    parent_id: int | None = Field(default=None, foreign_key="org.id", index=True)
    category_id: int | None = Field(default=None, foreign_key="category.id")
    full_members: int | None = None
    probationary_members: int | None = None
    groups: int | None = None
    has_committee: bool | None = None
    households: int | None = None
    workers: int | None = None
    elected_on: date | None = None
    reason: str = ""


class OrgSuccession(Row, table=True):
    """A merger or split: which organisation became which, and whether it passes on what is unfinished."""

    kind: str
    predecessor_id: int = Field(foreign_key="org.id")
    successor_id: int = Field(foreign_key="org.id")
    on: date
    inherits: bool = True
    reason: str = ""
