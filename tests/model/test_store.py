"""The store keeps what was acknowledged, rolls back what failed, and writes its own trail."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from okr_desk.clock import FixedClock
from okr_desk.errors import NotAllowed
from okr_desk.model import audit, engine
from okr_desk.model.store import Store
from okr_desk.model.tables import AuditEntry, Category
from okr_desk.model.types import Exact
from okr_desk.rules.permissions import Actor

ACTOR = Actor(7, "wang", "王玥", ())


@pytest.fixture
def empty(tmp_path: Path):
    with Store.create(tmp_path / "青山 镇?#%.okr", FixedClock(date(2026, 10, 8))) as store:
        yield store


def _trail(store: Store) -> list[tuple[str, str, str, str]]:
    with store.rows() as session:
        return [(e.action, e.table, e.before, e.after) for e in session.exec(select(AuditEntry))]


def test_settings_of_each_connection(empty: Store) -> None:
    with closing(engine.connect(empty.path)) as raw:
        read = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert read == {"journal_mode": "truncate", "synchronous": 2}


def test_rows_and_audit_are_written_together(empty: Store) -> None:
    with empty.write(ACTOR) as session:
        session.add(Category(name="农村"))
    with empty.write(ACTOR) as session:
        row = session.exec(select(Category)).one()
        row.name = "村"
        session.add(row)
    assert _trail(empty) == [
        ("insert", "category", "", '{"id":1,"name":"农村","position":0}'),
        ("update", "category", '{"name":"农村"}', '{"name":"村"}'),
    ]


def test_an_error_rolls_back_rows_and_audit(empty: Store) -> None:
    with pytest.raises(RuntimeError), empty.write(ACTOR) as session:
        session.add(Category(name="农村"))
        session.flush()
        raise RuntimeError
    assert _trail(empty) == []
    with empty.rows() as session:
        assert session.exec(select(Category)).all() == []


def test_a_denial_is_recorded_although_nothing_else_is(empty: Store) -> None:
    with pytest.raises(NotAllowed), empty.write(ACTOR) as session:
        session.add(Category(name="农村"))
        session.flush()
        raise NotAllowed("没有权限。")
    assert _trail(empty) == [("denied", "", "", "没有权限。")]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE auditentry SET after='{}' WHERE id=2",
        "DELETE FROM auditentry WHERE id=2",
        "UPDATE auditentry SET account_id=1 WHERE id=2",
        "UPDATE auditentry SET hash=previous WHERE id=2",
    ],
)
def test_the_chain_names_the_first_entry_that_was_touched(empty: Store, tampering: str) -> None:
    for name in ("农村", "社区", "机关"):
        with empty.write(ACTOR) as session:
            session.add(Category(name=name))
    with empty.rows() as session:
        assert audit.first_broken(session) is None
    with closing(sqlite3.connect(empty.path)) as raw:
        raw.execute(tampering)
        raw.commit()
    with empty.rows() as session:
        assert audit.first_broken(session) in (2, 3)


def test_strict_tables_refuse_text_for_a_number(empty: Store) -> None:
    with closing(sqlite3.connect(empty.path)) as raw, pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        raw.execute("INSERT INTO category (name, position) VALUES ('x', '第一')")


def test_writers_queue_and_lose_nothing(empty: Store) -> None:
    """Deferred transactions lose concurrent increments without an error; IMMEDIATE ones queue."""
    import threading

    with empty.write(ACTOR) as session:
        session.add(Category(name="计数", position=0))

    def add_fifty() -> None:
        for _turn in range(50):
            with empty.write(ACTOR) as session:
                row = session.exec(select(Category)).one()
                row.position += 1
                session.add(row)

    workers = [threading.Thread(target=add_fifty) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with empty.rows() as session:
        assert session.exec(select(Category)).one().position == 100
        assert audit.first_broken(session) is None


@given(st.decimals(-(10**11), 10**11, places=6))
def test_exact_numbers_come_back_exactly(value: Decimal) -> None:
    column = Exact()
    stored = column.process_bind_param(value, None)  # type: ignore[arg-type]
    assert isinstance(stored, int)
    assert column.process_result_value(stored, None) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [Decimal("0.0000001"), Decimal("NaN"), Decimal("Infinity"), Decimal(10) ** 12])
def test_what_cannot_be_kept_exactly_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="exact"):
        Exact().process_bind_param(value, None)  # type: ignore[arg-type]
