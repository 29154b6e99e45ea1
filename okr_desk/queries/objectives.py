"""Objectives and key results of one organisation as a quarter saw them: frozen, scored, explained."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from okr_desk.i18n import _
from okr_desk.scoring.pace import Pace
from okr_desk.scoring.progress import Progress
from okr_desk.scoring.rollup import Rollup
from okr_desk.scoring.rounding import half_up, plain
from okr_desk.terms import ApprovalState, Dimension, Direction, EntryBasis, KrKind, Nature, Origin, QuarterState, Status


def yes_no(done: bool) -> str:
    """是 or 否."""
    return _("是") if done else _("否")


AS_TYPED = 4
"""Nobody types more decimals than these."""


@dataclass(frozen=True)
class QuarterView:
    """A quarter and its state. `label` reads 2026年第三季度, `key` 2026Q3."""

    id: int
    year: int
    number: int
    starts_on: date
    ends_on: date
    due_on: date
    state: QuarterState
    label: str
    key: str

    def is_overdue(self, day: date) -> bool:
        """Whether what is missing on `day` should have come; nothing is owed before the quarter was opened."""
        return self.state is not QuarterState.PLANNING and day > self.due_on


@dataclass(frozen=True)
class OrgView:
    """An organisation as it stood on a date; `line` is its id followed by the ids above it."""

    id: int
    uid: str
    kind: str
    full_name: str
    short_name: str
    category: str
    parent_id: int | None
    line: tuple[int, ...]
    secretary: str
    liaison: str
    full_members: int | None
    probationary_members: int | None
    search_keys: str


@dataclass(frozen=True)
class NodeView:
    """A milestone node; `done` as the newest check-in of the quarter states."""

    id: int
    name: str
    weight: Decimal
    done: bool


@dataclass(frozen=True)
class ReadingView:
    """One value on the key result's line through the year: for the trend and the conversation."""

    quarter: int
    value: Decimal | None
    done: bool | None
    as_of: date
    confidence: int | None
    progress_note: str
    difficulty: str
    origin: Origin
    reported_by: str
    basis: EntryBasis | None
    recorded_on: date
    is_late: bool
    checkin_id: int | None
    superseded: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeyResultView:
    """A key result in a quarter. Amounts are in `unit`; weights as typed, `share` as normalised (0..1)."""

    id: int
    uid: str
    code: str
    title: str
    kind: KrKind
    nature: Nature
    dimension: Dimension
    unit: str
    direction: Direction | None
    decimals: int
    weight: Decimal
    share: Decimal
    state: ApprovalState
    applies: bool
    indicator_code: str
    indicator_name: str
    year_to_date: bool
    baseline: Decimal | None
    baseline_on: date | None
    baseline_source: str
    target: Decimal | None
    upper: Decimal | None
    plan: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
    planned: Decimal | None
    previous: Decimal | None
    value: Decimal | None
    done: bool | None
    nodes: tuple[NodeView, ...]
    current: ReadingView | None
    progress: Progress
    pace: Pace
    conflict: str = ""
    readings: tuple[ReadingView, ...] = field(default=(), repr=False)
    stopped_on: date | None = None
    stop_reason: str = ""
    guard: str = ""
    """Why the light cannot be green whatever the progress: a satisfied rate below the guard."""

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped by the end of the quarter; `stopped_on` and `stop_reason` say when and why."""
        return self.state is ApprovalState.STOPPED

    @property
    def is_reported(self) -> bool:
        """Whether the quarter has something to score."""
        return self.progress.raw is not None

    @property
    def is_owed(self) -> bool:
        """Whether a report is owed for the quarter: it applies and its time has come."""
        return self.applies and self.pace.status is not Status.NOT_STARTED

    @property
    def value_text(self) -> str:
        """The quarter's value as people write it: a number, the nodes done, 是/否; empty when missing."""
        if self.kind is KrKind.MILESTONE:
            done = "、".join(node.name for node in self.nodes if node.done)
            return "" if self.current is None else done or _("未启动")
        if self.kind is KrKind.YES_NO:
            return "" if self.done is None else yes_no(self.done)
        return "" if self.value is None else readable(self.value, self.decimals)


def readable(value: Decimal, decimals: int) -> str:
    """A value as it was typed; one that registers made, six decimals long, with the decimals of its measure."""
    return plain(value) if value == half_up(value, AS_TYPED) else plain(value, decimals)


@dataclass(frozen=True)
class ObjectiveView:
    """An objective with its key results and their weighted progress."""

    id: int
    uid: str
    code: str
    title: str
    weight: Decimal
    share: Decimal
    aligned_code: str
    aligned_title: str
    leader: str
    state: ApprovalState
    state_reason: str
    key_results: tuple[KeyResultView, ...]
    rollup: Rollup


@dataclass(frozen=True)
class Board:
    """Everything one organisation pursues in a year, seen from one quarter."""

    org: OrgView
    quarter: QuarterView
    objectives: tuple[ObjectiveView, ...]
    rollup: Rollup
    notices: tuple[str, ...] = ()

    @property
    def key_results(self) -> tuple[KeyResultView, ...]:
        """All key results, in the order of the sheet."""
        return tuple(kr for objective in self.objectives for kr in objective.key_results)
