"""Charts of mass satisfaction: scores with their intervals, answers by level, changes, activity beside satisfaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import TYPE_CHECKING, Protocol

from okr_desk.charts import style
from okr_desk.i18n import _
from okr_desk.palette import colour, contrast
from okr_desk.queries import survey_paper_wording as wording
from okr_desk.queries.objectives import OrgView
from okr_desk.queries.survey_counts import ItemCounts
from okr_desk.queries.survey_results import BranchResult, RoundResult
from okr_desk.queries.surveys import DefinitionView
from okr_desk.scoring.rounding import percent
from okr_desk.survey_terms import LEVELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

NAME = 10
"""Characters of an organisation's name that are kept."""
ITEM = 18
"""Characters of a question that are kept."""
_WORD = 44.0
"""Points beside the rows for the verdict."""
_SCORE_STEP = 10
_TICKS_MOST = 8
_EDGE = 0.03
"""Room beside the outermost points of the four fields: none stands on the axis."""
_LABELLED = 0.09
"""A piece of a bar narrower than this share carries no figure."""


@dataclass(frozen=True)
class _Tone:
    """How a level is filled: a role of the theme, and strokes that a copier keeps."""

    role: str
    strokes: str = ""

    def ink(self, theme: str) -> str:
        """The colour in which a figure is read best on it."""
        face = colour(self.role, theme)
        return max((colour(role, theme) for role in ("text", "on_accent")), key=lambda one: contrast(one, face))


_TONES = (
    _Tone("ok"),
    _Tone("ok_soft"),
    _Tone("panel", "///"),
    _Tone("panel", "xxx"),
    _Tone("bad"),
)


_Area = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


class Placed(Protocol):
    """What a point of the quadrants has to say: shares 0..1 or points 0..100, both on one scale."""

    @property
    def org(self) -> OrgView:
        """The branch."""

    @property
    def activity(self) -> Decimal:
        """The share of the activities owed that were held."""

    @property
    def satisfaction(self) -> Decimal:
        """The satisfaction with them."""

    @property
    def place(self) -> str:
        """双高, 多而无感, 少而精 or 双低."""


def intervals(
    result: RoundResult, size: tuple[float, float], theme: str = "light", dpi: float = style.POINTS
) -> Figure:
    """One row a branch in the order of the register: its score, how far it may be off, its target, the verdict.

    A branch without answers keeps its row and says so. `size` in points, scores in points of the survey's scale.
    """
    shown = result.branches
    names = [style.shortened(one.org.short_name, NAME) for one in shown]
    made = style.figure(size, dpi)
    room = max(map(style.extent, names), default=30.0) + 8
    found = style.axes(made, (room, _WORD, 18, 16), theme)
    low, high = _scale_of(shown)
    found.set_xlim(low, high)
    found.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    held = [(place, one) for place, one in enumerate(shown) if one.score is not None]
    _spans(found, [(place, one.score.low, one.score.high) for place, one in held if one.score], theme)
    _marks(found, [(place, one.target) for place, one in enumerate(shown) if one.target is not None], "D", theme)
    _marks(found, [(place, one.score.estimate) for place, one in held if one.score], "o", theme)
    ink, quiet = colour("text", theme), colour("text_quiet", theme)
    for place, one in enumerate(shown):
        style.note(found, high, place, wording.verdict(one), (5, 0), quiet if one.judgement is None else ink)
    ticks = [(float(at), str(at)) for at in range(int(low), int(high) + 1, _SCORE_STEP)]
    style.scale(found, theme, x=ticks, y=[(float(at), name) for at, name in enumerate(names)], grid="x")
    level = next((one.score.level for one in shown if one.score is not None), None)
    words = _("区间") if level is None else _("{level} 区间").format(level=percent(level))
    _key(found, (("o", _("得分")), ("-", words), ("D", _("目标值"))), _("单位：分"), theme)
    return made


def items(
    definition: DefinitionView,
    counts: Sequence[ItemCounts],
    size: tuple[float, float],
    theme: str = "light",
    dpi: float = style.POINTS,
) -> Figure:
    """One bar a question, cut by level, best first; beside it the wide rate and how many answers count.

    不了解 and blank answers are not in the bar. An item nobody answered says so. `size` in points.
    """
    levels = definition.levels
    names = [f"{place}. {style.shortened(item.text, ITEM)}" for place, item in enumerate(levels, start=1)]
    made = style.figure(size, dpi)
    room = max(map(style.extent, names), default=30.0) + 8
    found = style.axes(made, (room, 62, 18, 16), theme)
    found.set_xlim(0, 1)
    found.set_ylim(max(len(names), 1) - 0.4, -0.6)
    for place, one in enumerate(counts):
        _bar(found, place, one, theme)
        share = wording.item_share(one, definition.wide)
        words = _("无答卷") if share is None else _("{rate}（{n}）").format(rate=wording.rate(share), n=one.answered)
        style.note(found, 1, place, words, (5, 0), colour("text_quiet" if share is None else "text", theme))
    steps = [(share / 4, f"{share * 25}%") for share in range(5)]
    style.scale(found, theme, x=steps, y=[(float(at), name) for at, name in enumerate(names)], grid="x")
    _level_key(found, theme)
    return made


def change(result: RoundResult, size: tuple[float, float], theme: str = "light", dpi: float = style.POINTS) -> Figure:
    """How far each score moved since the round compared with, with the interval of the difference round zero.

    Branches that cannot be compared are left out. `size` and differences in points.
    """
    shown = [one for one in result.branches if one.change is not None]
    names = [style.shortened(one.org.short_name, NAME) for one in shown]
    made = style.figure(size, dpi)
    room = max(map(style.extent, names), default=30.0) + 8
    found = style.axes(made, (room, 92, 18, 16), theme)
    widest = max((max(abs(one.change.low), abs(one.change.high)) for one in shown if one.change), default=Decimal(10))
    edge = max(_rounded_up(widest), float(_SCORE_STEP))
    found.set_xlim(-edge, edge)
    found.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    found.axvline(0, color=colour("line_strong", theme), linewidth=0.8)
    _spans(found, [(at, one.change.low, one.change.high) for at, one in enumerate(shown) if one.change], theme)
    _marks(found, [(at, one.change.difference) for at, one in enumerate(shown) if one.change], "o", theme)
    for place, one in enumerate(shown):
        style.note(found, edge, place, wording.change(one), (5, 0), colour("text", theme))
    ticks = [(at, f"{at:+g}" if at else "0") for at in (-edge, -edge / 2, 0.0, edge / 2, edge)]
    style.scale(found, theme, x=ticks, y=[(float(at), name) for at, name in enumerate(names)], grid="x")
    _key(found, (("o", _("得分变化")), ("-", _("差值的区间"))), _("单位：分"), theme)
    return made


def quadrant(
    points: Sequence[Placed],
    size: tuple[float, float],
    theme: str = "light",
    dpi: float = style.POINTS,
    cuts: tuple[Decimal, Decimal] = (Decimal("0.8"), Decimal("0.8")),
) -> Figure:
    """Activity across, satisfaction upright; the four fields are named, and each point with its branch.

    `cuts` part the fields (activity, satisfaction) on the scale of the points, 0..1. Without a place at any
    point there are too few of the kind, and no fields. `size` in points.
    """
    made = style.figure(size, dpi)
    found = style.axes(made, (34, 14, 10, 28), theme)
    across, upright = (float(cut) for cut in cuts)
    bottom = min([upright - 0.2, *(floor(one.satisfaction * 10) / 10 for one in points)]) - _EDGE
    left = min([across - 0.2, *(floor(one.activity * 10) / 10 for one in points)]) - _EDGE
    right = max([1.0, *(float(one.activity) for one in points)]) + 0.05
    found.set_xlim(left, right)
    found.set_ylim(bottom, 1.05)
    if any(one.place for one in points):
        _fields(found, (across, upright), theme)
    found.plot(
        [float(one.activity) for one in points],
        [float(one.satisfaction) for one in points],
        linestyle="",
        marker="o",
        markersize=4.6,
        color=colour("trend", theme),
        markeredgewidth=0,
    )
    _name_points(found, points, theme)
    points_of = [(at, words.rstrip("%")) for at, words in _tenths(bottom, 1.05)]
    style.scale(found, theme, x=_tenths(left, right), y=points_of)
    ink = colour("text", theme)
    style.note(found, (left + right) / 2, bottom, _("活动完成率"), (0, -15), ink, "center", "top")
    style.note(found, left, 1.05, _("满意度（分）"), (-30, 5), ink, "left")
    return made


def _fields(found: Axes, cuts: tuple[float, float], theme: str) -> None:
    """The two lines that part the picture, and the word of each field in its corner."""
    (left, right), (bottom, top) = found.get_xlim(), found.get_ylim()
    line, quiet = colour("plan", theme), colour("text_quiet", theme)
    found.axvline(cuts[0], color=line, linewidth=0.8, linestyle=style.DASHED)
    found.axhline(cuts[1], color=line, linewidth=0.8, linestyle=style.DASHED)
    for x, y, words, up in (
        (left, top, _("少而精"), -7),
        (right, top, _("双高"), -7),
        (left, bottom, _("双低"), 7),
        (right, bottom, _("多而无感"), 7),
    ):
        style.note(found, x, y, words, (3 if x == left else -3, up), quiet, "left" if x == left else "right")


def _tenths(low: float, high: float) -> list[tuple[float, str]]:
    """Round shares from `low` to `high`, so many as can stand beside each other."""
    step = max(1, ceil((high - low) * 10 / _TICKS_MOST))
    first, last = ceil(round(low * 10, 6)), floor(round(high * 10, 6))
    return [(at / 10, f"{at * 10}%") for at in range(first, last + 1) if at % step == 0]


def _name_points(found: Axes, points: Sequence[Placed], theme: str) -> None:
    """Each point's branch beside it, on the side where room is left; where there is none the point stays bare."""
    ink, box = colour("text", theme), found.get_window_extent()
    dpi = found.figure.dpi / style.POINTS
    dots = [found.transData.transform((float(one.activity), float(one.satisfaction))) / dpi for one in points]
    taken = [(x - 2.4, y - 2.4, x + 2.4, y + 2.4) for x, y in dots]
    for one, (x, y) in zip(points, dots, strict=True):
        name = style.shortened(one.org.short_name.removesuffix("党支部"), 6)
        wide = style.extent(name)
        for right, up in ((4, 0), (-4, 0), (4, 8), (-4, 8), (4, -8), (-4, -8)):
            start = x + right if right > 0 else x + right - wide
            area = (start, y + up - 4, start + wide, y + up + 4)
            inside = area[0] >= box.x0 / dpi and area[2] <= box.x1 / dpi
            if inside and not any(_overlap(area, other) for other in taken):
                taken.append(area)
                at = (float(one.activity), float(one.satisfaction))
                style.note(found, *at, name, (right, up), ink, "left" if right > 0 else "right")
                break


def _overlap(one: _Area, other: _Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale_of(shown: Sequence[BranchResult]) -> tuple[float, float]:
    """From a round number under everything drawn to one above it."""
    given = [
        value
        for one in shown
        for value in (one.target, *((one.score.low, one.score.high) if one.score else ()))
        if value is not None
    ]
    low, high = min(given, default=Decimal(0)), max(given, default=Decimal(100))
    bottom = float(floor(low / _SCORE_STEP) * _SCORE_STEP)
    return bottom, max(_rounded_up(high), bottom + _SCORE_STEP)


def _rounded_up(value: Decimal) -> float:
    return float(ceil(value / _SCORE_STEP) * _SCORE_STEP)


def _spans(found: Axes, spans: Sequence[tuple[int, Decimal, Decimal]], theme: str) -> None:
    """Intervals with a short stroke at either end."""
    ink = colour("trend", theme)
    found.hlines([at for at, _l, _h in spans], [float(low) for _at, low, _h in spans],
                 [float(high) for _at, _l, high in spans], color=ink, linewidth=1.0)  # fmt: skip
    for ends in ([float(low) for _at, low, _h in spans], [float(high) for _at, _l, high in spans]):
        found.vlines(ends, [at - 0.18 for at, _l, _h in spans], [at + 0.18 for at, _l, _h in spans],
                     color=ink, linewidth=1.0)  # fmt: skip


def _marks(found: Axes, points: Sequence[tuple[int, Decimal]], shape: str, theme: str) -> None:
    _draw(found, [float(value) for _at, value in points], [at for at, _value in points], shape, theme)


def _draw(found: Axes, x: Sequence[float], y: Sequence[float], shape: str, theme: str) -> Line2D:
    """A full dot for what was found, an open diamond for a target, a stroke for an interval."""
    role = "target" if shape == "D" else "trend"
    ink = colour(role, theme)
    marker = "_" if shape == "-" else shape
    (made,) = found.plot(
        x,
        y,
        linestyle="",
        marker=marker,
        markersize={"D": 6.0, "o": 4.4, "_": 12.0}[marker],
        markeredgewidth={"D": 0.9, "o": 0.0, "_": 1.0}[marker],
        color=ink,
        markerfacecolor="none" if shape == "D" else ink,
    )
    return made


def _bar(found: Axes, place: int, one: ItemCounts, theme: str) -> None:
    """One item's answers as pieces of the whole."""
    start = 0.0
    for count, tone in zip(one.levels, _TONES, strict=True):
        if not count:
            continue
        share = count / one.answered
        _piece(found, (start, place - 0.29), (share, 0.58), tone, theme)
        if share >= _LABELLED and not tone.strokes:
            words = percent(Decimal(count) / one.answered)
            style.note(found, start + share / 2, place, words, (0, 0), tone.ink(theme), "center")
        start += share


def _piece(found: Axes, corner: tuple[float, float], extent: tuple[float, float], tone: _Tone, theme: str) -> None:
    from matplotlib.patches import Rectangle

    found.add_patch(
        Rectangle(
            corner,
            *extent,
            facecolor=colour(tone.role, theme),
            edgecolor=colour("text", theme),
            linewidth=0.4,
            hatch=tone.strokes or None,
        )
    )


def _level_key(found: Axes, theme: str) -> None:
    """A small piece of each level with its word, above the bars."""
    width = found.get_window_extent().width * style.POINTS / found.figure.dpi
    height = found.get_window_extent().height * style.POINTS / found.figure.dpi
    _left, top = found.get_ylim()
    per_point = abs(found.get_ylim()[0] - found.get_ylim()[1]) / height
    x = 0.0
    for name, tone in zip(LEVELS, _TONES, strict=True):
        words = _(name)
        _piece(found, (x / width, top - 13 * per_point), (12 / width, 8 * per_point), tone, theme)
        style.note(found, (x + 15) / width, top - 9 * per_point, words, (0, 0), colour("text", theme))
        x += 15 + style.extent(words) + 9
    for patch in found.patches:
        patch.set_clip_on(False)


def _key(found: Axes, entries: Sequence[tuple[str, str]], unit: str, theme: str) -> None:
    """What each mark means, above the rows, with the unit at the right."""
    width = found.get_window_extent().width * style.POINTS / found.figure.dpi
    height = found.get_window_extent().height * style.POINTS / found.figure.dpi
    (low, high), ink, x = found.get_xlim(), colour("text", theme), 6.0
    for shape, words in entries:
        sample = _draw(found, [x / width], [1.0 + 9 / height], shape, theme)
        sample.set_transform(found.transAxes)
        sample.set_clip_on(False)
        style.note(found, low, -0.6, words, (x + 9, 9), ink)
        x += 24 + style.extent(words)
    style.note(found, high, -0.6, unit, (_WORD - 4, 9), colour("text_quiet", theme), "right")
