"""Scores of several parties where a scheme weighs them: the branch's own, the leader's, the peers', the mass's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select

from okr_desk.model.columns import Review, ReviewScore
from okr_desk.model.reading import Reader
from okr_desk.review_terms import Party
from okr_desk.scoring.explained import Explained
from okr_desk.scoring.parties import PartyPart, composite
from okr_desk.scoring.points_result import Points
from okr_desk.terms import label

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Given:
    """What the parties of one branch gave: its own points by line, and scores out of 100 of the whole."""

    own: Mapping[int, Decimal] = field(default_factory=dict)
    wholes: Mapping[Party, Decimal] = field(default_factory=dict)


NOTHING_GIVEN = Given()


def given(session: Reader, quarter_id: int) -> dict[int, Given]:
    """By branch, for the reviews of a quarter."""
    own: dict[int, dict[int, Decimal]] = defaultdict(dict)
    wholes: dict[int, dict[Party, Decimal]] = defaultdict(dict)
    asked = (
        select(Review.org_id, ReviewScore.party, ReviewScore.line_id, ReviewScore.points)
        .select_from(ReviewScore.TABLE)
        .join(Review.TABLE, Review.id == ReviewScore.review_id)
        .where(
            Review.quarter_id == quarter_id,
            ReviewScore.superseded_at.is_(None),
            ReviewScore.points.is_not(None),
            ReviewScore.party != Party.OFFICE.value,
        )
    )
    for row in session.execute(asked):
        if row.line_id is None:
            wholes[row.org_id][Party(row.party)] = row.points
        else:
            own[row.org_id][row.line_id] = row.points
    return {org_id: Given(own.get(org_id, {}), wholes.get(org_id, {})) for org_id in {*own, *wholes}}


def combined(
    weights: Sequence[tuple[Party, Decimal]],
    of: Given,
    percent: Decimal | None,
    lines: Mapping[int, Points],
    satisfaction: Decimal | None,
) -> Explained:
    """The parties' percents by their weights; `percent` is that of the office's own points, `lines` what is due."""
    said = {
        Party.OFFICE: percent,
        Party.SELF: _own(of, lines),
        Party.MASS: satisfaction,
        **{party: of.wholes.get(party) for party in (Party.LEADER, Party.PEERS)},
    }
    return composite([PartyPart(label(party), weight, said[party]) for party, weight in weights])


def _own(of: Given, lines: Mapping[int, Points]) -> Decimal | None:
    """The branch's own points against the full points of the lines that it reported on; None before it has."""
    told = {key: points for key, points in of.own.items() if key in lines}
    full = sum((lines[key].maximum for key in told), Decimal(0))
    return sum(told.values(), Decimal(0)) * HUNDRED / full if full else None
