"""How many findings are late and how many wait for the office: two numbers for its desk, without their views."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from okr_desk.followup_terms import OPEN, FindingState, FollowupStep
from okr_desk.model.columns import Finding, FindingStep
from okr_desk.model.reading import Reader
from okr_desk.rules.followup_limits import days_late


def counts(session: Reader, day: date, org_ids: Collection[int]) -> tuple[int, int]:
    """Findings of these branches behind their day, and those to be verified; time stands while the office verifies."""
    asked = select(Finding.id, Finding.org_id, Finding.state, Finding.due_on).where(
        Finding.withdrawn_at.is_(None), Finding.state.in_([state.value for state in OPEN])
    )
    own = [row for row in session.execute(asked) if row.org_id in org_ids]
    waiting = [row.id for row in own if row.state == FindingState.TO_CHECK]
    handed_in = _asked_on(session, waiting) if waiting else {}
    return sum(days_late(FindingState(row.state), row.due_on, handed_in.get(row.id), day) > 0 for row in own), len(
        waiting
    )


def _asked_on(session: Reader, ids: Sequence[int]) -> dict[int, date]:
    """When acceptance was last asked for."""
    steps = select(FindingStep.finding_id, FindingStep.on).where(
        FindingStep.finding_id.in_(ids),
        FindingStep.step == FollowupStep.ASK_CHECK,
        FindingStep.withdrawn_at.is_(None),
    )
    return {row.finding_id: row.on for row in session.execute(steps.order_by(FindingStep.id))}
