"""What each registered document is printed from: its key, and the query that gives its snapshots."""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.errors import Refusal
from okr_desk.i18n import _
from okr_desk.model.reading import Reader
from okr_desk.queries import (
    activity_papers,
    bulletin_papers,
    cycles,
    duty_papers,
    followup_papers,
    household_papers,
    notices,
    register_papers,
    review_papers,
    review_sheets,
    scheme_papers,
    score_summary,
    score_years,
    survey_papers,
    surveys,
    title_papers,
    township_summaries,
    whistle_papers,
    worklog_papers,
)
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.survey_papers import ONE_EACH, Asked
from okr_desk.terms import QuarterState

OF_YEAR = ("year-sheet", *(key for key in title_papers.KEYS if key not in ("incentives", "responsibility")))
"""What covers the year of the quarter: it can be printed as soon as a quarter of that year has begun."""
OF_SURVEY = ("questionnaire", "count-sheet", "survey-report")
"""What a round of the quarter is printed from."""


def refusal(session: Reader, key: str, quarter: QuarterView) -> str:
    """Why a document would be blank, in a sentence: its quarter, or no quarter of its year, has begun, or nobody was
    asked in it; else empty."""
    if key == "responsibility":
        return ""  # signed before the year begins
    if key in OF_YEAR:
        begun = (one.state for one in cycles.quarters(session) if one.year == quarter.year)
        is_open = any(state is not QuarterState.PLANNING for state in begun)
        if not is_open:
            return _("{year}年还没有开始，没有可以打印的内容。").format(year=quarter.year)
        return title_papers.refusal(session, key, quarter)
    if quarter.state is QuarterState.PLANNING:
        said = _("{quarter}还没有开始，没有可以打印的内容，请改选已经开始的季度。")
        return said.format(quarter=quarter.label)
    if key == "bulletin-receipts" and not bulletin_papers.has_issued(session, quarter):
        return bulletin_papers.nothing_issued(quarter)
    if key in title_papers.KEYS:
        return title_papers.refusal(session, key, quarter)
    is_asked = key not in OF_SURVEY or surveys.has_round(session, quarter)
    return "" if is_asked else survey_papers.no_round(quarter)


def snapshots(
    session: Reader, key: str, quarter: QuarterView, of: Sequence[OrgView], asked: Asked = ONE_EACH
) -> Sequence[object]:
    """The snapshots of a document for a quarter; `of` are the branches chosen, for documents that have one each.

    `asked` says how papers of mass satisfaction are wanted. Raises KeyError for a key that is not registered, Refusal
    where it would be blank (`refusal`), where a document of points has no scheme to go by or one of satisfaction no
    round.
    """
    why = refusal(session, key, quarter)
    if why:
        raise Refusal(why)
    if key == "review":
        return review_sheets.printed(session, quarter, of)
    if key == "objection":
        return review_papers.objection_forms(session, quarter, of, asked.record_id)
    if key == "receipts":
        return (review_papers.receipts(session, quarter),)
    if key == "archive":
        return (review_papers.archive(session, quarter),)
    if key == "summary":
        return (township_summaries.printed(session, quarter),)
    if key == "scores":
        return review_sheets.score_forms_printed(session, quarter, of)
    if key == "score-summary":
        return (score_summary.township(session, quarter),)
    if key == "year-sheet":
        return score_years.asked(session, quarter.year, of)
    if key == "questionnaire":
        return survey_papers.questionnaires(session, quarter, of, asked)
    if key == "count-sheet":
        return survey_papers.count_forms(session, quarter, of, asked)
    if key == "survey-report":
        return (survey_papers.report(session, quarter, of, asked),)
    if key == "activities":
        return activity_papers.forms(session, quarter, of)
    if key == "duty-register":
        return duty_papers.registers(session, quarter, of)
    if key == "minutes":
        return duty_papers.minutes(session, quarter, of, asked.record_id)
    if key == "whistle":
        return whistle_papers.forms(session, quarter, of, asked.record_id)
    if key == "departments":
        return (whistle_papers.bulletin(session, quarter),)
    if key in notices.KINDS:
        return notices.papers(session, key, quarter, of, asked)
    if key in followup_papers.KEYS:
        return followup_papers.papers(session, key, quarter, of, asked)
    if key in household_papers.KEYS:
        return household_papers.forms(session, key, quarter, of, asked)
    if key == "scheme":
        return scheme_papers.asked(session, quarter, of)
    if key in register_papers.KEYS:
        return register_papers.asked(session, key, quarter, of)
    if key in bulletin_papers.KEYS:
        return bulletin_papers.asked(session, key, quarter, asked.record_id)
    if key in title_papers.KEYS:
        return title_papers.asked(session, key, quarter, of, asked.record_id)
    if key == "worklog":
        return worklog_papers.forms(session, quarter, of, asked.month)
    raise KeyError(key)
