"""A line through agreed points: the one engine below the points rules that follow a straight or broken line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.rounding import kept, wide

Point = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Anchors:
    """Points (value, result) in the order of the line: rising values, or falling ones where less is better.

    Straight between two points, constant outside. Raises InputRefused (field "points") for fewer than two points,
    values that do not go strictly one way, results that turn round, and what is no number. Source: methods B1.
    """

    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        if len(self.points) < 2:
            raise InputRefused(_("折点至少要有两个，例如 60:0,90:10。"), "points")
        xs, ys = zip(*self.points, strict=True)
        if not all(value.is_finite() for value in (*xs, *ys)):
            raise InputRefused(_("折点里有不能用的数字，请改正 points。"), "points")
        if not (_rising(xs, strictly=True) or _rising(xs[::-1], strictly=True)):
            raise InputRefused(_("折点的数值须从小到大或从大到小依次排列，不能重复，请改正 points。"), "points")
        if not (_rising(ys) or _rising(ys[::-1])):
            raise InputRefused(_("折点的分值不能有升有降；两头低、中间高的请改用 range 规则。"), "points")

    def at(self, x: Decimal) -> Decimal:
        """The result for one value, to 28 digits."""
        stretch = self.stretch(x)
        if stretch is None:
            return self.point_or_end(x)[1]
        (x0, y0), (x1, y1) = stretch
        with wide():
            return kept((y0 * (x1 - x) + y1 * (x - x0)) / (x1 - x0))

    def stretch(self, x: Decimal) -> tuple[Point, Point] | None:
        """The two points that `x` lies strictly between, in the order of the line; None on a point and outside."""
        for one, other in pairwise(self.points):
            if one[0] < x < other[0] or one[0] > x > other[0]:
                return one, other
        return None

    def point_or_end(self, x: Decimal) -> Point:
        """The point that `x` lies on, or the end of the line beyond which it lies."""
        rising = sorted(self.points)
        return next((point for point in rising if x <= point[0]), rising[-1])

    @property
    def highest(self) -> Decimal:
        """The best result that the line can give."""
        return max(y for _x, y in self.points)


def _rising(values: tuple[Decimal, ...], *, strictly: bool = False) -> bool:
    return all(after > before or (after == before and not strictly) for before, after in pairwise(values))
