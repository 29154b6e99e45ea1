"""Notices and cards are frozen the moment they are issued; a notice that is put right is a version beside the first."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from okr_desk.model.tables import Card, Finding
from okr_desk.queries import notices
from okr_desk.review_terms import PublicationKind
from okr_desk.rules.permissions import Actor
from okr_desk.services import publications


def freeze(session: Session, actor: Actor, row: Finding, reason: str = "", on: date | None = None) -> int:
    """Keep what the notice of a finding says; its version. `reason`, `on`: why and when it was put right."""
    snapshot = notices.of_finding(session, row.key, reason, on)
    kind = PublicationKind.NOTICE
    return publications.publish(session, actor, kind, row.quarter_id, row.org_id, row.number, snapshot, reason)


def freeze_card(session: Session, actor: Actor, row: Card) -> int:
    """Keep what the notice of a card says; its version."""
    snapshot = notices.of_card(session, row.key, row.org_id)
    return publications.publish(session, actor, PublicationKind.CARD, row.quarter_id, row.org_id, row.number, snapshot)


def is_frozen(session: Session, row: Finding) -> bool:
    """Whether the notice was frozen when it was issued; those of earlier programs were not."""
    return bool(notices.versions(session, row.number, row.org_id))


def in_force(session: Session, row: Finding) -> int:
    """The publication of the notice that stands now."""
    return notices.versions(session, row.number, row.org_id)[-1].id
