"""Column types: exact decimals as integers, UTC instants, and the SQLite names that STRICT tables accept."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Dialect, String, TypeDecorator
from sqlalchemy.ext.compiler import compiles

PLACES = 6
_SCALE = 10**PLACES
LARGEST = Decimal(10**12)


class Exact(TypeDecorator[Decimal]):
    """A Decimal kept as an integer number of millionths, so that no binary float ever decides a threshold.

    At most six decimals and below 10^12; anything else raises ValueError before it reaches the file.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value) * _SCALE
        if not scaled.is_finite() or scaled != scaled.to_integral_value() or abs(value) >= LARGEST:
            raise ValueError(f"not an exact number with {PLACES} decimals: {value}")
        return int(scaled)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        whole, rest = divmod(int(value), _SCALE)
        return Decimal(int(value)).scaleb(-PLACES).normalize() if rest else Decimal(whole)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; comes back with its time zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Of SQLite's text in one step: every entry has an instant, and a page reads thousands of entries."""
        return _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


@compiles(String, "sqlite")
@compiles(Date, "sqlite")
@compiles(DateTime, "sqlite")
def _as_text(element: Any, compiler: Any, **options: Any) -> str:
    return "TEXT"


@compiles(Boolean, "sqlite")
@compiles(BigInteger, "sqlite")
def _as_integer(element: Any, compiler: Any, **options: Any) -> str:
    return "INTEGER"
