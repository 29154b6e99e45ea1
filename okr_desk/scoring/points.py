"""Points of one line of the hundred-point sheet: a rule, a measured value, and the sum a person can do again.

The rules stand by their nature in `points_lines`, `points_bands`, `points_events`, `votes` and `activity`; how they
are written down is in `rule_text`.
"""

from __future__ import annotations

from collections.abc import Sequence

from okr_desk.i18n import _
from okr_desk.scoring.activity import Dual
from okr_desk.scoring.explained import Steps
from okr_desk.scoring.points_bands import Ladder, Rank, ToFirst
from okr_desk.scoring.points_events import Bonus, Deduct, PerPoint, YesNo
from okr_desk.scoring.points_lines import AnchorLine, Linear, Range, Ratio
from okr_desk.scoring.points_result import ZERO, Reached, Value
from okr_desk.scoring.points_result import Points as Points
from okr_desk.scoring.votes import Votes
from okr_desk.terms import PointsState

Rule = Linear | Ratio | Range | AnchorLine | Ladder | Rank | ToFirst | Deduct | PerPoint | Bonus | YesNo | Votes | Dual
"""Everything that turns a value into points."""


def points(rule: Rule, value: Value | None, *, closed: bool = False, applies: bool = True) -> Points:
    """Points of a measured value by a rule; `value` None: nothing was reported.

    What is missing has no points while the quarter is open and 0 once it is `closed` (a traced late entry brings them
    back); what does not apply has none and leaves the maximum of its block. Raises InputRefused for a value that the
    rule cannot take. Source: methods B1 and B2, design "Missing".
    """
    if not applies:
        said = _("不适用：不计分，也不计入满分，由其余各项分担。")
        return Points(None, rule.maximum, PointsState.NOT_APPLICABLE, (said,))
    if value is None:
        return _silent(rule, closed, () if closed else (_("待填：本期没有数值，暂不计分，也不按 0 计。"),))
    found: Reached = rule.reach(value)
    if found.points is None:
        return _silent(rule, closed, Steps(found.told))
    return Points(found.points, rule.maximum, PointsState.SCORED, Steps(found.told), found.provisional)


def _silent(rule: Rule, closed: bool, told: Sequence[str]) -> Points:
    if not closed:
        return Points(None, rule.maximum, PointsState.MISSING, told)
    said = _("未报送，已关账，计 0 分；按规定补报后重新计分。")
    return Points(ZERO, rule.maximum, PointsState.MISSING, Steps(lambda: (*told, said)))
