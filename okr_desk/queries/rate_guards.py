"""The satisfied rate as a guard: below 60 % no key result of satisfaction is green, and neither is its objective."""

from __future__ import annotations

from okr_desk.model.reading import Facts
from okr_desk.queries.facts import YearFacts, preferred
from okr_desk.scoring.pace import rate_guard
from okr_desk.terms import KrKind


def of(key_result: Facts, facts: YearFacts, quarter_id: int, rate_id: int | None) -> str:
    """Why the rate that counts for the quarter bars a green light; empty where it does not or nobody was asked.

    `rate_id`: the indicator of the rate, None where the library has none.
    """
    if key_result.kind != KrKind.SATISFACTION or rate_id is None:
        return ""
    values = facts.values.get((key_result.org_id, rate_id, quarter_id), [])
    return rate_guard(preferred(values, facts.indicators[rate_id].precedence).value) if values else ""
