"""Incentives: honours with their quotas. Coefficients and candidate lists are computed, so they have no rows."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row
from okr_desk.model.entered import Entered
from okr_desk.model.types import Exact


class HonourKind(Row, table=True):
    """An honour of a year. `quota` is its largest share of the branches, `most` its largest number; None: no limit.

    `least_grade` is the grade that it takes; empty: any.
    """

    __table_args__ = (UniqueConstraint("year", "name"), STRICT)
    year: int = Field(index=True)
    name: str = Field(max_length=40)
    of_person: bool = False
    quota: Decimal | None = Field(default=None, sa_type=Exact)
    most: int | None = None
    least_grade: str = ""
    is_retired: bool = False


class Honour(Entered, table=True):
    """An honour given to a branch, or to a person of it, by a document."""

    kind_id: int = Field(foreign_key="honourkind.id", index=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    person: str = Field(default="", max_length=40)
    given_on: date
    document: str = Field(max_length=80)
    note: str = Field(default="", max_length=200)
