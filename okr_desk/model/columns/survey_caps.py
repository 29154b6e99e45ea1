"""How good the evidence of a counted round is at each branch, and where the office lets a capped score stand."""

from datetime import datetime

from okr_desk.model.columns.base import Column, Columns


class SurveyEvidence(Columns, table="surveyevidence"):
    """The grade of a branch (A to D) as it was when its round was counted, with the reasons, one a line."""

    round_id: Column[int]
    org_id: Column[int]
    grade: Column[str]
    answered: Column[int]
    reasons: Column[str]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]


class CapLift(Columns, table="caplift"):
    """The office lets the points of a branch stand in a quarter although the evidence is C, and says why."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    reason: Column[str]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]
