"""What reviews add to the points of a quarter: lines that the office or a decision set, and whose silence is judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.i18n import _
from okr_desk.model.columns import Objection, Review, ReviewScore
from okr_desk.model.reading import Reader
from okr_desk.queries import users
from okr_desk.review_terms import SETTLED, Party, ReviewState
from okr_desk.scoring.points_result import Points
from okr_desk.scoring.rounding import plain
from okr_desk.terms import PointsState


@dataclass(frozen=True)
class Checked:
    """Points that stand instead of those computed, with the reason; `objection`: the number of the one decided so."""

    points: Decimal
    reason: str
    by: str
    on: date
    objection: str = ""


@dataclass(frozen=True)
class Checks:
    """Of one quarter: set points by branch and line, and the branches whose silence has been judged."""

    points: Mapping[tuple[int, int], Checked] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()

    def of(self, org_id: int, line_id: int) -> Checked | None:
        """What was set for a line of a branch; None where the program's own points hold."""
        return self.points.get((org_id, line_id))


NO_CHECKS = Checks()


def checks(session: Reader, quarter_ids: Sequence[int]) -> dict[int, Checks]:
    """By quarter; nothing for quarters without reviews."""
    asked = select(Review.id, Review.org_id, Review.quarter_id, Review.state)
    found = session.execute(asked.where(Review.quarter_id.in_(quarter_ids))).all()
    if not found:
        return {}
    place = {row.id: (row.org_id, row.quarter_id) for row in found}
    settled: dict[int, set[int]] = defaultdict(set)
    for row in found:
        if ReviewState(row.state) in SETTLED:
            settled[row.quarter_id].add(row.org_id)
    points: dict[int, dict[tuple[int, int], Checked]] = defaultdict(dict)
    names = users.names(session)
    for row in session.execute(_SET):
        if row.review_id in place:
            org_id, quarter_id = place[row.review_id]
            points[quarter_id][org_id, row.line_id] = Checked(
                row.points, row.reason, names.get(row.account_id, ""), local(row.recorded_at).date(), row.number or ""
            )
    return {key: Checks(points.get(key, {}), frozenset(settled.get(key, ()))) for _org, key in place.values()}


_SET = (
    select(
        ReviewScore.review_id, ReviewScore.line_id, ReviewScore.points, ReviewScore.reason, ReviewScore.account_id,
        ReviewScore.recorded_at, Objection.number,
    )
    .select_from(ReviewScore.TABLE)
    .join(Objection.TABLE, Objection.id == ReviewScore.objection_id, isouter=True)
    .where(
        ReviewScore.party == Party.OFFICE.value,
        ReviewScore.line_id.is_not(None),
        ReviewScore.points.is_not(None),
        ReviewScore.superseded_at.is_(None),
    )
)  # fmt: skip


def standing(found: Points, checked: Checked | None) -> Points:
    """The points that stand: those set by the review with the way there, or those computed."""
    if checked is None:
        return found
    if checked.objection:
        said = _("申辩 {number} 复核为 {points} 分（原为 {before}），理由：{reason}（{by}，{on}）")
    else:
        said = _("镇核定 {points} 分（系统计算 {before}），理由：{reason}（{by}，{on}）")
    told = said.format(
        number=checked.objection,
        points=plain(checked.points),
        before=plain(found.points),
        reason=checked.reason,
        by=checked.by,
        on=checked.on,
    )
    return Points(checked.points, found.maximum, PointsState.SCORED, (*found.steps, told), False)
