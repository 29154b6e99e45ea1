"""From four quarters to a year: cumulative, average, last or best, as the scheme says for each line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.explained import Steps, figure, result, rounding_note
from okr_desk.scoring.points_result import Points
from okr_desk.scoring.rounding import kept, plain, wide, without_dust
from okr_desk.terms import Across, PointsState

QUARTERS = Decimal(4)


def fourth(points: Points) -> Points:
    """What one quarter gives of a line whose full points are those of the year."""
    with wide():
        share = None if points.points is None else without_dust(kept(points.points / QUARTERS))
        maximum = without_dust(kept(points.maximum / QUARTERS))
    if share is None:
        return Points(None, maximum, points.state, points.steps, points.provisional)

    def told() -> tuple[str, ...]:
        said = _("全年 {maximum} 分，每季计四分之一：{points}÷4{result}")
        return (
            *points.steps,
            said.format(
                maximum=plain(points.maximum), points=figure(points.points or Decimal(0)), result=result(share)
            ),
        )

    return Points(share, maximum, points.state, Steps(told), points.provisional)


def year_points(quarters: Sequence[tuple[str, Points]], across: Across) -> Points:
    """Points of a line in the year from those of its quarters (label and points, in order).

    A quarter in which the line does not apply, or is not due, is left out; so is one that is still missing. Cumulative
    adds up, and its full points are the sum of those of the quarters that are over or reported. Source: domain 0
    fact 4, issue "the hundred-point sheet" 4.
    """
    live = [(name, one) for name, one in quarters if one.state is not PointsState.NOT_APPLICABLE]
    if not live:
        maximum = quarters[0][1].maximum if quarters else Decimal(0)
        return Points(None, maximum, PointsState.NOT_APPLICABLE, (_("全年不适用。"),))
    given = [(name, one, one.points) for name, one in live if one.points is not None]
    provisional = any(one.provisional for _name, one in live)
    with wide():
        maximum = (
            without_dust(sum((one.maximum for _name, one in live), Decimal(0)))
            if across is Across.CUMULATIVE
            else live[-1][1].maximum
        )
        if not given:
            is_unset = all(one.state is PointsState.UNSET for _name, one in live)
            state = PointsState.UNSET if is_unset else PointsState.MISSING
            return Points(None, maximum, state, (_("各季都还没有得分。"),), provisional)
        amounts = [points for _name, _one, points in given]
        sum_ = sum(amounts, Decimal(0))
        found = {
            Across.CUMULATIVE: sum_,
            Across.AVERAGE: kept(sum_ / len(amounts)),
            Across.LAST: amounts[-1],
            Across.BEST: max(amounts),
        }[across]
        found = without_dust(found)

    def told() -> tuple[str, ...]:
        each = _("，").join(f"{name} {plain(points, 6)}" for name, _one, points in given)
        return (_("各季得分：{each}").format(each=each), _way(across, amounts, found), *rounding_note(found))

    return Points(found, maximum, PointsState.SCORED, Steps(told), provisional)


def _way(across: Across, amounts: Sequence[Decimal], found: Decimal) -> str:
    line = "＋".join(figure(one) for one in amounts)
    if across is Across.CUMULATIVE:
        return _("全年累计：{line}{result}").format(line=line, result=result(found))
    if across is Across.AVERAGE:
        said = _("全年按各季平均：（{line}）÷{n}{result}")
        return said.format(line=line, n=len(amounts), result=result(found))
    if across is Across.LAST:
        return _("全年取最后一季：{points}").format(points=plain(found, 6))
    return _("全年取最好一季：{points}").format(points=plain(found, 6))
