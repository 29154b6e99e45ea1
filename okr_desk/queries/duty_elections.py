"""When the terms of branch committees end: village and community 5 years, others usually 3 (domain 2, Term)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from okr_desk.duty_terms import ElectionState
from okr_desk.model.reading import Reader
from okr_desk.queries import duties, policy
from okr_desk.queries.objectives import OrgView
from okr_desk.scoring.duties import months_before, next_election

LONG, SHORT = 5, 3
"""Years of a term."""


@dataclass(frozen=True)
class ElectionView:
    """The term of one branch; dates None where the roster has no last election."""

    org: OrgView
    elected_on: date | None
    years: int
    ends_on: date | None
    alarm_from: date | None
    state: ElectionState


def elections(session: Reader, orgs: Sequence[OrgView], day: date) -> tuple[ElectionView, ...]:
    """The terms of these branches as of `day`, the nearest end first, those without a date last."""
    settings = policy.values(session)
    long = {name.strip() for name in settings["duty.five_year_categories"].replace("，", ",").split(",")}
    months = policy.integer(session, "duty.election_alarm")
    rosters = duties.rosters(session, day, [org.id for org in orgs])
    found = [_view(org, rosters[org.id], LONG if org.category in long else SHORT, months, day) for org in orgs]
    return tuple(sorted(found, key=lambda one: (one.ends_on is None, one.ends_on or day)))


def _view(org: OrgView, roster: duties.Roster, years: int, months: int, day: date) -> ElectionView:
    elected = roster.elected_on
    if elected is None:
        return ElectionView(org, None, years, None, None, ElectionState.UNKNOWN)
    ends = next_election(elected, years)
    alarm = months_before(ends, months)
    state = ElectionState.RUNNING if day < alarm else ElectionState.NEAR if day <= ends else ElectionState.OVERDUE
    return ElectionView(org, elected, years, ends, alarm, state)
