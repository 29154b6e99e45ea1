"""What was published: each document with its versions, and the content of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from okr_desk.model.columns import Publication as Published
from okr_desk.model.columns import PublishedContent
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import frozen, users
from okr_desk.queries.entered import parts
from okr_desk.review_terms import PublicationKind

T = TypeVar("T")


@dataclass(frozen=True)
class Publication:
    """One version of a document. `org_id` None: of the township. `digest` is the SHA-256 of its canonical JSON."""

    id: int
    kind: PublicationKind
    org_id: int | None
    quarter_id: int
    number: str
    version: int
    digest: str
    reason: str
    published_on: date
    by: str


def publications(
    session: Reader,
    kind: PublicationKind | None = None,
    quarter_id: int | None = None,
    org_ids: Sequence[int] | None = None,
) -> tuple[Publication, ...]:
    """All versions, the oldest first; `org_ids` None: of every branch and of the township."""
    asked = select(*Published.ALL).order_by(Published.id)
    if kind is not None:
        asked = asked.where(Published.kind == kind.value)
    if quarter_id is not None:
        asked = asked.where(Published.quarter_id == quarter_id)
    names, wanted = users.names(session), None if org_ids is None else set(org_ids)
    return tuple(_publication(row, names) for row in session.execute(asked) if wanted is None or row.org_id in wanted)


def newest(
    session: Reader, kind: PublicationKind, quarter_id: int, org_ids: Sequence[int] | None = None
) -> dict[int | None, Publication]:
    """The version in force of each branch that has one, by branch."""
    return {one.org_id: one for one in publications(session, kind, quarter_id, org_ids)}


def contents(session: Reader, of: Sequence[Publication], kind: type[T]) -> tuple[T, ...]:
    """What these publications say, in their order. Raises DatabaseRefused where one is not what was sealed."""
    held: dict[int, bytes] = {}
    for some in parts([one.id for one in of]):
        asked = select(PublishedContent.publication_id, PublishedContent.content)
        for publication_id, content in session.execute(asked.where(PublishedContent.publication_id.in_(some))):
            held[publication_id] = content
    return tuple(frozen.thaw(kind, held.get(one.id, b""), one.digest) for one in of)


def _publication(row: Facts, names: dict[int, str]) -> Publication:
    return Publication(
        row.id,
        PublicationKind(row.kind),
        row.org_id,
        row.quarter_id,
        row.number,
        row.version,
        row.digest,
        row.reason,
        row.published_on,
        names.get(row.account_id, ""),
    )
