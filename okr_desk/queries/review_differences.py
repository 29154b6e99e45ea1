"""How many lines of each branch stand at other points than it gave itself: the sign beside its name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import Review, ReviewScore
from okr_desk.model.reading import Reader
from okr_desk.queries.scores import ScoreSheet
from okr_desk.review_terms import Party
from okr_desk.rules import reviews as rules


def differing(session: Reader, quarter_id: int, sheets: Iterable[ScoreSheet]) -> Counter[int]:
    """By branch, lines whose own points are others than those that stand; 0 where nothing was reported."""
    asked = (
        select(Review.org_id, ReviewScore.line_id, ReviewScore.points)
        .join(Review.TABLE, Review.id == ReviewScore.review_id)
        .where(
            Review.quarter_id == quarter_id,
            ReviewScore.party == Party.SELF.value,
            ReviewScore.line_id.is_not(None),
            ReviewScore.superseded_at.is_(None),
        )
    )
    own: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    for row in session.execute(asked):
        own[row.org_id][row.line_id] = row.points
    found: Counter[int] = Counter()
    for sheet in sheets:
        said = own.get(sheet.org.id, {})
        for line in sheet.lines:
            if line.points is not None and line.line.id in said:
                found[sheet.org.id] += not rules.same(said[line.line.id], line.points.points)
    return found
