"""Objectives and key results as drafts, for a dialog to start from and a service to check again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from okr_desk.model.columns import KeyResult, KeyResultPlan, MilestoneNode, Objective, OrgVersion
from okr_desk.model.reading import Reader
from okr_desk.model.store import today
from okr_desk.queries import org_lines
from okr_desk.rules.objectives import KeyResultDraft, ObjectiveDraft
from okr_desk.terms import ApprovalState, Dimension, Direction, KrKind, Nature


@dataclass(frozen=True)
class AlignChoice:
    """An objective that one further down may be aligned to."""

    id: int
    org_name: str
    code: str
    title: str


def objective(session: Reader, objective_id: int) -> ObjectiveDraft | None:
    """An objective as its draft; None when it is gone."""
    row = session.execute(select(*Objective.ALL).where(Objective.id == objective_id)).first()
    if row is None:
        return None
    return ObjectiveDraft(row.org_id, row.year, row.code, row.title, row.weight, row.aligned_to_id, row.leader)


def key_result(session: Reader, key_result_id: int) -> KeyResultDraft | None:
    """A key result as its draft, with plan and nodes; None when it is gone."""
    row = session.execute(select(*KeyResult.ALL).where(KeyResult.id == key_result_id)).first()
    return None if row is None else draft_of(session, row)


def draft_of(session: Reader, row: Any) -> KeyResultDraft:
    """The draft that would make `row`, read or mapped, again."""
    planned = {
        plan.quarter: plan.value
        for plan in session.execute(select(*KeyResultPlan.ALL).where(KeyResultPlan.key_result_id == row.id))
    }
    nodes = session.execute(
        select(*MilestoneNode.ALL).where(MilestoneNode.key_result_id == row.id).order_by(MilestoneNode.position)
    )
    return KeyResultDraft(
        kind=KrKind(row.kind),
        nature=Nature(row.nature),
        code=row.code,
        title=row.title,
        dimension=Dimension(row.dimension),
        weight=row.weight,
        unit=row.unit,
        direction=Direction(row.direction) if row.direction else None,
        decimals=row.decimals,
        indicator_id=row.indicator_id,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        baseline_source=row.baseline_source,
        target=row.target,
        upper=row.upper,
        slack=row.slack,
        inclusive=row.inclusive,
        plan=(planned.get(1), planned.get(2), planned.get(3), planned.get(4)),
        nodes=tuple((node.name, node.weight) for node in nodes),
    )


def alignable(session: Reader, org_id: int, year: int) -> tuple[AlignChoice, ...]:
    """Objectives above `org_id` in the same year, nearest organisation first."""
    day = today(session)
    above = org_lines.line(session, org_id, day)[1:]
    names = {
        row.org_id: row.short_name
        for row in session.execute(
            select(*OrgVersion.ALL).where(OrgVersion.org_id.in_(above)).order_by(OrgVersion.valid_from)
        )
    }
    rows = session.execute(
        select(*Objective.ALL)
        .where(Objective.org_id.in_(above), Objective.year == year, Objective.state != ApprovalState.STOPPED)
        .order_by(Objective.code)
    ).all()
    choices = sorted(rows, key=lambda row: above.index(row.org_id))
    return tuple(AlignChoice(row.id, names.get(row.org_id, ""), row.code, row.title) for row in choices)
