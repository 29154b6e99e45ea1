"""Objectives and key results of every kind, their plan, nodes and adjustments."""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class Objective(Row, table=True):
    """An objective of an organisation for a year, aligned to one above.

    What an adjustment adds `counts_from` a day, what one stops no longer counts from `stopped_on` on: quarters that
    ended before stay as they were.
    """

    __table_args__ = (UniqueConstraint("org_id", "year", "code"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    year: int = Field(index=True)
    code: str = Field(max_length=20)
    title: str = Field(max_length=120)
    search_keys: str = ""
    weight: Decimal = Field(sa_type=Exact)
    aligned_to_id: int | None = Field(default=None, foreign_key="objective.id")
    leader: str = Field(default="", max_length=40)
    state: str
    state_reason: str = ""
    counts_from: date | None = None
    stopped_on: date | None = None
    approved_at: datetime | None = Field(default=None, sa_type=Instant)
    approved_by: int | None = Field(default=None, foreign_key="account.id")
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class KeyResult(Row, table=True):
    """A key result. One that is linked to an indicator stores no baseline and no target of its own."""

    __table_args__ = (UniqueConstraint("objective_id", "code"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    objective_id: int = Field(foreign_key="objective.id", index=True)
    code: str = Field(max_length=20)
    position: int = 0
    title: str = Field(max_length=200)
    search_keys: str = ""
    kind: str
    nature: str
    dimension: str
    unit: str = Field(default="", max_length=20)
    direction: str = ""
    decimals: int = 1
    weight: Decimal = Field(sa_type=Exact)
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id", index=True)
    baseline: Decimal | None = Field(default=None, sa_type=Exact)
    baseline_on: date | None = None
    baseline_source: str = Field(default="", max_length=120)
    target: Decimal | None = Field(default=None, sa_type=Exact)
    upper: Decimal | None = Field(default=None, sa_type=Exact)
    slack: Decimal | None = Field(default=None, sa_type=Exact)
    inclusive: bool = True
    state: str
    counts_from: date | None = None
    stopped_on: date | None = None
    state_reason: str = ""
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class KeyResultPlan(Row, table=True):
    """The planned value at the end of a quarter: a number in the unit of the key result, 1 for "done" of a yes/no."""

    __table_args__ = (UniqueConstraint("key_result_id", "quarter"), STRICT)
    key_result_id: int = Field(foreign_key="keyresult.id", index=True)
    quarter: int
    value: Decimal = Field(sa_type=Exact)


class MilestoneNode(Row, table=True):
    """A node of a milestone key result with its weight, in order."""

    __table_args__ = (UniqueConstraint("key_result_id", "position"), STRICT)
    key_result_id: int = Field(foreign_key="keyresult.id", index=True)
    position: int
    name: str = Field(max_length=60)
    weight: Decimal = Field(sa_type=Exact)


class Adjustment(Row, table=True):
    """A change after approval: what it was, what it is, why, who agreed. Printed on the sheet."""

    org_id: int = Field(foreign_key="org.id", index=True)
    year: int
    objective_id: int | None = Field(default=None, foreign_key="objective.id")
    key_result_id: int | None = Field(default=None, foreign_key="keyresult.id")
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    what: str = Field(max_length=40)
    before: str = ""
    after: str = ""
    reason: str
    account_id: int = Field(foreign_key="account.id")
    made_on: date
    made_at: datetime = Field(sa_type=Instant)
