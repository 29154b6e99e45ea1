"""Baselines and targets by version: the ones in force now, and those that a settled quarter was judged by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries.objectives import QuarterView
from okr_desk.terms import QuarterState

Key = tuple[int, int]
"""Organisation id and indicator id."""


@dataclass(frozen=True)
class Versions(Mapping[Key, Facts]):
    """The lines in force by organisation and indicator; `past` has all versions of those that were ever changed."""

    now: dict[Key, Facts]
    past: dict[Key, list[Facts]]

    def __getitem__(self, key: Key) -> Facts:
        return self.now[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.now)

    def __len__(self) -> int:
        return len(self.now)

    def at(self, key: Key, quarter: QuarterView) -> Facts | None:
        """The line that a quarter is judged by: a frozen or closed one keeps what stood on its last day in time.

        What was first entered after that day is the first there was, and counts for it. Source: design, "nothing is
        re-scored"; changing a line keeps the old one.
        """
        versions = self.past.get(key)
        if versions is None or quarter.state not in (QuarterState.FROZEN, QuarterState.CLOSED):
            return self.now.get(key)
        in_time = [row for row in versions if _day(row) <= quarter.due_on]
        return in_time[-1] if in_time else versions[0]


def line_versions(
    session: Reader, table: Any, more: tuple[Any, ...], year: int, org_ids: Sequence[int] | None
) -> Versions:
    """The lines of a year from `table` (baselines or targets), with the columns `more` beside the value."""
    columns = (table.org_id, table.indicator_id, table.value, *more)
    of = [table.year == year] if org_ids is None else [table.year == year, table.org_id.in_(org_ids)]
    now = session.execute(select(*columns).where(*of, table.superseded_at.is_(None)))
    changed = session.execute(select(table.org_id, table.indicator_id).where(*of, table.version > 1))
    keys = {(row[0], row[1]) for row in changed}
    return Versions({(row[0], row[1]): row for row in now}, _past(session, table, columns, of, keys))


def _past(
    session: Reader, table: Any, columns: Sequence[Any], of: Sequence[Any], keys: set[Key]
) -> dict[Key, list[Facts]]:
    """All versions of the few lines that were ever changed."""
    found: dict[Key, list[Facts]] = defaultdict(list)
    if keys:
        wanted = select(*columns, table.recorded_at).where(*of, table.org_id.in_({org_id for org_id, _ in keys}))
        for row in session.execute(wanted.order_by(table.version)):
            if (row[0], row[1]) in keys:
                found[row[0], row[1]].append(row)
    return dict(found)


def _day(row: Facts) -> date:
    return local(row.recorded_at).date()
