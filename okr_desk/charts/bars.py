"""Geometry of the small progress bar: a painter draws it on screen, the canvas on paper, from the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Rect:
    """A rectangle; (x, y) is the corner nearest the origin of the caller."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """What to draw, in the caller's units.

    `fill` is None when nothing was reported: the track is then drawn hollow, never as 0. `pace` is the x where
    one should be today, `baseline` and `target` the ends of the way. `beyond` and `below` say that the raw
    progress lies past the target or behind the baseline, where the bar itself stops.
    """

    track: Rect
    fill: Rect | None
    pace: float | None
    baseline: float
    target: float
    beyond: bool
    below: bool


def bar(raw: Decimal | None, expected: Decimal | None, width: float, height: float, overhang: float = 0) -> Bar:
    """Lay a bar of `width` × `height` out for a progress and the progress expected today (both 1 = target).

    `overhang` is kept free above and below the track for the pace mark.
    """
    thick = max(height - 2 * overhang, 0.0)
    track = Rect(0.0, overhang, width, thick)
    fill = None if raw is None else Rect(0.0, overhang, _share(raw) * width, thick)
    return Bar(
        track,
        fill,
        None if expected is None else _share(expected) * width,
        0.0,
        width,
        beyond=raw is not None and raw > 1,
        below=raw is not None and raw < 0,
    )


def _share(progress: Decimal) -> float:
    return float(min(max(progress, Decimal(0)), Decimal(1)))
