"""Every register of daily work that feeds indicators: counted anew, all of them, when a quarter opens or is frozen."""

from __future__ import annotations

from okr_desk.model.reading import Reader
from okr_desk.queries import (
    activities,
    committee_counts,
    demand_counts,
    duty_counts,
    household_counts,
    member_counts,
    partner_counts,
    post_counts,
    project_counts,
    service_counts,
    whistle_counts,
    worklog_counts,
)
from okr_desk.queries.counting import Source

FIXED: tuple[Source, ...] = (
    duty_counts.MEETINGS,
    duty_counts.REVIEWS,
    duty_counts.REGISTERS,
    project_counts.SOURCE,
    demand_counts.SOURCE,
    household_counts.SOURCE,
    member_counts.SOURCE,
    service_counts.SOURCE,
    post_counts.SOURCE,
    partner_counts.SOURCE,
    whistle_counts.SOURCE,
    activities.SOURCE,
    committee_counts.SOURCE,
)


def sources(session: Reader) -> tuple[Source, ...]:
    """All of them; what the working paper feeds is the office's own data."""
    return (*FIXED, worklog_counts.source(session))
