"""Incentives: honours with their quotas. Coefficients and candidate lists are computed, so they have no rows."""

from datetime import date
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns
from okr_desk.model.columns.entered import Entered


class HonourKind(Columns, table="honourkind"):
    """An honour of a year. `quota` is its largest share of the branches, `most` its largest number; None: no limit.

    `least_grade` is the grade that it takes; empty: any.
    """

    year: Column[int]
    name: Column[str]
    of_person: Column[bool]
    quota: Column[Decimal | None]
    most: Column[int | None]
    least_grade: Column[str]
    is_retired: Column[bool]


class Honour(Entered, table="honour"):
    """An honour given to a branch, or to a person of it, by a document."""

    kind_id: Column[int]
    org_id: Column[int]
    person: Column[str]
    given_on: Column[date]
    document: Column[str]
    note: Column[str]
