"""Entries of many branches by month: who works on what. Numbers of entries are no merit and are never ranked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.model.columns import WorkEntry
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import attachments, worklog, worklog_kinds
from okr_desk.queries.objectives import OrgView, QuarterView


@dataclass(frozen=True)
class MonthCell:
    """One branch in one month: how many entries stand, the codes that they feed, the kinds that they are of."""

    entries: int
    codes: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...]
    late: int


NOTHING = MonthCell(0, (), (), 0)


@dataclass(frozen=True)
class MatrixRow:
    """A branch with its cells in the order of the months; `evidence` counts files that are missing."""

    org: OrgView
    cells: tuple[MonthCell, ...]
    lost: int

    @property
    def entries(self) -> int:
        """Entries of the quarter."""
        return sum(cell.entries for cell in self.cells)

    @property
    def codes(self) -> tuple[str, ...]:
        """Everything that the quarter's entries feed."""
        return tuple(sorted({code for cell in self.cells for code in cell.codes}))


@dataclass(frozen=True)
class Matrix:
    """Branches in the order of the register, by the months of a quarter."""

    quarter: QuarterView
    months: tuple[date, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def silent(self) -> tuple[MatrixRow, ...]:
        """Branches without an entry. It is said, not owed: a branch with nothing to count has nothing to enter."""
        return tuple(row for row in self.rows if not row.entries)


def months(quarter: QuarterView) -> tuple[date, ...]:
    """The first days of the three months."""
    return tuple(date(quarter.year, 3 * quarter.number - 2 + step, 1) for step in range(3))


def matrix(session: Reader, quarter: QuarterView, of: Sequence[OrgView]) -> Matrix:
    """The matrix of a quarter."""
    by_place: dict[tuple[int, int], list[Facts]] = defaultdict(list)
    for row in session.execute(
        select(WorkEntry.id, WorkEntry.org_id, WorkEntry.kind, WorkEntry.done_on, WorkEntry.is_late)
        .where(
            WorkEntry.quarter_id == quarter.id,
            WorkEntry.org_id.in_([org.id for org in of]),
            WorkEntry.withdrawn_at.is_(None),
        )
        .order_by(WorkEntry.done_on.desc(), WorkEntry.id.desc())
    ):
        by_place[row.org_id, row.done_on.month].append(row)
    names = {key: kind.name for key, kind in worklog_kinds.by_key(session).items()}
    feeds = worklog.codes_fed(session, quarter)
    faults = {
        record_id: sum(bool(piece.fault) for piece in pieces)
        for record_id, pieces in attachments.of_records(session, worklog.RECORD, quarter.id).items()
    }
    first_days = months(quarter)
    rows = []
    for org in of:
        found = [by_place.get((org.id, day.month), []) for day in first_days]
        lost = sum(faults.get(row.id, 0) for entries in found for row in entries)
        rows.append(MatrixRow(org, tuple(_cell(entries, names, feeds) for entries in found), lost))
    return Matrix(quarter, first_days, tuple(rows))


def _cell(entries: Sequence[Facts], names: Mapping[str, str], feeds: Mapping[int, Sequence[str]]) -> MonthCell:
    if not entries:
        return NOTHING
    codes = sorted({code for entry in entries for code in feeds.get(entry.id, ())})
    kinds = Counter(names.get(entry.kind, entry.kind) for entry in entries)
    return MonthCell(len(entries), tuple(codes), tuple(kinds.most_common()), sum(e.is_late for e in entries))
