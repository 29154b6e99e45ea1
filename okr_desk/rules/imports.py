"""What an import is made of: facts read from workbooks, doubts about single cells, and decisions on them.

Pure data, so that the reader, the plan, the service and the screen speak of the same things.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from okr_desk.scoring.rounding import plain
from okr_desk.terms import Direction, KrKind, Nature, OrgKind


class FactKind(StrEnum):
    """Kinds of fact; the value is what the database stores beside an open question."""

    ORG = "org"
    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"
    BASELINE = "baseline"
    TARGET = "target"
    VALUE = "value"
    CHECK_IN = "check_in"
    MEETING = "meeting"
    WHISTLE = "whistle"
    MEMBER_POINTS = "member_points"
    MEMBER = "member"
    DEMAND = "demand"
    APPRAISAL = "appraisal"


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: file name, sheet, cell address."""

    workbook: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class OrgFact:
    """One line of a roster. Counts are None when the roster does not say; `as_of` is the day its title speaks of."""

    full: str
    short: str
    kind: OrgKind
    category: str
    parent: str
    secretary: str
    liaison: str
    full_members: int | None
    probationary: int | None
    groups: int | None
    has_committee: bool | None
    households: int | None
    workers: int | None
    elected: date | None
    as_of: date | None
    place: Place


@dataclass(frozen=True)
class ObjectiveFact:
    """An objective of a year; `org` is the short name, "" for the township. `aligned` is the code above."""

    org: str
    year: int
    code: str
    title: str
    weight: Decimal
    aligned: str
    leader: str
    place: Place


@dataclass(frozen=True)
class KeyResultFact:
    """A key result as the summary workbook states it; `plan` holds the four quarters, `nodes` names and weights.

    `baseline_at` and `target_at` are the cells of these numbers in the sheet of `place`.
    """

    org: str
    year: int
    objective: str
    code: str
    title: str
    kind: KrKind
    nature: Nature
    unit: str
    direction: Direction | None
    baseline: Decimal | None
    baseline_source: str
    baseline_on: date | None
    target: Decimal | None
    weight: Decimal
    indicator: str
    plan: tuple[Decimal | None, ...]
    nodes: tuple[tuple[str, Decimal], ...]
    place: Place
    baseline_at: str = ""
    target_at: str = ""


@dataclass(frozen=True)
class NumberFact:
    """A baseline, target or measured value of a branch; `value` None means that the indicator does not apply.

    `quarter` is 0 for baselines and targets. `as_of` and `source` are what the workbook's title says.
    """

    kind: FactKind
    org: str
    indicator: str
    year: int
    quarter: int
    value: Decimal | None
    as_of: date | None
    source: str
    place: Place


@dataclass(frozen=True)
class CheckInFact:
    """What a branch returned on one key result: a number, milestone nodes done, or yes/no."""

    org: str
    year: int
    quarter: int
    key_result: str
    value: Decimal | None
    nodes: tuple[str, ...] | None
    done: bool | None
    confidence: int | None
    progress_note: str
    difficulty: str
    reported_by: str
    as_of: date | None
    place: Place


UNDATED = date.min
"""The day of a line that has none, and so no quarter: somebody on a list of members."""


@dataclass(frozen=True)
class EntryFact:
    """One line of a register of daily work: a meeting, a whistle. `fields` hold what it says, by column, as text.

    Two lines that say the same are two entries; a file that is read again adds none. `on` may be UNDATED.
    """

    kind: FactKind
    org: str
    on: date
    fields: tuple[tuple[str, str], ...]
    place: Place

    @property
    def identity(self) -> str:
        """Equal for lines that say the same of the same day and branch."""
        return entry_identity(self.kind, self.org, self.on, dict(self.fields))

    def text(self, key: str) -> str:
        """What the line says in a column; "" where it says nothing."""
        return dict(self.fields).get(key, "")


Fact = OrgFact | ObjectiveFact | KeyResultFact | NumberFact | CheckInFact | EntryFact


@dataclass(frozen=True)
class Doubt:
    """A cell that is not taken without a yes. `proposal` "" means that we have nothing to propose.

    `target` is canonical JSON: what the decided value belongs to, with everything that has to be written beside it.
    `lossless` is true when the proposal only drops spaces, full-width forms, separators or a percent sign.
    """

    place: Place
    raw: str
    proposal: str
    reason: str
    lossless: bool
    kind: FactKind
    target: str
    org: str = ""
    taken: bool = False

    @property
    def identity(self) -> tuple[str, str, str, str, str, str]:
        """Equal for the same cell with the same text: such a question is asked once."""
        return (self.place.workbook, self.place.sheet, self.place.cell, self.raw, self.kind, self.target)

    @property
    def subject(self) -> str:
        """Equal for all questions on the same thing: an answer to one settles the others."""
        return subject_of(self.kind, self.target)


class Verdict(StrEnum):
    """What a person decides on a doubtful cell."""

    ACCEPT = "accept"
    CHANGE = "change"
    BLANK = "blank"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Decision:
    """Take the proposal, take `value` instead, or leave blank."""

    verdict: Verdict
    value: str = ""


@dataclass(frozen=True)
class OrgName:
    """An organisation by all its names; `others` are further ones, former names included."""

    short: str
    full: str
    is_general: bool = False
    others: tuple[str, ...] = ()
    uid: str = ""


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator of the library, as far as reading needs it."""

    code: str
    name: str
    unit: str


@dataclass(frozen=True)
class KnownKeyResult:
    """A key result that a return may speak of; `nodes` are the milestone's, in order."""

    org: str
    year: int
    code: str
    title: str
    kind: KrKind
    unit: str
    nodes: tuple[str, ...] = ()
    uid: str = ""


@dataclass(frozen=True)
class Known:
    """What the database knows before an import; the folder's own roster and key results add to it."""

    township: str = ""
    orgs: tuple[OrgName, ...] = ()
    indicators: tuple[KnownIndicator, ...] = ()
    key_results: tuple[KnownKeyResult, ...] = ()


@dataclass(frozen=True)
class FileNote:
    """A file or a line of it that was not taken, with the sentence that says why.

    `expected` marks what nobody has to look after: notes beside the workbooks, kinds of sheet not yet taken.
    """

    workbook: str
    reason: str
    expected: bool = False


@dataclass(frozen=True)
class Returned:
    """One branch return that was recognised; `is_blank` where nothing at all was filled in."""

    org: str
    year: int
    quarter: int
    workbook: str
    is_blank: bool = False


@dataclass(frozen=True)
class Frozen:
    """Quarters (year, number) that take entries only as 补报 with a reason, but for branches opened again by name."""

    quarters: frozenset[tuple[int, int]] = frozenset()
    reopened: frozenset[tuple[str, int, int]] = frozenset()

    def holds(self, fact: Fact) -> bool:
        """Whether a fact would go into such a quarter."""
        if isinstance(fact, EntryFact):
            return fact.on != UNDATED and self._shut(fact.org, fact.on.year, (fact.on.month + 2) // 3)
        if isinstance(fact, CheckInFact) or (isinstance(fact, NumberFact) and fact.kind is FactKind.VALUE):
            return self._shut(fact.org, fact.year, fact.quarter)
        return False

    def asks_for(self, doubt: Doubt) -> bool:
        """Whether an answer to a question would go into such a quarter."""
        parts = json.loads(doubt.target)
        if doubt.kind not in (FactKind.CHECK_IN, FactKind.VALUE) or "quarter" not in parts:
            return False
        return self._shut(doubt.org, int(parts["year"]), int(parts["quarter"]))

    def _shut(self, org: str, year: int, quarter: int) -> bool:
        return (year, quarter) in self.quarters and (org, year, quarter) not in self.reopened


@dataclass(frozen=True)
class Reading:
    """Everything that a folder says. Nothing in it has been written."""

    facts: tuple[Fact, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    damaged: tuple[FileNote, ...] = ()
    not_taken: tuple[FileNote, ...] = ()
    returns: tuple[Returned, ...] = ()
    blanks: tuple[Place, ...] = field(default=())
    files: tuple[str, ...] = ()
    surveys: tuple[str, ...] = ()
    """Paths of the files of answer sheets: they go another way, into a round."""


def entry_identity(kind: FactKind, org: str, on: date, fields: Mapping[str, str]) -> str:
    """What makes a line of a register the same as another: kind, branch, day and everything it says."""
    said = {name: text for name, text in fields.items() if text}
    return json.dumps([kind, org, on.isoformat(), said], ensure_ascii=False, sort_keys=True)


def target_of(**parts: object) -> str:
    """Canonical JSON of what a doubtful cell belongs to; empty parts are left out."""
    kept = {name: _plain(value) for name, value in parts.items() if value not in (None, "", ())}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def subject_of(kind: str, target: str) -> str:
    """The thing itself without the words beside it."""
    parts = json.loads(target)
    names = ("org", "year", "quarter", "key_result", "indicator", "field")
    return "|".join([kind, *(str(parts.get(name, "")) for name in names)])


def check_in_target(fact: CheckInFact) -> str:
    """The target of a question on a returned value."""
    return target_of(
        org=fact.org,
        year=fact.year,
        quarter=fact.quarter,
        key_result=fact.key_result,
        confidence=fact.confidence,
        progress_note=fact.progress_note,
        difficulty=fact.difficulty,
        reported_by=fact.reported_by,
        as_of=fact.as_of,
    )


def number_target(fact: NumberFact) -> str:
    """The target of a question on a baseline, target or measured value."""
    return target_of(
        org=fact.org,
        indicator=fact.indicator,
        year=fact.year,
        quarter=fact.quarter or None,
        as_of=fact.as_of,
        source=fact.source,
    )


YES, NO = "是", "否"
"""How a yes/no stands in stored questions and comparisons, whatever the language of the screen."""


def check_in_text(value: Decimal | None, done: bool | None, nodes: tuple[str, ...] | None) -> str:
    """What a check-in says as one text: 63.4, 是, 立项、开工."""
    if value is not None:
        return plain(value)
    if done is not None:
        return YES if done else NO
    return "、".join(nodes or ())


def _plain(value: object) -> object:
    if isinstance(value, bool | int | str):
        return value
    if isinstance(value, tuple):
        return list(value)
    return str(value)
