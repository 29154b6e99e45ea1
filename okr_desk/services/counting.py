"""Entries of daily work become measured values: counted anew with each entry, in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam
from sqlalchemy import select as plain
from sqlmodel import Session, col, select

from okr_desk.i18n import _, using
from okr_desk.model import columns
from okr_desk.model.reading import Facts, facts
from okr_desk.model.store import now
from okr_desk.model.tables import MeasuredValue
from okr_desk.queries import cycles, library, orgs
from okr_desk.queries.counting import PLACES, Counted, Source
from okr_desk.queries.entered import parts
from okr_desk.queries.objectives import QuarterView
from okr_desk.rules.permissions import Actor
from okr_desk.scoring.rounding import half_up
from okr_desk.services import official
from okr_desk.services.outcome import Changes, Topic, changed
from okr_desk.terms import Origin, QuarterState

_CHANGED = changed(Topic.INDICATORS, Topic.OBJECTIVES, Topic.CHECKINS, Topic.SCORES)


def recount(
    session: Session,
    actor: Actor,
    source: Source,
    org_ids: Sequence[int],
    first: date,
    reason: str = "",
    batch_id: int | None = None,
    quarters: Sequence[QuarterView] | None = None,
) -> Changes:
    """Count what `source` feeds for these branches, from the quarter of `first` to the last that has begun that year.

    Later quarters too, because some measures add up through the year. A value whose entries are all gone no longer
    stands. The caller has asked for permission and for the `reason` that a frozen quarter needs. What an import makes
    carries its `batch_id` and goes with it. `quarters` are all there are, where the caller has read them. Returns what
    changed.
    """
    changes = Changes()
    if not source.codes:
        return changes
    session.flush()
    for quarter in cycles.quarters(session) if quarters is None else quarters:
        if quarter.year == first.year and quarter.ends_on >= first and quarter.state is not QuarterState.PLANNING:
            changes |= _quarter(session, actor, source, org_ids, quarter, reason, batch_id)
    return changes


def _quarter(
    session: Session,
    actor: Actor,
    source: Source,
    org_ids: Sequence[int],
    quarter: QuarterView,
    reason: str,
    batch_id: int | None,
) -> Changes:
    meanings = library.meanings(session, quarter.ends_on, source.codes)
    if not meanings:
        return Changes()
    found = source.counted(session, quarter, org_ids)
    standing = _standing(session, quarter.id, org_ids, [meaning.id for meaning in meanings.values()])
    exempt = official.all_exempt(session, org_ids, quarter.year)
    narrow = any(meaning.categories for meaning in meanings.values())
    kinds = orgs.branch_categories(session, quarter.ends_on) if narrow else {}
    moved: list[_Move] = []
    for org_id in org_ids:
        for code, meaning in meanings.items():
            if (org_id, meaning.id) in exempt:
                continue
            counted = found.get((org_id, code)) if meaning.is_for(kinds.get(org_id)) else None
            old = standing.get((org_id, meaning.id))
            if not _stands_so(source, old, counted):
                moved.append(_Move(org_id, meaning.id, counted, None if old is None else old.id))
    if not moved:
        return Changes()
    _write(session, actor, source, quarter, moved, reason, batch_id)
    return _CHANGED.of(*{one.org_id for one in moved})


@dataclass(frozen=True)
class _Move:
    """A value that changes: what it becomes (None: nothing any more), and the one that no longer stands, by its id."""

    org_id: int
    indicator_id: int
    counted: Counted | None
    old_id: int | None


def _stands_so(source: Source, old: Facts | None, counted: Counted | None) -> bool:
    """Whether what stands says this already; it may differ by the reason of an earlier late entry."""
    if old is None or counted is None:
        return old is None and counted is None
    plain = source.note(counted)
    says_so = old.note == plain or old.note.startswith(plain + "；")
    return bool(old.value == half_up(counted.value, PLACES) and says_so)


def _write(
    session: Session,
    actor: Actor,
    source: Source,
    quarter: QuarterView,
    moved: Sequence[_Move],
    reason: str,
    batch_id: int | None,
) -> None:
    is_late = quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)
    rows = _rows(session, [one.old_id for one in moved if one.old_id is not None])
    for one in moved:
        if one.old_id is not None:
            _end(session, rows[one.old_id], is_gone=one.counted is None)
        if one.counted is not None:
            session.add(
                MeasuredValue(
                    org_id=one.org_id,
                    indicator_id=one.indicator_id,
                    quarter_id=quarter.id,
                    value=half_up(one.counted.value, PLACES),
                    as_of=one.counted.as_of,
                    origin=Origin.COMPUTED.value,
                    note=source.note(one.counted, reason if is_late else ""),
                    account_id=official.account_of(actor),
                    recorded_at=now(session),
                    batch_id=batch_id,
                )
            )
    session.flush()


def _standing(
    session: Session, quarter_id: int, org_ids: Sequence[int], indicator_ids: Sequence[int]
) -> dict[tuple[int, int], Facts]:
    """What stands, as plain columns: nearly all of it stays."""
    said = {"quarter": quarter_id, "orgs": list(org_ids), "indicators": list(indicator_ids)}
    return {(row.org_id, row.indicator_id): row for row in facts(session.execute(_STANDING, said))}


_MAPPED = select(MeasuredValue).where(col(MeasuredValue.id).in_(bindparam("ids", expanding=True)))
_OF = columns.MeasuredValue
_STANDING = plain(_OF.id, _OF.org_id, _OF.indicator_id, _OF.value, _OF.note).where(
    _OF.quarter_id == bindparam("quarter"),
    _OF.org_id.in_(bindparam("orgs", expanding=True)),
    _OF.indicator_id.in_(bindparam("indicators", expanding=True)),
    _OF.origin == Origin.COMPUTED.value,
    _OF.superseded_at.is_(None),
)
"""Built once: every entry asks it."""


def _rows(session: Session, ids: Sequence[int]) -> dict[int, MeasuredValue]:
    found: dict[int, MeasuredValue] = {}
    for some in parts(ids):
        found |= {row.key: row for row in session.exec(_MAPPED, params={"ids": some})}
    return found


def _end(session: Session, row: MeasuredValue, *, is_gone: bool) -> None:
    if is_gone:
        with using("zh_CN"):
            row.note += _("；记录已全部撤回")
    row.superseded_at = now(session)
    session.add(row)
