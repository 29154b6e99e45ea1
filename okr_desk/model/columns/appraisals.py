"""Appraisals by vote: secretaries report and are voted on (述职评议), members of a branch are appraised (民主评议)."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns
from okr_desk.model.columns.entered import Entered


class Appraisal(Entered, table="appraisal"):
    """One meeting at which votes are given. `org_id`: the township for secretaries, the branch for its members.

    `reopened`: why it was opened again after it had been closed, a line each time.
    """

    kind: Column[str]
    org_id: Column[int]
    year: Column[int]
    name: Column[str]
    held_on: Column[date]
    state: Column[str]
    closed_at: Column[datetime | None]
    closed_by: Column[int | None]
    reopened: Column[str]


class AppraisalVoter(Columns, table="appraisalvoter"):
    """A class of voters with its weight, and how many ballots it was given, gave back and spoiled."""

    appraisal_id: Column[int]
    voter: Column[str]
    weight: Column[Decimal]
    issued: Column[int]
    returned: Column[int]
    void: Column[int]


class AppraisalPerson(Columns, table="appraisalperson"):
    """Who is voted on. Probationary members take part and get no grade (domain 0, 26); `grade` is what was decided."""

    appraisal_id: Column[int]
    position: Column[int]
    name: Column[str]
    org_id: Column[int | None]
    post: Column[str]
    is_probationary: Column[bool]
    problems: Column[str]
    grade: Column[str]
    grade_reason: Column[str]


class AppraisalCount(Columns, table="appraisalcount"):
    """How many voters of a class chose a level for one person on one item; the newest stands."""

    person_id: Column[int]
    voter: Column[str]
    item: Column[str]
    level: Column[str]
    votes: Column[int]
    account_id: Column[int | None]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]
