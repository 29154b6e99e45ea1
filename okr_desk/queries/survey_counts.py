"""Answers of a round counted by branch, group, channel and item; from ballots and from count sheets alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from okr_desk.model.columns import Ballot, CountLine, CountSheet
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries import ballot_rows
from okr_desk.queries.surveys import RoundView, standing_ballots
from okr_desk.survey_terms import LEVELS, Channel

Key = tuple[int, int | None, Channel]
"""Organisation id, group id (None: not said), channel."""


@dataclass(frozen=True)
class ItemCounts:
    """Answers to one item: by level, best first; unsure and left blank stand beside."""

    levels: tuple[int, ...] = (0,) * len(LEVELS)
    unsure: int = 0
    blank: int = 0

    @property
    def answered(self) -> int:
        """Answers that count: without unsure and blank ones."""
        return sum(self.levels)

    def __add__(self, other: ItemCounts) -> ItemCounts:
        levels = tuple(a + b for a, b in zip(self.levels, other.levels, strict=True))
        return ItemCounts(levels, self.unsure + other.unsure, self.blank + other.blank)


@dataclass(frozen=True)
class CellCounts:
    """What one branch, group and channel brought: valid ballots and the counts of each item in order."""

    org_id: int
    group_id: int | None
    channel: Channel
    ballots: int
    items: tuple[ItemCounts, ...]


@dataclass(frozen=True)
class Returned:
    """Ballots of a branch that do not count, and counted ones that were marked."""

    void: int = 0
    suspect: int = 0


def cells(
    session: Reader, of: RoundView, org_ids: Sequence[int] | None = None, read: Sequence[Facts] | None = None
) -> tuple[CellCounts, ...]:
    """The counts of a round for `org_ids` (None: all), by branch, group and channel in that order.

    `read`: the ballots where they have been read already (`ballot_rows.counted`, of the same branches).
    """
    said: dict[tuple[int, int | None, str], list[str]] = defaultdict(list)
    for row in ballot_rows.counted(session, of, org_ids) if read is None else read:
        said[row[:3]].append(row[3])
    found: dict[Key, list[list[int]]] = {}
    ballots: dict[Key, int] = defaultdict(int)
    for (org_id, group_id, channel), sheets in said.items():
        key = (org_id, group_id, Channel(channel))
        ballots[key] += len(sheets)
        found[key] = [[column.count(answer) for answer in _ORDER] for column in zip(*sheets, strict=True)]
    _add_sheets(session, of, org_ids, found, ballots)
    order = sorted(found, key=lambda key: (key[0], key[1] or 0, key[2]))
    return tuple(CellCounts(*key, ballots[key], tuple(_item(place) for place in found[key])) for key in order)


def together(counts: Sequence[ItemCounts]) -> ItemCounts:
    """The counts of several cells as one; nothing counted where there are none."""
    if not counts:
        return ItemCounts()
    levels = tuple(map(sum, zip(*[one.levels for one in counts], strict=True)))
    return ItemCounts(levels, sum([one.unsure for one in counts]), sum([one.blank for one in counts]))


def overall(session: Reader, of: RoundView) -> dict[int, tuple[int, ...]]:
    """Answers to the overall item by level, best first, of each branch that answered it; nothing else is counted."""
    item = of.definition.overall
    found: dict[int, list[int]] = defaultdict(lambda: [0] * _PLACES)
    for org_id, answer, n in ballot_rows.answers_to(session, of, item.place or 0):
        found[org_id][_ORDER.index(answer)] += n
    for org_id, counts in session.execute(
        select(CountSheet.org_id, CountLine.counts)
        .join(CountLine.TABLE, CountLine.sheet_id == CountSheet.id)
        .where(CountSheet.round_id == of.id, CountSheet.withdrawn_at.is_(None), CountLine.item_id == item.id)
    ):
        for place, n in enumerate(counts.split(",")):
            found[org_id][place] += int(n)
    return {org_id: levels for org_id, counts in found.items() if any(levels := tuple(counts[: len(LEVELS)]))}


def returned(session: Reader, round_id: int) -> dict[int, Returned]:
    """Void and marked ballots by branch, with the difference that count sheets give between come back and valid."""
    void: dict[int, int] = defaultdict(int)
    suspect: dict[int, int] = defaultdict(int)
    is_void = Ballot.void_reason != ""
    for row in session.execute(
        standing_ballots(Ballot.org_id, is_void, func.count())
        .where(Ballot.round_id == round_id, is_void | (Ballot.suspect != ""))
        .group_by(Ballot.org_id, is_void)
    ):
        (void if row[1] else suspect)[row[0]] += row[2]
    for sheet in session.execute(
        select(CountSheet.org_id, CountSheet.returned, CountSheet.valid).where(
            CountSheet.round_id == round_id, CountSheet.withdrawn_at.is_(None)
        )
    ):
        void[sheet[0]] += sheet[1] - sheet[2]
    return {org_id: Returned(void[org_id], suspect[org_id]) for org_id in {*void, *suspect}}


_PLACES = len(LEVELS) + 2
_ORDER = (*(str(level + 1) for level in range(len(LEVELS))), "0", "-")
"""The characters of a ballot's answers in the order in which they are counted: the levels, then unsure, then blank."""


def _add_sheets(
    session: Reader,
    of: RoundView,
    org_ids: Sequence[int] | None,
    found: dict[Key, list[list[int]]],
    ballots: dict[Key, int],
) -> None:
    places = {item.id: item.place for item in of.definition.levels}
    statement = (
        select(
            CountSheet.id, CountSheet.org_id, CountSheet.group_id, CountSheet.channel, CountSheet.valid,
            CountLine.item_id, CountLine.counts, CountLine.unsure, CountLine.blank,
        )
        .join(CountLine.TABLE, CountLine.sheet_id == CountSheet.id)
        .where(CountSheet.round_id == of.id, CountSheet.withdrawn_at.is_(None))
    )  # fmt: skip
    if org_ids is not None:
        statement = statement.where(CountSheet.org_id.in_(org_ids))
    seen: set[int] = set()
    for row in session.execute(statement):
        key = (row.org_id, row.group_id, Channel(row.channel))
        kept = found.setdefault(key, [[0] * _PLACES for _item in range(len(places))])
        if row.id not in seen:
            seen.add(row.id)
            ballots[key] += row.valid
        place = places[row.item_id]
        assert place is not None
        counted = [*(int(part) for part in row.counts.split(",")), row.unsure, row.blank]
        kept[place] = [a + b for a, b in zip(kept[place], counted, strict=True)]


def _item(place: list[int]) -> ItemCounts:
    return ItemCounts(tuple(place[: len(LEVELS)]), place[len(LEVELS)], place[len(LEVELS) + 1])
