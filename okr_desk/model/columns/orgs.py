"""The tree of Party organisations: dated versions, editable categories, what became of whom."""

from datetime import date

from okr_desk.model.columns.base import Column, Columns


class Category(Columns, table="category"):
    """A category of branches (rural, community, …): data of the office, never an enum."""

    name: Column[str]
    position: Column[int]
    retired_on: Column[date | None]


class Org(Columns, table="org"):
    """One Party organisation through time; what it is called and where it stands is in its versions."""

    uid: Column[str]
    kind: Column[str]
    position: Column[int]
    founded_on: Column[date | None]
    retired_on: Column[date | None]
    batch_id: Column[int | None]


class OrgVersion(Columns, table="orgversion"):
    """What an organisation was from `valid_from` to `valid_to` (both included; open when None)."""

    org_id: Column[int]
    valid_from: Column[date]
    valid_to: Column[date | None]
    full_name: Column[str]
    short_name: Column[str]
    search_keys: Column[str]
    parent_id: Column[int | None]
    category_id: Column[int | None]
    full_members: Column[int | None]
    probationary_members: Column[int | None]
    groups: Column[int | None]
    has_committee: Column[bool | None]
    households: Column[int | None]
    workers: Column[int | None]
    elected_on: Column[date | None]
    reason: Column[str]


class OrgSuccession(Columns, table="orgsuccession"):
    """A merger or split: which organisation became which, and whether it passes on what is unfinished."""

    kind: Column[str]
    predecessor_id: Column[int]
    successor_id: Column[int]
    on: Column[date]
    inherits: Column[bool]
    reason: Column[str]
