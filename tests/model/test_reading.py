"""Rows as named tuples say what SQLAlchemy's own rows say; instants and numbers come back as they were kept."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import literal_column, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import DateTime

from okr_desk.model.columns import WhistleMove
from okr_desk.model.reading import facts
from okr_desk.model.store import Store
from okr_desk.model.types import Exact, Instant


def test_facts_are_the_rows_with_every_column_by_its_name(demo_store: Store) -> None:
    asked = select(*WhistleMove.ALL).order_by(WhistleMove.id)
    with demo_store.read() as session:
        plain, named = session.execute(asked).all(), facts(session.execute(asked))
    assert plain and [tuple(row) for row in named] == [tuple(row) for row in plain]
    for column in WhistleMove.ALL:
        assert [getattr(row, column.key) for row in named] == [getattr(row, column.key) for row in plain]


def test_a_column_called_like_a_method_is_still_a_column(demo_store: Store) -> None:
    asked = select(literal_column("3").label("count"), literal_column("7").label("index"))
    with demo_store.read() as session:
        (row,) = facts(session.execute(asked))
        assert facts(session.execute(asked.where(literal_column("0") == 1))) == []
    assert (row.count, row.index) == (3, 7)


@pytest.mark.parametrize("text", ["2026-10-01 00:00:00.000000", "2026-10-01 09:32:07.120003", "1999-12-31 23:59:59"])
def test_an_instant_of_sqlite_is_what_its_own_type_reads_with_the_zone(text: str) -> None:
    dialect = sqlite.dialect()
    read, plain = Instant().result_processor(dialect, None), DateTime().dialect_impl(dialect)
    usual = plain.result_processor(dialect, None)
    assert read is not None and usual is not None
    found = read(text)
    assert isinstance(found, datetime) and found == usual(text).replace(tzinfo=UTC) and found.tzinfo is UTC
    assert read(None) is None


@pytest.mark.parametrize(
    ("stored", "text"), [(2_000_000, "2"), (-1_500_000, "-1.5"), (0, "0"), (1, "0.000001"), (10**17, "100000000000")]
)
def test_an_exact_number_is_written_without_needless_digits(stored: int, text: str) -> None:
    found = Exact().process_result_value(stored, sqlite.dialect())
    assert found == Decimal(stored) / 10**6 and f"{found:f}" == text and found.as_tuple().exponent <= 0
