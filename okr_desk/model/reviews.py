"""Reviews: a branch-quarter step by step, the points of each party, objections, what was published, receipts.

Nothing is changed afterwards: a step, a score or a publication that no longer holds is followed by another one.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, LargeBinary, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class Review(Row, table=True):
    """The review of one branch in one quarter. `state` is that after its last step, `number` that of its sheet."""

    __table_args__ = (UniqueConstraint("quarter_id", "org_id"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    org_id: int = Field(foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id")
    number: str = Field(max_length=30)
    state: str


class ReviewStep(Row, table=True):
    """One step: on which day, by whom, what was said; `document` is the paper that it rests on.

    `until` is the last day of the time that begins with the step (objections, publicity), by the calendar as it was.
    """

    review_id: int = Field(foreign_key="review.id", index=True)
    step: str
    before: str
    after: str
    on: date
    by: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=600)
    document: str = Field(default="", max_length=80)
    until: date | None = None
    substitution: str = Field(default="", max_length=40)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class ReviewScore(Row, table=True):
    """Points that one party gives a line of the sheet, or in all where `line_id` is None; the newest stands.

    Points None: a correction that was taken back, so that what the program computed holds again.
    """

    review_id: int = Field(foreign_key="review.id", index=True)
    party: str
    line_id: int | None = Field(default=None, foreign_key="schemeline.id")
    points: Decimal | None = Field(default=None, sa_type=Exact)
    computed: Decimal | None = Field(default=None, sa_type=Exact)
    reason: str = Field(default="", max_length=300)
    objection_id: int | None = Field(default=None, foreign_key="objection.id")
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    superseded_at: datetime | None = Field(default=None, sa_type=Instant)


class Objection(Row, table=True):
    """What a branch objects to: a line of its sheet, or the whole where `line_id` is None; `due_on`: decided by then.

    `again_of_id`: the decision on that objection is objected to in its turn.
    """

    uid: str = Field(default_factory=new_uid, unique=True)
    number: str = Field(max_length=30, unique=True)
    review_id: int = Field(foreign_key="review.id", index=True)
    line_id: int | None = Field(default=None, foreign_key="schemeline.id")
    subject: str = Field(max_length=80)
    points: Decimal | None = Field(default=None, sa_type=Exact)
    claimed: Decimal | None = Field(default=None, sa_type=Exact)
    reason: str = Field(max_length=600)
    received_on: date
    due_on: date
    by: str = Field(max_length=40)
    basis: str
    again_of_id: int | None = Field(default=None, foreign_key="objection.id")
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class ObjectionDecision(Row, table=True):
    """What was decided on an objection, by somebody who did not score; the old points stand beside the new ones."""

    objection_id: int = Field(foreign_key="objection.id", unique=True)
    outcome: str
    points: Decimal | None = Field(default=None, sa_type=Exact)
    opinion: str = Field(max_length=600)
    rests_on: str = Field(default="", max_length=200)
    decided_on: date
    by: str = Field(max_length=40)
    substitution: str = Field(default="", max_length=40)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class Publication(Row, table=True):
    """A document as it was published: which version, and the SHA-256 of its canonical JSON.

    `org_id` is None for a document of the township. What it says is in `PublishedContent`, sealed by this row's digest.
    """

    __table_args__ = (UniqueConstraint("kind", "quarter_id", "org_id", "number", "version"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    kind: str
    org_id: int | None = Field(default=None, foreign_key="org.id", index=True)
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    number: str = Field(max_length=40)
    version: int
    digest: str = Field(max_length=64)
    reason: str = Field(default="", max_length=200)
    published_on: date
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class PublishedContent(Row, table=True):
    """What a publication says: canonical JSON, deflated."""

    publication_id: int = Field(foreign_key="publication.id", unique=True)
    content: bytes = Field(sa_type=LargeBinary)


class Receipt(Row, table=True):
    """A document was handed over: to whom, when, in which way. `record` is the word of the register, with its id."""

    __table_args__ = (UniqueConstraint("record", "record_id", "org_id"), STRICT)
    record: str = Field(max_length=20)
    record_id: int
    org_id: int = Field(foreign_key="org.id", index=True)
    received_on: date
    received_by: str = Field(max_length=40)
    way: str = Field(default="", max_length=20)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
