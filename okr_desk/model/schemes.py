"""The hundred-point sheet as data: schemes, their versions, blocks and lines; dated events and red lines.

A version in use is never edited: the next one starts with a quarter, and past quarters keep theirs.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class Scheme(Row, table=True):
    """By what the branches of one category are scored in a year."""

    __table_args__ = (UniqueConstraint("category_id", "year"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    category_id: int = Field(foreign_key="category.id")
    year: int = Field(index=True)
    name: str = Field(max_length=60)
    preset: str = ""


class SchemeVersion(Row, table=True):
    """A scheme as it stands from a quarter on. `grades` names the bands, ceilings and quotas; `bonus_cap` in points.

    `red_lists` are the lists of red lines that count, written by `rules.red_lines.lists_text`.
    """

    __table_args__ = (UniqueConstraint("scheme_id", "version"), STRICT)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    version: int
    from_quarter: int = 1
    state: str
    grades: str
    red_lists: str = ""
    bonus_cap: Decimal = Field(sa_type=Exact)
    bonus_from: Decimal = Field(sa_type=Exact)
    reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    activated_at: datetime | None = Field(default=None, sa_type=Instant)
    activated_by: int | None = Field(default=None, foreign_key="account.id")


class SchemeBlock(Row, table=True):
    """Lines that share full points. `part` groups blocks for a subtotal, `kind` says whether they are base or bonus.

    Lines of a block with `flags` show a flag each: beaten, reached, behind.
    """

    version_id: int = Field(foreign_key="schemeversion.id", index=True)
    position: int
    name: str = Field(max_length=60)
    part: str = Field(default="", max_length=40)
    kind: str
    maximum: Decimal = Field(sa_type=Exact)
    across: str
    flags: bool = False


class SchemeLine(Row, table=True):
    """One indicator of a block: its full points and its rule, written as `kind key=value …`.

    `second_id` is the satisfaction beside an activity; `across` overrides how the block makes a year of quarters.
    """

    block_id: int = Field(foreign_key="schemeblock.id", index=True)
    position: int
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    second_id: int | None = Field(default=None, foreign_key="indicator.id")
    maximum: Decimal = Field(sa_type=Exact)
    rule: str
    across: str = ""


class SchemeParty(Row, table=True):
    """The weight of one party's score in a version that lets several parties score (本级, 上级, 同级 …)."""

    __table_args__ = (UniqueConstraint("version_id", "party"), STRICT)
    version_id: int = Field(foreign_key="schemeversion.id", index=True)
    party: str
    weight: Decimal = Field(sa_type=Exact)


class PointEvent(Row, table=True):
    """A dated event that earns or costs points on an indicator; withdrawn ones stay, marked.

    `counts` are whole numbers by comma, one for each kind of deduction or answer of a ballot that the rule names, and
    `amount` their sum; empty: `amount` is the times, or what an award is worth. `matter` is what an award honours.
    """

    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    happened_on: date
    amount: Decimal = Field(sa_type=Exact)
    fact: str = Field(max_length=300)
    document: str = Field(default="", max_length=80)
    matter: str = Field(default="", max_length=60)
    counts: str = ""
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class RedLineEntry(Row, table=True):
    """A red line that was crossed, with the document that says so; a lifted one stays, marked.

    `version_id` is the wording that it was entered under, None where it was entered before wordings were kept.
    """

    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    code: str = Field(max_length=20)
    version_id: int | None = Field(default=None, foreign_key="redlineversion.id")
    kind: str
    highest: str = ""
    happened_on: date
    fact: str = Field(max_length=300)
    document: str = Field(max_length=80)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    lifted_at: datetime | None = Field(default=None, sa_type=Instant)
    lifted_reason: str = ""
