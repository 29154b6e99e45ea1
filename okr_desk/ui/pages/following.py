"""What is on the screen follows a change: only the branches whose figures changed are read again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from okr_desk.model.store import Reader
from okr_desk.services.outcome import Changes

A = TypeVar("A")
S = TypeVar("S")


class Following(Generic[A, S]):
    """What was heard since the snapshot shown was read, and the cheapest question that brings it up to date.

    `read` answers a question anew; `follow` brings a snapshot up to date by the branches that changed.
    """

    def __init__(self, read: Callable[[A, Reader], S], follow: Callable[[A, S, frozenset[int], Reader], S]) -> None:
        self._read, self._follow = read, follow
        self._shown: tuple[A, S] | None = None
        self._heard: list[Changes] = []
        self._asked: tuple[A, int] | None = None

    def hear(self, changes: Changes) -> None:
        """Note a change that came after the snapshot was asked for."""
        if self._asked is not None:
            self._heard.append(changes)

    def question(self, asked: A) -> Callable[[Reader], S]:
        """Read `asked` anew, or only the branches that changed since the same was shown."""
        self._asked = (asked, len(self._heard))
        if self._shown is None or self._shown[0] != asked:
            return partial(self._read, asked)
        if not self._heard or any(changes.orgs is None for changes in self._heard):
            return partial(self._read, asked)
        changed = frozenset[int]().union(*(changes.orgs or () for changes in self._heard))
        return partial(self._follow, asked, self._shown[1], changed)

    def take(self, shown: S) -> None:
        """The answer to the last question is on the screen; what was heard since stays noted."""
        if self._asked is not None:
            asked, count = self._asked
            self._shown = (asked, shown)
            del self._heard[:count]
            self._asked = (asked, 0)

    def forget(self) -> None:
        """Another file is open: nothing that was shown holds."""
        self._shown = self._asked = None
        self._heard.clear()
