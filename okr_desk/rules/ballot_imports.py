"""A file of answer sheets as it was read, what is known of the round, and the decisions that make ballots of it.

Columns are kept as the texts that occur and which of them stands in each row, so that each text is understood once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from okr_desk.i18n import N_
from okr_desk.rules.ballots import BallotRow
from okr_desk.rules.imports import OrgName
from okr_desk.scoring.likert import VALUES
from okr_desk.survey_terms import Channel, NumberOrder
from okr_desk.terms import declare


class ColumnUse(StrEnum):
    """What a column of the file is taken for."""

    ITEM = "item"
    PLACE = "place"
    GROUP = "group"
    WISH = "wish"
    MOMENT = "moment"
    SECONDS = "seconds"
    DROPPED = "dropped"
    UNSEEN = "unseen"
    UNKNOWN = "unknown"


declare(
    (ColumnUse.ITEM, N_("测评题")),
    (ColumnUse.PLACE, N_("所在支部")),
    (ColumnUse.GROUP, N_("人群")),
    (ColumnUse.WISH, N_("开放题")),
    (ColumnUse.MOMENT, N_("提交时间")),
    (ColumnUse.SECONDS, N_("所用时间")),
    (ColumnUse.DROPPED, N_("不采用")),
    (ColumnUse.UNSEEN, N_("不读取")),
    (ColumnUse.UNKNOWN, N_("没有认出")),
)


class QuestionKind(StrEnum):
    """What a person has to decide before anything of a file counts."""

    COLUMN = "column"
    ITEM = "item"
    ORDER = "order"
    OPTION = "option"
    PLACE = "place"
    GROUP = "group"
    OVER = "over"
    DATES = "dates"
    TWIN = "twin"
    SUMMARY = "summary"


@dataclass(frozen=True)
class AnswerColumn:
    """One column: its head, the texts that occur in it, and for each row the place of its text among these."""

    head: str
    texts: tuple[str, ...]
    places: Sequence[int]

    def text(self, row: int) -> str:
        """What stands in a row, counted from 0."""
        return self.texts[self.places[row]]


@dataclass(frozen=True)
class BallotReading:
    """A file of answer sheets. `first_row`: the row of the sheet that the first of them stands in, counted from 1."""

    file_name: str
    sha256: str
    sheet: str
    first_row: int
    rows: int
    columns: tuple[AnswerColumn, ...]


@dataclass(frozen=True)
class KnownItem:
    """A question of five levels; `place` counts from 0 in a ballot's answers."""

    place: int
    text: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownGroup:
    """A group of people with the other words for it."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """A file that came in before: its ballots as (branch, day, minute, answers)."""

    file_name: str
    sha256: str
    prints: frozenset[tuple[int, date | None, int | None, str]]


@dataclass(frozen=True)
class KnownRound:
    """What an import has to know of its round. `limits`: people, or those asked, by branch where that is known.

    `other_questions` are those of other versions of the definition: a file that has them mixes versions. `order`: what
    1 means in files by number, once somebody said so for this definition. `scores`: the points of the five levels,
    best first.
    """

    items: tuple[KnownItem, ...]
    open_questions: tuple[str, ...]
    groups: tuple[KnownGroup, ...]
    orgs: tuple[OrgName, ...]
    org_ids: Mapping[str, int]
    channels: tuple[Channel, ...]
    starts_on: date
    ends_on: date
    township: str = ""
    limits: Mapping[int, int] = field(default_factory=dict)
    taken: Mapping[int, int] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()
    other_questions: tuple[str, ...] = ()
    order: NumberOrder | None = None
    scores: tuple[Decimal, ...] = VALUES


@dataclass(frozen=True)
class Role:
    """What one column is taken for; `item` is the place of the question where it is one."""

    use: ColumnUse
    item: int | None = None


@dataclass(frozen=True)
class ImportDecisions:
    """How a file becomes ballots: columns, then texts. What a mapping does not have is still to be decided.

    `options`: text to the key of an answer. `places`: text to branch, None: these rows are sent back. `groups`: text to
    group, None: no group is said. `accepted`: keys of questions that a person answered with 照此导入. `voids`: the
    reason by row of the sheet.
    """

    roles: tuple[Role, ...]
    channel: Channel
    order: NumberOrder | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int | None] = field(default_factory=dict)
    groups: Mapping[str, int | None] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    voids: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What is still to be decided. `rows`: rows of the sheet it concerns, the first few; `count`: how many in all."""

    kind: QuestionKind
    key: str
    column: str
    text: str
    reason: str
    rows: tuple[int, ...] = ()
    count: int = 0
    column_index: int | None = None


@dataclass(frozen=True)
class Marked:
    """A row that does not simply count: marked, void or sent back, and why."""

    row: int
    where: str
    reason: str


@dataclass(frozen=True)
class BallotPlan:
    """What an import would do. `ballots` are those to be stored, void ones among them; none while questions wait.

    `order`: what 1 was taken for, where the file gives options by number.
    """

    reading: BallotReading
    ballots: tuple[BallotRow, ...]
    will_count: int
    void: tuple[Marked, ...]
    suspect: tuple[Marked, ...]
    questions: tuple[Question, ...]
    sent_back: tuple[Marked, ...]
    order: NumberOrder | None = None

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to be decided and there is something to store."""
        return not self.questions and bool(self.ballots)
