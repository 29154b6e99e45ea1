"""Answers that typed satisfaction figures are held against: could so many people have given this rate or score?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import SurveyPopulation, SurveyRound
from okr_desk.model.reading import Reader
from okr_desk.queries import policy, survey_counts, surveys
from okr_desk.queries.survey_results import SCORE_INDICATOR
from okr_desk.queries.surveys import RoundView
from okr_desk.scoring.grim import doubt


@dataclass(frozen=True)
class Answered:
    """How many answered the overall item at a branch, and by what scale.

    `codes`: the indicators whose typed values are counted from these answers alone; where ways of asking or groups are
    weighted, a figure is no plain share of them.
    """

    n: int
    scores: tuple[Decimal, ...]
    codes: frozenset[str]

    def doubt(self, code: str, unit: str, value: Decimal) -> str:
        """Why a typed value of an indicator cannot come from these answers; empty where it can."""
        return doubt(unit, value, self.n, self.scores) if code in self.codes else ""


def answered(session: Reader, quarter_ids: frozenset[int] | None = None) -> dict[tuple[int, int], Answered]:
    """By branch and quarter (None: every quarter that was surveyed), of its latest round; nobody without an answer."""
    statement = select(SurveyRound.id, SurveyRound.quarter_id).order_by(SurveyRound.starts_on, SurveyRound.id)
    if quarter_ids is not None:
        statement = statement.where(SurveyRound.quarter_id.in_(quarter_ids))
    latest = {quarter_id: round_id for round_id, quarter_id in session.execute(statement)}
    found: dict[tuple[int, int], Answered] = {}
    for quarter_id, round_id in latest.items():
        of = surveys.round_view(session, round_id)
        codes = _codes(session, of)
        if codes:
            for org_id, levels in survey_counts.overall(session, of).items():
                found[org_id, quarter_id] = Answered(sum(levels), of.definition.scores, codes)
    return found


def why(session: Reader, org_id: int, quarter_id: int, code: str, unit: str, value: Decimal) -> str:
    """Why a value that is being typed cannot come from the answers of its quarter; empty where it can."""
    if code not in (SCORE_INDICATOR, policy.values(session)[policy.RATE_INDICATOR]):
        return ""
    found = answered(session, frozenset({quarter_id})).get((org_id, quarter_id))
    return "" if found is None else found.doubt(code, unit, value)


def _codes(session: Reader, of: RoundView) -> frozenset[str]:
    """The indicators whose figure is a plain one in this round."""
    if len({weight for _channel, weight in of.definition.channels}) > 1:
        return frozenset()
    asked = select(SurveyPopulation.id).where(
        SurveyPopulation.round_id == of.id, SurveyPopulation.group_id.is_not(None)
    )
    rate = policy.values(session)[policy.RATE_INDICATOR]
    is_grouped = session.execute(asked).first() is not None
    return frozenset({SCORE_INDICATOR} if is_grouped else {SCORE_INDICATOR, rate})
