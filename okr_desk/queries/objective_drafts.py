"""Objectives and key results as drafts, for a dialog to start from and a service to check again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from okr_desk.model.store import today
from okr_desk.model.tables import KeyResult, KeyResultPlan, MilestoneNode, Objective, OrgVersion
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


def objective(session: Session, objective_id: int) -> ObjectiveDraft | None:
    """An objective as its draft; None when it is gone."""
    row = session.get(Objective, objective_id)
    if row is None:
        return None
    return ObjectiveDraft(row.org_id, row.year, row.code, row.title, row.weight, row.aligned_to_id, row.leader)


def key_result(session: Session, key_result_id: int) -> KeyResultDraft | None:
    """A key result as its draft, with plan and nodes; None when it is gone."""
    row = session.get(KeyResult, key_result_id)
    return None if row is None else draft_of(session, row)


def draft_of(session: Session, row: KeyResult) -> KeyResultDraft:
    """The draft that would make `row` again."""
    planned = {
        plan.quarter: plan.value
        for plan in session.exec(select(KeyResultPlan).where(KeyResultPlan.key_result_id == row.key))
    }
    nodes = session.exec(
        select(MilestoneNode).where(MilestoneNode.key_result_id == row.key).order_by(col(MilestoneNode.position))
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


def alignable(session: Session, org_id: int, year: int) -> tuple[AlignChoice, ...]:
    """Objectives above `org_id` in the same year, nearest organisation first."""
    day = today(session)
    above = org_lines.line(session, org_id, day)[1:]
    names = {
        row.org_id: row.short_name
        for row in session.exec(
            select(OrgVersion).where(col(OrgVersion.org_id).in_(above)).order_by(col(OrgVersion.valid_from))
        )
    }
    rows = session.exec(
        select(Objective)
        .where(col(Objective.org_id).in_(above), Objective.year == year, Objective.state != ApprovalState.STOPPED)
        .order_by(col(Objective.code))
    ).all()
    choices = sorted(rows, key=lambda row: above.index(row.org_id))
    return tuple(AlignChoice(row.key, names.get(row.org_id, ""), row.code, row.title) for row in choices)
