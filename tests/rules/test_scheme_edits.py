"""Each step on a draft gives another draft; moving loses nothing and adds nothing."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.rules import scheme_edits as edits
from okr_desk.rules.scheme_edits import Place
from okr_desk.rules.schemes import BlockDraft, LineDraft, SchemeDraft

D = Decimal


def line(number: int) -> LineDraft:
    return LineDraft(number, D(1), "linear")


def scheme(*sizes: int) -> SchemeDraft:
    """Blocks of so many lines; lines are numbered through."""
    numbers = iter(range(1, sum(sizes) + 1))
    blocks = (
        BlockDraft(f"块{n}", D(size), tuple(line(next(numbers)) for _ in range(size))) for n, size in enumerate(sizes)
    )
    return SchemeDraft("百分制", tuple(blocks))


def shown(draft: SchemeDraft) -> list[list[int]]:
    return [[one.indicator_id for one in block.lines] for block in draft.blocks]


@pytest.mark.parametrize(
    ("source", "target", "expected", "now"),
    [
        ((0, 0), (0, 2), [[2, 1, 3], [4, 5]], (0, 1)),
        ((0, 0), (0, 3), [[2, 3, 1], [4, 5]], (0, 2)),
        ((0, 2), (0, 0), [[3, 1, 2], [4, 5]], (0, 0)),
        ((0, 1), (0, 1), [[1, 2, 3], [4, 5]], (0, 1)),
        ((0, 1), (1, 1), [[1, 3], [4, 2, 5]], (1, 1)),
        ((1, 0), (0, 3), [[1, 2, 3, 4], [5]], (0, 3)),
    ],
)
def test_a_line_lands_where_it_was_dropped(source: Place, target: Place, expected: list[list[int]], now: Place) -> None:
    moved, place = edits.move_line(scheme(3, 2), source, target)
    assert (shown(moved), place) == (expected, now)


@pytest.mark.parametrize(
    ("place", "step", "expected", "now"),
    [
        ((0, 0), 1, [[2, 1, 3], [4, 5]], (0, 1)),
        ((0, 2), -1, [[1, 3, 2], [4, 5]], (0, 1)),
        ((0, 2), 1, [[1, 2], [3, 4, 5]], (1, 0)),
        ((1, 0), -1, [[1, 2, 3, 4], [5]], (0, 3)),
        ((0, 0), -1, [[1, 2, 3], [4, 5]], (0, 0)),
        ((1, 1), 1, [[1, 2, 3], [4, 5]], (1, 1)),
    ],
)
def test_a_line_steps_over_the_edge_of_its_block(
    place: Place, step: int, expected: list[list[int]], now: Place
) -> None:
    moved, found = edits.step_line(scheme(3, 2), place, step)
    assert (shown(moved), found) == (expected, now)


def test_lines_come_and_go() -> None:
    start = scheme(2, 1)
    assert shown(edits.insert_lines(start, (0, 1), (line(8), line(9)))) == [[1, 8, 9, 2], [3]]
    assert shown(edits.without_line(start, (1, 0))) == [[1, 2], []]
    assert shown(edits.put_line(start, (0, 1), line(7))) == [[1, 7], [3]]
    assert shown(start) == [[1, 2], [3]]


def test_blocks_come_go_and_change_places() -> None:
    start = scheme(2, 1)
    assert shown(edits.insert_block(start, 1, BlockDraft("新", D(5)))) == [[1, 2], [], [3]]
    assert shown(edits.without_block(start, 0)) == [[3]]
    assert [shown(edits.step_block(start, n, step)[0]) for n, step in ((0, 1), (1, -1))] == [[[3], [1, 2]]] * 2
    assert edits.step_block(start, 0, -1) == (start, 0)
    assert edits.put_block(start, 1, BlockDraft("改", D(9))).blocks[1].name == "改"


def test_a_new_block_has_a_name_of_its_own() -> None:
    start = SchemeDraft("百分制", (BlockDraft("新的一块", D(1)), BlockDraft("新的一块2", D(1))))
    assert edits.free_name(start, "新的一块") == "新的一块3"
    assert edits.free_name(start, "加分") == "加分"


places = st.tuples(st.integers(0, 2), st.integers(0, 2))


@given(st.lists(st.tuples(places, st.one_of(places, st.sampled_from([-1, 1]))), max_size=12))
def test_no_way_of_moving_loses_a_line(moves: list[tuple[Place, Place | int]]) -> None:
    draft = scheme(3, 3, 3)
    for source, to in moves:
        if source[1] >= len(draft.blocks[source[0]].lines):
            continue
        moving = draft.blocks[source[0]].lines[source[1]]
        if isinstance(to, int):
            draft, now = edits.step_line(draft, source, to)
        elif to[1] <= len(draft.blocks[to[0]].lines):
            draft, now = edits.move_line(draft, source, to)
        else:
            continue
        assert draft.blocks[now[0]].lines[now[1]] == moving
    assert Counter(one.indicator_id for one in draft.lines) == Counter(range(1, 10))
    assert draft.maximum == 9
