"""What each registered document is printed from: its key, and the query that gives its snapshots."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.model.reading import Reader
from okr_desk.queries import dashboard, reviews, scheme_papers, score_forms, score_summary, score_years
from okr_desk.queries.objectives import OrgView, QuarterView


def snapshots(session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView]) -> Sequence[object]:
    """The snapshots of a document for a quarter; `of` are the branches chosen, for documents that have one each.

    Raises KeyError for a key that is not registered, Refusal where a document of points has no scheme to go by.
    """
    if key == "review":
        return reviews.sheets(session, quarter, of)
    if key == "summary":
        return (dashboard.township(session, quarter),)
    if key == "scores":
        return score_forms.asked(session, quarter, of)
    if key == "score-summary":
        return (score_summary.township(session, quarter),)
    if key == "year-sheet":
        return score_years.asked(session, quarter.year, of)
    if key == "scheme":
        return scheme_papers.asked(session, quarter, of)
    raise KeyError(key)
