"""Lines of Chinese text: nothing overflows, nothing is lost, punctuation stays where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr_desk.reports import fonts, text
from okr_desk.reports.fonts import Role
from okr_desk.reports.text import Style

FACES = fonts.load(bundled_only=True)
STYLE = Style(Role.TABLE, 10, 12)


def broken(content: str, width: float, indent: float = 0) -> list[str]:
    return text.break_lines(FACES, content, width, STYLE, indent)


def test_a_line_holds_as_many_characters_as_fit() -> None:
    assert broken("一二三四五六七八", 40) == ["一二三四", "五六七八"]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("一二三四，五六", ["一二三", "四，五六"]),
        ("一二三（四）五", ["一二三", "（四）五"]),
        ("一二三四……五", ["一二三", "四……五"]),
        ("一二《三四》五", ["一二《三", "四》五"]),
    ],
)
def test_punctuation_neither_begins_nor_dangles(content: str, lines: list[str]) -> None:
    assert broken(content, 40) == lines


def test_numbers_and_words_stay_whole_unless_one_alone_is_too_wide() -> None:
    assert broken("收入达500000.00元", 60)[1].startswith("500000.00")
    long = broken("a" * 40, 50)
    assert "".join(long) == "a" * 40 and len(long) > 3


def test_line_feeds_and_the_indent_are_kept() -> None:
    assert broken("一\n\n二", 40) == ["一", "", "二"]
    assert broken("一二三四五", 40, indent=20) == ["一二", "三四五"]
    assert broken("", 40) == [""]


def test_markup_is_text() -> None:
    said = "<b>粗</b><img src='x'/>&amp;"
    assert "".join(broken(said, 400)) == said


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="甲乙丙丁，。、；：（）《》“”…—ab12.% \n𬱖䶮", max_size=120),
    st.floats(min_value=45, max_value=200),
)
def test_nothing_is_lost_and_nothing_overflows(content: str, width: float) -> None:
    lines = broken(content, width)
    assert "".join("".join(lines).split()) == "".join(content.split())
    for line in lines:
        assert FACES.width(STYLE.role, line, STYLE.size) <= width + 0.02


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["甲乙", "丙，", "（丁", "戊）", "。", "12%", "《己》", "庚"]), max_size=60))
def test_no_line_begins_with_closing_marks(pieces: list[str]) -> None:
    content = "".join(pieces).lstrip("，。）》%")
    lines = broken(content, 100)
    runs_fit = all(FACES.width(STYLE.role, unit, STYLE.size) <= 100 for unit in text.units(content))
    if runs_fit:
        assert not any(line[:1] in text.CLOSING for line in lines[1:])
        assert not any(line[-1:] in text.OPENING for line in lines[:-1])


def test_a_size_is_found_that_fits() -> None:
    size = text.fit_size(FACES, "一" * 20, 100, STYLE, 3)
    assert size == pytest.approx(5)
    assert text.fit_size(FACES, "一", 100, STYLE, 3) == 10
    assert text.fit_size(FACES, "一" * 200, 100, STYLE, 6) == 6
    assert text.fit_size(FACES, "", -5, STYLE, 6) == 10
    assert text.fit_size(FACES, "一", -5, STYLE, 6) == 6


def test_a_long_word_is_set_smaller_rather_than_cut() -> None:
    assert text.word_size(FACES, "一二三四五六七八", 40, STYLE, 4) == 10
    assert text.word_size(FACES, "Dimension", 30, STYLE, 4) < 10
    assert text.word_size(FACES, "", 30, STYLE, 4) == 10
