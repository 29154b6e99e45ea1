"""Rows of daily work for the measure: written by direct inserts, each with what every entry carries."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from benchmarks import township

FIRST, DAYS = date(township.YEAR, 1, 1), 273
AT = "2026-10-01 00:00:00.000000"
ONE = 1_000_000
"""What one is in a column of exact numbers."""
Row = dict[str, Any]


def day_of(place: int, of: int) -> date:
    """The day of the `place`-th of `of` events spread over the nine months."""
    return FIRST + timedelta(days=place * DAYS // of)


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def add(raw: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows of the same columns."""
    values = list(rows)
    if values:
        names = ", ".join(f'"{name}"' for name in values[0])
        marks = ", ".join("?" for _name in values[0])
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", [tuple(row.values()) for row in values])


def said_by(uid: str) -> Row:
    """What every entry of the small registers carries."""
    return {
        "uid": uid,
        "account_id": 1,
        "reported_by": "",
        "basis": "own",
        "is_late": 0,
        "late_reason": "",
        "recorded_at": AT,
        "withdrawn_reason": "",
    }


def noted(day: date) -> Row:
    """The same where a row has no name of its own, with the quarter of its day."""
    said = said_by("")
    del said["uid"]
    return said | {"quarter_id": quarter_of(day)}
