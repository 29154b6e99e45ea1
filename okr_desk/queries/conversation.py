"""Everything that was said on a key result through the year, newest first: statements, other origins, adjustments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, or_, select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.tables import (
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
from okr_desk.queries import users
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
    evidence: tuple[str, ...] = ()


def of_key_result(session: Session, key_result_id: int) -> tuple[Remark, ...]:
    """The conversation on one key result; empty when it is gone."""
    row = session.get(KeyResult, key_result_id)
    objective = None if row is None else session.get(Objective, row.objective_id)
    if row is None or objective is None:
        return ()
    names = users.names(session)
    quarters = {
        quarter.key: quarter.number
        for quarter in session.exec(
            select(Quarter).where(
                Quarter.starts_on >= date(objective.year, 1, 1), Quarter.starts_on <= date(objective.year, 12, 31)
            )
        )
    }
    found = _checkins(session, row, quarters, names) + _adjustments(session, row, objective, names)
    if row.indicator_id is not None:
        found += _values(session, row.indicator_id, objective.org_id, quarters, names)
    return tuple(sorted(found, key=lambda remark: (remark.at, remark.as_of or date.min), reverse=True))


def _checkins(session: Session, row: KeyResult, quarters: dict[int, int], names: dict[int, str]) -> list[Remark]:
    statements = list(session.exec(select(CheckIn).where(CheckIn.key_result_id == row.key)))
    files: dict[int, list[str]] = defaultdict(list)
    nodes: dict[int, list[str]] = defaultdict(list)
    ids = [statement.key for statement in statements]
    for kept in session.exec(select(Evidence).where(col(Evidence.checkin_id).in_(ids))):
        files[kept.checkin_id].append(kept.display_name)
    marked = session.exec(
        select(CheckInNode, MilestoneNode)
        .join(MilestoneNode, col(MilestoneNode.id) == CheckInNode.node_id)
        .where(col(CheckInNode.checkin_id).in_(ids))
        .order_by(col(MilestoneNode.position))
    )
    for mark, node in marked:
        nodes[mark.checkin_id].append(node.name)
    return [
        Remark(
            at=local(one.recorded_at),
            quarter=quarters.get(one.quarter_id),
            said=_said(one.value, one.done, nodes[one.key], row.unit),
            as_of=one.as_of,
            by=one.reported_by or names.get(one.account_id, ""),
            source=label(EntryBasis(one.basis)),
            confidence=one.confidence,
            note=one.progress_note,
            difficulty=one.difficulty,
            is_late=one.is_late,
            is_past=one.superseded_at is not None or one.withdrawn,
            was_withdrawn=one.withdrawn,
            evidence=tuple(files[one.key]),
        )
        for one in statements
    ]


def _values(
    session: Session, indicator_id: int, org_id: int, quarters: dict[int, int], names: dict[int, str]
) -> list[Remark]:
    """Values of the indicator that no check-in brought: they count for the key result as well."""
    rows = session.exec(
        select(MeasuredValue).where(
            MeasuredValue.org_id == org_id,
            MeasuredValue.indicator_id == indicator_id,
            col(MeasuredValue.quarter_id).in_(quarters),
            col(MeasuredValue.checkin_id).is_(None),
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


def _adjustments(session: Session, row: KeyResult, objective: Objective, names: dict[int, str]) -> list[Remark]:
    concerns = col(Adjustment.key_result_id) == row.key
    if row.indicator_id is not None:
        same_line = (col(Adjustment.indicator_id) == row.indicator_id) & (col(Adjustment.org_id) == objective.org_id)
        concerns = or_(concerns, same_line & (col(Adjustment.year) == objective.year))
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
        for one in session.exec(select(Adjustment).where(concerns))
    ]


def _said(value: Decimal | None, done: bool | None, nodes: list[str], unit: str) -> str:
    if value is not None:
        return plain(value) + unit
    if done is not None:
        return yes_no(done)
    return "、".join(nodes) or _("未启动")
