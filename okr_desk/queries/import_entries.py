"""Which lines of registers stand already, so that a file that is read again adds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from okr_desk.model.reading import Reader
from okr_desk.queries import (
    appraisal_lines,
    demand_lines,
    duty_entries,
    member_lines,
    member_point_lines,
    whistle_imports,
)
from okr_desk.rules.imports import EntryFact, FactKind

REGISTERS: tuple[Callable[[Reader, Mapping[int, str]], Iterable[str]], ...] = (
    duty_entries.meetings,
    whistle_imports.lines,
    member_point_lines.standing,
    member_lines.standing,
    demand_lines.standing,
    appraisal_lines.standing,
)
"""For each register of daily work that is imported: the identities of its entries that stand.

Each is asked with the branches' short names by id and answers with `rules.imports.entry_identity` of what the entry
says in the columns of its sheet.
"""

OBSTACLES: dict[FactKind, Callable[[Reader], Callable[[EntryFact], str]]] = {
    FactKind.WHISTLE: whistle_imports.obstacle,
    FactKind.MEMBER: member_lines.obstacle,
    FactKind.DEMAND: demand_lines.obstacle,
    FactKind.APPRAISAL: appraisal_lines.obstacle,
}
"""For registers whose lines may be impossible for a reason of their own: given the session, a function that says why a
line cannot be taken, in a sentence, or "". It is asked of lines that do not stand yet, for the preview already."""


def obstacles(session: Reader) -> dict[FactKind, Callable[[EntryFact], str]]:
    """Those functions, each with what it has to know read once."""
    return {kind: of(session) for kind, of in OBSTACLES.items()}


def standing(session: Reader, short: Mapping[int, str]) -> Counter[str]:
    """How often each line stands."""
    return Counter(line for register in REGISTERS for line in register(session, short))
