"""What was typed into check-in tables and is not saved yet: it outlives the page, by person, branch and quarter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from okr_desk.queries.checkins import FillRow, FillSheet, NarrativeView
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.entries import Asked, Typed
from okr_desk.terms import EntryBasis, KrKind


@dataclass(frozen=True)
class Entry:
    """The unsaved part of one row; None means that nothing was typed there."""

    typed: Typed | None = None
    confidence: int | None = None
    note: str | None = None
    difficulty: str | None = None
    evidence: tuple[Path, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to save."""
        return self == NOTHING

    @property
    def question(self) -> str:
        """What is open about the typed value."""
        return self.typed.question if self.typed is not None else ""


NOTHING = Entry()


@dataclass
class SheetDraft:
    """The unsaved entries of one branch for one quarter, by key result."""

    entries: dict[int, Entry] = field(default_factory=dict)
    narrative: NarrativeView | None = None

    @property
    def count(self) -> int:
        """How many rows wait to be saved."""
        return sum(not entry.is_empty for entry in self.entries.values())


class Drafts(QObject):
    """All unsaved sheets, kept beside the desk as long as the program runs."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sheets: dict[tuple[int, int, int], SheetDraft] = {}

    @classmethod
    def beside(cls, desk: QObject) -> Drafts:
        """The drafts of this desk."""
        return desk.findChild(cls) or cls(desk)

    def sheet(self, account_id: int, org_id: int, quarter_id: int) -> SheetDraft:
        """The draft of one sheet, made when it is first asked for."""
        return self._sheets.setdefault((account_id, org_id, quarter_id), SheetDraft())

    @property
    def count(self) -> int:
        """How many rows wait to be saved in all."""
        return sum(sheet.count + (sheet.narrative is not None) for sheet in self._sheets.values())


def asked(row: FillRow) -> Asked:
    """What the value cell of a row asks for."""
    view = row.view
    return Asked(
        kind=view.kind,
        unit=view.unit,
        decimals=view.decimals,
        nodes=tuple(node.name for node in view.nodes),
        previous=view.previous,
        year_to_date=view.year_to_date,
    )


def draft(row: FillRow, entry: Entry, sheet: FillSheet, entered_for: Entered) -> CheckInDraft:
    """What is sent to be recorded: the typed parts over what the quarter already says."""
    view, typed = row.view, entry.typed
    current = view.current if row.is_reported_here else None
    kind = view.kind
    made = CheckInDraft(
        key_result_id=view.id,
        quarter_id=sheet.quarter.id,
        as_of=entered_for.as_of,
        confidence=entry.confidence if entry.confidence is not None else (current.confidence if current else None),
        progress_note=_kept(entry.note, current.progress_note if current else ""),
        difficulty=_kept(entry.difficulty, current.difficulty if current else ""),
        evidence=entry.evidence,
        reported_by=entered_for.reported_by,
        basis=entered_for.basis,
        reason=entered_for.reason,
    )
    if kind is KrKind.MILESTONE:
        said = tuple(node.name for node in view.nodes if node.done) if current else None
        return replace(made, nodes=typed.nodes if typed else said)
    if kind is KrKind.YES_NO:
        return replace(made, done=typed.done if typed else (current.done if current else None))
    stated = row.own_value if row.checkin_id is not None else (current.value if current else None)
    return replace(made, value=typed.value if typed else stated)


@dataclass(frozen=True)
class Entered:
    """What holds for the whole sheet: the date of the data, and who says so when the office enters for a branch."""

    as_of: date | None = None
    reported_by: str = ""
    basis: EntryBasis = EntryBasis.OWN
    reason: str = ""


def _kept(typed: str | None, said: str) -> str:
    return said if typed is None else typed
