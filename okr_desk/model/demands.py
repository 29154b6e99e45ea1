"""Urgent demands of residents (急难愁盼): from the demand to the resident's own word, and the cases written of them."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT
from okr_desk.model.entered import Entered


class Demand(Entered, table=True):
    """What somebody asked for, numbered by branch and year. `asker` is kept masked, never in full."""

    __table_args__ = (UniqueConstraint("org_id", "year", "number"), STRICT)
    org_id: int = Field(foreign_key="org.id", index=True)
    year: int
    number: int
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    raised_on: date
    source: str
    asker: str = Field(default="", max_length=20)
    what: str = Field(max_length=200)
    category: str = Field(default="", max_length=20)
    owner: str = Field(max_length=20)
    promised_on: date


class DemandStep(Entered, table=True):
    """One move of a demand; where it stands follows from its steps in order. `way`: how the resident said so."""

    demand_id: int = Field(foreign_key="demand.id", index=True)
    action: str
    on: date
    note: str = Field(default="", max_length=300)
    way: str = ""


class DemandCase(Entered, table=True):
    """A case of one page written of a demand that the resident confirmed."""

    demand_id: int = Field(foreign_key="demand.id", index=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    written_on: date
    title: str = Field(max_length=40)
    background: str = Field(max_length=300)
    practice: str = Field(max_length=600)
    effect: str = Field(max_length=300)
    opinion: str = Field(max_length=200)


class CaseReview(Entered, table=True):
    """The office's word on a case: valid or not, and why."""

    case_id: int = Field(foreign_key="demandcase.id", index=True)
    on: date
    is_valid: bool
    note: str = Field(default="", max_length=200)
