"""How every chart looks: faces, sizes, and colours by role from the theme files. Loads matplotlib: import late."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from okr_desk import palette, paths

os.environ.setdefault("MPLCONFIGDIR", str(paths.cache_folder() / "matplotlib"))

# Its cache folder has to be named before it loads.
import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FAMILY = "Noto Sans SC"
POINTS = 72
"""Points in an inch: sizes here are points, as on paper."""
QUARTERS = (1, 2, 3, 4)


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
            "xtick.major.width": 0.5,
            "ytick.major.width": 0.5,
            "xtick.major.size": 2.5,
            "ytick.major.size": 0,
            "xtick.labelsize": 7.5,
            "ytick.labelsize": 7.5,
            "legend.frameon": False,
            "legend.fontsize": 7.5,
            "legend.handlelength": 2.2,
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
    quiet = palette.colour("text_quiet", theme)
    found.tick_params(colors=quiet, labelcolor=palette.colour("text", theme))
    for spine in found.spines.values():
        spine.set_color(palette.colour("line", theme))
    return found


def grid(found: Axes, theme: str, axis: Literal["x", "y"] = "y") -> None:
    """Faint lines behind the data."""
    found.grid(True, axis=axis, color=palette.colour("grid", theme), linewidth=0.5)
    found.set_axisbelow(True)


def floats(values: Sequence[Decimal | None]) -> list[float]:
    """Numbers for drawing; a missing one becomes a gap."""
    return [float("nan") if value is None else float(value) for value in values]


def shortened(text: str, characters: int) -> str:
    """`text` cut to `characters`, the cut shown by an ellipsis."""
    plain = " ".join(text.split())
    return plain if len(plain) <= characters else plain[: characters - 1] + "…"
