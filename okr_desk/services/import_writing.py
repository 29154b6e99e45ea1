"""One import under way: its batch, what stands, and the ids of what has just been written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlmodel import Session

from okr_desk.i18n import _
from okr_desk.model.tables import ImportBatch
from okr_desk.queries.import_standing import Standing
from okr_desk.rules.imports import Fact, FileNote
from okr_desk.rules.permissions import Actor


@dataclass
class Writing:
    """One import under way: the batch its rows belong to, and the ids of what stands or has just been written.

    `late_reason` is kept with what goes into frozen quarters.
    """

    session: Session
    actor: Actor
    batch: ImportBatch
    stand: Standing
    late_reason: str = ""
    written: int = 0
    refused: list[FileNote] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.orgs = {short: org_id for short, (org_id, _version) in self.stand.orgs.items()}
        self.objectives = {place: row.id for place, row in self.stand.objectives.items()}
        self.key_results = {place: (row.id, row.indicator_id) for place, row in self.stand.key_results.items()}
        self.nodes = dict(self.stand.nodes)
        self.positions: Counter[int] = Counter()
        for row in self.stand.key_results.values():
            self.positions[row.objective_id] = max(self.positions[row.objective_id], row.position)

    def refuse(self, fact: Fact, reason: str) -> None:
        """List a line that could not be written."""
        said = _("{place}：{reason}").format(place=f"{fact.place.sheet} {fact.place.cell}", reason=reason)
        self.refused.append(FileNote(fact.place.workbook, said))
