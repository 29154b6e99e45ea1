"""Matplotlib on the page: vectors with live text, and user text that is never a formula."""

from __future__ import annotations

import re
from pathlib import Path

from matplotlib.figure import Figure
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from okr_desk.charts import style
from okr_desk.reports import fonts
from okr_desk.reports.figure import CanvasRenderer, FigureBlock, draw_figure
from okr_desk.reports.pages import Pen
from tests.reports import pdf


def drawn(folder: Path, figure: Figure) -> Path:
    path = folder / "figure.pdf"
    faces = fonts.load(bundled_only=True)
    canvas = Canvas(str(path), initialFontName=faces.first(fonts.Role.TABLE))
    draw_figure(canvas, faces, figure, 100, 400)
    canvas.save()
    return path


def test_text_of_a_chart_can_be_searched_and_is_not_a_formula(tmp_path: Path) -> None:
    figure = style.figure((200, 120))
    axes = style.axes(figure, (30, 10, 20, 20), "paper")
    axes.plot([0, 1, 2], [-1, 0, 1], label="王喆𬱖")
    axes.set_title("下降$\\frac{a$ 与 {x}^2")
    axes.legend()
    path = drawn(tmp_path, figure)
    said = pdf.squeezed(path)
    assert "王喆𬱖" in said and "下降$\\frac{a$与{x}^2" in said
    assert "-1" in said.replace("−", "-")
    assert pdf.unembedded(path) == []


def test_a_chart_is_vectors_of_a_few_kilobytes(tmp_path: Path) -> None:
    figure = style.figure((200, 120))
    style.axes(figure, (30, 10, 20, 20), "paper").bar([1, 2], [3, 4])
    reader = PdfReader(drawn(tmp_path, figure))
    page = reader.pages[0]
    assert not page.images
    assert len(page.get_contents().get_data()) < 20_000


def test_curves_dashes_rotation_clip_and_markers_are_drawn(tmp_path: Path) -> None:
    figure = style.figure((200, 120))
    axes = style.axes(figure, (30, 10, 20, 20), "paper")
    axes.plot([0, 5], [0, 5], linestyle="--", marker="o")
    axes.set_xlim(0, 2)
    axes.set_ylabel("完成度", rotation=90)
    content = PdfReader(drawn(tmp_path, figure)).pages[0].get_contents().get_data().decode("latin-1")
    assert " c\n" in content or " c " in content
    assert " d\n" in content or " d " in content
    assert re.search(r" W\*? n\b", content)


def test_the_block_makes_its_figure_only_when_it_is_drawn(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> Figure:
        made.append(1)
        return style.figure((100, 50))

    block = FigureBlock(make, 100, 50)
    assert (block.height, made) == (50, [])
    faces = fonts.load(bundled_only=True)
    canvas = Canvas(str(tmp_path / "a.pdf"), initialFontName=faces.first(fonts.Role.TABLE))
    block.draw(Pen(canvas, faces), 0, 100)
    assert made == [1]


def test_the_renderer_measures_with_the_faces_of_the_page(tmp_path: Path) -> None:
    from matplotlib.font_manager import FontProperties

    faces = fonts.load(bundled_only=True)
    renderer = CanvasRenderer(Canvas(str(tmp_path / "a.pdf")), faces, 100, 100)
    width, height, descent = renderer.get_text_width_height_descent("一二三", FontProperties(size=10), False)
    assert (round(width, 3), height) == (30, 10)
    assert 0 < descent < 5
    heavy, _h, _d = renderer.get_text_width_height_descent("1", FontProperties(size=10, weight="bold"), False)
    assert heavy != renderer.get_text_width_height_descent("1", FontProperties(size=10), False)[0]
    assert not renderer.flipy() and renderer.points_to_pixels(3) == 3


def test_hatches_are_strokes_within_their_piece(tmp_path: Path) -> None:
    figure = style.figure((200, 120))
    axes = style.axes(figure, (30, 10, 20, 20), "paper")
    plain = len(PdfReader(drawn(tmp_path, figure)).pages[0].get_contents().get_data())
    axes.bar([1], [3], hatch="///", edgecolor="black", facecolor="white")
    content = PdfReader(drawn(tmp_path, figure)).pages[0].get_contents().get_data()
    assert len(content) > plain + 500 and b" W" in content
