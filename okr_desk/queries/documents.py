"""What each registered document is printed from: its key, and the query that gives its snapshots."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, dashboard, reviews, score_forms, score_summary, score_years
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.terms import QuarterState

OF_YEAR = ("year-sheet",)
"""What covers the year of the quarter: it can be printed as soon as a quarter of that year has begun."""


def refusal(session: Reader, key: str, quarter: QuarterView) -> str:
    """Why a document would be blank, in a sentence: its quarter, or no quarter of its year, has begun; else empty."""
    if key not in OF_YEAR:
        said = _("{quarter}还没有开始，没有可以打印的内容，请改选已经开始的季度。")
        return said.format(quarter=quarter.label) if quarter.state is QuarterState.PLANNING else ""
    begun = (one.state is not QuarterState.PLANNING for one in cycles.quarters(session) if one.year == quarter.year)
    return "" if any(begun) else _("{year}年还没有开始，没有可以打印的内容。").format(year=quarter.year)


def snapshots(session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView]) -> Sequence[object]:
    """The snapshots of a document for a quarter; `of` are the branches chosen, for documents that have one each.

    Raises KeyError for a key that is not registered, Refusal where it would be blank (`refusal`) and where a document
    of points has no scheme to go by.
    """
    why = refusal(session, key, quarter)
    if why:
        raise Refusal(why)
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
    raise KeyError(key)
