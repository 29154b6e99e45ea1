"""An empty township on a real file, and the sample folder imported into it; shared by the tests of imports."""

from __future__ import annotations

from pathlib import Path

from okr_desk.exchange import founding
from okr_desk.model.store import Store
from okr_desk.queries import imports as queries
from okr_desk.rules.imports import Known, Reading
from okr_desk.rules.permissions import Actor
from okr_desk.services import imports, users


def new(path: Path, clock: object) -> tuple[Store, Actor]:
    """青山镇 with its administrator and the seed library; 2026 in planning."""
    store = founding.new_township(path, "青山镇", "王玥", "qingshan-2026", 2026, clock)  # type: ignore[arg-type]
    return store, users.attempt(store, "王玥", "qingshan-2026")


def known(store: Store) -> Known:
    """What the reader is told."""
    with store.read() as session:
        return queries.known(session)


def take(store: Store, actor: Actor, reading: Reading, **options: object) -> imports.ImportResult:
    """Plan and write."""
    with store.write(actor) as session:
        plan = imports.prepare(session, reading)
        return imports.apply(session, actor, plan, **options).value  # type: ignore[arg-type]
