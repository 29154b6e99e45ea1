"""Ballots typed at one sitting, a key an item: what is done, what is being typed, what each item has so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic

from PySide6.QtCore import QObject, Signal

from okr_desk.i18n import N_
from okr_desk.rules.ballots import ANSWER_KEYS, BallotDraft
from okr_desk.survey_terms import Channel

BLANK = "-"
ALL_BLANK = N_("整份空白")
VOID_REASONS = (ALL_BLANK, N_("多选或涂改，无法辨认"), N_("同一人填写多份"), N_("不属于测评对象"), N_("不按规定填写"))
"""Why a ballot does not count, by the keys 1 to 5."""
SHORTEST = 2
"""Ballots from which a pace is told."""


@dataclass(frozen=True)
class BallotPlace:
    """Whose ballots are typed, of which group (None: not said), and how they came in."""

    org_id: int
    group_id: int | None
    channel: Channel


@dataclass(frozen=True)
class TypedBallot:
    """A ballot that is complete; `void` says why it does not count."""

    place: BallotPlace
    answers: str
    void: str = ""
    wish: str = ""

    @property
    def draft(self) -> BallotDraft:
        """What is sent to be recorded."""
        where = self.place
        return BallotDraft(
            where.org_id, where.group_id, where.channel, self.answers, wish=self.wish, void_reason=self.void
        )


class Sitting:
    """The ballots of one person for one round that are not saved yet. `now` tells seconds, for the pace."""

    def __init__(self, width: int, now: Callable[[], float] = monotonic) -> None:
        self.width = width
        self.ballots: list[TypedBallot] = []
        self.current = ""
        self.wish = ""
        self._now = now
        self._pauses: list[float] = []
        self._last: float | None = None

    def type(self, key: str, place: BallotPlace) -> TypedBallot | None:
        """Take one answer; the ballot where that was its last, ready to be added. A key that is no answer is no step.

        A ballot without any answer is void by itself: nobody is asked.
        """
        if len(key) != 1 or key not in ANSWER_KEYS or self.width == 0:
            return None
        self.current += key
        if len(self.current) < self.width:
            return None
        answers, wish = self.current, self.wish
        self.current, self.wish = "", ""
        return TypedBallot(place, answers, ALL_BLANK if set(answers) == {BLANK} else "", wish)

    def void(self, reason: str, place: BallotPlace) -> TypedBallot:
        """The ballot under way as a void one; what was typed of it is kept."""
        answers, wish = self.current.ljust(self.width, BLANK), self.wish
        self.current, self.wish = "", ""
        return TypedBallot(place, answers, reason, wish)

    def add(self, ballot: TypedBallot) -> None:
        """A complete ballot goes on the pile."""
        moment = self._now()
        if self._last is not None:
            self._pauses.append(moment - self._last)
        self._last = moment
        self.ballots.append(ballot)

    def take_back(self) -> TypedBallot:
        """The last ballot comes off the pile."""
        if self._pauses:
            self._pauses.pop()
        return self.ballots.pop()

    def step_back(self) -> bool:
        """Take the last answer of the ballot under way back; False where there is none."""
        self.current, had = self.current[:-1], bool(self.current)
        return had

    def say_wish(self, text: str) -> None:
        """The open answer of the ballot under way; before its first item that of the ballot just done."""
        if self.current or not self.ballots:
            self.wish = text
        else:
            self.ballots[-1] = replace(self.ballots[-1], wish=text)

    @property
    def wish_shown(self) -> str:
        """The open answer that `say_wish` would change."""
        return self.wish if self.current or not self.ballots else self.ballots[-1].wish

    @property
    def is_unsaved(self) -> bool:
        """Whether anything would be lost."""
        return bool(self.ballots or self.current)

    def forget(self, count: int) -> None:
        """The first so many ballots are saved."""
        del self.ballots[:count]

    def tallies(self, org_id: int) -> list[list[int]]:
        """Answers of a branch so far by item: five levels, unsure, blank. Void ballots are not among them."""
        found = [[0] * len(ANSWER_KEYS) for _item in range(self.width)]
        for ballot in self.ballots:
            if ballot.place.org_id == org_id and not ballot.void:
                for counts, answer in zip(found, ballot.answers, strict=True):
                    counts[ANSWER_KEYS.index(answer)] += 1
        return found

    @property
    def seconds(self) -> float | None:
        """Seconds a ballot took, the one in the middle, so that a pause does not count; None before there is a pace."""
        if len(self._pauses) < SHORTEST:
            return None
        return sorted(self._pauses)[len(self._pauses) // 2]


class Sittings(QObject):
    """All unsaved sittings, kept beside the desk as long as the program runs."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: dict[tuple[int, int], Sitting] = {}

    @classmethod
    def beside(cls, desk: QObject) -> Sittings:
        """The sittings of this desk."""
        return desk.findChild(cls) or cls(desk)

    def of(self, account_id: int, round_id: int, width: int) -> Sitting:
        """The sitting of a person for a round, made when it is first asked for."""
        kept = self._known.get((account_id, round_id))
        if kept is None or (kept.width != width and not kept.is_unsaved):
            kept = self._known[(account_id, round_id)] = Sitting(width)
        return kept

    @property
    def count(self) -> int:
        """Ballots that wait to be saved in all."""
        return sum(len(one.ballots) for one in self._known.values())

    @property
    def is_unsaved(self) -> bool:
        """Whether anything would be lost, a half typed ballot included."""
        return any(one.is_unsaved for one in self._known.values())
