"""What every entry of the small registers keeps of itself, as in `model/entered.py`."""

from datetime import datetime

from okr_desk.model.columns.base import Column, Columns


class Entered(Columns):
    """Who typed it, for whom and on what ground, and when; taken back with a reason."""

    uid: Column[str]
    account_id: Column[int | None]
    reported_by: Column[str]
    basis: Column[str]
    is_late: Column[bool]
    late_reason: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
