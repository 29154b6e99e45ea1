"""Rows of a ruled table: heights, decimal points, cutting."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from okr_desk.reports import fonts, table
from okr_desk.reports.pages import Pen
from okr_desk.reports.styles import TABLE
from okr_desk.reports.table import PAD, Cell

FACES = fonts.load(bundled_only=True)


def positions(folder: Path, row: table.Row) -> dict[str, tuple[float, float]]:
    """Where each text of a row begins."""
    path = folder / "row.pdf"
    canvas = Canvas(str(path), initialFontName=FACES.first(fonts.Role.TABLE))
    row.draw(Pen(canvas, FACES), 0, 500)
    canvas.save()
    found: dict[str, tuple[float, float]] = {}

    def visit(text: str, _cm: list[float], tm: list[float], *_rest: object) -> None:
        if text.strip():
            found[text.strip()] = (tm[4], tm[5])

    PdfReader(path).pages[0].extract_text(visitor_text=visit)
    return found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("61.4", True),
        ("-3", True),
        ("1,000", True),
        ("100", True),
        ("未报", False),
        ("≤0", False),
        ("", False),
    ],
)
def test_what_stands_on_a_decimal_point(text: str, number: bool) -> None:
    assert table.is_number(text) is number


def test_decimal_points_stand_under_each_other(tmp_path: Path) -> None:
    texts = ("61.4", "100", "7.25", "未报")
    axis = table.decimal_axis(FACES, texts, TABLE, 60)
    ends = []
    for number, text in enumerate(texts[:3]):
        row = table.row(FACES, (60,), (Cell(text, "decimal", axis=axis),), TABLE)
        folder = tmp_path / str(number)
        folder.mkdir()
        left, _y = positions(folder, row)[text]
        ends.append(round(left + FACES.width(TABLE.role, text.partition(".")[0], TABLE.size), 3))
    assert len(set(ends)) == 1


def test_a_number_too_wide_is_set_smaller_inside_its_cell(tmp_path: Path) -> None:
    wide = "123456789.25"
    axis = table.decimal_axis(FACES, (wide, "1"), TABLE, 36)
    row = table.row(FACES, (36,), (Cell(wide, "decimal", axis=axis),), TABLE)
    left, _y = positions(tmp_path, row)[wide]
    assert left >= PAD - 0.01


def test_a_row_is_as_high_as_its_highest_cell_and_not_lower_than_asked() -> None:
    one = table.row(FACES, (60, 30), (Cell("一"), Cell("一二三四五六")), TABLE)
    assert one.height == pytest.approx(3 * TABLE.leading + 2 * PAD)
    assert table.row(FACES, (60, 30), (Cell("一"), Cell("二")), TABLE, least=50).height == 50


def test_a_spanning_cell_has_the_width_of_its_columns() -> None:
    made = table.row(FACES, (30, 30, 30), (Cell("一二三四五六七", span=2), Cell("七")), TABLE)
    assert made.height == pytest.approx(2 * TABLE.leading + 2 * PAD)


def test_a_row_is_cut_between_lines_and_loses_none() -> None:
    row = table.row(FACES, (30, 30), (Cell("一" * 40), Cell("二")), TABLE)
    parts = row.split(8 * TABLE.leading)
    assert parts is not None
    first, rest = parts
    assert first.height <= 8 * TABLE.leading
    assert first.height + rest.height == pytest.approx(row.height + 2 * PAD)
    assert row.split(TABLE.leading) is None


def test_a_short_row_is_not_cut() -> None:
    assert table.row(FACES, (200,), (Cell("一"),), TABLE, least=100).split(90) is None


@pytest.mark.parametrize("texts", [("39.6316", "100"), ("6", "0.63", "未报"), ("123456.78", "0.0001"), ("未报",), ()])
def test_a_column_is_as_large_as_all_its_figures_on_one_point_allow(texts: tuple[str, ...]) -> None:
    """Set in the style found, no figure leaves its cell on either side of the decimal point."""
    width = 36.0
    style = table.decimal_style(FACES, texts, TABLE, width)
    axis = table.decimal_axis(FACES, texts, style, width)
    assert style.size <= TABLE.size
    for text in filter(table.is_number, texts):
        whole, point, rest = text.partition(".")
        assert FACES.width(style.role, whole, style.size) <= width - axis - PAD + 0.01
        assert FACES.width(style.role, point + rest, style.size) <= axis - PAD + 0.01
