"""What a rule makes of a growing number, as pieces of a line to be drawn: the curve beside a rule.

The points come from the rule itself; here it is only decided where to look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from okr_desk.scoring.activity import Dual
from okr_desk.scoring.anchors import Point
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio
from okr_desk.scoring.points_result import HUNDRED, ONE, ZERO, Group, Held, Value
from okr_desk.terms import Direction, PointRounding

SAMPLES = 48
"""Places at which a bent line is asked."""
MOST_COUNTED = 24
"""Events or steps beyond which nothing more is drawn."""
_SPARE = Decimal("0.2")
_WIDEST = Decimal("2.5")
_ASIDE = Decimal("0.1")


@dataclass(frozen=True)
class Curve:
    """Points over values. `pieces` run from left to right; between two of them the points jump.

    `is_counted`: only whole numbers have points (events, places), each piece is one of them.
    """

    pieces: tuple[tuple[Point, ...], ...]
    is_counted: bool = False

    @property
    def low(self) -> Decimal:
        """The least value drawn."""
        return self.pieces[0][0][0]

    @property
    def high(self) -> Decimal:
        """The greatest value drawn."""
        return self.pieces[-1][-1][0]

    @property
    def most(self) -> Decimal:
        """The most points drawn."""
        return max(y for piece in self.pieces for _x, y in piece)


def curve(rule: Rule, second: Decimal | None = None) -> Curve | None:
    """The curve of a rule; None for one that does not judge one number (ballots, done or not, several kinds of event).

    `second` is what stands beside the number where there are two: the satisfaction (0..100) beside activities, the
    value of the first of the group.
    """
    match rule:
        case Linear() | Range() | AnchorLine():
            return _through(rule, _knots(rule))
        case Ratio():
            return _through(rule, _ratio_places(rule))
        case Ladder():
            return _steps(rule, _ladder_limits(rule))
        case PerPoint():
            return _per_point(rule)
        case Deduct() if len(rule.each) == 1:
            return _counted(rule, 0, _events(rule.maximum, rule.each[0]))
        case Bonus(each=None) if rule.levels:
            return _levels(rule)
        case Bonus(each=None):
            return _through(rule, (ZERO, rule.cap, rule.cap * (1 + _SPARE)), lambda x: (x,))
        case Bonus():
            return _counted(rule, 0, _events(rule.cap, rule.each or ZERO))
        case Rank():
            return _counted(rule, 1, len(rule.table) + 1)
        case ToFirst() if second is not None and second > 0:
            return _through(rule, (ZERO, second), lambda x: Group(x, (second,)))
        case Dual() if second is not None and 0 <= second <= HUNDRED:
            places = (*_between(ZERO, rule.target), rule.target * (1 + _SPARE))
            return _through(rule, places, lambda x: Held(x, second))
    return None


def _through(rule: Rule, places: Sequence[Decimal], given: Callable[[Decimal], Value] = lambda x: x) -> Curve | None:
    """One line through these places; a place that stands twice is drawn once."""
    rising = sorted(set(places))
    points = tuple((x, rule.reach(given(x)).points or ZERO) for x in rising)
    return Curve((points,)) if len(points) > 1 else None


def _knots(rule: Linear | Range | AnchorLine) -> tuple[Decimal, ...]:
    if isinstance(rule, Linear):
        found = [rule.baseline, rule.target, rule.baseline + (rule.target - rule.baseline) * rule.cap]
    elif isinstance(rule, Range):
        found = [rule.zero_below, rule.low, rule.high, rule.zero_above]
    else:
        found = [x for x, _y in rule.points]
    low, high = min(found), max(found)
    spare = (high - low) * _SPARE
    return (low - spare, *found, high + spare)


def _ratio_places(rule: Ratio) -> tuple[Decimal, ...]:
    if rule.direction is Direction.UP:
        return ZERO, rule.target * rule.cap, rule.target * rule.cap * (1 + _SPARE)
    full = rule.target / rule.cap
    return ZERO, *_between(full, rule.target * _WIDEST)


def _between(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    return tuple(low + (high - low) * place / SAMPLES for place in range(SAMPLES + 1))


def _steps(rule: Ladder | PerPoint, limits: Sequence[Decimal]) -> Curve:
    """Level pieces between limits, each asked in its middle."""
    pieces = []
    for left, right in pairwise(limits):
        y = rule.reach((left + right) / 2).points or ZERO
        pieces.append(((left, y), (right, y)))
    return Curve(tuple(pieces))


def _ladder_limits(rule: Ladder) -> list[Decimal]:
    limits = sorted(threshold for threshold, _points in rule.bands)
    spare = (limits[-1] - limits[0]) / 2 or max(abs(limits[0]) * _ASIDE, ONE)
    return [limits[0] - spare, *limits, limits[-1] + spare]


def _per_point(rule: PerPoint) -> Curve | None:
    steps = _events(rule.maximum, rule.each)
    above = rule.target + max(ONE, Decimal(steps) * _SPARE)
    if rule.rounding is PointRounding.PROPORTIONAL:
        gone = rule.target - (rule.maximum / rule.each if rule.each else ONE)
        return _through(rule, (gone - (rule.target - gone) * _SPARE, gone, rule.target, above))
    return _steps(rule, [*(rule.target - n for n in range(steps, -1, -1)), above])


def _levels(rule: Bonus) -> Curve:
    """What one award brings that is worth one of a few numbers of points, beside none at all."""
    known = sorted({level for level in rule.levels if level > 0})
    points = [(ZERO, ZERO), *((level, rule.reach((level,)).points or ZERO) for level in known)]
    return Curve(tuple((point,) for point in points), is_counted=True)


def _events(full: Decimal, each: Decimal) -> int:
    """Events that leave nothing, and one more to show it."""
    if each <= 0:
        return 2
    return min(int((full / each).to_integral_value(ROUND_CEILING)) + 1, MOST_COUNTED)


def _counted(rule: Rule, first: int, last: int) -> Curve:
    points = [(Decimal(n), rule.reach(Decimal(n)).points or ZERO) for n in range(first, last + 1)]
    return Curve(tuple((point,) for point in points), is_counted=True)


def widened(found: Curve, value: Decimal, points: Decimal) -> Curve:
    """The same curve drawn on to a value beyond its ends, of which the points are known."""
    if found.is_counted or found.low <= value <= found.high:
        return found
    first, last = found.pieces[0], found.pieces[-1]
    if value < found.low:
        return replace(found, pieces=(((value, points), *first), *found.pieces[1:]))
    return replace(found, pieces=(*found.pieces[:-1], (*last, (value, points))))
