"""Charts of key results: the line through the year, and where all of them stand today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from matplotlib.ticker import MaxNLocator

from okr_desk.charts import style
from okr_desk.i18n import _
from okr_desk.palette import colour
from okr_desk.queries.objectives import KeyResultView, ReadingView
from okr_desk.queries.wording import reached
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Direction, KrKind, Status

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW_MOST = 26.0
"""Points that a key result takes at most among the bars: one alone is no wall of colour."""
_VALUED = (KrKind.METRIC, KrKind.SATISFACTION, KrKind.GUARD_RAIL, KrKind.ESTABLISH_BASELINE)


def trend(
    kr: KeyResultView,
    size: tuple[float, float],
    theme: str = "light",
    year: int | None = None,
    dpi: float = style.POINTS,
) -> Figure:
    """One key result through its year: baseline tick, plan line, target line, check-ins with their values.

    `size` is in points. Values are in the key result's unit; milestones and yes/no are shown as progress in
    percent. `year` places check-ins by date; without it they stand at the end of their quarter.
    """
    valued = kr.kind in _VALUED
    points = _points(kr, year, valued)
    start = _start(kr) if valued else Decimal(0)
    target = kr.target if valued else Decimal(100)
    limits = _limits(kr, target, valued)
    amounts = [
        amount
        for amount in (start, kr.baseline, target, *(amount for _x, amount, _old in points))
        if amount is not None
    ]
    left = 12 + max([20.0, *(style.extent(plain(amount)) for amount in amounts)])
    right = 8 + max([24.0, *(style.extent(words) for _amount, words in limits)])
    made = style.figure(size, dpi)
    found = style.axes(made, (left, right, 16, 18), theme)
    found.set_xlim(-0.2, 4.3)
    if start is not None:
        _tick(found, start, theme)
    if valued and kr.baseline is not None:
        _baseline(found, kr.baseline, theme, target is not None and target < kr.baseline)
    _plan(found, kr, start, target, valued, theme)
    for amount, words in limits:
        found.axhline(float(amount), color=colour("target", theme), linewidth=0.9)
        style.note(found, 4.3, float(amount), words, (3, 0), colour("target", theme))
    _checkins(found, points, theme)
    _frame(found, theme)
    unit = kr.unit if valued else "%"
    if unit:
        said, ink = _("单位：{unit}").format(unit=unit), colour("text_quiet", theme)
        style.note(found, -0.2, found.get_ylim()[1], said, (4 - left, 8), ink)
    return made


def _frame(found: Axes, theme: str) -> None:
    """Round steps on the value axis, quarters on the other."""
    found.margins(y=0.16)
    found.autoscale_view(scalex=False)
    bottom, top = found.get_ylim()
    steps = [step for step in MaxNLocator(5).tick_values(bottom, top) if bottom <= step <= top]
    places = zip((0.0, 1.0, 2.0, 3.0, 4.0), (_("年初"), *style.quarter_names()), strict=True)
    values = [(float(step), plain(Decimal(repr(round(float(step), 6))))) for step in steps]
    style.scale(found, theme, x=list(places), y=values, grid="y")


def number_of(kr: KeyResultView) -> str:
    """The short number of a key result, the same in table and chart: KR1.2 reads 1.2."""
    return kr.code.upper().removeprefix("KR").strip() or kr.code


def progress_bars(
    key_results: Sequence[KeyResultView],
    size: tuple[float, float],
    theme: str = "light",
    dpi: float = style.POINTS,
    columns: int = 1,
    label_characters: int = 9,
) -> Figure:
    """Where each key result stands (bar) and should stand today (upright mark), numbered as on the sheet.

    One bar a key result in 0..100 % of the way from baseline to target; what was not reported has no bar but
    the word 未报. `size` in points; `columns` panels side by side.
    """
    made = style.figure(size, dpi)
    per = max(1, -(-len(key_results) // columns))
    panel = size[0] / columns
    label = 18 + label_characters * style.LABEL
    below = 17 + max(0.0, size[1] - 21 - per * _ROW_MOST)
    for column in range(columns):
        part = key_results[column * per : (column + 1) * per]
        if not part:
            continue
        words = max([22.0, *(style.extent(reached(kr.progress)) for kr in part)])
        right = size[0] - panel * (column + 1) + 8 + words
        found = style.axes(made, (panel * column + label, right, 4, below), theme)
        _bars(found, part, per, theme, label_characters)
    return made


def _bars(found: Axes, part: Sequence[KeyResultView], rows: int, theme: str, characters: int) -> None:
    ink, quiet = colour("text", theme), colour("text_quiet", theme)
    found.set_xlim(0, 1)
    found.set_ylim(rows - 0.4, -0.6)
    given = [(place, kr) for place, kr in enumerate(part) if kr.progress.raw is not None]
    found.barh(
        [place for place, _kr in given],
        [_within(kr.progress.raw) for _place, kr in given],
        height=0.52,
        color=[_tone(kr, theme) for _place, kr in given],
        linewidth=0,
    )
    for place, kr in enumerate(part):
        if kr.progress.raw is None:
            style.note(found, 0, place, _("未报"), (2, 0), quiet)
        else:
            style.note(found, 1, place, reached(kr.progress), (4, 0), ink)
    due = [(place, _within(kr.pace.expected)) for place, kr in enumerate(part) if kr.pace.expected is not None]
    found.vlines(
        [share for _place, share in due],
        [place - 0.42 for place, _share in due],
        [place + 0.42 for place, _share in due],
        color=colour("pace", theme),
        linewidth=1.3,
    )
    names = [f"{number_of(kr)} {style.shortened(kr.title, characters)}" for kr in part]
    style.scale(
        found,
        theme,
        x=[(0.0, "0"), (0.5, "50%"), (1.0, "100%")],
        y=[(float(place), name) for place, name in enumerate(names)],
        grid="x",
    )
    found.spines["left"].set_color(colour("baseline", theme))


def _tone(kr: KeyResultView, theme: str) -> str:
    """The colour of the light on screen; paper has one grey, since its lights stand in the table as words."""
    tones = {Status.WATCH: "watch", Status.BEHIND: "bad", Status.DUE: "idle", Status.NOT_STARTED: "idle"}
    return colour("ok" if theme == "paper" else tones.get(kr.pace.status, "ok"), theme)


def _within(share: Decimal | None) -> float:
    return min(max(float(share or 0), 0.0), 1.0)


def _start(kr: KeyResultView) -> Decimal | None:
    """A year-cumulative measure starts at 0, others at their baseline."""
    return Decimal(0) if kr.year_to_date else kr.baseline


def _points(kr: KeyResultView, year: int | None, valued: bool) -> list[tuple[float, Decimal, bool]]:
    """(place on the year's axis, amount, superseded)."""
    if not valued:
        raw = kr.progress.raw
        quarter = kr.current.quarter if kr.current is not None else None
        return [] if raw is None or quarter is None else [(float(quarter), raw * 100, False)]
    return [
        (_place(reading, year), reading.value, reading.superseded)
        for reading in sorted(kr.readings, key=lambda reading: (reading.as_of, reading.recorded_on))
        if reading.value is not None
    ]


def _place(reading: ReadingView, year: int | None) -> float:
    if year is None:
        return float(reading.quarter)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return 4 * min(max(((reading.as_of - first).days + 1) / ((last - first).days + 1), 0.0), 1.0)


def _tick(found: Axes, amount: Decimal, theme: str) -> None:
    ink = colour("baseline", theme)
    found.plot([-0.1, 0.1], [float(amount)] * 2, color=ink, linewidth=1.8, solid_capstyle="butt")


def _baseline(found: Axes, amount: Decimal, theme: str, falls: bool) -> None:
    """The baseline with its word; a year-cumulative measure starts from 0 and has it as last year's mark."""
    _tick(found, amount, theme)
    said, ink = _("基线 {value}").format(value=plain(amount)), colour("baseline", theme)
    if falls:
        style.note(found, 0.1, float(amount), said, (2, 3), ink, "left", "bottom")
    else:
        style.note(found, 0.1, float(amount), said, (2, -3), ink, "left", "top")


def _plan(
    found: Axes, kr: KeyResultView, start: Decimal | None, target: Decimal | None, valued: bool, theme: str
) -> None:
    """The agreed plan where one was typed in, else the straight line to the target."""
    if kr.kind is KrKind.GUARD_RAIL:
        return
    planned = [(float(n), amount) for n, amount in enumerate(kr.plan, 1) if amount is not None]
    if not valued:
        scale = Decimal(100) if kr.kind is KrKind.YES_NO else Decimal(1)
        planned = [(place, amount * scale) for place, amount in planned]
    if not planned and target is not None:
        planned = [(4.0, target)]
    if start is not None:
        planned.insert(0, (0.0, start))
    found.plot(
        [place for place, _amount in planned],
        [float(amount) for _place, amount in planned],
        color=colour("plan", theme),
        linewidth=0.9,
        linestyle=style.DASHED,
    )
    if planned:
        place, amount = planned[-1]
        falls = len(planned) > 1 and amount < planned[0][1]
        shift = (-4.0, 12.0) if falls else (-4.0, -12.0)
        style.note(found, place, float(amount), _("计划"), shift, colour("plan", theme))


def _limits(kr: KeyResultView, target: Decimal | None, valued: bool) -> list[tuple[Decimal, str]]:
    """The lines across the chart with their words: the target, or the sides of a guard rail."""
    if target is None:
        return []
    named = [(target, _target_word(kr))]
    if valued and kr.upper is not None:
        named = [(target, _("下限")), (kr.upper, _("上限"))]
    return [(amount, f"{word} {plain(amount)}") for amount, word in named]


def _target_word(kr: KeyResultView) -> str:
    if kr.kind is not KrKind.GUARD_RAIL:
        return _("目标值")
    return _("上限") if kr.direction in (Direction.AT_MOST, Direction.DOWN) else _("下限")


def _checkins(found: Axes, points: Sequence[tuple[float, Decimal, bool]], theme: str) -> None:
    """Values that were corrected later stay as hollow points."""
    ink = colour("trend", theme)
    valid = [(place, float(amount)) for place, amount, superseded in points if not superseded]
    found.plot([p for p, _v in valid], [v for _p, v in valid], color=ink, linewidth=1.4, marker="o", markersize=4)
    text = colour("text", theme)
    for place, amount, superseded in points:
        if superseded:
            found.plot([place], [float(amount)], marker="o", markersize=4, color=ink, markerfacecolor="none")
        else:
            style.note(found, place, float(amount), plain(amount), (0, 4), text, "center", "bottom")
