"""Lines of registers from workbooks: each register writes its own, then what they feed is counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from okr_desk.rules.imports import EntryFact, FactKind
from okr_desk.services import (
    appraisal_imports,
    demand_imports,
    duty_imports,
    member_imports,
    member_point_imports,
    whistle_imports,
)
from okr_desk.services.import_writing import Writing

WRITERS: dict[FactKind, Callable[[Writing, Sequence[EntryFact]], None]] = {
    FactKind.MEETING: duty_imports.write,
    FactKind.WHISTLE: whistle_imports.write_whistles,
    FactKind.MEMBER: member_imports.write,
    FactKind.MEMBER_POINTS: member_point_imports.write,
    FactKind.DEMAND: demand_imports.write,
    FactKind.APPRAISAL: appraisal_imports.write,
}
"""How the lines of a register are written: rows with the batch's id, `writing.refuse` with a sentence for what cannot
be, `writing.written` counted, and at the end one `services.counting.recount` over all branches touched."""


def write_entries(writing: Writing, facts: Sequence[EntryFact]) -> None:
    """Every line, register by register."""
    of_kind: dict[FactKind, list[EntryFact]] = defaultdict(list)
    for fact in facts:
        of_kind[fact.kind].append(fact)
    for kind, lines in of_kind.items():
        WRITERS[kind](writing, lines)
