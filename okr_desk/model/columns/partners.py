"""Co-building 1＋3＋N: partners, and the three lists of needs, resources and the projects made of them."""

from datetime import date

from okr_desk.model.columns.base import Column
from okr_desk.model.columns.entered import Entered


class Partner(Entered, table="partner"):
    """A unit that builds together with a branch. `contact` is a name, nothing else about the person."""

    org_id: Column[int]
    name: Column[str]
    role: Column[str]
    contact: Column[str]
    since: Column[date]
    ended_on: Column[date | None]
    ended_reason: Column[str]


class PartnerItem(Entered, table="partneritem"):
    """A line of one of the three lists. A project names the need and the resource that it was matched from."""

    org_id: Column[int]
    kind: Column[str]
    partner_id: Column[int | None]
    text: Column[str]
    need_id: Column[int | None]
    resource_id: Column[int | None]
    agreed_on: Column[date]
    planned_on: Column[date | None]


class PartnerStep(Entered, table="partnerstep"):
    """A project was done on a day, with what came of it."""

    item_id: Column[int]
    on: Column[date]
    result: Column[str]
