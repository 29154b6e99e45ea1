"""The sheets as they are printed: what was published where something was, else how the branch stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from okr_desk.model.reading import Reader
from okr_desk.queries import publications, review_marks, reviews, score_forms, scores
from okr_desk.queries.objectives import Board, OrgView, QuarterView
from okr_desk.queries.publications import Publication
from okr_desk.queries.reviews import Issued, ReviewSheet
from okr_desk.queries.score_forms import ScoreForm
from okr_desk.queries.scores import ScoreSheet
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


@dataclass(frozen=True)
class Kept:
    """What a published sheet says of key results and of points; nothing else of it is read."""

    board: Board
    scores: ScoreForm | None


def kept(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> dict[int, Kept]:
    """What the sheets in force say, of the branches whose sheet was published."""
    newest = publications.newest(session, PublicationKind.REVIEW, quarter.id, [org.id for org in of])
    given = [(org_id, one) for org_id, one in newest.items() if org_id is not None]
    said = publications.contents(session, [one for _id, one in given], Kept)
    return {org_id: found for (org_id, _one), found in zip(given, said, strict=True)}


def scored(
    session: Reader, quarter: QuarterView, of: Sequence[OrgView], now: Sequence[ScoreSheet] = ()
) -> dict[int, ScoreSheet]:
    """The points of branches that cards, notices and suggestions rest on: as published, else as they stand.

    `now`: how they stand, where it is read already; its progress in objectives is kept beside published points.
    """
    found = {org_id: one.scores.sheet for org_id, one in kept(session, quarter, of).items() if one.scores}
    live = [] if now else [org for org in of if org.id not in found]
    standing = now or (scores.sheets_of(session, [quarter], live)[quarter.number] if live else ())
    for one in standing:
        found[one.org.id] = replace(found.get(one.org.id, one), progress=one.progress)
    return {org.id: found[org.id] for org in of if org.id in found}


def versions(session: Reader, quarter: QuarterView, of: Sequence[Publication]) -> tuple[ReviewSheet, ...]:
    """These versions of sheets, as they were published."""
    marked = review_marks.under_objection(session, quarter.id)
    kept = publications.contents(session, of, ReviewSheet)
    return tuple(
        reviews.marked(
            replace(
                sheet,
                digest=one.digest,
                issued=Issued(one.version, one.published_on, one.reason, one.org_id in marked),
            ),
            under_objection=one.org_id in marked,
        )
        for one, sheet in zip(of, kept, strict=True)
    )


def score_forms_printed(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> tuple[ScoreForm, ...]:
    """The score sheets of branches: those that were published with their review, the others as they stand.

    Raises Refusal where not one of the branches has a scheme in force.
    """
    newest = publications.newest(session, PublicationKind.REVIEW, quarter.id, [org.id for org in of])
    given = [one for one in newest.values() if one.org_id is not None]
    kept = {sheet.board.org.id: sheet for sheet in versions(session, quarter, given)} if given else {}
    published = {
        org_id: replace(sheet.scores, digest=sheet.digest) for org_id, sheet in kept.items() if sheet.scores is not None
    }
    live = [org for org in of if org.id not in published]
    found = {form.sheet.org.id: form for form in score_forms.forms(session, quarter, live)} if live else {}
    if not (published or found):
        return score_forms.asked(session, quarter, of)
    return tuple(form for org in of if (form := published.get(org.id) or found.get(org.id)) is not None)
