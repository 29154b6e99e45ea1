"""The comparison on the screen follows a changed figure: only the branches whose figures changed are scored again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from okr_desk.model.store import Reader
from okr_desk.queries import orgs, score_comparison
from okr_desk.queries.objectives import QuarterView
from okr_desk.queries.score_comparison import Comparison
from okr_desk.services.outcome import Changes

Asked = tuple[tuple[int, ...], str, QuarterView]


class Following:
    """What was heard since the comparison shown was read, and the cheapest question that brings it up to date."""

    def __init__(self) -> None:
        self._shown: tuple[Asked, Comparison] | None = None
        self._heard: list[Changes] = []
        self._asked: tuple[Asked, int] | None = None

    def hear(self, changes: Changes) -> None:
        """Note a change that came after the comparison was asked for."""
        if self._asked is not None:
            self._heard.append(changes)

    def question(self, ids: Sequence[int], category: str, quarter: QuarterView) -> Callable[[Reader], Comparison]:
        """Read the branches `ids` in `category` anew, or only those that changed since they were shown."""
        asked = (tuple(ids), category, quarter)
        self._asked = (asked, len(self._heard))
        if self._shown is None or self._shown[0] != asked:
            return partial(_read, asked)
        if not self._heard or any(changes.orgs is None for changes in self._heard):
            return partial(_read, asked)
        changed = frozenset[int]().union(*(changes.orgs or () for changes in self._heard))
        return partial(_follow, self._shown[1], changed)

    def take(self, comparison: Comparison) -> None:
        """The answer to the last question is on the screen; what was heard since stays noted."""
        if self._asked is not None:
            asked, count = self._asked
            self._shown = (asked, comparison)
            del self._heard[:count]
            self._asked = (asked, 0)

    def forget(self) -> None:
        """Another file is open: nothing that was shown holds."""
        self._shown = self._asked = None
        self._heard.clear()


def _read(asked: Asked, session: Reader) -> Comparison:
    ids, category, quarter = asked
    seen = set(ids)
    of = [org for org in orgs.tree(session, quarter.ends_on) if org.id in seen]
    return score_comparison.compare(session, quarter, of, category)


def _follow(shown: Comparison, changed: frozenset[int], session: Reader) -> Comparison:
    return score_comparison.follow(session, shown, changed)
