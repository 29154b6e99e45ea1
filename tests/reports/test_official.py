"""The layout of official documents measured on the PDF against GB/T 9704-2012 (domain 6.1)."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr_desk.queries.official_text import OfficialText
from okr_desk.reports import document, fonts, official, official_grid, official_head, table
from okr_desk.reports.fonts import Fonts
from okr_desk.reports.official import Annex
from okr_desk.reports.official_grid import PITCH, Span
from okr_desk.reports.pages import MM, Block
from okr_desk.reports.styles import TABLE
from okr_desk.reports.table import Cell
from tests.reports.official_reading import Measured, pages, said

AT = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)
NEAR = 0.3
"""Millimetres."""
FACES = fonts.load(bundled_only=True)
SENTENCE = (
    "各党支部要对照目标责任书，逐项核对关键结果的基线、目标和本季实绩，对没有按期报送的，要在规定时限内补报并说明原因；"
    "对实绩与佐证材料不一致的，由镇党建办会同有关部门现场核实（核实情况书面反馈支部），不得以会议代替落实、以留痕代替实绩。"
)


def text(count: int = 3, **more: object) -> OfficialText:
    plain: dict[str, object] = {
        "mark": "中共青山镇委员会文件",
        "number": "青党建〔2026〕12号",
        "title": "关于2026年第三季度基层党组织OKR考评情况的通报",
        "addressees": "各党支部：",
        "paragraphs": ("一、总体情况", "（一）分类情况", *(SENTENCE for _ in range(count)), "镇" * 80),
        "signer": "中共青山镇委员会",
        "dated": "2026年10月15日",
        "copies": ("县委组织部", "镇党委、政府领导同志"),
        "printed_by": "中共青山镇委员会党建工作办公室",
        "printed_on": "2026年10月15日印发",
    }
    return OfficialText(**{**plain, **more})  # type: ignore[arg-type]


def _short(count: int) -> OfficialText:
    """So many short paragraphs and one of two lines, no record block."""
    return text(paragraphs=(*["短句收尾。"] * count, "镇" * 40), copies=(), printed_by="")


def rows(faces: Fonts, width: float, count: int = 40) -> list[Block]:
    widths = table.filling((1, 4), width)
    return [table.row(faces, widths, [Cell(str(n)), Cell("青石村党支部")], TABLE, least=22) for n in range(count)]


def printed(path: Path, of: OfficialText, annexes: tuple[Annex, ...] = ()) -> list[Measured]:
    build = partial(official.lay_out, of=of, annexes=annexes)
    document.write(path, [build], title=of.title, printed_at=AT, bundled_fonts=True)
    return pages(path)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> list[Measured]:
    return printed(tmp_path_factory.mktemp("official") / "o.pdf", text(14))


def test_it_is_a4(usual: list[Measured]) -> None:
    assert usual[0].size == pytest.approx((210, 297), abs=0.1)


def test_a_full_line_has_28_characters_from_28_mm_on(usual: list[Measured]) -> None:
    """Cells of 156/28 mm, the glyph of 16 pt in the middle of its cell."""
    full = next(line for page in usual for line in page.lines if said(line) == "镇" * 28)
    assert full[0].x == pytest.approx(28, abs=NEAR)
    assert full[-1].x + 16 / MM == pytest.approx(184, abs=NEAR)
    steps = [b.x - a.x for a, b in itertools.pairwise(full)]
    assert all(step == pytest.approx(156 / 28, abs=0.01) for step in steps)
    assert {round(char.size, 2) for char in full} == {16}


def test_22_lines_of_225_mm_fill_a_page(usual: list[Measured]) -> None:
    page = usual[1]
    body = [line for line in page.lines if line[0].size == 16]
    assert len(body) == 22
    bases = [line[0].base for line in body]
    assert all(b - a == pytest.approx(225 / 22, abs=0.01) for a, b in itertools.pairwise(bases))
    assert (bases[1] - bases[0]) * MM == pytest.approx(28.99, abs=0.01)
    assert bases[0] == pytest.approx(37 + (28.99 - 16) / 2 / MM + 0.86 * 16 / MM, abs=NEAR)


def test_a_paragraph_begins_two_characters_in(usual: list[Measured]) -> None:
    first = usual[0].line("各党支部要对照目标责任书")
    assert first[0].x == pytest.approx(28 + 2 * 156 / 28, abs=NEAR)
    assert usual[0].line("各党支部：")[0].x == pytest.approx(28, abs=NEAR)


def test_levels_have_their_faces(usual: list[Measured]) -> None:
    assert "Sans" in usual[0].line("一、总体情况")[0].face
    assert "Kai" in usual[0].line("（一）分类情况")[0].face
    assert "Serif" in usual[0].line("各党支部要对照")[0].face


def test_the_red_mark_begins_35_mm_below_the_top_of_the_type_area(usual: list[Measured]) -> None:
    mark = usual[0].line("中共青山镇委员会文件")
    assert min(char.top for char in mark) == pytest.approx(37 + 35, abs=NEAR)
    assert (mark[0].x + mark[-1].x + mark[0].size / MM) / 2 == pytest.approx(28 + 78, abs=NEAR)
    assert all(red > 180 and green < 40 and blue < 40 for red, green, blue in (char.colour for char in mark))
    assert usual[0].line("青党建〔2026〕12号")[0].colour == (0, 0, 0)


def test_the_red_line_lies_4_mm_under_the_number_across_the_type_area(usual: list[Measured]) -> None:
    number = usual[0].line("青党建〔2026〕12号")
    box_bottom = number[0].base + 0.14 * 16 / MM
    (line,) = usual[0].strokes
    assert (line.top + line.bottom) / 2 - box_bottom == pytest.approx(4, abs=NEAR)
    assert line.left == pytest.approx(28, abs=NEAR) and line.right == pytest.approx(184, abs=NEAR)
    assert {round(char.size) for char in number} == {16}
    assert (number[0].left + number[-1].right) / 2 == pytest.approx(106, abs=0.6)


def test_the_number_stands_two_lines_under_the_mark_and_the_title_two_under_the_line(usual: list[Measured]) -> None:
    line = 225 / 22
    mark = max(char.bottom for char in usual[0].line("中共青山镇委员会文件"))
    number_top = usual[0].line("青党建〔2026〕12号")[0].base - 0.86 * 16 / MM
    assert 2 * line <= number_top - mark < 2.5 * line
    (rule,) = usual[0].strokes
    title_top = usual[0].line("关于2026年第三季度")[0].base - 0.86 * 22 / MM
    assert title_top - (rule.top + rule.bottom) / 2 == pytest.approx(2 * line, abs=NEAR)


def test_the_title_is_22_points_and_its_lines_are_centred(usual: list[Measured]) -> None:
    title = [line for line in usual[0].lines if line[0].size == 22]
    assert [said(line) for line in title] == ["关于2026年第三季度", "基层党组织OKR考评情况的通报"]
    for line in title:
        assert (line[0].left + line[-1].right) / 2 == pytest.approx(106, abs=0.6)


@pytest.mark.parametrize(("page", "is_odd"), [(0, True), (1, False), (2, True)])
def test_page_numbers_stand_outside(usual: list[Measured], page: int, is_odd: bool) -> None:
    number = usual[page].line(f"—{page + 1}—")
    assert {round(char.size) for char in number} == {14}
    dash = (number[0].top + number[0].bottom) / 2
    assert dash - (297 - 35) == pytest.approx(7, abs=NEAR)
    one_space = 14 / MM
    if is_odd:
        assert number[-1].right == pytest.approx(184 - one_space, abs=0.6)
    else:
        assert number[0].left == pytest.approx(28 + one_space, abs=0.6)


def test_the_date_is_four_characters_in_and_the_signer_centred_over_it(usual: list[Measured]) -> None:
    page = next(page for page in usual if any(said(line) == "2026年10月15日" for line in page.lines))
    dated, signer = page.line("2026年10月15日"), page.line("中共青山镇委员会")
    assert dated[-1].x + 16 / MM == pytest.approx(184 - 4 * 156 / 28, abs=NEAR)
    middle = (dated[0].x + dated[-1].x + 16 / MM) / 2
    assert (signer[0].x + signer[-1].x + 16 / MM) / 2 == pytest.approx(middle, abs=NEAR)
    assert dated[0].base - signer[0].base == pytest.approx(225 / 22, abs=0.01)


@pytest.mark.parametrize("count", range(1, 26))
def test_the_sign_off_stays_with_text_and_the_seal_has_room(tmp_path: Path, count: int) -> None:
    """Whatever the length: two lines of text above it, and 50 × 53 mm where nothing but 署名 and date stands.

    A seal of 42 mm whose middle is a little above both begins less than a line under the text.
    """
    made = printed(
        tmp_path / "o.pdf", text(1, paragraphs=(*["短句收尾。"] * count, "镇" * 40), copies=(), printed_by="")
    )
    page = made[-1]
    dated = page.line("2026年10月15日")
    middle = (dated[0].x + dated[-1].x + 16 / MM) / 2
    above = [line for line in page.lines if line[0].base < dated[0].base and line[0].size == 16]
    assert len(above) >= 3
    text_bottom = above[-2][0].base + 0.14 * 16 / MM
    assert dated[0].base - text_bottom < 4.1 * 225 / 22
    inside = [
        said(line)
        for line in page.lines
        for char in line
        if middle - 25 < char.x < middle + 25 and text_bottom + 1 < char.base < text_bottom + 53
    ]
    assert set(inside) == {"2026年10月15日", "中共青山镇委员会"}
    assert text_bottom + 53 < 262 + NEAR
    assert not any("此页无正文" in said(line) for line in page.lines)


def test_the_record_block_ends_an_even_page(tmp_path: Path) -> None:
    for count in (1, 6, 12, 18):
        made = printed(tmp_path / "o.pdf", text(count))
        assert len(made) % 2 == 0
        strokes = sorted(made[-1].strokes, key=lambda stroke: stroke.top)
        assert [round(stroke.weight, 2) for stroke in strokes[-3:]] == [0.35, 0.25, 0.35]
        assert strokes[-1].bottom == pytest.approx(262, abs=NEAR)
        copies = made[-1].line("抄送：县委组织部，镇党委、政府领导同志。")
        assert copies[0].size == 14 and copies[0].x == pytest.approx(28 + 14 / MM, abs=NEAR)
        sent = made[-1].line("2026年10月15日印发")
        assert sent[-1].x + 14 / MM == pytest.approx(184 - 14 / MM, abs=NEAR)


def test_pages_before_and_with_a_lonely_record_block_have_no_number(tmp_path: Path) -> None:
    """Only where a blank page lies before it (7.5): text fills an even page to its foot."""
    for count in range(1, 24):
        made = printed(tmp_path / "o.pdf", text(1, paragraphs=tuple(["短句收尾。"] * (count + 20))))
        if not made[-2].chars:
            assert all("印发" in said(line) or "抄送" in said(line) for line in made[-1].lines)
            return
    pytest.fail("no length gave a blank page")


def test_annexes_begin_pages_of_their_own_and_are_named_below_the_text(tmp_path: Path) -> None:
    annexes = (Annex("考评等次表", rows), Annex("整改清单", partial(rows, count=5)))
    made = printed(tmp_path / "o.pdf", text(1), annexes)
    whole = [said(line) for page in made for line in page.lines]
    assert "附件：1.考评等次表" in [line.replace(" ", "") for line in whole]
    assert "2.整改清单" in whole
    first = next(page for page in made if said(page.lines[0]) == "附件1")
    assert "Sans" in first.lines[0][0].face and first.lines[0][0].x == pytest.approx(28, abs=NEAR)
    assert said(first.lines[1]) == "考评等次表" and first.lines[1][0].size == 22
    third = 37 + 2.5 * 225 / 22
    title = first.lines[1]
    assert title[0].base - 0.36 * 22 / MM == pytest.approx(third, abs=0.5)


def test_a_table_across_keeps_the_place_of_the_page_number(tmp_path: Path) -> None:
    made = printed(tmp_path / "o.pdf", text(1), (Annex("整改清单", rows, across=True),))
    turned = [n for n, page in enumerate(made) if any(char.text == "附" and char.x < 40 for char in page.chars)][-1]
    page = made[turned]
    assert page.size == pytest.approx((210, 297), abs=0.1)
    number = page.line(f"—{turned + 1}—")
    assert number[0].size == 14
    for stroke in page.strokes:
        assert stroke.left >= 28 - NEAR and stroke.right <= 184 + NEAR
        assert stroke.top >= 37 - NEAR and stroke.bottom <= 262 + NEAR


# Lines


def broken(paragraph: str) -> list[str]:
    return ["".join(one.sign.text for one in line) for line in official_grid.lines(FACES, [Span(paragraph)])]


def test_a_mark_hangs_so_that_the_grid_holds() -> None:
    (first, second) = official_grid.lines(FACES, [Span("镇" * 26 + "，" + "村" * 5)])
    assert [one.sign.text for one in first] == ["镇"] * 26 + ["，"]
    steps = {round(b.x - a.x, 3) for a, b in itertools.pairwise(first)}
    assert steps == {round(PITCH, 3)}
    assert second[0].sign.text == "村"


def test_two_marks_make_others_give_way_or_take_their_character_along() -> None:
    assert broken("镇" * 10 + "，“" + "镇" * 13 + "村”。" + "村" * 5)[0].endswith("村”。")
    assert broken("镇" * 25 + "村）。" + "村" * 5)[1].startswith("村）。")


def test_nothing_is_squeezed_but_for_marks_at_the_end() -> None:
    """28 and no more, though marks inside the line could give way."""
    lines = official_grid.lines(FACES, [Span("各党支部要对照目标责任书，逐项核对关键结果的基线、目标和本季实绩。")])
    assert len(lines[0]) == 26
    assert {round(b.x - a.x, 3) for a, b in zip(lines[0], lines[0][1:], strict=False)} == {round(PITCH, 3)}


@given(st.text(alphabet="镇党建办，。：；）（“”《》2026OKR%、 ", min_size=1, max_size=150))
def test_no_line_begins_with_a_closing_mark_nor_leaves_the_type_area(content: str) -> None:
    lines = official_grid.lines(FACES, [Span(content)])
    assert "".join("".join(one.sign.text for one in line) for line in lines).replace(" ", "") == content.replace(
        " ", ""
    )
    for number, line in enumerate(lines):
        if not line:
            continue
        ink = [one for one in line if not one.sign.closes]
        assert not ink or ink[-1].x + ink[-1].sign.advance <= 28 * PITCH + 0.5
        if number and not all(one.sign.closes for one in line):
            before = lines[number - 1]
            assert not line[0].sign.closes or len(before) > 20 or not before


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("季度考评通报", ["季度考评通报"]),
        ("手工\n断行", ["手工", "断行"]),
        (
            "中共青山镇委员会关于2026年第三季度基层党组织OKR考评情况的通报",
            ["中共青山镇委员会关于2026年第三季度", "基层党组织OKR考评情况的通报"],
        ),
    ],
)
def test_titles_are_broken_by_sense(title: str, lines: list[str]) -> None:
    assert list(official_head.title_lines(FACES, title)) == lines


def test_titles_are_no_rectangle_and_no_hourglass() -> None:
    for length in range(21, 60):
        found = official_head.title_lines(FACES, "镇" * length)
        widths = [len(line) for line in found]
        assert sum(widths) == length
        assert max(widths) - min(widths) >= 2
        assert not any(b < a and b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))
