"""Registers without a quarter of their own (members, households): a change counts in the quarters that are open."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from okr_desk.queries import cycles
from okr_desk.queries.counting import Source
from okr_desk.rules.permissions import Actor
from okr_desk.services import counting, official
from okr_desk.services.outcome import Changes
from okr_desk.terms import QuarterState


def recount(session: Session, actor: Actor, sources: Sequence[Source], org_ids: Sequence[int]) -> Changes:
    """Count anew from the first open quarter of each year on: what was frozen stays as it was reviewed."""
    changes = Changes()
    years = {one.year for one in cycles.quarters(session) if one.state is QuarterState.OPEN}
    for year in sorted(years):
        for source in sources:
            changes |= counting.recount(session, actor, source, org_ids, official.first_open_day(session, year))
    return changes
