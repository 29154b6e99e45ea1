"""One thing that a branch owes in daily work, as every word of it says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
