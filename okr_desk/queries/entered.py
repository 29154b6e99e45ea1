"""Who says an entry of the small registers, when it was typed, and on what ground: read the same way everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.reading import Facts, Reader, facts
from okr_desk.terms import EntryBasis, label, stored

_BASES = stored(EntryBasis)
_OF_TAKEN_BACK = ("withdrawn_at", "withdrawn_reason")
_PART = 400
"""Ids asked at a time, well below what SQLite takes."""


@dataclass(frozen=True)
class EntryView:
    """Who typed an entry and for whom; `is_late`: after the last day in time, with the reason of a shut quarter."""

    by: str
    reported_by: str
    basis: EntryBasis
    recorded_at: datetime
    is_late: bool = False
    late_reason: str = ""

    @property
    def recorded_on(self) -> date:
        """The local day on which it was typed."""
        return local(self.recorded_at).date()

    @property
    def told(self) -> str:
        """李旭昇 2026-07-03；or 李旭昇 报（电话），王玥 2026-07-03 代录."""
        day = self.recorded_on.isoformat()
        if self.basis is EntryBasis.OWN:
            said = f"{self.by} {day}".strip()
        else:
            words = _("{who} 报（{basis}），{by} {day} 代录")
            said = words.format(who=self.reported_by, basis=label(self.basis), by=self.by, day=day)
        if self.late_reason:
            return _("{said}，补报：{reason}").format(said=said, reason=self.late_reason)
        return _("{said}，补报").format(said=said) if self.is_late else said


def entry_view(row: Facts, names: Mapping[int, str]) -> EntryView:
    """The view of a row that keeps who entered it; `names` by account."""
    return EntryView(
        by=names.get(row.account_id or 0, ""),
        reported_by=row.reported_by,
        basis=_BASES[row.basis],
        recorded_at=row.recorded_at,
        is_late=row.is_late,
        late_reason=row.late_reason,
    )


def parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The ids in portions that one question takes."""
    return (ids[start : start + _PART] for start in range(0, len(ids), _PART))


def of_parents(session: Reader, table: Any, key: str, ids: Sequence[int], *conditions: Any) -> dict[int, list[Facts]]:
    """The standing rows of `table` whose column `key` is one of `ids`, by that id, in the order they were entered.

    Without what only rows that were taken back say.
    """
    found: dict[int, list[Facts]] = defaultdict(list)
    column = getattr(table, key)
    wanted = select(*(one for one in table.ALL if one.key not in _OF_TAKEN_BACK)).where(*conditions).order_by(table.id)
    if hasattr(table, "withdrawn_at"):
        wanted = wanted.where(table.withdrawn_at.is_(None))
    for some in parts(ids):
        for row in facts(session.execute(wanted.where(column.in_(some)))):
            found[getattr(row, key)].append(row)
    return found
