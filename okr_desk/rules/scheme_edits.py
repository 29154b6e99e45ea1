"""What one does to a draft while drawing it up: lines and blocks put, moved, added, taken away. A draft never changes;
each step gives another one, so that every step can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from okr_desk.rules.schemes import BlockDraft, Known, LineDraft, SchemeDraft

Place = tuple[int, int]
"""Block and line, both from 0. As a place to put something: before this line, or behind the last."""


def put_line(draft: SchemeDraft, place: Place, line: LineDraft) -> SchemeDraft:
    """Another line in this place."""
    block, at = place
    lines = draft.blocks[block].lines
    return _lines(draft, block, (*lines[:at], line, *lines[at + 1 :]))


def insert_lines(draft: SchemeDraft, place: Place, lines: Sequence[LineDraft]) -> SchemeDraft:
    """More lines, from this place on."""
    block, at = place
    there = draft.blocks[block].lines
    return _lines(draft, block, (*there[:at], *lines, *there[at:]))


def without_line(draft: SchemeDraft, place: Place) -> SchemeDraft:
    """The line taken away."""
    block, at = place
    lines = draft.blocks[block].lines
    return _lines(draft, block, (*lines[:at], *lines[at + 1 :]))


def move_line(draft: SchemeDraft, source: Place, target: Place) -> tuple[SchemeDraft, Place]:
    """The line put before the one at `target`, as a drop means it; with the place where it then stands."""
    line = draft.blocks[source[0]].lines[source[1]]
    block, at = target
    if block == source[0] and at > source[1]:
        at -= 1
    return insert_lines(without_line(draft, source), (block, at), (line,)), (block, at)


def step_line(draft: SchemeDraft, place: Place, step: int) -> tuple[SchemeDraft, Place]:
    """The line one up (-1) or down (1), over the edge of its block into the next one; unmoved at the ends."""
    block, at = place
    lines = draft.blocks[block].lines
    if 0 <= at + step < len(lines):
        return move_line(draft, place, (block, at + (2 if step > 0 else -1)))
    beside = block + step
    if not 0 <= beside < len(draft.blocks):
        return draft, place
    return move_line(draft, place, (beside, 0 if step > 0 else len(draft.blocks[beside].lines)))


def put_block(draft: SchemeDraft, number: int, block: BlockDraft) -> SchemeDraft:
    """Another block in this place."""
    return replace(draft, blocks=(*draft.blocks[:number], block, *draft.blocks[number + 1 :]))


def insert_block(draft: SchemeDraft, number: int, block: BlockDraft) -> SchemeDraft:
    """One more block before the one at `number`."""
    return replace(draft, blocks=(*draft.blocks[:number], block, *draft.blocks[number:]))


def without_block(draft: SchemeDraft, number: int) -> SchemeDraft:
    """The block taken away with its lines."""
    return replace(draft, blocks=(*draft.blocks[:number], *draft.blocks[number + 1 :]))


def step_block(draft: SchemeDraft, number: int, step: int) -> tuple[SchemeDraft, int]:
    """The block one up (-1) or down (1); unmoved at the ends."""
    beside = number + step
    if not 0 <= beside < len(draft.blocks):
        return draft, number
    return insert_block(without_block(draft, number), beside, draft.blocks[number]), beside


def fitting(draft: SchemeDraft, category: str, known: Mapping[int, Known]) -> tuple[SchemeDraft, tuple[str, ...]]:
    """The draft without the lines that the category could not be scored by, with the names of their indicators.

    Left out is what is meant for other categories, retired, unknown, or applies to none of its branches.
    """
    left: list[str] = []
    blocks = []
    for block in draft.blocks:
        kept = []
        for line in block.lines:
            meaning = known.get(line.indicator_id)
            if meaning is not None and _is_for(meaning, category):
                kept.append(line)
            elif meaning is not None:
                left.append(f"{meaning.code} {meaning.name}")
        blocks.append(replace(block, lines=tuple(kept)))
    return replace(draft, blocks=tuple(blocks)), tuple(left)


def _is_for(meaning: Known, category: str) -> bool:
    applies = bool(meaning.branches) or not meaning.exempt
    return applies and not meaning.is_retired and (not meaning.categories or category in meaning.categories)


def free_name(draft: SchemeDraft, wanted: str) -> str:
    """A name that no block has yet: the wanted one, or with a number behind it."""
    taken = {block.name for block in draft.blocks}
    names = (wanted, *(f"{wanted}{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _lines(draft: SchemeDraft, number: int, lines: tuple[LineDraft, ...]) -> SchemeDraft:
    return put_block(draft, number, replace(draft.blocks[number], lines=lines))
