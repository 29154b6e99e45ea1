"""Whether a rule gives more points for what its indicator calls better; one that runs against it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import N_, _
from okr_desk.scoring.anchors import Point
from okr_desk.scoring.points import Rule
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import PerPoint
from okr_desk.scoring.points_lines import AnchorLine, Linear, Ratio
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Direction, RuleKind, label

_BETTER = {Direction.UP: N_("指标是越高越好"), Direction.DOWN: N_("指标是越低越好")}


def check(rule: Rule, direction: Direction) -> None:
    """Raise InputRefused, at the word of the rule to change, where worse values would get more points.

    Rules that count events, look for a range, or ask for done or not have no way to go. Source: methods B1 and B2.
    """
    better = _(_BETTER[direction])
    if isinstance(rule, Linear):
        _line(rule, direction, better)
    elif isinstance(rule, AnchorLine):
        _anchors(rule.points, direction, better)
    elif isinstance(rule, Ladder):
        _ladder(sorted(rule.bands), direction, better)
    elif isinstance(rule, Ratio | Rank) and rule.direction is not direction:
        said = (
            _("{better}，规则却是数越大分越高，请把规则的方向改为“{direction}”。")
            if direction is Direction.DOWN
            else _("{better}，规则却是数越小分越高，请把规则的方向改为“{direction}”。")
        )
        raise InputRefused(said.format(better=better, direction=label(direction)), "direction")
    elif isinstance(rule, PerPoint | ToFirst) and direction is Direction.DOWN:
        kind = RuleKind.PER_POINT if isinstance(rule, PerPoint) else RuleKind.TO_FIRST
        said = _("{better}，“{kind}”却是数越大分越高，请改用“{line}”或“{count}”。")
        instead = {"line": label(RuleKind.LINEAR), "count": label(RuleKind.DEDUCT)}
        raise InputRefused(said.format(better=better, kind=label(kind), **instead), "rule")


def _line(rule: Linear, direction: Direction, better: str) -> None:
    if (rule.target > rule.baseline) == (direction is Direction.UP):
        return
    rises = rule.target > rule.baseline
    said = (
        _("{better}，规则却从 {b} 升到 {t} 给分。请对调基线和目标值，或核对指标的方向。")
        if rises
        else _("{better}，规则却从 {b} 降到 {t} 给分。请对调基线和目标值，或核对指标的方向。")
    )
    raise InputRefused(said.format(better=better, b=plain(rule.baseline), t=plain(rule.target)), "t")


def _anchors(points: Sequence[Point], direction: Direction, better: str) -> None:
    (_low, first), *_between, (_high, last) = sorted(points)
    if last > first and direction is Direction.DOWN:
        raise InputRefused(_("{better}，折线却是数越大分越高，请改正折点。").format(better=better), "points")
    if last < first and direction is Direction.UP:
        raise InputRefused(_("{better}，折线却是数越大分越低，请改正折点。").format(better=better), "points")


def _ladder(bands: Sequence[Point], direction: Direction, better: str) -> None:
    """Bands with rising thresholds; below the lowest there are no points, which is a band too."""
    is_up = direction is Direction.UP
    for (low, worth), (high, beyond) in pairwise(bands):
        if beyond != worth and (beyond > worth) is not is_up:
            said = (
                _("{better}，分档却是“达到 {low}”计 {worth} 分、“达到 {high}”只计 {beyond} 分，请改正分档。")
                if is_up
                else _("{better}，分档却是“达到 {low}”计 {worth} 分、“达到 {high}”计 {beyond} 分，请改正分档。")
            )
            numbers = {"low": plain(low), "worth": plain(worth), "high": plain(high), "beyond": plain(beyond)}
            raise InputRefused(said.format(better=better, **numbers), "bands")
    lowest, worth = bands[0]
    if not is_up and lowest > 0 and worth > 0:
        said = _("{better}，比最低一档 {lowest} 更低的反而计 0 分。最低一档请从 0 起。")
        raise InputRefused(said.format(better=better, lowest=plain(lowest)), "bands")
