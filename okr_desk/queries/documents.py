"""What each registered document is printed from: its key, and the query that gives its snapshots."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.model.reading import Reader
from okr_desk.queries import (
    dashboard,
    reviews,
    scheme_papers,
    score_forms,
    score_summary,
    score_years,
    survey_papers,
)
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.survey_papers import ONE_EACH, Asked


def snapshots(
    session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView], asked: Asked = ONE_EACH
) -> Sequence[object]:
    """The snapshots of a document for a quarter; `of` are the branches chosen, for documents that have one each.

    `asked` says how papers of mass satisfaction are wanted. Raises KeyError for a key that is not registered, Refusal
    where a document of points has no scheme to go by or one of satisfaction no round.
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
    if key == "questionnaire":
        return survey_papers.questionnaires(session, quarter, of, asked)
    if key == "count-sheet":
        return survey_papers.count_forms(session, quarter, of, asked)
    if key == "survey-report":
        return (survey_papers.report(session, quarter, of, asked),)
    raise KeyError(key)
