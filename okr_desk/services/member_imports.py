"""Members from workbooks: entered once, names that stand already sent back with their row, taken back on the day."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from okr_desk.errors import Refusal
from okr_desk.member_terms import MemberKind
from okr_desk.model.tables import ImportBatch, Member
from okr_desk.rules.imports import EntryFact
from okr_desk.rules.members import MemberDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import members
from okr_desk.services.import_writing import Writing


def write(writing: Writing, facts: Sequence[EntryFact]) -> None:
    """Every line that names somebody new; one without a kind is a full member."""
    touched = set()
    for fact in facts:
        draft = MemberDraft(
            org_id=writing.orgs[fact.org],
            name=fact.text("name"),
            kind=MemberKind(fact.text("kind") or MemberKind.FULL),
            is_committee=bool(fact.text("committee")),
            grid=fact.text("grid"),
            duty=fact.text("duty"),
        )
        try:
            members.enter(writing.session, writing.actor, draft, writing.batch.key)
        except Refusal as refusal:
            writing.refuse(fact, refusal.sentence)
            continue
        writing.written += 1
        touched.add(draft.org_id)
    if touched:
        members.recounted(writing.session, writing.actor, touched)


def take_back(session: Session, actor: Actor, batch: ImportBatch) -> None:
    """Remove the batch's members and count anew what they had fed."""
    rows = session.exec(select(Member).where(Member.batch_id == batch.key)).all()
    touched = {row.org_id for row in rows}
    for row in rows:
        session.delete(row)
    session.flush()
    if touched:
        members.recounted(session, actor, touched)
