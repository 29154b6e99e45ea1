"""Titles (四强党支部): applied for, marked by itself, by peers and from above, decided, and taken away again."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Title(Columns, table="title"):
    """A branch's way to a title in a year. `state` is that after its last step."""

    uid: Column[str]
    org_id: Column[int]
    year: Column[int]
    name: Column[str]
    state: Column[str]


class TitleStep(Columns, table="titlestep"):
    """One step with its day, who took it, and the paper that it rests on."""

    title_id: Column[int]
    step: Column[str]
    before: Column[str]
    after: Column[str]
    on: Column[date]
    by: Column[str]
    note: Column[str]
    document: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class TitleScore(Columns, table="titlescore"):
    """What one party gives one of the four strengths, 0 to 100; peers are branches, one row each."""

    title_id: Column[int]
    step_id: Column[int]
    party: Column[str]
    aspect: Column[str]
    points: Column[Decimal]
    peer_id: Column[int | None]
