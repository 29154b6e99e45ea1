"""Draws a matplotlib figure on the page as lines and live text, with the faces of the document.

A picture would be large and a second PDF library would bring its own fonts; this costs 3 KB a chart and the
text in it can be searched and copied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

from okr_desk.reports import text as words
from okr_desk.reports.blocks import Sized
from okr_desk.reports.fonts import Fonts, Role, clean
from okr_desk.reports.pages import Pen
from okr_desk.reports.text import Style

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text
    from matplotlib.transforms import Transform
    from matplotlib.typing import ColorType
    from numpy.typing import ArrayLike
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

_BOLD = 600
_TILE = 72.0
"""Points: hatches repeat every inch."""
_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


@dataclass(frozen=True)
class FigureBlock(Sized):
    """A chart of fixed size; the figure is made only when it is drawn, so a batch never holds more than one."""

    make: Callable[[], Figure]
    width: float
    height: float
    before: float = 0
    keep: bool = False

    def draw(self, pen: Pen, x: float, top: float) -> None:
        draw_figure(pen.canvas, pen.fonts, self.make(), x, top - self.height)


def draw_figure(canvas: Canvas, fonts: Fonts, figure: Figure, x: float, y: float) -> None:
    """Draw `figure` with its lower left corner at (x, y); its size in inches is its size on paper."""
    figure.set_dpi(72)
    canvas.saveState()
    canvas.translate(x, y)
    figure.draw(CanvasRenderer(canvas, fonts, figure.get_figwidth() * 72, figure.get_figheight() * 72))
    canvas.restoreState()


class CanvasRenderer(RendererBase):
    """What matplotlib asks of a renderer, on a ReportLab canvas; one pixel is one point."""

    def __init__(self, canvas: Canvas, fonts: Fonts, width: float, height: float) -> None:
        super().__init__()
        self._canvas = canvas
        self._fonts = fonts
        self._size = (width, height)

    def flipy(self) -> bool:
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def points_to_pixels(self, points: ArrayLike) -> ArrayLike:
        return points

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Outline,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803 - matplotlib's own name
    ) -> None:
        stroked = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        face = None if rgbFace is None else to_rgba(rgbFace)
        filled = face is not None and face[3] > 0
        if not (stroked or filled):
            return
        canvas = self._canvas
        canvas.saveState()
        self._clip(gc)
        if stroked:
            self._pen(gc)
        if face is not None and filled:
            canvas.setFillColorRGB(*face[:3])
        canvas.drawPath(self._outline(path, transform), stroke=int(stroked), fill=int(filled))
        canvas.restoreState()
        if gc.get_hatch():
            self._hatch(gc, path, transform)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | str = False,
        mtext: Text | None = None,
    ) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColorRGB(*gc.get_rgb()[:3])
        canvas.translate(x, y)
        if angle:
            canvas.rotate(angle)
        style = _style(prop)
        words.draw_line(canvas, self._fonts, _one_line(s), 0, 0, style)
        canvas.restoreState()

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: bool | str
    ) -> tuple[float, float, float]:
        style = _style(prop)
        width = self._fonts.width(style.role, _one_line(s), style.size)
        return width, style.size, style.size * 0.14

    def _hatch(self, gc: GraphicsContextBase, path: Outline, transform: Transform) -> None:
        """Strokes over the face of `path`, as lines: tiles of one inch, like matplotlib's own."""
        tile = gc.get_hatch_path()
        canvas, bounds = self._canvas, path.get_extents(transform)
        canvas.saveState()
        self._clip(gc)
        canvas.clipPath(self._outline(path, transform), stroke=0, fill=0)
        canvas.setStrokeColorRGB(*to_rgba(gc.get_hatch_color())[:3])
        canvas.setLineWidth(gc.get_hatch_linewidth())
        for across in range(int(bounds.x0 // _TILE), int(bounds.x1 // _TILE) + 1):
            for up in range(int(bounds.y0 // _TILE), int(bounds.y1 // _TILE) + 1):
                placed = Affine2D().scale(_TILE).translate(across * _TILE, up * _TILE)
                canvas.drawPath(self._outline(tile, placed), stroke=1, fill=0)
        canvas.restoreState()

    def _pen(self, gc: GraphicsContextBase) -> None:
        canvas = self._canvas
        canvas.setStrokeColorRGB(*gc.get_rgb()[:3])
        canvas.setLineWidth(gc.get_linewidth())
        canvas.setLineCap(_CAPS[str(gc.get_capstyle())])
        canvas.setLineJoin(_JOINS[str(gc.get_joinstyle())])
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            canvas.setDash(np.asarray(dashes, dtype=float).tolist(), offset or 0)

    def _clip(self, gc: GraphicsContextBase) -> None:
        frame = gc.get_clip_rectangle()
        if frame is not None:
            left, bottom, width, height = frame.bounds
            path = self._canvas.beginPath()
            path.rect(left, bottom, width, height)
            self._canvas.clipPath(path, stroke=0, fill=0)
        outline, transform = gc.get_clip_path()
        if outline is not None and transform is not None:
            self._canvas.clipPath(self._outline(cast("Outline", outline), transform), stroke=0, fill=0)

    def _outline(self, path: Outline, transform: Transform) -> PDFPathObject:
        pdf = self._canvas.beginPath()
        here = (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False):
            p = [float(value) for value in points]
            if code == Outline.MOVETO:
                pdf.moveTo(*p)
            elif code == Outline.LINETO:
                pdf.lineTo(*p)
            elif code == Outline.CURVE4:
                pdf.curveTo(*p)
            elif code == Outline.CURVE3:
                pdf.curveTo(*_cubic(here, p))
            else:
                pdf.close()
                continue
            here = (p[-2], p[-1])
        return pdf


def _cubic(start: tuple[float, float], p: list[float]) -> tuple[float, ...]:
    """A quadratic curve as the cubic one that PDF knows (degree elevation)."""
    (x0, y0), (x1, y1), (x2, y2) = start, (p[0], p[1]), (p[2], p[3])
    return (
        (x0 + 2 * x1) / 3,
        (y0 + 2 * y1) / 3,
        (x2 + 2 * x1) / 3,
        (y2 + 2 * y1) / 3,
        x2,
        y2,
    )


def _style(prop: FontProperties) -> Style:
    weight = prop.get_weight()
    heavy = weight in ("bold", "semibold", "heavy") or (isinstance(weight, int) and weight >= _BOLD)
    size = float(prop.get_size_in_points())
    return Style(Role.HEAD if heavy else Role.TABLE, size, size * 1.3)


def _one_line(text: str) -> str:
    return clean(text).replace("\n", " ")
