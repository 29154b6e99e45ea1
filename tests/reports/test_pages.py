"""Blocks over pages: nothing lost, nothing over the edge, tied rows together, heads repeated."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from okr_desk.reports import blocks, fonts
from okr_desk.reports.pages import A4_LANDSCAPE, A4_PORTRAIT, MM, Block, NewPage, Pen, Placed, paginate, with_foot
from okr_desk.reports.styles import BODY


@dataclass(frozen=True)
class Piece(Block):
    """A block of a given height."""

    name: str
    height: float
    keep: bool = False
    head: tuple[Block, ...] = ()
    before: float = 0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Nothing to see."""


def names(pages: list[list[Placed]]) -> list[list[str]]:
    return [[placed.block.name for placed in page if isinstance(placed.block, Piece)] for page in pages]


def test_the_type_area_is_156_by_225_mm() -> None:
    assert round(A4_PORTRAIT.area_width / MM, 6) == 156
    assert round(A4_PORTRAIT.area_height / MM, 6) == 225
    assert (round(A4_LANDSCAPE.area_width / MM, 6), round(A4_LANDSCAPE.area_height / MM, 6)) == (225, 156)


def test_a_page_is_filled_before_the_next_begins() -> None:
    assert names(paginate([Piece("a", 50), Piece("b", 50), Piece("c", 1)], 100)) == [["a", "b"], ["c"]]


def test_tied_blocks_move_together() -> None:
    made = paginate([Piece("a", 60), Piece("b", 30, keep=True), Piece("c", 30)], 100)
    assert names(made) == [["a"], ["b", "c"]]


def test_tied_blocks_that_no_page_can_hold_still_come_in_order() -> None:
    made = paginate([Piece(n, 60, keep=True) for n in "abc"], 100)
    assert names(made) == [["a"], ["b"], ["c"]]


def test_a_table_head_is_repeated_and_counts() -> None:
    head = Piece("head", 20, keep=True)
    rows = [Piece(str(n), 30, head=(head,)) for n in range(5)]
    assert names(paginate([head, *rows], 100)) == [["head", "0", "1"], ["head", "2", "3"], ["head", "4"]]


def test_notes_and_sign_off_never_stand_alone_on_a_page() -> None:
    head = Piece("head", 10, keep=True)
    rows = [Piece(str(n), 30, head=(head,)) for n in range(3)]
    foot = [Piece("note", 5), Piece("signed", 10, before=5)]
    assert names(paginate([head, *rows, *foot], 100)) == [["head", "0", "1", "2"], ["note", "signed"]]
    made = with_foot([head, *rows, *foot], 100)
    assert names(paginate(made, 100)) == [["head", "0", "1"], ["head", "2", "note", "signed"]]
    assert [one.height for one in made] == [one.height for one in [head, *rows, *foot]]
    tall = [Piece("opinions", 26)]
    assert with_foot([*rows, *tall], 100) == [*rows, *tall] and with_foot(rows, 100) == rows
    assert with_foot(foot, 100) == foot


def test_the_gap_above_a_block_falls_away_at_the_top_of_a_page() -> None:
    made = paginate([Piece("a", 90), Piece("b", 50, before=10)], 100)
    assert made[1][0].depth == 0
    assert paginate([Piece("a", 10), Piece("b", 10, before=7)], 100)[0][1].depth == 17


def test_a_block_higher_than_a_page_is_drawn_rather_than_lost() -> None:
    assert names(paginate([Piece("a", 10), Piece("giant", 500), Piece("b", 10)], 100)) == [
        ["a"],
        ["giant"],
        ["b"],
    ]


def test_a_long_paragraph_is_cut_between_lines_never_leaving_one() -> None:
    long = blocks.Lines(tuple(str(n) for n in range(100)), BODY, 100)
    made = paginate([long], BODY.leading * 33)
    counts = [len(placed.block.lines) for page in made for placed in page if isinstance(placed.block, blocks.Lines)]
    assert counts == [33, 33, 32, 2]
    assert all(count <= 33 for count in counts)


@given(
    st.lists(st.tuples(st.floats(1, 140), st.booleans(), st.floats(0, 20)), max_size=40),
    st.booleans(),
)
def test_every_block_is_placed_once_in_order_and_inside(made_of: list[tuple[float, bool, float]], headed: bool) -> None:
    head = (Piece("head", 15),) if headed else ()
    made = [Piece(str(n), height, keep, head, before) for n, (height, keep, before) in enumerate(made_of)]
    pages = paginate(made, 100)
    assert [name for page in names(pages) for name in page if name != "head"] == [p.name for p in made]
    for page in pages:
        for placed in page:
            fits = placed.depth + placed.block.height <= 100.02
            assert fits or placed.block.height + (15 if headed else 0) > 100
        depths = [placed.depth for placed in page]
        assert depths == sorted(depths)


def test_a_paragraph_knows_its_indent() -> None:
    faces = fonts.load(bundled_only=True)
    made = blocks.paragraph(faces, "一二三四五六", BODY, 40, indent_characters=2)
    assert made.lines == ("一二", "三四五六")
    assert made.height == 2 * BODY.leading


def test_a_new_page_begins_even_where_there_is_room() -> None:
    made = paginate([Piece("a", 10), NewPage("附表"), Piece("b", 10)], 100)
    assert names(made) == [["a"], ["b"]]
    assert isinstance(made[1][0].block, NewPage)


def test_a_new_page_at_the_top_of_one_leaves_no_empty_page() -> None:
    assert names(paginate([NewPage("附表"), Piece("a", 10)], 100)) == [["a"]]
    assert names(paginate([Piece("a", 100), NewPage("附表"), Piece("b", 10)], 100)) == [["a"], ["b"]]
