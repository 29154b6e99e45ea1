"""How a table is described for reading: its columns with their types, nothing mapped.

Loading the mapped rows takes longer than opening the window, and a page that only reads does not need them.
`tests/model/test_columns.py` holds each description to its rows in `model/<word>.py`.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, get_args

from sqlalchemy import Boolean, ColumnClause, Date, Integer, LargeBinary, String, TableClause, column, table
from sqlalchemy.types import TypeEngine

from okr_desk.model.types import Exact, Instant

Column = ColumnClause

_TYPES: dict[type, TypeEngine[Any]] = {
    int: Integer(),
    str: String(),
    bool: Boolean(),
    date: Date(),
    datetime: Instant(),
    Decimal: Exact(),
    bytes: LargeBinary(),
}


class Columns:
    """Base of all descriptions: `select(Org.id)` asks one column, `select(*Org.ALL)` the whole row."""

    TABLE: ClassVar[TableClause]
    ALL: ClassVar[tuple[ColumnClause[Any], ...]]
    id: Column[int]

    def __init_subclass__(cls, table: str = "") -> None:
        """Without `table`: what several descriptions share."""
        if not table:
            return
        said = {name: kind for base in reversed(cls.__mro__[:-2]) for name, kind in base.__annotations__.items()}
        kinds = {"id": int, **{name: _kind(kind) for name, kind in said.items()}}
        cls.TABLE = _table(table, kinds)
        cls.ALL = tuple(cls.TABLE.columns)
        for found in cls.ALL:
            setattr(cls, found.key, found)


def _kind(said: Any) -> type:
    """`Decimal` of `Column[Decimal | None]`."""
    inner = get_args(said)[0]
    kind: type = next((part for part in get_args(inner) if part is not type(None)), inner)
    return kind


def _table(name: str, kinds: dict[str, type]) -> TableClause:
    return table(name, *(column(key, _TYPES[kind]) for key, kind in kinds.items()))
