"""The hundred-point sheet as data: schemes, their versions, blocks and lines; dated events and red lines."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Scheme(Columns, table="scheme"):
    """By what the branches of one category are scored in a year."""

    uid: Column[str]
    category_id: Column[int]
    year: Column[int]
    name: Column[str]
    preset: Column[str]


class SchemeVersion(Columns, table="schemeversion"):
    """A scheme as it stands from a quarter on. `grades` names the bands, ceilings and quotas; `bonus_cap` in points."""

    scheme_id: Column[int]
    version: Column[int]
    from_quarter: Column[int]
    state: Column[str]
    grades: Column[str]
    red_lists: Column[str]
    bonus_cap: Column[Decimal]
    bonus_from: Column[Decimal]
    reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    activated_at: Column[datetime | None]
    activated_by: Column[int | None]


class SchemeBlock(Columns, table="schemeblock"):
    """Lines that share full points. `part` groups blocks for a subtotal, `kind` says whether they are base or bonus."""

    version_id: Column[int]
    position: Column[int]
    name: Column[str]
    part: Column[str]
    kind: Column[str]
    maximum: Column[Decimal]
    across: Column[str]
    flags: Column[bool]


class SchemeLine(Columns, table="schemeline"):
    """One indicator of a block: its full points and its rule, written as `kind key=value …`."""

    block_id: Column[int]
    position: Column[int]
    indicator_id: Column[int]
    second_id: Column[int | None]
    maximum: Column[Decimal]
    rule: Column[str]
    across: Column[str]


class SchemeParty(Columns, table="schemeparty"):
    """The weight of one party's score in a version that lets several parties score."""

    version_id: Column[int]
    party: Column[str]
    weight: Column[Decimal]


class PointEvent(Columns, table="pointevent"):
    """A dated event that earns or costs points on an indicator; withdrawn ones stay, marked."""

    uid: Column[str]
    org_id: Column[int]
    indicator_id: Column[int]
    quarter_id: Column[int]
    happened_on: Column[date]
    amount: Column[Decimal]
    fact: Column[str]
    document: Column[str]
    matter: Column[str]
    counts: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class RedLineEntry(Columns, table="redlineentry"):
    """A red line that was crossed, with the document that says so; a lifted one stays, marked."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    code: Column[str]
    version_id: Column[int | None]
    kind: Column[str]
    highest: Column[str]
    happened_on: Column[date]
    fact: Column[str]
    document: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    lifted_at: Column[datetime | None]
    lifted_reason: Column[str]
