"""Entries of daily work become measured values: counted anew with each entry, in its own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from okr_desk.i18n import _, using
from okr_desk.model.store import now
from okr_desk.model.tables import MeasuredValue, NotApplicable
from okr_desk.queries import cycles, library, orgs
from okr_desk.queries.counting import PLACES, Counted, Source
from okr_desk.queries.library import IndicatorView
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
) -> Changes:
    """Count what `source` feeds for these branches, from the quarter of `first` to the last that has begun that year.

    Later quarters too, because some measures add up through the year. A value whose entries are all gone no longer
    stands. The caller has asked for permission and for the `reason` that a frozen quarter needs. What an import makes
    carries its `batch_id` and goes with it. Returns what changed.
    """
    changes = Changes()
    if not source.codes:
        return changes
    session.flush()
    for quarter in cycles.quarters(session):
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
    meanings = {view.code: view for view in library.library(session, quarter.ends_on, codes=source.codes)}
    if not meanings:
        return Changes()
    found = source.counted(session, quarter, org_ids)
    standing = _standing(session, quarter.id, org_ids, [view.id for view in meanings.values()])
    exempt = _exempt(session, quarter.year, org_ids)
    narrow = any(meaning.categories for meaning in meanings.values())
    kinds = orgs.branch_categories(session, quarter.ends_on) if narrow else {}
    touched = set()
    for org_id in org_ids:
        for code, meaning in meanings.items():
            is_meant = not meaning.categories or kinds.get(org_id) in meaning.categories
            counted = found.get((org_id, code)) if is_meant else None
            if (org_id, meaning.id) in exempt:
                continue
            old = standing.get((org_id, meaning.id))
            if counted is None:
                if old is not None:
                    _end(session, old)
                    touched.add(org_id)
            elif _put(session, actor, source, org_id, quarter, meaning, counted, reason, old, batch_id):
                touched.add(org_id)
    session.flush()
    return _CHANGED.of(*touched) if touched else Changes()


def _put(
    session: Session,
    actor: Actor,
    source: Source,
    org_id: int,
    quarter: QuarterView,
    meaning: IndicatorView,
    counted: Counted,
    reason: str,
    old: MeasuredValue | None,
    batch_id: int | None,
) -> bool:
    """Write the value unless it stands so already; whether anything was written."""
    value = half_up(counted.value, PLACES)
    plain = source.note(counted)
    if old is not None and old.value == value and (old.note == plain or old.note.startswith(plain + "；")):
        return False  # it differs by the reason of an earlier late entry, if at all
    is_late = quarter.state in (QuarterState.FROZEN, QuarterState.CLOSED)
    if old is not None:
        old.superseded_at = now(session)
        session.add(old)
    session.add(
        MeasuredValue(
            org_id=org_id,
            indicator_id=meaning.id,
            quarter_id=quarter.id,
            value=value,
            as_of=counted.as_of,
            origin=Origin.COMPUTED.value,
            note=source.note(counted, reason) if is_late else plain,
            account_id=official.account_of(actor),
            recorded_at=now(session),
            batch_id=batch_id,
        )
    )
    return True


def _exempt(session: Session, year: int, org_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Branches and indicators that do not go together in a year, asked once for all."""
    wanted = select(NotApplicable).where(NotApplicable.year == year, col(NotApplicable.org_id).in_(org_ids))
    return {(row.org_id, row.indicator_id) for row in session.exec(wanted)}


def _standing(
    session: Session, quarter_id: int, org_ids: Sequence[int], indicator_ids: Sequence[int]
) -> dict[tuple[int, int], MeasuredValue]:
    rows = session.exec(
        select(MeasuredValue).where(
            MeasuredValue.quarter_id == quarter_id,
            col(MeasuredValue.org_id).in_(org_ids),
            col(MeasuredValue.indicator_id).in_(indicator_ids),
            MeasuredValue.origin == Origin.COMPUTED.value,
            col(MeasuredValue.superseded_at).is_(None),
        )
    )
    return {(row.org_id, row.indicator_id): row for row in rows}


def _end(session: Session, row: MeasuredValue) -> None:
    with using("zh_CN"):
        row.note += _("；记录已全部撤回")
    row.superseded_at = now(session)
    session.add(row)
