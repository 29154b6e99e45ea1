"""From lines to blocks, from blocks to the sheet: sums of points with their full points, coverage and percent.

What does not apply drops out and its block is scaled to its full points; what is missing is left out and shown while
the quarter is open, and has already become 0 once it is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.scoring.explained import STEP_PLACES, Explained, Steps, figure, result, rounding_note
from okr_desk.scoring.points_result import ZERO, Points, check_not_negative
from okr_desk.scoring.rounding import kept, plain, wide, without_dust
from okr_desk.terms import Dimension, PointsState, label


@dataclass(frozen=True)
class Line:
    """One line of a sheet; its full points are those of `points`."""

    name: str
    points: Points
    dimension: Dimension | None = None


@dataclass(frozen=True)
class Block:
    """Lines that share `maximum` full points. `part` groups blocks for a subtotal (党建基础 320 of 420)."""

    name: str
    maximum: Decimal
    lines: tuple[Line, ...]
    part: str = ""


@dataclass(frozen=True)
class Subtotal:
    """Points of some lines. `maximum`: full points of what applies; `reported`: of what has points so far.

    `points` is None while nothing has points.
    """

    points: Decimal | None
    maximum: Decimal
    reported: Decimal

    @property
    def state(self) -> PointsState:
        """Why there are no points: nothing applies, which nobody has to report, or nothing has any so far."""
        if self.points is not None:
            return PointsState.SCORED
        return PointsState.MISSING if self.maximum else PointsState.NOT_APPLICABLE


@dataclass(frozen=True)
class BlockPoints:
    """A block: its subtotal, and the share of its full points (0..1) that applies, with the steps.

    A block of which nothing applies has a maximum of 0 and drops out of the sheet.
    """

    name: str
    total: Subtotal
    coverage: Decimal
    scale: Decimal
    steps: Sequence[str]

    @property
    def explained(self) -> Explained:
        """The points, with their steps."""
        return Explained(self.total.points, self.steps)


def check_sum(name: str, maximum: Decimal, lines: Sequence[Decimal]) -> None:
    """Refuse a block whose `lines` (their full points) do not sum to its own, at the time it is set up."""
    found = _whole(name, maximum, lines)
    if found != maximum:
        said = _("“{name}”各项满分合计 {found} 分，与这一块的满分 {maximum} 分不符，请核对。")
        raise InputRefused(said.format(name=name, found=plain(found), maximum=plain(maximum)), "maximum")


def block_points(block: Block) -> BlockPoints:
    """Points of the lines that apply, scaled to the full points of the block.

    `scale` is that factor: full points ÷ maximum of the lines that apply (0: none does). Raises InputRefused without
    lines, or when all full points are 0. Source: domain 1.3 "N/A", methods B2.
    """
    whole = _whole(block.name, block.maximum, [line.points.maximum for line in block.lines])
    applicable = [line for line in block.lines if line.points.state is not PointsState.NOT_APPLICABLE]
    left = sum((line.points.maximum for line in applicable), ZERO)
    if left == 0:
        none = _("没有适用的计分项目，这一块不计分，也不计入满分。")
        return BlockPoints(block.name, Subtotal(None, ZERO, ZERO), ZERO, ZERO, (none,))
    given = [line for line in applicable if line.points.points is not None]
    with wide():
        sum_ = sum((line.points.points or ZERO for line in given), ZERO)
        points = without_dust(kept(block.maximum * sum_ / left)) if given else None
        reported = without_dust(kept(block.maximum * sum((line.points.maximum for line in given), ZERO) / left))
        coverage, scale = kept(left / whole), kept(block.maximum / left)
    return BlockPoints(
        block.name,
        Subtotal(points, block.maximum, reported),
        coverage,
        scale,
        Steps(lambda: _told(block, left, given, points)),
    )


def dimension_totals(blocks: Sequence[Block], found: Sequence[BlockPoints]) -> dict[Dimension, Subtotal]:
    """Subtotals by dimension over all blocks; each line counts as it does in its block (`found`)."""
    totals: dict[Dimension, Subtotal] = {}
    for dimension in Dimension:
        lines = [
            (line.points, one.scale)
            for block, one in zip(blocks, found, strict=True)
            for line in block.lines
            if line.dimension is dimension
        ]
        if lines:
            totals[dimension] = _scaled(lines)
    return totals


def summed(totals: Iterable[Subtotal]) -> Subtotal:
    """The subtotal of subtotals; points stay None while none has any."""
    parts = list(totals)
    given = [part.points for part in parts if part.points is not None]
    with wide():
        return Subtotal(
            without_dust(sum(given, ZERO)) if given else None,
            without_dust(sum((part.maximum for part in parts), ZERO)),
            without_dust(sum((part.reported for part in parts), ZERO)),
        )


def _whole(name: str, maximum: Decimal, lines: Sequence[Decimal]) -> Decimal:
    check_not_negative("maximum", maximum, *lines)
    whole = sum(lines, ZERO)
    if whole == 0 or maximum == 0:
        raise InputRefused(_("“{name}”的满分全为 0，无法计分，请填写满分。").format(name=name), "maximum")
    return whole


def _scaled(lines: Sequence[tuple[Points, Decimal]]) -> Subtotal:
    live = [(one, scale) for one, scale in lines if one.state is not PointsState.NOT_APPLICABLE]
    with wide():
        given = [one.points * scale for one, scale in live if one.points is not None]
        reported = sum((one.maximum * scale for one, scale in live if one.points is not None), ZERO)
        whole = sum((one.maximum * scale for one, scale in live), ZERO)
        return Subtotal(without_dust(sum(given, ZERO)) if given else None, without_dust(whole), without_dust(reported))


def _told(block: Block, left: Decimal, given: Sequence[Line], points: Decimal | None) -> tuple[str, ...]:
    steps = [_("{name}（满分 {maximum} 分）").format(name=block.name, maximum=plain(block.maximum))]
    for line in block.lines:
        steps.append(_line_note(line))
    away = [line for line in block.lines if line.points.state is PointsState.NOT_APPLICABLE]
    silent = [line for line in block.lines if line.points.state is PointsState.MISSING]
    if away:
        said = _("不适用 {n} 项（{names}），其余各项满分 {left} 分，按这一块的满分折算。")
        steps.append(said.format(n=len(away), names=_names(away), left=plain(left)))
    elif left != block.maximum:
        said = _("各项满分合计 {left} 分，不是 {maximum} 分，已按比例折算。")
        steps.append(said.format(left=plain(left), maximum=plain(block.maximum)))
    if silent:
        steps.append(_("未报 {n} 项（{names}）。").format(n=len(silent), names=_names(silent)))
    unset = [line for line in block.lines if line.points.state is PointsState.UNSET]
    if unset:
        said = _("未设基线或目标 {n} 项（{names}），设定以前不计分，也不按 0 计。")
        steps.append(said.format(n=len(unset), names=_names(unset)))
    if points is None:
        steps.append(_("还没有得分。"))
        return tuple(steps)
    return (*steps, _sum_note(block, left, given, points), *rounding_note(points))


def _sum_note(block: Block, left: Decimal, given: Sequence[Line], points: Decimal) -> str:
    terms = [figure(line.points.points or ZERO) for line in given]
    sum_ = "＋".join(terms)
    if left != block.maximum:
        bracketed = _("（{sum}）").format(sum=sum_) if len(terms) > 1 else sum_
        sum_ = f"{plain(block.maximum)}×{bracketed}÷{plain(left)}"
    elif len(terms) == 1:
        return _("得分：{sum}").format(sum=plain(points, STEP_PLACES))
    return _("得分：{sum}").format(sum=sum_ + result(points))


def _names(lines: Sequence[Line]) -> str:
    return "、".join(line.name for line in lines)


def _line_note(line: Line) -> str:
    one = line.points
    if one.points is None:
        return f"{line.name}：{label(one.state)}"
    return _("{name}：{points} 分（满分 {maximum} 分）").format(
        name=line.name, points=plain(one.points, STEP_PLACES), maximum=plain(one.maximum)
    )
