"""Where the satisfaction rate comes from that the gates of a grade are asked about: indicator, day and origin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import MeasuredValue
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import library, policy
from okr_desk.queries.facts import preferred
from okr_desk.terms import Origin


@dataclass(frozen=True)
class RateSource:
    """A rate in percent with what it was measured by, of which day it is and who gave it."""

    code: str
    name: str
    value: Decimal
    as_of: date
    origin: Origin


def rates(
    session: Reader, quarter_ids: Sequence[int], org_ids: Sequence[int], day: date
) -> dict[tuple[int, int], RateSource]:
    """By branch and quarter the rate that counts there; none where the office measures no rate by an indicator."""
    code = policy.values(session)["grade.satisfaction_indicator"]
    meant = next((one for one in library.library(session, day, retired=True) if one.code == code), None)
    if meant is None:
        return {}
    found: dict[tuple[int, int], list[Facts]] = defaultdict(list)
    for row in session.execute(
        select(*MeasuredValue.ALL)
        .where(
            MeasuredValue.indicator_id == meant.id,
            MeasuredValue.quarter_id.in_(quarter_ids),
            MeasuredValue.org_id.in_(org_ids),
            MeasuredValue.superseded_at.is_(None),
        )
        .order_by(MeasuredValue.id)
    ):
        found[row.org_id, row.quarter_id].append(row)
    chosen = {key: preferred(rows, ",".join(meant.precedence)) for key, rows in found.items()}
    return {
        key: RateSource(meant.code, meant.name, row.value, row.as_of, Origin(row.origin)) for key, row in chosen.items()
    }
