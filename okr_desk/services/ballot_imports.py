"""A planned file of answer sheets is stored: one transaction, one entry of the trail with its hash and counts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from okr_desk.errors import InputRefused
from okr_desk.i18n import _
from okr_desk.rules.ballot_imports import BallotPlan
from okr_desk.rules.ballots import BatchDraft
from okr_desk.rules.permissions import Actor
from okr_desk.services import ballots, surveys
from okr_desk.services.outcome import Outcome


@dataclass(frozen=True)
class BallotImport:
    """What an import brought: the batch (`services.ballots.withdraw_batch` undoes it) and how many of each."""

    batch_id: int
    file_name: str
    counted: int
    void: int
    suspect: int
    sent_back: int


def take(session: Session, actor: Actor, round_id: int, plan: BallotPlan) -> Outcome[BallotImport]:
    """Store what a plan says. Raises InputRefused while anything waits, and as `ballots.record_batch` does."""
    if plan.questions:
        raise InputRefused(_("还有 {n} 处要您定，全部定下之后再导入。").format(n=len(plan.questions)), "questions")
    reading = plan.reading
    draft = BatchDraft(round_id, reading.file_name, reading.sha256, reading.rows, plan.ballots)
    done = ballots.record_batch(session, actor, draft)
    told = () if plan.order is None else surveys.record_number_order(session, round_id, plan.order)
    found = BallotImport(
        done.value, reading.file_name, plan.will_count, len(plan.void), len(plan.suspect), len(plan.sent_back)
    )
    return Outcome(found, done.changes, (*done.notices, *told))
