"""Whose sheet is under objection: its score carries * wherever it is printed, until the objection is decided."""

from __future__ import annotations

from sqlalchemy import select

from okr_desk.i18n import _
from okr_desk.model.columns import Review
from okr_desk.model.reading import Reader
from okr_desk.review_terms import ReviewState

MARK = "*"


def under_objection(session: Reader, quarter_id: int) -> frozenset[int]:
    """The branches whose objections in a quarter are not all decided."""
    asked = select(Review.org_id).where(Review.quarter_id == quarter_id, Review.state == ReviewState.OBJECTED.value)
    return frozenset(session.execute(asked).scalars())


def explained() -> str:
    """What the mark means, for the line under a table."""
    return _("带 * 的得分正在申辩复核，以复核结果为准。")
