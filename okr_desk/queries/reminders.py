"""What a branch owes in daily work: one list for its Today page, gathered from every word that owes something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.model.reading import Reader
from okr_desk.queries.objectives import QuarterView


@dataclass(frozen=True)
class Reminder:
    """One thing owed, in a sentence: "本月主题党日还没有开展". `page` and `arguments` lead to where it is settled.

    `button` is the word on the button that goes there (登记, 走访, 处理); `due_on` None: by no certain day.
    """

    said: str
    page: str
    button: str
    due_on: date | None = None
    arguments: tuple[tuple[str, object], ...] = ()

    def is_overdue(self, day: date) -> bool:
        """Whether its last day has passed on `day`."""
        return self.due_on is not None and self.due_on < day


def _worklog(session: Reader, quarter: QuarterView, org_id: int, day: date) -> Sequence[Reminder]:
    from okr_desk.queries import worklog_reminders  # it makes reminders itself

    return worklog_reminders.owed(session, quarter, org_id, day)


REGISTERS: tuple[Callable[[Reader, QuarterView, int, date], Sequence[Reminder]], ...] = (_worklog,)
"""For each word of daily work: what an organisation owes in a quarter as of a day."""


def reminders(session: Reader, quarter: QuarterView, org_id: int, day: date) -> tuple[Reminder, ...]:
    """Everything owed, overdue first, then by day; what has no day comes last."""
    found = [one for register in REGISTERS for one in register(session, quarter, org_id, day)]
    return tuple(sorted(found, key=lambda one: (one.due_on is None, one.due_on or day)))
