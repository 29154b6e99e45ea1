"""Urgent demands of residents (急难愁盼): from the demand to the resident's own word, and the cases written of them."""

from datetime import date

from okr_desk.model.columns.base import Column
from okr_desk.model.columns.entered import Entered


class Demand(Entered, table="demand"):
    """What somebody asked for, numbered by branch and year. `asker` is kept masked, never in full."""

    org_id: Column[int]
    year: Column[int]
    number: Column[int]
    quarter_id: Column[int]
    raised_on: Column[date]
    source: Column[str]
    asker: Column[str]
    what: Column[str]
    category: Column[str]
    owner: Column[str]
    promised_on: Column[date]


class DemandStep(Entered, table="demandstep"):
    """One move of a demand; where it stands follows from its steps in order. `way`: how the resident said so."""

    demand_id: Column[int]
    action: Column[str]
    on: Column[date]
    note: Column[str]
    way: Column[str]


class DemandCase(Entered, table="demandcase"):
    """A case of one page written of a demand that the resident confirmed."""

    demand_id: Column[int]
    org_id: Column[int]
    written_on: Column[date]
    title: Column[str]
    background: Column[str]
    practice: Column[str]
    effect: Column[str]
    opinion: Column[str]


class CaseReview(Entered, table="casereview"):
    """The office's word on a case: valid or not, and why."""

    case_id: Column[int]
    on: Column[date]
    is_valid: Column[bool]
    note: Column[str]
