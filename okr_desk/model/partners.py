"""Co-building 1＋3＋N: partners, and the three lists of needs, resources and the projects made of them."""

from datetime import date

from sqlmodel import Field

from okr_desk.model.entered import Entered


class Partner(Entered, table=True):
    """A unit that builds together with a branch. `contact` is a name, nothing else about the person."""

    org_id: int = Field(foreign_key="org.id", index=True)
    name: str = Field(max_length=60)
    role: str
    contact: str = Field(default="", max_length=20)
    since: date
    ended_on: date | None = None
    ended_reason: str = Field(default="", max_length=200)


class PartnerItem(Entered, table=True):
    """A line of one of the three lists. A project names the need and the resource that it was matched from.

    `agreed_on` is the day of the line: when it was listed, or when the project was agreed; `planned_on` a project's.
    """

    org_id: int = Field(foreign_key="org.id", index=True)
    kind: str
    partner_id: int | None = Field(default=None, foreign_key="partner.id")
    text: str = Field(max_length=100)
    need_id: int | None = Field(default=None, foreign_key="partneritem.id")
    resource_id: int | None = Field(default=None, foreign_key="partneritem.id")
    agreed_on: date
    planned_on: date | None = None


class PartnerStep(Entered, table=True):
    """A project was done on a day, with what came of it."""

    item_id: int = Field(foreign_key="partneritem.id", index=True)
    on: date
    result: str = Field(max_length=200)
