"""Every register of daily work that feeds indicators: counted anew, all of them, when a quarter is opened."""

from __future__ import annotations

from okr_desk.queries import duty_counts
from okr_desk.queries.counting import Source

SOURCES: tuple[Source, ...] = (duty_counts.MEETINGS, duty_counts.REVIEWS, duty_counts.REGISTERS)
