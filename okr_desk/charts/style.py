"""How every chart looks: faces, sizes, and colours by role from the theme files. Loads matplotlib: import late."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from okr_desk import paths
from okr_desk.i18n import _
from okr_desk.palette import colour

os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))

# Its cache folder has to be named before it loads.
import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.transforms import offset_copy

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

FAMILY = "Noto Sans SC"
LABEL = 7.5
"""Size of all words in a chart, points."""
POINTS = 72
"""Points in an inch: sizes here are points, as on paper."""
DASHED = (0, (4, 2.5))
"""What is planned; what was reached is a full line."""


@cache
def _prepare() -> None:
    """Once per process: bundled faces, quiet defaults, and no text is ever read as a formula."""
    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        font_manager.fontManager.addfont(str(paths.resource("fonts", name)))
    mpl.rcParams.update(
        {
            "font.family": [FAMILY],
            "font.size": 8,
            "axes.unicode_minus": False,
            "axes.linewidth": 0.5,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "text.parse_math": False,
            "pdf.fonttype": 42,
        }
    )


def figure(size: tuple[float, float], dpi: float = POINTS) -> Figure:
    """An empty figure of `size` (width, height) points; transparent, so that rules under it stay visible."""
    _prepare()
    made = Figure(figsize=(size[0] / POINTS, size[1] / POINTS), dpi=dpi)
    made.patch.set_alpha(0)
    return made


def axes(made: Figure, margins: tuple[float, float, float, float], theme: str) -> Axes:
    """Axes with fixed margins (left, right, top, bottom) in points; fixed ones draw in half the time."""
    left, right, top, bottom = margins
    width, height = made.get_figwidth() * POINTS, made.get_figheight() * POINTS
    found = made.add_axes(
        (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    )
    found.patch.set_alpha(0)
    for spine in found.spines.values():
        spine.set_color(colour("line", theme))
    return found


def scale(
    found: Axes,
    theme: str,
    x: Sequence[tuple[float, str]] = (),
    y: Sequence[tuple[float, str]] = (),
    grid: str = "",
) -> None:
    """Label the axes at (place, words) and draw faint lines at the places of the axis named by `grid`.

    Matplotlib's own ticks make five objects for each label; these make one, and halve the time of a chart.
    Call it when the limits are set.
    """
    found.set_xticks([])
    found.set_yticks([])
    ink, faint = colour("text", theme), colour("grid", theme)
    low, high = found.get_xlim()
    bottom, top = found.get_ylim()
    if grid == "y":
        found.hlines([place for place, _words in y], low, high, color=faint, linewidth=0.5, zorder=0)
    if grid == "x":
        found.vlines([place for place, _words in x], bottom, top, color=faint, linewidth=0.5, zorder=0)
    found.set_xlim(low, high)
    found.set_ylim(bottom, top)
    for place, words in x:
        note(found, place, bottom, words, (0, -3), ink, "center", "top")
    for place, words in y:
        note(found, low, place, words, (-4, 0), ink, "right")


def note(
    found: Axes,
    x: float,
    y: float,
    words: str,
    shift: tuple[float, float],
    ink: str,
    across: Literal["left", "center", "right"] = "left",
    upright: Literal["center", "top", "bottom", "baseline"] = "center",
) -> None:
    """Words beside a point of the data, `shift` (right, up) points away from it."""
    moved = offset_copy(found.transData, found.get_figure(root=True), shift[0], shift[1], units="points")
    found.text(x, y, words, transform=moved, ha=across, va=upright, color=ink, fontsize=LABEL)


def key(found: Axes, theme: str, entries: Sequence[tuple[Line2D, str]]) -> None:
    """What each line means, in a row above the axes: a piece of the line and its word."""
    x = 0.0
    width = found.get_window_extent().width
    for line, words in entries:
        piece = (x, x + 16 / width)
        found.plot(
            [piece[0], sum(piece) / 2, piece[1]],
            [1.07] * 3,
            transform=found.transAxes,
            clip_on=False,
            color=line.get_color(),
            linewidth=line.get_linewidth(),
            linestyle=line.get_linestyle() if line.get_linestyle() in ("-", "None") else DASHED,
            marker=line.get_marker(),
            markersize=line.get_markersize(),
            markerfacecolor=line.get_markerfacecolor(),
            markevery=[1],
        )
        found.text(
            piece[1] + 4 / width,
            1.07,
            words,
            transform=found.transAxes,
            va="center",
            fontsize=LABEL,
            color=colour("text", theme),
        )
        x = piece[1] + (14 + len(words) * LABEL) / width


def quarter_names() -> list[str]:
    """Labels of the year's axis."""
    return [_("一季度"), _("二季度"), _("三季度"), _("四季度")]


def floats(values: Sequence[Decimal | None]) -> list[float]:
    """Numbers for drawing; a missing one becomes a gap."""
    return [float("nan") if value is None else float(value) for value in values]


def extent(words: str) -> float:
    """About how wide `words` are in points, for margins: a Chinese character is square, a digit half of it."""
    return sum(LABEL if ord(character) > 0x2E80 else LABEL * 0.58 for character in words)


def shortened(text: str, characters: int) -> str:
    """`text` cut to `characters`, the cut shown by an ellipsis."""
    plain = " ".join(text.split())
    return plain if len(plain) <= characters else plain[: characters - 1] + "…"
