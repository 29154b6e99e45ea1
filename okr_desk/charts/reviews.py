"""Charts of a quarterly review: the branch's progress through the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from okr_desk.charts import style
from okr_desk.i18n import _
from okr_desk.palette import colour
from okr_desk.queries.reviews import TrendPoint
from okr_desk.scoring.rounding import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def year_trend(
    points: Sequence[TrendPoint], size: tuple[float, float], theme: str = "light", dpi: float = style.POINTS
) -> Figure:
    """Weighted progress at the end of each quarter beside what was expected then; `size` in points.

    A quarter without reports is a gap in the line, never 0; one of which too little was reported is a hollow point that
    the line does not reach. The year starts at 0, where every baseline lies.
    """
    made = style.figure(size, dpi)
    found = style.axes(made, (30, 14, 16, 17), theme)
    places = [0.0, *(float(point.quarter) for point in points)]
    due = [0.0, *style.floats([point.expected for point in points])]
    reached = [0.0, *style.floats([None if point.is_thin else point.progress for point in points])]
    thin = [point for point in points if point.is_thin]
    (plan,) = found.plot(places, due, color=colour("plan", theme), linewidth=0.9, linestyle=style.DASHED)
    (line,) = found.plot(places, reached, color=colour("trend", theme), linewidth=1.4, marker="o", markersize=3.6)
    (hollow,) = found.plot(
        [float(point.quarter) for point in thin],
        style.floats([point.progress for point in thin]),
        color=colour("trend", theme),
        linestyle="",
        marker="o",
        markersize=3.6,
        markerfacecolor="none",
    )
    for point in points:
        if point.progress is not None:
            _figure(found, point, theme)
    highest = max([1.0, *(float(point.progress) for point in points if point.progress is not None)])
    found.set_xlim(-0.15, 4.25)
    found.set_ylim(0, highest * 1.08)
    names = (_("年初"), *style.quarter_names())
    style.scale(
        found,
        theme,
        x=list(zip((0.0, 1.0, 2.0, 3.0, 4.0), names, strict=True)),
        y=[(0.0, "0"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (1.0, "100%")],
        grid="y",
    )
    entries = [(plan, _("应达")), (line, _("完成度"))]
    if thin:
        entries.append((hollow, _("已报不足{least}").format(least=percent(thin[0].least))))
    style.key(found, theme, entries)
    return made


def _figure(found: Axes, point: TrendPoint, theme: str) -> None:
    """The percentage beside a point, on the side of the line where the plan is not."""
    reached = float(point.progress or 0)
    ink = colour("text", theme)
    words = percent(point.progress)
    if _is_ahead(point):
        style.note(found, point.quarter, reached, words, (-4, 4), ink, "right", "bottom")
    else:
        style.note(found, point.quarter, reached, words, (3, -2), ink, "left", "top")


def _is_ahead(point: TrendPoint) -> bool:
    return point.expected is None or point.progress is None or point.progress >= point.expected
