"""The sheets as they are printed: what was published where something was, else how the branch stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from okr_desk.model.reading import Reader
from okr_desk.queries import publications, review_marks, reviews
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.queries.reviews import Issued, ReviewSheet
from okr_desk.review_terms import PublicationKind


def printed(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[ReviewSheet, ...]:
    """The sheets of branches in their order. A published one says its version, and * while it is objected to."""
    ids = [org.id for org in of]
    newest = publications.newest(session, PublicationKind.REVIEW, quarter.id, ids)
    live = [org for org in of if org.id not in newest]
    found = {one.board.org.id: one for one in reviews.sheets(session, quarter, live)} if live else {}
    given = [one for one in newest.values() if one.org_id is not None]
    found |= {one.board.org.id: one for one in versions(session, quarter, given)}
    return tuple(found[org.id] for org in of)


def versions(session: Reader, quarter: QuarterView, of: Sequence[Publication]) -> tuple[ReviewSheet, ...]:
    """These versions of sheets, as they were published."""
    marked = review_marks.under_objection(session, quarter.id)
    kept = publications.contents(session, of, ReviewSheet)
    return tuple(
        replace(
            sheet,
            digest=one.digest,
            issued=Issued(one.version, one.published_on, one.reason, one.org_id in marked),
        )
        for one, sheet in zip(of, kept, strict=True)
    )
