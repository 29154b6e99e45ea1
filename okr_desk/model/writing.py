"""Writing sessions with mapped rows: one commit, the audit trail with it, and the words for what went wrong."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Executable, create_mock_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import configure_mappers as configure_mappers
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session as Session
from sqlmodel import SQLModel

from okr_desk.errors import Conflict, NotAllowed
from okr_desk.i18n import _
from okr_desk.model import audit, engine, tables
from okr_desk.model.base import new_uid
from okr_desk.model.reading import Answer


class Rows(Session):
    """A session that sends what waits before any question: queries ask plain columns, which would not see it."""

    def __init__(self, bound: Engine | Connection, info: dict[Any, Any]) -> None:
        super().__init__(bound, expire_on_commit=False)
        self.info.update(info, transaction=new_uid())

    def execute(  # type: ignore[override] # the part of it that `Reader` names
        self, statement: Executable, params: Mapping[str, Any] | None = None, **more: Any
    ) -> Answer:
        """The rows of a statement. A query's plain columns need no mapping: what loads rows says so in `more`."""
        self.flush()
        if more:
            return super().execute(statement, params=params, **more)
        return self.connection().execute(statement, params)


@contextmanager
def transaction(bound: Engine, info: dict[Any, Any]) -> Iterator[Session]:
    """One transaction of one person: commits at the end, rolls everything back on any error."""
    try:
        with Rows(bound, info) as session:
            audit.watch(session)
            yield session
            session.flush()
            audit.write_pending(session)
            session.commit()
    except NotAllowed as denial:
        _record_denial(bound, info, denial)
        raise
    except StaleDataError as error:
        raise Conflict(_("这条内容刚被别人改过，没有保存。请刷新后再改。")) from error
    except OperationalError as error:
        raise engine.refusal_of(error) from error


def _record_denial(bound: Engine, info: dict[Any, Any], denial: NotAllowed) -> None:
    with suppress(OperationalError), Rows(bound, info) as session:
        audit.append(session, [audit.entry(session, "denied", after=denial.sentence)])
        session.commit()


@cache
def _schema() -> tuple[str, ...]:
    """What makes all tables and indices, compiled once: nothing has to be looked up in a file that is new."""
    made: list[str] = []
    dialect = sqlite.dialect()
    mock = create_mock_engine("sqlite://", lambda ddl, *_more, **_named: made.append(str(ddl.compile(dialect=dialect))))
    SQLModel.metadata.create_all(mock, checkfirst=False)
    return tuple(made)


def lay_out(path: Path, demo_day: date | None) -> None:
    """The empty tables and the database's own facts, in one transaction."""
    making = engine.engine_for(path).execution_options(writes=True)
    key = audit.new_key()
    facts = {"epoch": new_uid(), "audit_key": key, audit.SEAL: audit.sealed(key, audit.End(0, audit.START))}
    if demo_day:
        facts |= {"demo": "yes", "demo_day": demo_day.isoformat()}
    try:
        with making.begin() as connection:
            for statement in _schema():
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY) STRICT")
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{engine.SCHEMA_VERSION:04}",))
            connection.exec_driver_sql(f"PRAGMA application_id={engine.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={engine.SCHEMA_VERSION}")
            connection.execute(
                tables.Meta.__table__.insert(),  # type: ignore[attr-defined]
                [{"name": name, "value": value} for name, value in facts.items()],
            )
    finally:
        making.dispose()
