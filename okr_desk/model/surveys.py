"""Mass satisfaction: a definition frozen for the year, rounds with whom they ask, ballots and count sheets.

Ballots are anonymous: no name, no address, no device is kept. What was said is never changed; a ballot, a count sheet
or a whole batch is taken back with a reason and stays.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlmodel import Field, UniqueConstraint

from okr_desk.model.base import STRICT, Row, new_uid
from okr_desk.model.types import Exact, Instant


class SurveyDefinition(Row, table=True):
    """What is asked and how answers count in a year. `level_scores`: of the five levels by comma, best first.

    Once a round has answers it is frozen; a change is a new version with a reason and is not compared with the old.
    `number_order`: what 1 means in export files that give options by number, empty until somebody said so.
    """

    __table_args__ = (UniqueConstraint("year", "version"), STRICT)
    uid: str = Field(default_factory=new_uid, unique=True)
    year: int = Field(index=True)
    version: int = 1
    name: str = Field(max_length=60)
    level_scores: str
    wide_levels: int = 3
    narrow_levels: int = 2
    number_order: str = ""
    reason: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class SurveyItem(Row, table=True):
    """One question: of five levels, or the open one at the end. `is_overall` marks the item that the score comes from.

    `aliases`: other wordings of the same question, one a line, as they stand in export files.
    """

    definition_id: int = Field(foreign_key="surveydefinition.id", index=True)
    position: int
    kind: str
    text: str = Field(max_length=80)
    aliases: str = ""
    is_overall: bool = False


class SurveyGroup(Row, table=True):
    """A group of people with one way of being asked: 党员, 村民, 职工 …; `aliases` as they stand in export files."""

    definition_id: int = Field(foreign_key="surveydefinition.id", index=True)
    position: int
    name: str = Field(max_length=30)
    aliases: str = ""


class SurveyChannel(Row, table=True):
    """A way in which answers come in, with its weight where channels are weighted (70:30); 1 for all: not weighted."""

    __table_args__ = (UniqueConstraint("definition_id", "channel"), STRICT)
    definition_id: int = Field(foreign_key="surveydefinition.id", index=True)
    position: int
    channel: str
    weight: Decimal = Field(sa_type=Exact)


class SurveyRound(Row, table=True):
    """One survey of the township in a quarter: when, how people were drawn, by whom; counted once it is settled."""

    uid: str = Field(default_factory=new_uid, unique=True)
    definition_id: int = Field(foreign_key="surveydefinition.id")
    quarter_id: int = Field(foreign_key="quarter.id", index=True)
    name: str = Field(max_length=60)
    starts_on: date
    ends_on: date
    sampling: str
    drawn_by: str = Field(default="", max_length=60)
    collected_by: str = Field(default="", max_length=60)
    is_independent: bool = False
    state: str
    account_id: int | None = Field(default=None, foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    settled_at: datetime | None = Field(default=None, sa_type=Instant)


class SurveyPopulation(Row, table=True):
    """How many people a branch has in a group (None: in all), and how many of them were asked to answer."""

    __table_args__ = (UniqueConstraint("round_id", "org_id", "group_id"), STRICT)
    round_id: int = Field(foreign_key="surveyround.id", index=True)
    org_id: int = Field(foreign_key="org.id")
    group_id: int | None = Field(default=None, foreign_key="surveygroup.id")
    population: int | None = None
    invited: int | None = None


class SurveyBatch(Row, table=True):
    """Ballots that came in together: of one file (`sha256` finds it again) or typed at one sitting (no file name).

    `digest` seals its ballots (`model/ballot_digest.py`), so that the trail has one entry for thousands of rows.
    """

    uid: str = Field(default_factory=new_uid, unique=True)
    round_id: int = Field(foreign_key="surveyround.id", index=True)
    file_name: str = Field(default="", max_length=200)
    sha256: str = Field(default="", max_length=64, index=True)
    rows: int
    taken: int
    void: int
    suspect: int
    digest: str = Field(max_length=64)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class Ballot(Row, table=True):
    """One anonymous answer sheet. `answers`: a character an item in order, 1 (best) to 5, 0 不了解, - left blank.

    A void ballot has its reason and does not count; `suspect` says why a counted one was marked. `minute` counts from
    midnight. Written once with its batch and never changed.
    """

    __table_args__ = (Index("ix_ballot_round", "round_id", "org_id"), STRICT)
    round_id: int = Field(foreign_key="surveyround.id")
    batch_id: int = Field(foreign_key="surveybatch.id", index=True)
    org_id: int = Field(foreign_key="org.id")
    group_id: int | None = Field(default=None, foreign_key="surveygroup.id")
    channel: str
    number: int | None = None
    answers: str
    wish: str = ""
    answered_on: date | None = None
    minute: int | None = None
    seconds: int | None = None
    void_reason: str = ""
    suspect: str = ""


class BallotWithdrawal(Row, table=True):
    """A single ballot that was taken back, with the reason; the ballot stays."""

    ballot_id: int = Field(foreign_key="ballot.id", unique=True)
    reason: str = Field(max_length=300)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)


class CountSheet(Row, table=True):
    """A branch's count by hand: how many were given out, came back and are valid, and who counted and watched."""

    uid: str = Field(default_factory=new_uid, unique=True)
    round_id: int = Field(foreign_key="surveyround.id", index=True)
    org_id: int = Field(foreign_key="org.id")
    group_id: int | None = Field(default=None, foreign_key="surveygroup.id")
    channel: str
    counted_on: date
    issued: int
    returned: int
    valid: int
    host: str = Field(default="", max_length=40)
    counter: str = Field(default="", max_length=40)
    watcher: str = Field(default="", max_length=40)
    account_id: int = Field(foreign_key="account.id")
    recorded_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)
    withdrawn_reason: str = ""


class CountLine(Row, table=True):
    """Answers to one item on a count sheet: by level, best first, by comma; unsure and left blank beside them."""

    __table_args__ = (UniqueConstraint("sheet_id", "item_id"), STRICT)
    sheet_id: int = Field(foreign_key="countsheet.id", index=True)
    item_id: int = Field(foreign_key="surveyitem.id")
    counts: str
    unsure: int = 0
    blank: int = 0
