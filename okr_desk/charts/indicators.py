"""Charts of one measure over many branches: baseline, target and now side by side."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from okr_desk.charts import style
from okr_desk.i18n import _
from okr_desk.palette import colour
from okr_desk.queries.indicators import IndicatorLine
from okr_desk.scoring.rounding import percent, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

NAME = 12
"""Characters of an organisation's name that are kept."""


def dots(
    lines: Sequence[IndicatorLine],
    unit: str,
    quarter: int,
    size: tuple[float, float],
    theme: str = "light",
    dpi: float = style.POINTS,
    from_zero: bool = False,
) -> Figure:
    """One row a branch: tick at the baseline, diamond at the target, dot where the quarter stands.

    A year-cumulative measure starts `from_zero`; its tick is then last year's result, for comparison.

    A branch without a value for the quarter keeps its row and says 未报; one to which the measure does not apply
    has none. `size` in points, amounts in `unit`.
    """
    shown = [line for line in lines if line.applies]
    names = [style.shortened(line.org_name, NAME) for line in shown]
    made = style.figure(size, dpi)
    found = style.axes(made, (_room(names), 34, 18, 16), theme)
    low, high = _limits(shown, quarter, from_zero)
    found.set_xlim(low, high)
    found.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    _ways(found, shown, quarter, from_zero, theme)
    _marks(found, shown, quarter, theme)
    ink, quiet = colour("text", theme), colour("text_quiet", theme)
    for place, line in enumerate(shown):
        now = line.now(quarter)
        words = _("未报") if now is None else plain(now)
        style.note(found, high, place, words, (5, 0), quiet if now is None else ink)
    style.scale(found, theme, x=_ticks(low, high), y=[(float(n), name) for n, name in enumerate(names)], grid="x")
    _key(found, low, _("上年") if from_zero else _("基线"), unit, theme)
    return made


def shares(
    named: Sequence[tuple[str, Decimal | None]],
    size: tuple[float, float],
    theme: str = "light",
    dpi: float = style.POINTS,
) -> Figure:
    """Progress of many organisations, one bar each in the order given; what was not reported says so."""
    names = [style.shortened(name, NAME) for name, _progress in named]
    made = style.figure(size, dpi)
    found = style.axes(made, (_room(names), 30, 4, 16), theme)
    found.set_xlim(0, 1)
    found.set_ylim(max(len(named), 1) - 0.4, -0.6)
    reached = [min(max(float(progress or 0), 0.0), 1.0) for _name, progress in named]
    found.barh(range(len(named)), reached, height=0.5, color=colour("trend", theme), linewidth=0)
    ink, quiet = colour("text", theme), colour("text_quiet", theme)
    for place, (_name, progress) in enumerate(named):
        words = _("未报") if progress is None else percent(progress)
        style.note(found, 1, place, words, (4, 0), quiet if progress is None else ink)
    style.scale(
        found,
        theme,
        x=[(0.0, "0"), (0.5, "50%"), (1.0, "100%")],
        y=[(float(place), name) for place, name in enumerate(names)],
        grid="x",
    )
    return made


def _ways(found: Axes, shown: Sequence[IndicatorLine], quarter: int, from_zero: bool, theme: str) -> None:
    """The way from baseline to target as a pale band, the part that was gone as a line."""
    starts = [Decimal(0) if from_zero else line.baseline for line in shown]
    whole = [
        (place, float(start), float(line.target))
        for place, (start, line) in enumerate(zip(starts, shown, strict=True))
        if start is not None and line.target is not None
    ]
    gone = [
        (place, float(start), float(now))
        for place, (start, line) in enumerate(zip(starts, shown, strict=True))
        if start is not None and (now := line.now(quarter)) is not None
    ]
    for ways, role, width in ((whole, "track", 4.0), (gone, "trend", 1.4)):
        found.hlines(
            [place for place, _start, _end in ways],
            [start for _place, start, _end in ways],
            [end for _place, _start, end in ways],
            color=colour(role, theme),
            linewidth=width,
        )


def _marks(found: Axes, shown: Sequence[IndicatorLine], quarter: int, theme: str) -> None:
    """Baselines, targets and values: one set of points each, told apart by shape."""
    amounts = {
        "|": [line.baseline for line in shown],
        "D": [line.target for line in shown],
        "o": [line.now(quarter) for line in shown],
    }
    for shape, given in amounts.items():
        _draw(found, style.floats(given), range(len(shown)), shape, theme)


def _draw(found: Axes, x: Sequence[float], y: Sequence[float], shape: str, theme: str) -> Line2D:
    """A tick for the baseline, an open diamond for the target, a full dot for now."""
    role, size, edge = {"|": ("baseline", 9.0, 1.6), "D": ("target", 4.4, 1.0), "o": ("trend", 5.0, 0.0)}[shape]
    ink = colour(role, theme)
    face = "none" if shape == "D" else ink
    (made,) = found.plot(
        x, y, linestyle="", marker=shape, markersize=size, markeredgewidth=edge, color=ink, markerfacecolor=face
    )
    return made


def _key(found: Axes, low: float, start: str, unit: str, theme: str) -> None:
    """What each mark means, above the rows, with the unit."""
    width = found.get_window_extent().width * style.POINTS / found.figure.dpi
    ink, x = colour("text", theme), 4 / width
    above = 1.0 + 9 / _height(found)
    for shape, words in (("|", start), ("D", _("目标值")), ("o", _("本季"))):
        sample = _draw(found, [x], [above], shape, theme)
        sample.set_transform(found.transAxes)
        sample.set_clip_on(False)
        style.note(found, low, -0.6, words, (x * width + 6, 9), ink)
        x += (24 + len(words) * style.LABEL) / width
    if unit:
        said = _("单位：{unit}").format(unit=unit)
        style.note(found, found.get_xlim()[1], -0.6, said, (30, 9), colour("text_quiet", theme), "right")


def _height(found: Axes) -> float:
    return float(found.get_window_extent().height * style.POINTS / found.figure.dpi)


def _limits(shown: Sequence[IndicatorLine], quarter: int, from_zero: bool) -> tuple[float, float]:
    given = [
        float(amount)
        for line in shown
        for amount in (line.baseline, line.target, line.now(quarter))
        if amount is not None
    ]
    if not given:
        return 0.0, 1.0
    if from_zero:
        given.append(0.0)
    low, high = min(given), max(given)
    spare = (high - low) * 0.06 or max(abs(high) * 0.1, 1.0)
    return low - spare, high + spare


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    from matplotlib.ticker import MaxNLocator

    places = MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [(float(place), f"{place:g}") for place in places if low <= place <= high]


def _room(names: Sequence[str]) -> float:
    """Points that the longest name needs."""
    return max(map(len, names), default=4) * style.LABEL + 8
