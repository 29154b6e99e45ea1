"""What was entered on a quarter: dated events and red lines that stand, with who said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import PointEvent, RedLineEntry
from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, red_lines, users
from okr_desk.queries.library import IndicatorView
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.score_measured import EventView, Key
from okr_desk.scoring.grades import RedLineKind
from okr_desk.terms import Accumulation


@dataclass(frozen=True)
class RedLineView:
    """A red line that was crossed in the quarter and stands; `name` as it was worded when it was entered."""

    id: int
    code: str
    kind: RedLineKind
    highest: str
    happened_on: date
    fact: str
    document: str
    by: str
    recorded_on: date
    name: str = ""

    @property
    def title(self) -> str:
        """Code and name, as one says them."""
        return f"{self.code} {_(self.name)}".strip()


def events(session: Reader, quarter: QuarterView, meanings: Mapping[int, IndicatorView]) -> dict[Key, list[EventView]]:
    """Events of the quarter; of what counts through the year also those before, as a typed value holds them too."""
    so_far = [one.id for one in cycles.quarters(session) if one.year == quarter.year and one.number <= quarter.number]
    names = users.names(session)
    found: dict[Key, list[EventView]] = defaultdict(list)
    for row in session.execute(
        select(*PointEvent.ALL)
        .where(PointEvent.quarter_id.in_(so_far), PointEvent.withdrawn_at.is_(None))
        .order_by(PointEvent.happened_on, PointEvent.id)
    ):
        is_kept = meanings[row.indicator_id].accumulation is Accumulation.YEAR_TO_DATE
        if row.quarter_id != quarter.id and not is_kept:
            continue
        found[row.org_id, row.indicator_id].append(
            EventView(
                row.id,
                row.org_id,
                row.indicator_id,
                row.happened_on,
                row.amount,
                row.fact,
                row.document,
                names.get(row.account_id, ""),
                local(row.recorded_at).date(),
                row.matter,
                tuple(Decimal(count) for count in row.counts.split(",") if count),
            )
        )
    return found


def crossed(session: Reader, quarter_id: int) -> dict[int, list[RedLineView]]:
    """Red lines that were crossed in a quarter and not lifted, by branch."""
    names, called = users.names(session), red_lines.names(session)
    found: dict[int, list[RedLineView]] = defaultdict(list)
    for row in session.execute(
        select(*RedLineEntry.ALL)
        .where(RedLineEntry.quarter_id == quarter_id, RedLineEntry.lifted_at.is_(None))
        .order_by(RedLineEntry.happened_on, RedLineEntry.id)
    ):
        found[row.org_id].append(
            RedLineView(
                row.id,
                row.code,
                RedLineKind(row.kind),
                row.highest,
                row.happened_on,
                row.fact,
                row.document,
                names.get(row.account_id, ""),
                local(row.recorded_at).date(),
                called.of(row.version_id, row.code),
            )
        )
    return found
