"""How an indicator grew day by day from entries of the working paper, beside the plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from okr_desk.charts import style
from okr_desk.i18n import _
from okr_desk.palette import colour
from okr_desk.queries.worklog_days import Accrual, DayStep
from okr_desk.scoring.rounding import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_NOTES = 8
"""Days that are told in words; more would stand on each other."""


def accrual(
    of: Accrual, size: tuple[float, float], theme: str = "light", dpi: float = style.POINTS, today: date | None = None
) -> Figure:
    """The value as a stair of days, what it came to in points beside each step, the plan dashed.

    `size` in points. The stair ends at `today` where the quarter still runs. Days without entries add nothing and need
    none: an empty stretch is no fault.
    """
    made = style.figure(size, dpi)
    found = style.axes(made, (_room(of), 46, 20, 17), theme)
    first, last = of.quarter.starts_on, of.quarter.ends_on
    until = min(today or last, last)
    start = 0.0 if of.start is None else float(of.start)
    is_share = of.unit == "%"
    days = [first.toordinal(), *(step.day.toordinal() for step in of.steps), max(until, of.steps[-1].day).toordinal()]
    values = [float("nan") if is_share and of.start is None else start, *(float(step.value) for step in of.steps)]
    top = max([value for value in values if value == value] + [float(of.target or 0), 1e-9])
    found.set_xlim(first.toordinal() - 1, (last + timedelta(days=1)).toordinal())
    found.set_ylim(0, top * 1.15)
    entries = []
    if of.target is not None and of.from_value is not None:
        (plan,) = found.plot(
            [first.toordinal(), last.toordinal()], [float(of.from_value), float(of.target)],
            color=colour("plan", theme), linewidth=0.9, linestyle=style.DASHED,
        )  # fmt: skip
        entries.append((plan, _("计划")))
    (line,) = found.plot(
        days, [*values, values[-1]], color=colour("trend", theme), linewidth=1.5, drawstyle="steps-post"
    )
    found.plot(
        days[1:-1], values[1:], color=colour("trend", theme), linestyle="", marker="o", markersize=3.6, clip_on=False
    )
    entries.append((line, _("底单累计")))
    _notes(found, of, theme)
    style.scale(found, theme, x=_months(of), y=_levels(top, of), grid="y")
    style.key(found, theme, entries)
    if of.unit:
        said = _("单位：{unit}").format(unit=of.unit)
        style.note(found, found.get_xlim()[1], top * 1.15, said, (40, 9), colour("text_quiet", theme), "right")
    return made


def gained(step: DayStep) -> str:
    """What a day added to the points: "+0.6分"; empty where points are not told."""
    if step.gained is None or not step.gained:
        return ""
    sign = "+" if step.gained > 0 else "-"
    return _("{sign}{points}分").format(sign=sign, points=plain(abs(step.gained), 2))


def _notes(found: Axes, of: Accrual, theme: str) -> None:
    """The points of the last days with a gain, and the target at the right edge."""
    ink, quiet = colour("text", theme), colour("text_quiet", theme)
    for step in [one for one in of.steps if gained(one)][-MOST_NOTES:]:
        style.note(found, step.day.toordinal(), float(step.value), gained(step), (0, 8), ink, "center")
    if of.target is not None:
        edge = found.get_xlim()[1]
        style.note(found, edge, float(of.target), _("应达 {n}").format(n=plain(of.target)), (3, 0), quiet)


def _months(of: Accrual) -> list[tuple[float, str]]:
    first = of.quarter.starts_on
    days = [date(first.year, first.month + step, 1) for step in range(3)]
    return [(float(day.toordinal()), _("{m}月{d}日").format(m=day.month, d=day.day)) for day in days]


def _levels(top: float, of: Accrual) -> list[tuple[float, str]]:
    from matplotlib.ticker import MaxNLocator

    places = MaxNLocator(nbins=4, steps=[1, 2, 5, 10], integer=of.decimals == 0).tick_values(0, top)
    return [(float(place), f"{place:g}") for place in places if 0 <= place <= top * 1.1]


def _room(of: Accrual) -> float:
    largest = max([*(step.value for step in of.steps), of.target or 0])
    return max(22.0, style.extent(f"{float(largest):.0f}") + 12)
