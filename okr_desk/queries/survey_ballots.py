"""Single ballots of a round, looked for by number and branch: what one takes back when a sheet was copied wrongly.

For the office alone: in a small group its writer could be known again. The page and the command line ask for the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from okr_desk.model.columns import Ballot, BallotWithdrawal, SurveyBatch
from okr_desk.model.reading import Reader
from okr_desk.queries import orgs
from okr_desk.queries.surveys import RoundView
from okr_desk.survey_terms import Channel

MOST = 300
"""Ballots that are listed; who has more narrows the search."""


@dataclass(frozen=True)
class BallotView:
    """One ballot. `source` is its file, empty where it was typed; `said` is why it was taken back, empty if it stands.

    `row` counts the ballots of the same file or sitting from 1, because many have no number.
    """

    id: int
    org: str
    number: int | None
    row: int
    group: str
    channel: Channel
    answers: str
    answered_on: date | None
    source: str
    void_reason: str
    suspect: str
    said: str
    is_withdrawn: bool


@dataclass(frozen=True)
class FoundBallots:
    """The first ballots that were found, and how many there are in all."""

    ballots: tuple[BallotView, ...]
    total: int


def find(
    session: Reader, of: RoundView, number: int | None = None, org_ids: Sequence[int] | None = None
) -> FoundBallots:
    """The ballots of a round with a `number` (None: any), of branches (None: all), in the order in which they came in.

    Ballots that went with their whole batch are left out; a single one that was taken back stands with its reason.
    """
    place = func.row_number().over(partition_by=Ballot.batch_id, order_by=Ballot.id).label("place")
    numbered = (
        select(*Ballot.ALL, place, SurveyBatch.file_name, BallotWithdrawal.reason.label("said"))
        .select_from(Ballot.TABLE)
        .join(SurveyBatch.TABLE, SurveyBatch.id == Ballot.batch_id)
        .join(BallotWithdrawal.TABLE, BallotWithdrawal.ballot_id == Ballot.id, isouter=True)
        .where(Ballot.round_id == of.id, SurveyBatch.withdrawn_at.is_(None))
        .subquery()
    )
    wanted = select(numbered)
    if number is not None:
        wanted = wanted.where(
            (numbered.c.number == number) | (numbered.c.number.is_(None) & (numbered.c.place == number))
        )
    if org_ids is not None:
        wanted = wanted.where(numbered.c.org_id.in_(org_ids))
    total = session.execute(select(func.count()).select_from(wanted.subquery())).scalar() or 0
    names = orgs.short_names(session, of.quarter.ends_on)
    groups = {one.id: one.name for one in of.definition.groups}
    rows = session.execute(wanted.order_by(numbered.c.id).limit(MOST))
    found = tuple(
        BallotView(
            row.id,
            names.get(row.org_id, ""),
            row.number,
            row.place,
            groups.get(row.group_id, ""),
            Channel(row.channel),
            row.answers,
            row.answered_on,
            row.file_name,
            row.void_reason,
            row.suspect,
            row.said or "",
            row.said is not None,
        )
        for row in rows
    )
    return FoundBallots(found, total)
