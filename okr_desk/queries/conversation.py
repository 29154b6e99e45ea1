"""Everything that was said on a key result through the year, newest first: statements, other origins, adjustments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import (
    Adjustment,
    CheckIn,
    CheckInNode,
    Evidence,
    KeyResult,
    MeasuredValue,
    MilestoneNode,
    Objective,
    Quarter,
)
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import users
from okr_desk.queries.evidence import Kept
from okr_desk.queries.objectives import yes_no
from okr_desk.scoring.rounding import plain
from okr_desk.terms import EntryBasis, Origin, label


@dataclass(frozen=True)
class Remark:
    """One thing said. `quarter` is None for an adjustment; `is_past` marks what was corrected or taken back."""

    at: datetime
    quarter: int | None
    said: str
    as_of: date | None
    by: str
    source: str
    confidence: int | None = None
    note: str = ""
    difficulty: str = ""
    is_late: bool = False
    is_past: bool = False
    was_withdrawn: bool = False
    evidence: tuple[Kept, ...] = ()


def of_key_result(session: Reader, key_result_id: int) -> tuple[Remark, ...]:
    """The conversation on one key result; empty when it is gone."""
    row = session.execute(
        select(*KeyResult.ALL, Objective.org_id, Objective.year)
        .select_from(KeyResult.TABLE)
        .join(Objective.TABLE, Objective.id == KeyResult.objective_id)
        .where(KeyResult.id == key_result_id)
    ).first()
    if row is None:
        return ()
    names = users.names(session)
    quarters = {
        quarter.id: quarter.number
        for quarter in session.execute(
            select(*Quarter.ALL).where(
                Quarter.starts_on >= date(row.year, 1, 1), Quarter.starts_on <= date(row.year, 12, 31)
            )
        )
    }
    found = _checkins(session, row, quarters, names) + _adjustments(session, row, names)
    if row.indicator_id is not None:
        found += _values(session, row.indicator_id, row.org_id, quarters, names)
    return tuple(sorted(found, key=lambda remark: (remark.at, remark.as_of or date.min), reverse=True))


def _checkins(session: Reader, row: Facts, quarters: dict[int, int], names: dict[int, str]) -> list[Remark]:
    statements = list(session.execute(select(*CheckIn.ALL).where(CheckIn.key_result_id == row.id)))
    files: dict[int, list[Kept]] = defaultdict(list)
    nodes: dict[int, list[str]] = defaultdict(list)
    ids = [statement.id for statement in statements]
    for kept in session.execute(select(*Evidence.ALL).where(Evidence.checkin_id.in_(ids))):
        files[kept.checkin_id].append(Kept(kept.sha256, kept.display_name))
    marked = session.execute(
        select(CheckInNode.checkin_id, MilestoneNode.name)
        .select_from(CheckInNode.TABLE)
        .join(MilestoneNode.TABLE, MilestoneNode.id == CheckInNode.node_id)
        .where(CheckInNode.checkin_id.in_(ids))
        .order_by(MilestoneNode.position)
    )
    for checkin_id, name in marked:
        nodes[checkin_id].append(name)
    return [
        Remark(
            at=local(one.recorded_at),
            quarter=quarters.get(one.quarter_id),
            said=_said(one.value, one.done, nodes[one.id], row.unit),
            as_of=one.as_of,
            by=one.reported_by or names.get(one.account_id, ""),
            source=label(EntryBasis(one.basis)),
            confidence=one.confidence,
            note=one.progress_note,
            difficulty=one.difficulty,
            is_late=one.is_late,
            is_past=one.superseded_at is not None or one.withdrawn,
            was_withdrawn=one.withdrawn,
            evidence=tuple(files[one.id]),
        )
        for one in statements
    ]


def _values(
    session: Reader, indicator_id: int, org_id: int, quarters: dict[int, int], names: dict[int, str]
) -> list[Remark]:
    """Values of the indicator that no check-in brought: they count for the key result as well."""
    rows = session.execute(
        select(*MeasuredValue.ALL).where(
            MeasuredValue.org_id == org_id,
            MeasuredValue.indicator_id == indicator_id,
            MeasuredValue.quarter_id.in_(quarters),
            MeasuredValue.checkin_id.is_(None),
        )
    )
    return [
        Remark(
            at=local(row.recorded_at),
            quarter=quarters[row.quarter_id],
            said=plain(row.value),
            as_of=row.as_of,
            by=names.get(row.account_id or 0, ""),
            source=label(Origin(row.origin)),
            note=row.note,
            is_past=row.superseded_at is not None,
        )
        for row in rows
    ]


def _adjustments(session: Reader, row: Facts, names: dict[int, str]) -> list[Remark]:
    concerns: ColumnElement[bool] = Adjustment.key_result_id == row.id
    if row.indicator_id is not None:
        same_line = (Adjustment.indicator_id == row.indicator_id) & (Adjustment.org_id == row.org_id)
        concerns = or_(concerns, same_line & (Adjustment.year == row.year))
    return [
        Remark(
            at=local(one.made_at),
            quarter=None,
            said=_("{what}：{before} → {after}").format(
                what=_(one.what), before=one.before or _("无"), after=one.after or _("无")
            ),
            as_of=one.made_on,
            by=names.get(one.account_id, ""),
            source=_("调整"),
            note=one.reason,
        )
        for one in session.execute(select(*Adjustment.ALL).where(concerns))
    ]


def _said(value: Decimal | None, done: bool | None, nodes: list[str], unit: str) -> str:
    if value is not None:
        return plain(value) + unit
    if done is not None:
        return yes_no(done)
    return "、".join(nodes) or _("未启动")
