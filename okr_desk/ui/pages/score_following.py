"""What the comparison of scores reads: a category anew, or only the branches whose figures changed."""

from __future__ import annotations

from okr_desk.model.store import Reader
from okr_desk.queries import orgs, score_comparison
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.score_comparison import Comparison

Asked = tuple[tuple[int, ...], str, QuarterView]
"""The branches, the category among them, the quarter."""


def read(asked: Asked, session: Reader) -> Comparison:
    """All of it."""
    ids, category, quarter = asked
    seen = set(ids)
    of = [org for org in orgs.tree(session, quarter.ends_on) if org.id in seen]
    return score_comparison.compare(session, quarter, of, category)


def follow(_asked: Asked, shown: Comparison, changed: frozenset[int], session: Reader) -> Comparison:
    """What is shown, with the branches that changed."""
    return score_comparison.follow(session, shown, changed)
