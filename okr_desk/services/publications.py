"""Publishing freezes: a snapshot is kept under its SHA-256 with a version; the one before it stays beside it."""

from __future__ import annotations

from sqlmodel import Session, select

from okr_desk.model.store import now, today
from okr_desk.model.tables import Publication, PublishedContent
from okr_desk.queries import frozen
from okr_desk.review_terms import PublicationKind
from okr_desk.rules.permissions import Actor
from okr_desk.services import official


def publish(
    session: Session,
    actor: Actor,
    kind: PublicationKind,
    quarter_id: int,
    org_id: int | None,
    number: str,
    snapshot: object,
    reason: str = "",
) -> int:
    """Keep what a document says now; the version in force. Nothing is written where it says what it said before.

    The caller has asked whether the person may. Within one kind the versions of a document run from 1.
    """
    content = frozen.canonical(snapshot)
    digest = frozen.seal(content)
    wanted = select(Publication).where(
        Publication.kind == kind.value, Publication.quarter_id == quarter_id, Publication.org_id == org_id
    )
    if kind is not PublicationKind.REVIEW:
        wanted = wanted.where(Publication.number == number)
    before = max(session.exec(wanted), key=lambda one: one.version, default=None)
    if before is not None and before.digest == digest:
        return before.version
    row = Publication(
        kind=kind.value,
        org_id=org_id,
        quarter_id=quarter_id,
        number=number,
        version=1 if before is None else before.version + 1,
        digest=digest,
        reason=reason.strip(),
        published_on=today(session),
        account_id=official.account_of(actor) or 0,
        recorded_at=now(session),
    )
    session.add(row)
    session.flush()
    session.add(PublishedContent(publication_id=row.key, content=frozen.packed(content)))
    session.flush()
    return row.version
