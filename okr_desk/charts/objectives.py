"""Charts of key results: the line through the year, and where all of them stand today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from okr_desk.charts import style
from okr_desk.i18n import _
from okr_desk.palette import colour
from okr_desk.queries.objectives import KeyResultView, ReadingView
from okr_desk.scoring.rounding import percent, plain
from okr_desk.terms import Direction, KrKind

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_VALUED = (KrKind.METRIC, KrKind.SATISFACTION, KrKind.GUARD_RAIL, KrKind.ESTABLISH_BASELINE)
_LABEL = 7.5


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
    made = style.figure(size, dpi)
    found = style.axes(made, (42, 46, 16, 18), theme)
    style.grid(found, theme)
    valued = kr.kind in _VALUED
    points = _points(kr, year, valued)
    start = _start(kr) if valued else Decimal(0)
    target = kr.target if valued else Decimal(100)
    if start is not None:
        _baseline(found, start, theme)
    _plan(found, kr, start, target, valued, theme)
    _target(found, kr, target, valued, theme)
    _checkins(found, points, theme)
    found.set_xlim(-0.2, 4.3)
    found.set_xticks([0, *style.QUARTERS], [_("年初"), *(_("{n}季度").format(n=n) for n in style.QUARTERS)])
    found.margins(y=0.16)
    _unit(found, kr.unit if valued else "%", theme)
    return made


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
    label = 18 + label_characters * _LABEL
    for column in range(columns):
        part = key_results[column * per : (column + 1) * per]
        if not part:
            continue
        right = size[0] - panel * (column + 1) + 30
        found = style.axes(made, (panel * column + label, right, 4, 17), theme)
        _bars(found, part, per, theme, label_characters)
    return made


def _bars(found: Axes, part: Sequence[KeyResultView], rows: int, theme: str, characters: int) -> None:
    style.grid(found, theme, "x")
    for place, kr in enumerate(part):
        if kr.progress.raw is None:
            said = _("未报")
            found.text(0.01, place, said, va="center", fontsize=_LABEL, color=colour("text_quiet", theme))
        else:
            reached = min(max(float(kr.progress.raw), 0.0), 1.0)
            found.barh(place, reached, height=0.52, color=colour("ok", theme), linewidth=0)
            found.annotate(
                percent(kr.progress.raw),
                (1.0, place),
                textcoords="offset points",
                xytext=(4, 0),
                va="center",
                fontsize=_LABEL,
                color=colour("text", theme),
            )
        if kr.pace.expected is not None:
            due = min(max(float(kr.pace.expected), 0.0), 1.0)
            found.plot([due, due], [place - 0.42, place + 0.42], color=colour("pace", theme), linewidth=1.3)
    found.set_xlim(0, 1)
    found.set_ylim(rows - 0.4, -0.6)
    found.set_xticks([0, 0.5, 1], ["0", "50%", "100%"])
    names = [f"{number_of(kr)} {style.shortened(kr.title, characters)}" for kr in part]
    found.set_yticks(range(len(part)), names)
    found.spines["left"].set_color(colour("baseline", theme))


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


def _baseline(found: Axes, start: Decimal, theme: str) -> None:
    ink = colour("baseline", theme)
    found.plot([-0.1, 0.1], [float(start)] * 2, color=ink, linewidth=1.8, solid_capstyle="butt")
    found.annotate(
        _("基线 {value}").format(value=plain(start)),
        (0.1, float(start)),
        textcoords="offset points",
        xytext=(2, -9),
        fontsize=_LABEL,
        color=ink,
    )


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
        linestyle=(0, (4, 2.5)),
    )
    if planned:
        found.annotate(
            _("计划"),
            (planned[-1][0], float(planned[-1][1])),
            textcoords="offset points",
            xytext=(-20, -11),
            fontsize=_LABEL,
            color=colour("plan", theme),
        )


def _target(found: Axes, kr: KeyResultView, target: Decimal | None, valued: bool, theme: str) -> None:
    if target is None:
        return
    ink = colour("target", theme)
    limits = [(target, _target_word(kr))]
    if valued and kr.upper is not None:
        limits = [(target, _("下限")), (kr.upper, _("上限"))]
    for amount, word in limits:
        found.axhline(float(amount), color=ink, linewidth=0.9)
        found.annotate(
            f"{word} {plain(amount)}",
            (1, float(amount)),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            xytext=(3, 0),
            va="center",
            fontsize=_LABEL,
            color=ink,
        )


def _target_word(kr: KeyResultView) -> str:
    if kr.kind is not KrKind.GUARD_RAIL:
        return _("目标")
    return _("上限") if kr.direction in (Direction.AT_MOST, Direction.DOWN) else _("下限")


def _checkins(found: Axes, points: Sequence[tuple[float, Decimal, bool]], theme: str) -> None:
    """Values that were corrected later stay as hollow points."""
    ink = colour("trend", theme)
    valid = [(place, float(amount)) for place, amount, superseded in points if not superseded]
    found.plot(
        [p for p, _v in valid], [v for _p, v in valid], color=ink, linewidth=1.4, marker="o", markersize=4
    )
    for place, amount, superseded in points:
        if superseded:
            found.plot([place], [float(amount)], marker="o", markersize=4, color=ink, markerfacecolor="none")
            continue
        found.annotate(
            plain(amount),
            (place, float(amount)),
            textcoords="offset points",
            xytext=(0, 6),
            ha="center",
            fontsize=_LABEL,
            color=colour("text", theme),
        )


def _unit(found: Axes, unit: str, theme: str) -> None:
    if unit:
        said = _("单位：{unit}").format(unit=unit)
        found.text(
            0, 1.03, said, transform=found.transAxes, fontsize=_LABEL, color=colour("text_quiet", theme)
        )
