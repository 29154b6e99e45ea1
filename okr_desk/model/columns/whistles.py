"""Whistles: departments that are called, what for, every step with its instant, and how they are rated."""

from datetime import date, datetime

from okr_desk.model.columns.base import Column, Columns


class Department(Columns, table="department"):
    """Whom branches whistle for. `org_id`: the branch whose F16, F17 and F18 it feeds; None: none of the township."""

    uid: Column[str]
    name: Column[str]
    search_keys: Column[str]
    kind: Column[str]
    org_id: Column[int | None]
    position: Column[int]
    is_active: Column[bool]


class Whistle(Columns, table="whistle"):
    """One whistle. `state` is that after its last step; `again_of_id`: the first whistle on the same matter (重吹)."""

    uid: Column[str]
    number: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    kind: Column[str]
    source: Column[str]
    matter: Column[str]
    place: Column[str]
    goal: Column[str]
    department_id: Column[int]
    drawn_on: Column[date]
    blown_by: Column[str]
    signed_by: Column[str]
    plan: Column[str]
    promised_on: Column[date | None]
    result: Column[str]
    solved: Column[str]
    said: Column[str]
    state: Column[str]
    again_of_id: Column[int | None]
    account_id: Column[int]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    batch_id: Column[int | None]
    withdrawn: Column[bool]
    withdrawn_reason: Column[str]


class WhistleHelper(Columns, table="whistlehelper"):
    """A department that helps."""

    whistle_id: Column[int]
    department_id: Column[int]


class WhistleMove(Columns, table="whistlemove"):
    """One step: when it happened (`at`) and when it was entered, who did it, what was said; the states around it."""

    whistle_id: Column[int]
    step: Column[str]
    before: Column[str]
    after: Column[str]
    at: Column[datetime]
    by: Column[str]
    note: Column[str]
    before_department_id: Column[int | None]
    account_id: Column[int]
    recorded_at: Column[datetime]
    batch_id: Column[int | None]
    withdrawn: Column[bool]
    withdrawn_reason: Column[str]


class WhistleRating(Columns, table="whistlerating"):
    """What one kind of rater gave: `levels` has a character an item in order, 1 to 5, - for an item left out."""

    whistle_id: Column[int]
    move_id: Column[int]
    rater: Column[str]
    levels: Column[str]
    comment: Column[str]
    batch_id: Column[int | None]
    withdrawn: Column[bool]
