"""The branches of one category side by side, line by line: never across categories, never with too few of a kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from okr_desk.model.reading import Reader
from okr_desk.queries import policy, scores
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.schemes import LineView, VersionView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import ScoreSheet
from okr_desk.scoring.grade_schemes import Excess
from okr_desk.scoring.line_rule import compares
from okr_desk.scoring.rounding import kept, wide, without_dust
from okr_desk.terms import BlockKind, OrgKind, PointsState


@dataclass(frozen=True)
class Cell:
    """A branch on a line. `share` is that of the full points (0..1, more where a cap allows it).

    It is None where the line has no points, does not apply or is not due, and for a bonus, which nobody owes.
    """

    score: LineScore
    share: Decimal | None


@dataclass(frozen=True)
class Standing:
    """One branch with its sheet and its cells by indicator."""

    sheet: ScoreSheet
    cells: Mapping[int, Cell]


@dataclass(frozen=True)
class Comparison:
    """The branches of a category in the order of the register; `least` is how many of a kind a comparison needs.

    `categories` are those among the branches asked about; without a scheme in force `version` is None.
    """

    category: str
    categories: tuple[str, ...]
    quarter: QuarterView
    version: VersionView | None
    branches: tuple[Standing, ...]
    excess: tuple[Excess, ...]
    least: int

    @property
    def is_comparable(self) -> bool:
        """Whether there are enough branches of the kind."""
        return len(self.branches) >= self.least

    @property
    def lines(self) -> tuple[LineView, ...]:
        """The lines compared, in the order of the scheme."""
        return () if self.version is None else self.version.lines

    @property
    def weakest(self) -> tuple[tuple[LineView, Decimal], ...]:
        """Lines with the mean share (0..1) that the branches with points reached, the lowest first."""
        found = []
        for line in self.lines:
            cells = (branch.cells.get(line.indicator_id) for branch in self.branches)
            shares = [cell.share for cell in cells if cell is not None and cell.share is not None]
            if shares:
                with wide():
                    found.append((line, without_dust(kept(sum(shares, Decimal(0)) / len(shares)))))
        return tuple(sorted(found, key=lambda one: one[1]))


def compare(session: Reader, quarter: QuarterView, of: Sequence[OrgView], category: str = "") -> Comparison:
    """The branches among `of` that stand in `category`, or in the first one met where it is not among theirs."""
    branches = [org for org in of if org.kind == OrgKind.BRANCH]
    categories = tuple(dict.fromkeys(org.category for org in branches))
    chosen = category if category in categories else next(iter(categories), "")
    sheets = scores.sheets(session, quarter, [org for org in branches if org.category == chosen])
    return Comparison(
        chosen,
        categories,
        quarter,
        next((sheet.version for sheet in sheets), None),
        tuple(standing(sheet) for sheet in sheets),
        scores.excess(sheets),
        policy.integer(session, "comparison.minimum"),
    )


def follow(session: Reader, shown: Comparison, org_ids: Collection[int]) -> Comparison:
    """The comparison after figures of `org_ids` changed: the other branches keep the sheets that they have.

    Where a rule compares with others (place, distance to the first) one value moves all of them, and all are read.
    """
    orgs = [one.sheet.org for one in shown.branches]
    if any(compares(line.rule) for line in shown.lines):
        org_ids = {org.id for org in orgs}
    touched = [org for org in orgs if org.id in org_ids]
    fresh = {sheet.org.id: standing(sheet) for sheet in scores.sheets(session, shown.quarter, touched)}
    branches = tuple(fresh.get(one.sheet.org.id, one) for one in shown.branches)
    return replace(shown, branches=branches, excess=scores.excess([one.sheet for one in branches]))


def standing(sheet: ScoreSheet) -> Standing:
    """A sheet with its lines by indicator, each with the share of its full points."""
    cells = {}
    for block in sheet.blocks:
        for score in block.lines:
            share = _share(score) if block.block.kind is BlockKind.BASE else None
            cells[score.line.indicator_id] = Cell(score, share)
    return Standing(sheet, cells)


def _share(score: LineScore) -> Decimal | None:
    made = score.points
    if made is None or made.points is None or made.state is PointsState.NOT_APPLICABLE or not made.maximum:
        return None
    with wide():
        return without_dust(kept(made.points / made.maximum))
