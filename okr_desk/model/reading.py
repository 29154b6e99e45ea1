"""What a query is given: something to ask, and the facts of the office's moment. Works with and without mapped rows."""

from collections import namedtuple
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Executable, Result, Row

Facts = Row[*tuple[Any, ...]]
"""One stored row as it was read; its columns by name."""

Answer = Result[*tuple[Any, ...]]
"""All rows of a question."""


def facts(answer: Answer) -> list[Facts]:
    """All rows of a question, for sweeps over thousands.

    A name looked up in a row of SQLAlchemy costs as much as reading the whole row; in a named tuple it costs nothing.
    """
    made = _named(tuple(answer.keys()))._make
    return cast("list[Facts]", [made(row) for row in answer.all()])


@cache
def _named(names: tuple[str, ...]) -> Any:
    return namedtuple("Facts", names, rename=True)


class Reader(Protocol):
    """The part of a session that queries use; a writing session answers with what it has written so far."""

    @property
    def info(self) -> dict[Any, Any]:
        """Who acts, the clock, and what else holds for the whole transaction."""

    def execute(self, statement: Executable, params: Mapping[str, Any] | None = None, /) -> Answer:
        """The rows of a statement."""


class Reading:
    """One reading transaction, all its answers from the same moment; nothing written in it survives."""

    def __init__(self, connection: Connection, info: dict[Any, Any]) -> None:
        self.info = info
        self._connection = connection

    def execute(self, statement: Executable, params: Mapping[str, Any] | None = None, /) -> Answer:
        """The rows of a statement."""
        return self._connection.execute(statement, params)
