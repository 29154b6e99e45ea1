"""Which lines of registers stand already, so that a file that is read again adds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from okr_desk.model.reading import Reader
from okr_desk.queries import member_point_lines

REGISTERS: tuple[Callable[[Reader, Mapping[int, str]], Iterable[str]], ...] = (member_point_lines.standing,)
"""For each register of daily work that is imported: the identities of its entries that stand.

Each is asked with the branches' short names by id and answers with `rules.imports.entry_identity` of what the entry
says in the columns of its sheet.
"""


def standing(session: Reader, short: Mapping[int, str]) -> Counter[str]:
    """How often each line stands."""
    return Counter(line for register in REGISTERS for line in register(session, short))
