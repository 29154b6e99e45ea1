"""What a query is given: something to ask, and the facts of the office's moment. Works with and without mapped rows."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, Executable, Result, Row

Facts = Row[*tuple[Any, ...]]
"""One stored row as it was read; its columns by name."""

Answer = Result[*tuple[Any, ...]]
"""All rows of a question."""


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
