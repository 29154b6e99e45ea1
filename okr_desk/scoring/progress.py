"""How far one key result has come: 0 at the baseline, 1 at the target, raw and clamped side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.rounding import plain
from okr_desk.terms import Direction

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True)
class Progress:
    """`raw` may leave 0..1 and is shown; `clamped` counts; both None where nothing was reported."""

    raw: Decimal | None
    clamped: Decimal | None
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The number that counts, with its steps."""
        return Explained(self.clamped, self.steps)


@dataclass(frozen=True)
class Node:
    """One node of a milestone; the unit of `weight` is free, only the proportions count."""

    name: str
    weight: Decimal
    done: bool


def clamp(value: Decimal) -> Decimal:
    """Bring into 0..1."""
    return min(max(value, ZERO), ONE)


def linear(baseline: Decimal, target: Decimal, value: Decimal) -> Decimal:
    """The bare number of `metric` for a target that differs from the baseline, rising or falling alike."""
    return (value - baseline) / (target - baseline)


def metric(
    baseline: Decimal | None,
    target: Decimal | None,
    value: Decimal | None,
    direction: Direction = Direction.UP,
) -> Progress:
    """Progress on the straight line from baseline to target; falling targets and negative values included.

    `direction` decides only whether a target that equals its baseline (it can come by import) is reached.
    Source: methods B1 "linear" and B2; domain 7.2.
    """
    if baseline is None or target is None:
        return _nothing(_("没有基线或目标，无法计算完成度。"))
    if value is None:
        return _missing()
    if baseline == target:
        return _standing(target, value, direction)
    raw = linear(baseline, target, value)
    return _finished(
        raw,
        lambda: (
            _("完成度＝（现值－基线）÷（目标－基线）"),
            _("（{value}－{baseline}）÷（{target}－{baseline}）{result}").format(
                value=figure(value), baseline=figure(baseline), target=figure(target), result=result(raw)
            ),
        ),
    )


def year_to_date(target: Decimal | None, value: Decimal | None) -> Progress:
    """Progress of a year-cumulative measure, which starts each year at 0 (decision of the data model)."""
    found = metric(ZERO, target, value)
    steps = Steps(lambda: (_("年累计指标每年从 0 起算，基线按 0 计。"), *found.steps))
    return Progress(found.raw, found.clamped, steps)


def checkpoints(
    baseline: Decimal, target: Decimal, points: Sequence[tuple[Decimal, Decimal]], value: Decimal | None
) -> Progress:
    """Progress on agreed points (value, progress) between baseline (0) and target (1), straight in between.

    Points are walked from the baseline to the target, so falling targets work as rising ones do; beyond the
    ends the last stretch goes on in `raw`. Raises InputRefused when the target equals the baseline, a point
    lies outside them, or progress would fall on the way. Source: methods B1 "anchors"; competitors C9.
    """
    path = _path(baseline, target, points)
    if value is None:
        return _missing()
    sign = 1 if target > baseline else -1
    index = next((i for i in range(1, len(path) - 1) if (path[i][0] - value) * sign >= 0), len(path) - 1)
    (x0, y0), (x1, y1) = path[index - 1], path[index]
    raw = y1 if value == x1 else y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return _finished(
        raw,
        lambda: (
            _("节点（数值:完成度）：{path}").format(path="，".join(f"{plain(x)}:{plain(y)}" for x, y in path)),
            _("现值 {value} 按 {x0} 至 {x1} 一段推算").format(value=plain(value), x0=plain(x0), x1=plain(x1)),
            _("{y0}＋（{y1}－{y0}）×（{value}－{x0}）÷（{x1}－{x0}）{result}").format(
                y0=figure(y0),
                y1=figure(y1),
                value=figure(value),
                x0=figure(x0),
                x1=figure(x1),
                result=result(raw),
            ),
        ),
    )


def at_least(limit: Decimal, value: Decimal | None, inclusive: bool = True) -> Progress:
    """1 while the value stays at or above the limit, else 0; the limit itself counts when `inclusive`."""
    if value is None:
        return _missing()
    kept = value >= limit if inclusive else value > limit
    rule = _("底线：不低于 {limit}") if inclusive else _("底线：高于 {limit}（等于不算）")
    return _guarded(kept, rule.format(limit=plain(limit)), value)


def at_most(limit: Decimal, value: Decimal | None, inclusive: bool = True) -> Progress:
    """1 while the value stays at or below the limit, else 0; the limit itself counts when `inclusive`."""
    if value is None:
        return _missing()
    kept = value <= limit if inclusive else value < limit
    rule = _("底线：不高于 {limit}") if inclusive else _("底线：低于 {limit}（等于不算）")
    return _guarded(kept, rule.format(limit=plain(limit)), value)


def within(low: Decimal, high: Decimal, value: Decimal | None) -> Progress:
    """A guard rail with two sides: 1 from `low` to `high`, both included, else 0.

    Raises InputRefused when `low` is above `high`.
    """
    _check_interval(low, high)
    if value is None:
        return _missing()
    rule = _("底线：保持在 {low} 至 {high} 之间（含两端）").format(low=plain(low), high=plain(high))
    return _guarded(low <= value <= high, rule, value)


def between(low: Decimal, high: Decimal, slack: Decimal, value: Decimal | None) -> Progress:
    """Keep a state: 1 from `low` to `high`, falling in a line to 0 at `low - slack` and `high + slack`.

    Raises InputRefused when `low` is above `high` or `slack` is not positive. Source: methods B1 "maintain".
    """
    _check_interval(low, high)
    if slack <= 0:
        raise InputRefused(_("允许偏离的幅度须大于 0，请重新填写。"), "slack")
    if value is None:
        return _missing()
    off = max(low - value, value - high, ZERO)
    raw = ONE - off / slack
    rule = _("保持在 {low} 至 {high} 之间计 1；偏离达到 {slack} 计 0，其间按比例。").format(
        low=plain(low), high=plain(high), slack=plain(slack)
    )
    if off == 0:
        return _finished(ONE, lambda: (rule, _("现值 {value} 在区间内。").format(value=plain(value))))
    sum_ = _("现值 {value}，偏离 {off}：1－{off}÷{slack}{result}").format(
        value=plain(value), off=plain(off), slack=plain(slack), result=result(raw)
    )
    return _finished(raw, lambda: (rule, sum_))


def milestone(nodes: Sequence[Node]) -> Progress:
    """The share of the weight of the nodes that are done; weights of any sum are brought to the whole.

    Raises InputRefused without nodes, with a negative weight, or when all weights are 0. Source: methods B1.
    """
    if not nodes:
        raise InputRefused(_("里程碑没有节点，请至少填写一个节点和权重。"), "nodes")
    if any(node.weight < 0 for node in nodes):
        raise InputRefused(_("节点权重不能为负数，请改正。"), "nodes")
    whole = sum((node.weight for node in nodes), ZERO)
    if whole == 0:
        raise InputRefused(_("节点权重全为 0，无法计算，请填写权重。"), "nodes")
    done = sum((node.weight for node in nodes if node.done), ZERO)
    raw = done / whole
    steps = [_("完成度＝已完成节点的权重÷全部节点的权重")]
    if whole not in (1, 100):
        steps.append(_("节点权重合计 {sum}，不是 100，已按比例折算。").format(sum=plain(whole)))
    names = "、".join(node.name or plain(node.weight) for node in nodes if node.done)
    steps.append(_("已完成：{names}").format(names=names) if names else _("还没有完成的节点。"))
    steps.append(_("{done}÷{whole}{result}").format(done=plain(done), whole=plain(whole), result=result(raw)))
    return _finished(raw, lambda: tuple(steps))


def yes_no(done: bool | None) -> Progress:
    """1 when done, 0 when not, nothing when nobody said."""
    if done is None:
        return _missing()
    return _finished(ONE if done else ZERO, lambda: (_("已完成，计 1。") if done else _("未完成，计 0。"),))


def established(has_value: bool) -> Progress:
    """A key result that asks for a baseline is done once the first value with its source is there."""
    said = _("已取得第一个数值，基线已建立，计 1。") if has_value else _("尚未取得数值，基线未建立，计 0。")
    return _finished(ONE if has_value else ZERO, lambda: (said,))


def check_metric(baseline: Decimal, target: Decimal, direction: Direction) -> None:
    """Refuse a line that leads nowhere, at the time it is set up.

    Raises InputRefused (field "target") when the target equals the baseline, or lies on the wrong side of it.
    Source: methods B2.
    """
    if direction not in (Direction.UP, Direction.DOWN):
        return
    if baseline == target:
        raise InputRefused(_("目标与基线相同，看不出进展。若要守住现状，请改用“守底线”；否则请改目标。"), "target")
    if direction is Direction.UP and target < baseline:
        raise InputRefused(_("方向是“上升”，目标却低于基线。请改目标，或把方向改为“下降”。"), "target")
    if direction is Direction.DOWN and target > baseline:
        raise InputRefused(_("方向是“下降”，目标却高于基线。请改目标，或把方向改为“上升”。"), "target")


def _path(
    baseline: Decimal, target: Decimal, points: Sequence[tuple[Decimal, Decimal]]
) -> list[tuple[Decimal, Decimal]]:
    if baseline == target:
        raise InputRefused(_("目标与基线相同，不能设分段节点。请改目标，或改用“守底线”。"), "target")
    ends = {baseline: ZERO, target: ONE}
    low, high = min(ends), max(ends)
    for x, y in points:
        if not low <= x <= high:
            raise InputRefused(_("节点 {x} 不在基线与目标之间，请改正。").format(x=plain(x)), "points")
        if ends.setdefault(x, y) != y:
            raise InputRefused(_("节点 {x} 有两个不同的完成度，请改正。").format(x=plain(x)), "points")
    path = sorted(ends.items(), reverse=target < baseline)
    if any(after[1] < before[1] for before, after in pairwise(path)):
        raise InputRefused(_("从基线到目标，节点的完成度须在 0 至 1 之间且不能回落，请改正。"), "points")
    return path


def _standing(target: Decimal, value: Decimal, direction: Direction) -> Progress:
    reached = value <= target if direction in (Direction.DOWN, Direction.AT_MOST) else value >= target
    said = _("现值 {value}，已达到目标，计 1。") if reached else _("现值 {value}，未达到目标，计 0。")
    steps = (
        _("目标与基线相同（{target}），没有可量的路程：达到计 1，未达到计 0；建议改为“守底线”。").format(
            target=plain(target)
        ),
        said.format(value=plain(value)),
    )
    return _finished(ONE if reached else ZERO, lambda: steps)


def _guarded(kept: bool, rule: str, value: Decimal) -> Progress:
    said = _("现值 {value}，守住，计 1。") if kept else _("现值 {value}，未守住，计 0。")
    return _finished(ONE if kept else ZERO, lambda: (rule, said.format(value=plain(value))))


def _check_interval(low: Decimal, high: Decimal) -> None:
    if low > high:
        raise InputRefused(_("区间的下限大于上限，请对调或改正。"), "low")


def _finished(raw: Decimal, reached: Callable[[], tuple[str, ...]]) -> Progress:
    return Progress(raw, clamp(raw), Steps(lambda: (*reached(), *_beyond(raw), *rounding_note(raw))))


def _beyond(raw: Decimal) -> tuple[str, ...]:
    if raw > 1:
        return (_("超过目标，超出部分照实显示，计入时按 1 计。"),)
    if raw < 0:
        return (_("完成度低于 0，照实显示，计入时按 0 计。"),)
    return ()


def _missing() -> Progress:
    return _nothing(_("本期没有填报数值：缺报不等于 0，不计算完成度。"))


def _nothing(sentence: str) -> Progress:
    return Progress(None, None, (sentence,))
