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
    from matplotlib.figure import Figure


def year_trend(
    points: Sequence[TrendPoint], size: tuple[float, float], theme: str = "light", dpi: float = style.POINTS
) -> Figure:
    """Weighted progress at the end of each quarter beside what was expected then; `size` in points.

    A quarter without reports is a gap in the line, never 0. The year starts at 0, where every baseline lies.
    """
    made = style.figure(size, dpi)
    found = style.axes(made, (30, 12, 16, 17), theme)
    style.grid(found, theme)
    quarters = [point.quarter for point in points]
    found.plot(
        [0, *quarters],
        [0.0, *style.floats([point.expected for point in points])],
        color=colour("plan", theme),
        linewidth=0.9,
        linestyle=(0, (4, 2.5)),
        label=_("应达"),
    )
    found.plot(
        [0, *quarters],
        [0.0, *style.floats([point.progress for point in points])],
        color=colour("trend", theme),
        linewidth=1.4,
        marker="o",
        markersize=3.6,
        label=_("完成度"),
    )
    for point in points:
        if point.progress is not None:
            found.annotate(
                percent(point.progress),
                (point.quarter, float(point.progress)),
                textcoords="offset points",
                xytext=(0, 5) if _is_ahead(point) else (0, -11),
                ha="center",
                fontsize=7.5,
                color=colour("text", theme),
            )
    highest = max([1.0, *(float(point.progress) for point in points if point.progress is not None)])
    found.set_xlim(-0.15, 4.25)
    found.set_ylim(0, highest * 1.08)
    found.set_xticks([0, *style.QUARTERS], [_("年初"), *(_("{n}季度").format(n=n) for n in style.QUARTERS)])
    found.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
    found.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 0.98),
        ncols=2,
        borderaxespad=0,
        borderpad=0,
        columnspacing=1.2,
    )
    return made


def _is_ahead(point: TrendPoint) -> bool:
    """The figure stands on the side of the line where the plan is not."""
    return point.expected is None or point.progress is None or point.progress >= point.expected
