"""What the evidence of a counted round allows: its grade at each branch, and where the office lets points stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from okr_desk.clock import local
from okr_desk.model.columns import CapLift, SurveyEvidence, SurveyRound
from okr_desk.model.reading import Reader
from okr_desk.queries import users
from okr_desk.scoring.evidence import EvidenceGrade


@dataclass(frozen=True)
class LiftView:
    """The office's word that points stand although the evidence is C: why, who, when."""

    id: int
    reason: str
    by: str
    recorded_on: date


@dataclass(frozen=True)
class Standing:
    """The evidence of a branch in a quarter as it was when the round was counted; `lift` where the cap was lifted."""

    grade: EvidenceGrade
    answered: int
    reasons: tuple[str, ...]
    lift: LiftView | None = None


def standing(session: Reader, quarter_ids: Collection[int]) -> dict[tuple[int, int], Standing]:
    """By quarter and branch, for quarters of which a round is counted; nothing for the others."""
    lifts = _lifts(session, quarter_ids)
    rows = session.execute(
        select(
            SurveyRound.quarter_id, SurveyEvidence.org_id, SurveyEvidence.grade, SurveyEvidence.answered,
            SurveyEvidence.reasons,
        )
        .join(SurveyRound.TABLE, SurveyRound.id == SurveyEvidence.round_id)
        .where(SurveyRound.quarter_id.in_(quarter_ids), SurveyEvidence.withdrawn_at.is_(None))
    )  # fmt: skip
    return {
        (quarter_id, org_id): Standing(
            EvidenceGrade(grade),
            answered,
            tuple(line for line in reasons.split("\n") if line),
            lifts.get((quarter_id, org_id)),
        )
        for quarter_id, org_id, grade, answered, reasons in rows
    }


def _lifts(session: Reader, quarter_ids: Collection[int]) -> dict[tuple[int, int], LiftView]:
    names = users.names(session)
    rows = session.execute(
        select(*CapLift.ALL).where(CapLift.quarter_id.in_(quarter_ids), CapLift.withdrawn_at.is_(None))
    )
    return {
        (row.quarter_id, row.org_id): LiftView(
            row.id, row.reason, names.get(row.account_id, ""), local(row.recorded_at).date()
        )
        for row in rows
    }
