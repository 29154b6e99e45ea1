"""Whether targets are set well: the share of its full points that each line brought over the branches of a category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from okr_desk.model.reading import Reader
from okr_desk.queries import cycles, orgs, policy, scores
from okr_desk.queries.schemes import LineView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import ScoreSheet
from okr_desk.scoring.line_rule import rule_kind
from okr_desk.scoring.rounding import kept, wide, without_dust
from okr_desk.terms import BlockKind, OrgKind, PointsState, QuarterState, RuleKind, Tightness

LEAST_QUARTERS = 2
"""From how many quarters on a mean says something about a target (issue "the hundred-point sheet" 9)."""

_AIMED = (
    RuleKind.LINEAR,
    RuleKind.RATIO,
    RuleKind.PER_POINT,
    RuleKind.LADDER,
    RuleKind.RANGE,
    RuleKind.DUAL,
    RuleKind.ANCHORS,
)
"""Rules that measure against an aim. What is only deducted, ordered or voted has none that could be too easy."""

_SAID = (QuarterState.FROZEN, QuarterState.CLOSED)


@dataclass(frozen=True)
class AimCheck:
    """One line over the branches of a category. `mean` is 0..1 of the full points; `verdict` None: neither of both.

    `branches` and `quarters` say on how many the mean rests.
    """

    category: str
    line: LineView
    mean: Decimal
    branches: int
    quarters: int
    verdict: Tightness | None


@dataclass(frozen=True)
class DesignCheck:
    """All aims of a year that can be judged; `quarters` are the labels of those looked at."""

    year: int
    quarters: tuple[str, ...]
    easy: Decimal
    hard: Decimal
    aims: tuple[AimCheck, ...]

    @property
    def is_early(self) -> bool:
        """Whether too few quarters are over to judge any target."""
        return len(self.quarters) < LEAST_QUARTERS

    @property
    def doubtful(self) -> tuple[AimCheck, ...]:
        """Aims that were too easy or too hard."""
        return tuple(one for one in self.aims if one.verdict is not None)


def check(session: Reader, year: int) -> DesignCheck:
    """The aims of all schemes of a year, from the quarters whose numbers are in (frozen or closed)."""
    over = [q for q in cycles.quarters(session) if q.year == year and q.state in _SAID]
    found = policy.values(session)
    easy, hard = Decimal(found["target.easy"]), Decimal(found["target.hard"])
    made = []
    for quarter in over if len(over) >= LEAST_QUARTERS else ():
        tree = orgs.tree(session, quarter.ends_on)
        made.append(scores.sheets(session, quarter, [org for org in tree if org.kind == OrgKind.BRANCH]))
    return DesignCheck(year, tuple(q.label for q in over), easy, hard, aims(made, easy, hard))


def aims(quarters: Sequence[Sequence[ScoreSheet]], easy: Decimal, hard: Decimal) -> tuple[AimCheck, ...]:
    """Each line that was scored in two quarters or more, in the order of its scheme.

    A branch counts once, by the mean of its quarters; what was not reported says nothing about a target and is left
    out. A mean above `easy` or below `hard` has a verdict, one that equals either has none. Source: issue "the
    hundred-point sheet" 9, competitors "too easy / too hard".
    """
    shares: dict[tuple[str, int], dict[int, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    told: dict[tuple[str, int], set[int]] = defaultdict(set)
    newest: dict[tuple[str, int], LineView] = {}
    for number, sheets in enumerate(quarters):
        for sheet in sheets:
            for score, share in _shares(sheet):
                key = (sheet.org.category, score.line.indicator_id)
                newest[key] = score.line
                told[key].add(number)
                shares[key][sheet.org.id].append(share)
    found = []
    for key, line in newest.items():
        if len(told[key]) < LEAST_QUARTERS:
            continue
        mean = _mean([_mean(one) for one in shares[key].values()])
        verdict = Tightness.EASY if mean > easy else Tightness.HARD if mean < hard else None
        found.append(AimCheck(key[0], line, mean, len(shares[key]), len(told[key]), verdict))
    return tuple(found)


def _shares(sheet: ScoreSheet) -> Iterator[tuple[LineScore, Decimal]]:
    for block in sheet.blocks:
        for score in block.lines if block.block.kind is BlockKind.BASE else ():
            made = score.points
            if made is None or made.points is None or made.state is not PointsState.SCORED or not made.maximum:
                continue
            if rule_kind(score.line.rule) in _AIMED:
                yield score, made.points / made.maximum


def _mean(values: Sequence[Decimal]) -> Decimal:
    with wide():
        return without_dust(kept(sum(values, Decimal(0)) / len(values)))
