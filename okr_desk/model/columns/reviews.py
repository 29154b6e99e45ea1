"""Reviews: a branch-quarter step by step, the points of each party, objections, what was published, receipts."""

from datetime import date, datetime
from decimal import Decimal

from okr_desk.model.columns.base import Column, Columns


class Review(Columns, table="review"):
    """The review of one branch in one quarter. `state` is that after its last step, `number` that of its sheet."""

    uid: Column[str]
    org_id: Column[int]
    quarter_id: Column[int]
    number: Column[str]
    state: Column[str]


class ReviewStep(Columns, table="reviewstep"):
    """One step: on which day, by whom, what was said; `document` is the paper that it rests on.

    `until` is the last day of the time that begins with the step (objections, publicity), by the calendar as it was.
    """

    review_id: Column[int]
    step: Column[str]
    before: Column[str]
    after: Column[str]
    on: Column[date]
    by: Column[str]
    note: Column[str]
    document: Column[str]
    until: Column[date | None]
    substitution: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]


class ReviewScore(Columns, table="reviewscore"):
    """Points that one party gives a line of the sheet, or in all where `line_id` is None; the newest stands.

    Points None: a correction that was taken back, so that what the program computed holds again.
    """

    review_id: Column[int]
    party: Column[str]
    line_id: Column[int | None]
    points: Column[Decimal | None]
    computed: Column[Decimal | None]
    reason: Column[str]
    objection_id: Column[int | None]
    account_id: Column[int]
    recorded_at: Column[datetime]
    superseded_at: Column[datetime | None]


class Objection(Columns, table="objection"):
    """What a branch objects to: a line of its sheet, or the whole where `line_id` is None; `due_on`: decided by then.

    `again_of_id`: the decision on that objection is objected to in its turn.
    """

    uid: Column[str]
    number: Column[str]
    review_id: Column[int]
    line_id: Column[int | None]
    subject: Column[str]
    points: Column[Decimal | None]
    claimed: Column[Decimal | None]
    reason: Column[str]
    received_on: Column[date]
    due_on: Column[date]
    by: Column[str]
    basis: Column[str]
    again_of_id: Column[int | None]
    account_id: Column[int]
    recorded_at: Column[datetime]
    withdrawn_at: Column[datetime | None]
    withdrawn_reason: Column[str]


class ObjectionDecision(Columns, table="objectiondecision"):
    """What was decided on an objection, by somebody who did not score; the old points stand beside the new ones."""

    objection_id: Column[int]
    outcome: Column[str]
    points: Column[Decimal | None]
    opinion: Column[str]
    rests_on: Column[str]
    decided_on: Column[date]
    by: Column[str]
    substitution: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]


class Publication(Columns, table="publication"):
    """A document as it was published: which version, and the SHA-256 of its canonical JSON.

    `org_id` is None for a document of the township. What it says is in `PublishedContent`, sealed by this row's digest.
    """

    uid: Column[str]
    kind: Column[str]
    org_id: Column[int | None]
    quarter_id: Column[int]
    number: Column[str]
    version: Column[int]
    digest: Column[str]
    reason: Column[str]
    published_on: Column[date]
    account_id: Column[int]
    recorded_at: Column[datetime]


class PublishedContent(Columns, table="publishedcontent"):
    """What a publication says: canonical JSON, deflated."""

    publication_id: Column[int]
    content: Column[bytes]


class Receipt(Columns, table="receipt"):
    """A document was handed over: to whom, when, in which way. `record` is the word of the register, with its id."""

    record: Column[str]
    record_id: Column[int]
    org_id: Column[int]
    received_on: Column[date]
    received_by: Column[str]
    way: Column[str]
    account_id: Column[int]
    recorded_at: Column[datetime]
