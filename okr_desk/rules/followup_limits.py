"""By when a finding is due by its kind, and the light of one: late by how much, put off how often (domain 5.4).

The limits are settings of the office. The light of one finding is not the card of a branch (`rules/cards.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from okr_desk.followup_terms import OPEN, FindingKind, FindingState, ItemLight
from okr_desk.rules.cycles import Calendar


@dataclass(frozen=True)
class FollowupLimits:
    """Working days for 即改 and 限期, calendar days for 长期; `red_after` days late, or `extensions`, make it red."""

    immediate: int = 5
    limited: int = 30
    long: int = 90
    red_after: int = 30
    extensions: int = 2
    soon: int = 3

    def due(self, kind: FindingKind, issued_on: date, calendar: Calendar) -> date | None:
        """The last day; None where the working-day calendar does not reach, it is never guessed."""
        if kind is FindingKind.LONG:
            return issued_on + timedelta(days=self.long)
        days = self.immediate if kind is FindingKind.IMMEDIATE else self.limited
        return calendar.nth_working_day_after(issued_on, days)

    def light(self, state: FindingState, late: int, extended: int) -> ItemLight:
        """Late is yellow, late by more than `red_after` days or put off `extensions` times red; written off none."""
        if state not in OPEN:
            return ItemLight.CALM
        if late > self.red_after or extended >= self.extensions:
            return ItemLight.RED
        return ItemLight.YELLOW if late > 0 else ItemLight.CALM


def days_late(state: FindingState, due_on: date, asked_on: date | None, today: date) -> int:
    """Calendar days behind the last day, 0 when in time.

    While acceptance is asked for, the days stand at those of `asked_on`: the office's time is not the branch's.
    """
    if state not in OPEN:
        return 0
    day = asked_on if state is FindingState.TO_CHECK and asked_on is not None else today
    return max((day - due_on).days, 0)
