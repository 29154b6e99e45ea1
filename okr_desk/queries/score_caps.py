"""Which lines of a hundred-point sheet the evidence of a satisfaction round limits, and by how much (methods A9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import Indicator
from okr_desk.model.reading import Reader
from okr_desk.queries import policy, survey_caps
from okr_desk.queries.score_measured import Caps
from okr_desk.queries.survey_caps import Standing
from okr_desk.queries.survey_results import SCORE_INDICATOR

CAP_SETTING = "survey.evidence_cap"
"""The setting that says what evidence C leaves of the full points."""


def caps(session: Reader, quarter_ids: Sequence[int]) -> dict[int, Caps]:
    """By quarter; a quarter of which no round is counted limits nothing."""
    said = policy.values(session)
    codes = (SCORE_INDICATOR, said[policy.RATE_INDICATOR])
    ids = frozenset(session.execute(select(Indicator.id).where(Indicator.code.in_(codes))).scalars())
    found: dict[int, dict[int, Standing]] = defaultdict(dict)
    for (quarter_id, org_id), standing in survey_caps.standing(session, quarter_ids).items():
        found[quarter_id][org_id] = standing
    share = Decimal(said[CAP_SETTING])
    return {quarter_id: Caps(ids, share, found[quarter_id]) for quarter_id in quarter_ids}
