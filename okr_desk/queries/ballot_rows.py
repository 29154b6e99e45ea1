"""The counted ballots of a round, read once: counts and honesty checks are both made of the same rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func

from okr_desk.model.columns import Ballot
from okr_desk.model.reading import Facts, Reader
from okr_desk.queries.surveys import RoundView, standing_ballots


def counted(session: Reader, of: RoundView, org_ids: Collection[int] | None = None) -> Sequence[Facts]:
    """(org_id, group_id, channel, answers, answered_on, minute, seconds) of each, in the order in which they came.

    For `org_ids` (None: all); void ballots and those taken back are not among them.
    """
    asked = (
        Ballot.org_id, Ballot.group_id, Ballot.channel, Ballot.answers,
        Ballot.answered_on, Ballot.minute, Ballot.seconds,
    )  # fmt: skip
    statement = standing_ballots(*asked).where(Ballot.round_id == of.id, Ballot.void_reason == "")
    if org_ids is not None:
        statement = statement.where(Ballot.org_id.in_(org_ids))
    return session.execute(statement.order_by(Ballot.id)).all()


def answers_to(session: Reader, of: RoundView, place: int) -> Sequence[Facts]:
    """(org_id, answer, how many) to the item at `place`: counted by the database, where no more than this is asked."""
    answer = func.substr(Ballot.answers, place + 1, 1)
    statement = standing_ballots(Ballot.org_id, answer, func.count()).where(
        Ballot.round_id == of.id, Ballot.void_reason == ""
    )
    return session.execute(statement.group_by(Ballot.org_id, answer)).all()
