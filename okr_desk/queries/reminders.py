"""What a branch owes in daily work: one list for its Today page, gathered from every word that owes something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from okr_desk.model.reading import Reader
from okr_desk.queries import (
    appraisal_reminders,
    bulletin_receipts,
    duty_reminders,
    followup_reminders,
    review_reminders,
    whistle_reminders,
    worklog_reminders,
)
from okr_desk.queries.household_reminders import household_reminders
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.partner_reminders import partner_reminders, post_reminders
from okr_desk.queries.project_reminders import demand_reminders, node_reminders
from okr_desk.queries.reminder import Reminder

__all__ = ["REGISTERS", "Reminder", "reminders"]

REGISTERS: tuple[Callable[[Reader, QuarterView, int, date], Sequence[Reminder]], ...] = (
    duty_reminders.reminders,
    appraisal_reminders.owed,
    whistle_reminders.owed,
    followup_reminders.owed,
    household_reminders,
    node_reminders,
    demand_reminders,
    post_reminders,
    partner_reminders,
    worklog_reminders.owed,
    review_reminders.owed,
    bulletin_receipts.owed,
)
"""For each word of daily work: what an organisation owes in a quarter as of a day."""


def reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> tuple[Reminder, ...]:
    """Everything owed, overdue first, then by day; what has no day comes last."""
    found = [one for register in REGISTERS for one in register(session, quarter, org_id, day)]
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or day)))
