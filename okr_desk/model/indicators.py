"""The KPI library, its versions, and what each branch starts from, aims at and reaches."""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, Index, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class Indicator(Row, table=True):
    """A code of the library; what it means is in its versions."""

    uid: str = Field(default_factory=new_uid, unique=True)
    code: str = Field(max_length=20, unique=True)
    position: int = 0
    retired_on: date | None = None


class IndicatorVersion(Row, table=True):
    """A definition: replaced by the next version, never edited."""

    __table_args__ = (UniqueConstraint("indicator_id", "version"), STRICT)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    version: int
    valid_from: date
    name: str = Field(max_length=80)
    search_keys: str = ""
    unit: str = Field(default="", max_length=20)
    direction: str
    dimension: str
    frequency: str
    accumulation: str
    decimals: int = 1
    categories: str = ""
    evidence: str = ""
    evidence_limit: int = 2
    precedence: str = "computed,township,department,branch"
    tolerance: Decimal = Field(default=Decimal("0.05"), sa_type=Exact)
    usual_baseline: Decimal | None = Field(default=None, sa_type=Exact)
    usual_target: Decimal | None = Field(default=None, sa_type=Exact)
    usual_points: Decimal | None = Field(default=None, sa_type=Exact)
    usual_rule: str = ""
    computed_from: str = ""
    source: str = ""
    reason: str = ""
    method: str = ""


class Baseline(Row, table=True):
    """Where a branch starts in a year: value, as-of date and source. A change adds a version and keeps the old line."""

    __table_args__ = (UniqueConstraint("org_id", "indicator_id", "year", "version"), STRICT)
    org_id: int = Field(foreign_key="org.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    year: int
    version: int = 1
    value: Decimal = Field(sa_type=Exact)
    as_of: date
    source: str = Field(max_length=120)
    reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class Target(Row, table=True):
    """What a branch aims at in a year; versioned like the baseline."""

    __table_args__ = (UniqueConstraint("org_id", "indicator_id", "year", "version"), STRICT)
    org_id: int = Field(foreign_key="org.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    year: int
    version: int = 1
    value: Decimal = Field(sa_type=Exact)
    reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class NotApplicable(Row, table=True):
    """An indicator that does not apply to a branch in a year: re-weighted away, never scored as zero."""

    __table_args__ = (UniqueConstraint("org_id", "indicator_id", "year"), STRICT)
    org_id: int = Field(foreign_key="org.id", index=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    year: int
    reason: str = ""
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")


class MeasuredValue(Row, table=True):
    """One measured value of a branch for a quarter, with its origin. Never edited: a correction supersedes it."""

    __table_args__ = (Index("ix_measuredvalue_place", "org_id", "quarter_id"), STRICT)
    org_id: int = Field(foreign_key="org.id")
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    value: Decimal = Field(sa_type=Exact)
    as_of: date
    origin: str
    note: str = ""
    checkin_id: int | None = Field(default=None, foreign_key="checkin.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)
    batch_id: int | None = Field(default=None, foreign_key="importbatch.id")
