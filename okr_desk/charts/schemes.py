"""The curve of a rule: points over values, with baseline, target and the value that is tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from okr_desk.charts import style
from okr_desk.i18n import _
from okr_desk.palette import colour
from okr_desk.scoring.anchors import Point
from okr_desk.scoring.curve import Curve
from okr_desk.scoring.rounding import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEADROOM = 12.0
"""Points of the page above full points: the names of the marks stand there, off the line."""
TICK = 15.0
"""Points of height that a figure beside the axis needs."""
MARGINS = (16.0, 22.0, 20.0)
"""White at the right, above and below, points."""
SHOWN_PLACES = 2
"""Decimal places of the points beside the dot."""


@dataclass(frozen=True)
class Marks:
    """What is marked on a curve: where a branch starts, what it aims at, and the value with its points."""

    baseline: Decimal | None = None
    target: Decimal | None = None
    tried: Point | None = None


def curve(
    found: Curve,
    marks: Marks,
    unit: str,
    size: tuple[float, float],
    theme: str = "light",
    dpi: float = style.POINTS,
) -> Figure:
    """Points upwards, values in `unit` to the right; `size` in points.

    Where the points jump the pieces stay apart; where only whole numbers count, each has its own dot.
    """
    made = style.figure(size, dpi)
    most = max(found.most, *(() if marks.tried is None else (marks.tried[1],)), Decimal("0.01"))
    bottom = min(0.0, _lowest(found))
    room = max(size[1] - MARGINS[1] - MARGINS[2], HEADROOM * 2)
    top = bottom + (float(most) - bottom) * room / (room - HEADROOM)
    y_ticks = _ticks(bottom, float(most), max(1, min(4, int(room // TICK))))
    axes = style.axes(made, (_room(y_ticks), *MARGINS), theme)
    low, high = _limits(found)
    axes.set_xlim(low, high)
    axes.set_ylim(bottom, top)
    style.scale(axes, theme, x=_ticks(low, high, 5, found.is_counted), y=y_ticks, grid="y")
    _pieces(axes, found, theme)
    _marks(axes, found, marks, theme)
    quiet = colour("text_quiet", theme)
    style.note(axes, low, top, _("得分"), (-2, 9), quiet, "left")
    if unit:
        said = _("单位：{unit}").format(unit=unit)
        style.note(axes, high, top, said, (0, 9), quiet, "right")
    return made


def _pieces(axes: Axes, found: Curve, theme: str) -> None:
    ink = colour("trend", theme)
    if found.is_counted:
        dots = [piece[0] for piece in found.pieces]
        axes.plot([float(x) for x, _y in dots], [float(y) for _x, y in dots], "o", color=ink, markersize=3.2)
        return
    for piece in found.pieces:
        axes.plot([float(x) for x, _y in piece], [float(y) for _x, y in piece], color=ink, linewidth=1.6)


def _marks(axes: Axes, found: Curve, marks: Marks, theme: str) -> None:
    """Upright lines at baseline and target with their names above; the trial as a dot led to both axes."""
    low, high = axes.get_xlim()
    bottom, top = axes.get_ylim()
    placed = [
        (float(at), words, role)
        for at, words, role in (
            (marks.baseline, _("基线"), "baseline"),
            (marks.target, _("目标值"), "target"),
        )
        if at is not None and low <= float(at) <= high
    ]
    for at, words, role in placed:
        axes.vlines([at], bottom, top, color=colour(role, theme), linewidth=0.9, linestyle=style.DASHED)
        side = _side(at, low, high)
        style.note(axes, at, top, words, (3 if side == "left" else -3, -5), colour("text", theme), side)
    if marks.tried is None:
        return
    x, y = (float(one) for one in marks.tried)
    ink = colour("pace", theme)
    axes.plot([x, x, low], [bottom, y, y], color=ink, linewidth=0.8, linestyle=(0, (1.5, 2)))
    axes.plot([x], [y], "o", color=ink, markersize=5.5, clip_on=False, zorder=5)
    said = _("{points} 分").format(points=plain(marks.tried[1], SHOWN_PLACES))
    side = _side(x, low, high)
    is_free_above = (side == "left") != _rises(found, marks.tried[0]) and y < top * 0.85
    shift = (6 if side == "left" else -6, 7 if is_free_above or y < top * 0.12 else -9)
    style.note(axes, x, y, said, shift, colour("text", theme), side)


def _rises(found: Curve, x: Decimal) -> bool:
    """Whether more gives more around a value, so that the words beside the dot keep off the line."""
    ends = [point for piece in found.pieces for point in (piece[0], piece[-1])]
    bends = [point for piece in found.pieces for point in piece]
    before = [y for at, y in bends if at <= x]
    after = [y for at, y in bends if at > x]
    return (after[0] if after else ends[-1][1]) > (before[-1] if before else ends[0][1])


def _side(at: float, low: float, high: float) -> Literal["left", "right"]:
    """Words stand to the right of a mark (set "left"), unless it is far right."""
    return "left" if at < low + (high - low) * 0.72 else "right"


def _limits(found: Curve) -> tuple[float, float]:
    low, high = float(found.low), float(found.high)
    spare = (high - low) * 0.05 if found.is_counted else 0.0
    return low - spare, high + spare


def _lowest(found: Curve) -> float:
    return min(float(y) for piece in found.pieces for _x, y in piece)


def _ticks(low: float, high: float, most: int, whole: bool = False) -> list[tuple[float, str]]:
    from matplotlib.ticker import MaxNLocator

    places = MaxNLocator(nbins=most, steps=[1, 2, 5, 10], integer=whole).tick_values(low, high)
    return [(float(place), f"{place:g}") for place in places if low <= place <= high]


def _room(ticks: Sequence[tuple[float, str]]) -> float:
    return max((style.extent(words) for _place, words in ticks), default=10.0) + 8
