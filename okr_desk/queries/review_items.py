"""The lines of one branch's sheet as the office checks them: deductions first, self beside checked, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import Review, ReviewScore
from okr_desk.model.reading import Reader
from okr_desk.queries import scores
from okr_desk.queries.objectives import OrgView, QuarterView
from okr_desk.queries.score_lines import LineScore
from okr_desk.queries.scores import ScoreSheet
from okr_desk.review_terms import Party
from okr_desk.rules import reviews as rules
from okr_desk.terms import BlockKind, PointsState


@dataclass(frozen=True)
class Said:
    """Points that a party gave, with its reason."""

    points: Decimal | None
    reason: str


@dataclass(frozen=True)
class Item:
    """One line: full points, what the program computed, what the branch claims and what stands now.

    `own` None: the branch has not reported; `set_to` None: the program's own points stand.
    """

    score: LineScore
    block: str
    is_bonus: bool
    own: Said | None
    set_to: Said | None

    @property
    def line_id(self) -> int:
        """The line of the scheme."""
        return self.score.line.id

    @property
    def name(self) -> str:
        """Code and name of the indicator."""
        return f"{self.score.line.code} {self.score.line.name}"

    @property
    def maximum(self) -> Decimal:
        """The full points of the quarter."""
        assert self.score.points is not None
        return self.score.points.maximum

    @property
    def computed(self) -> Decimal | None:
        """What the program made of the measured values."""
        points = self.score.computed or self.score.points
        return None if points is None else points.points

    @property
    def points(self) -> Decimal | None:
        """What stands now."""
        return None if self.score.points is None else self.score.points.points

    @property
    def lost(self) -> Decimal:
        """What the line costs against its full points; a line that was not reported costs all of them."""
        if self.is_bonus or self.score.points is None or self.score.points.state is PointsState.NOT_APPLICABLE:
            return Decimal(0)
        return max(Decimal(0), self.maximum - (self.points or Decimal(0)))

    @property
    def differs(self) -> bool:
        """Whether the branch's own points are others than those that stand."""
        return self.own is not None and not rules.same(self.own.points, self.points)


@dataclass(frozen=True)
class Items:
    """A branch's lines, what costs most first; `wholes` are the scores out of 100 of leader and peers."""

    sheet: ScoreSheet
    items: tuple[Item, ...]
    wholes: Mapping[Party, Said]

    @property
    def own_total(self) -> Decimal | None:
        """What the branch gives itself in all; None before it has reported."""
        given = [one.own.points for one in self.items if one.own is not None and one.own.points is not None]
        return sum(given, Decimal(0)) if given else None


def items(session: Reader, quarter: QuarterView, org: OrgView) -> Items:
    """The lines of a branch that have something due in the quarter."""
    (sheet,) = scores.sheets(session, quarter, [org])
    said = _said(session, quarter.id, org.id)
    found = [
        Item(
            line,
            block.block.name,
            block.block.kind is BlockKind.BONUS,
            said.get((Party.SELF, line.line.id)),
            said.get((Party.OFFICE, line.line.id)),
        )
        for block in sheet.blocks
        for line in block.lines
        if line.points is not None
    ]
    ordered = sorted(enumerate(found), key=lambda pair: (-pair[1].lost, not pair[1].differs, pair[0]))
    wholes = {party: one for (party, line_id), one in said.items() if line_id is None}
    return Items(sheet, tuple(one for _place, one in ordered), wholes)


def _said(session: Reader, quarter_id: int, org_id: int) -> dict[tuple[Party, int | None], Said]:
    asked = (
        select(ReviewScore.party, ReviewScore.line_id, ReviewScore.points, ReviewScore.reason)
        .join(Review.TABLE, Review.id == ReviewScore.review_id)
        .where(Review.quarter_id == quarter_id, Review.org_id == org_id, ReviewScore.superseded_at.is_(None))
    )
    return {
        (Party(row.party), row.line_id): Said(row.points, row.reason)
        for row in session.execute(asked)
        if row.points is not None or row.party == Party.SELF.value
    }
