"""Member points from workbooks: written by the rules in force, unknown names sent back with their row, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlmodel import Session, select

from okr_desk.errors import Refusal
from okr_desk.model.tables import ImportBatch, MemberPoint
from okr_desk.queries import member_points as rules_of
from okr_desk.rules.imports import EntryFact
from okr_desk.rules.member_points import PointsDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import member_points
from okr_desk.services.import_writing import Writing
from okr_desk.terms import EntryBasis


def write(writing: Writing, facts: Sequence[EntryFact]) -> None:
    """Every line whose member is known; the matter stays in the file's own words beside the rule that it names."""
    made = []
    for fact in facts:
        try:
            made.append(_row(writing, fact))
        except Refusal as refusal:
            writing.refuse(fact, refusal.sentence)
    writing.written += len(made)
    if made:
        member_points.recounted(writing.session, writing.actor, made, writing.late_reason)


def take_back(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Remove the batch's entries and count anew what they had fed."""
    rows = session.exec(select(MemberPoint).where(MemberPoint.batch_id == batch.key)).all()
    for row in rows:
        session.delete(row)
    session.flush()
    if rows:
        member_points.recounted(session, actor, rows, "")


def _row(writing: Writing, fact: EntryFact) -> MemberPoint:
    org_id, name, matter = writing.orgs[fact.org], fact.text("name"), fact.text("matter")
    of = member_points.named(writing.session, org_id, name, fact.on)
    draft = PointsDraft(
        of.id,
        fact.on,
        matter=matter,
        points=Decimal(fact.text("points")),
        note=fact.text("note"),
        basis=EntryBasis.WORKBOOK,
        reason=writing.late_reason,
    )
    rule = rules_of.scheme_on(writing.session, fact.on).rule(matter)
    if rule is not None:
        draft = replace(draft, code=rule.code)
    row = member_points.add(writing.session, writing.actor, draft, writing.batch.key)
    row.matter = matter
    writing.session.add(row)
    return row
