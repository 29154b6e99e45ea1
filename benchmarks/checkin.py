"""One check-in, from the draft to the commit on disk, with its audit entries.

Yardstick: a bare INSERT and commit with the same SQLite settings, on the same disk. The disk's own sync dominates
both, which is right: that is what makes a saved value safe.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

from benchmarks import township
from benchmarks.measure import Figure, seconds, side_by_side
from okr_desk.model import engine
from okr_desk.rules.checkins import CheckInDraft
from okr_desk.rules.permissions import Actor, GrantHeld
from okr_desk.services import checkins
from okr_desk.terms import Role

ROUNDS = 60
BRANCHES = 30


def figures() -> list[Figure]:
    """One line."""
    with tempfile.TemporaryDirectory() as folder:
        store = township.build(Path(folder) / "one.okr", BRANCHES)
        grant = GrantHeld(1, Role.ADMINISTRATOR, 1, True, date(2020, 1, 1))
        actor = Actor(1, "admin", "王玥", (grant,))
        values = count(1)

        def record() -> float:
            draft = CheckInDraft(20, township.QUARTERS, value=Decimal(next(values)), as_of=date(2026, 9, 30))

            def work() -> None:
                with store.write(actor) as session:
                    checkins.record(session, actor, draft)

            return seconds(work)

        with closing(engine.connect(Path(folder) / "one.okr")) as raw:
            raw.execute("CREATE TABLE bench (id INTEGER PRIMARY KEY, value INTEGER, at TEXT) STRICT")

            def insert() -> float:
                def work() -> None:
                    raw.execute("BEGIN IMMEDIATE")
                    raw.execute("INSERT INTO bench (value, at) VALUES (?, '2026-10-08 01:32:00')", (next(values),))
                    raw.execute("COMMIT")

                return seconds(work)

            ours, bare = side_by_side(record, insert, ROUNDS)
        store.close()
    return [Figure("one check-in, committed", ours * 1000, bare * 1000, "ms", 5, "bare INSERT, same settings")]
