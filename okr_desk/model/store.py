"""The store: opens and creates databases, and gives sessions. The caller's `store.write(actor)` commits, once.

Reading needs no mapped rows, so they are loaded with the first writing session: a window shows its page sooner.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from okr_desk.clock import Clock, FixedClock, SystemClock
from okr_desk.errors import DatabaseRefused, FileRefused
from okr_desk.i18n import _
from okr_desk.model import engine
from okr_desk.model.columns import Meta
from okr_desk.model.reading import Reader as Reader
from okr_desk.model.reading import Reading
from okr_desk.rules.permissions import Actor

if TYPE_CHECKING:
    from sqlmodel import Session

NOBODY = Actor(0, "", "", ())


class Store:
    """One open database. `clock` is the demo's fixed day for a demo file, otherwise the PC's."""

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        self.path = path
        self._engine = engine.engine_for(path)
        self._writing = self._engine.execution_options(writes=True)
        facts = self.facts()
        self._audit_key = facts.get("audit_key", "")
        self.is_demo = facts.get("demo") == "yes"
        self.clock: Clock = clock or _demo_clock(facts) or SystemClock()

    @classmethod
    def open(cls, path: Path | str, clock: Clock | None = None, *, demo_only: bool = False) -> "Store":
        """Open an existing database; an older one is backed up and migrated first.

        Raises DatabaseRefused when the file is missing, foreign, damaged or newer than this program; with `demo_only`
        FileRefused for real data, before anything is migrated.
        """
        path = Path(path)
        application, version = engine.facts(path)
        if application != engine.APPLICATION_ID:
            raise DatabaseRefused(
                _("“{name}”不是本程序的数据文件。请选择由本程序建立的 .okr 文件。").format(name=path.name)
            )
        if version > engine.SCHEMA_VERSION:
            raise DatabaseRefused(
                _("“{name}”由更新版本的程序建立，本版本打不开。请先升级程序，数据未作任何改动。").format(name=path.name)
            )
        if demo_only:
            with cls(path) as found:
                if not found.is_demo:
                    raise FileRefused(_("“{name}”不是示范镇的数据，不会覆盖。请换一个文件名。").format(name=path.name))
        if version < engine.SCHEMA_VERSION:
            from okr_desk.model import migrate

            migrate.upgrade(path)
        return cls(path, clock)

    @classmethod
    def create(cls, path: Path | str, clock: Clock | None = None, *, demo_day: date | None = None) -> "Store":
        """A new empty database; refuses to overwrite a file. A demo lives on `demo_day` for ever."""
        path = Path(path)
        if path.exists():
            raise FileRefused(_("“{name}”已经存在，不会覆盖。请换一个文件名。").format(name=path.name))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            sqlite3.connect(path).close()
            path.touch()
        except (OSError, sqlite3.Error) as error:
            raise FileRefused(
                _("不能在“{folder}”里建立数据文件。请换一个有写入权限的文件夹。").format(folder=path.parent)
            ) from error
        from okr_desk.model import writing

        try:
            writing.lay_out(path, demo_day)
        except BaseException as error:
            remove(path)  # a database without its tables would be in the way of the next try
            if isinstance(error, OperationalError):
                raise engine.refusal_of(error) from error
            raise
        return cls(path, clock)

    @contextmanager
    def write(self, actor: Actor) -> "Iterator[Session]":
        """A writing session: commits once at the end, rolls everything back on any error.

        A denial (NotAllowed) is recorded in a transaction of its own, after the roll-back.
        """
        from okr_desk.model import writing

        with writing.transaction(self._writing, self._info(actor)) as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """A reading transaction; nothing written in it survives."""
        with self._engine.connect() as connection:
            yield Reading(connection, self._info(NOBODY))

    @contextmanager
    def rows(self) -> "Iterator[Session]":
        """A session with mapped rows for whoever only looks at them; nothing written in it survives."""
        from okr_desk.model import writing

        with writing.Rows(self._engine, self._info(NOBODY)) as session:
            yield session

    def prepare_writing(self) -> None:
        """Load and configure the mapped rows now, so that the first save does not wait for them."""
        from okr_desk.model import writing

        writing.configure_mappers()

    def facts(self) -> dict[str, str]:
        """The database's own facts by name."""
        with self._engine.connect() as connection:
            return {row.name: row.value for row in connection.execute(select(Meta.name, Meta.value))}

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _info(self, actor: Actor) -> dict[Any, Any]:
        return {"actor": actor, "clock": self.clock, "path": self.path, "audit_key": self._audit_key}


def remove(path: Path) -> None:
    """Take a database that was never finished off the disk, its journal included."""
    for side in ("", "-journal"):
        Path(f"{path}{side}").unlink(missing_ok=True)


def today(session: Reader) -> date:
    """The office's date in this session."""
    clock: Clock = session.info["clock"]
    return clock.today()


def now(session: Reader) -> datetime:
    """The instant in this session, UTC."""
    clock: Clock = session.info["clock"]
    return clock.now()


def _demo_clock(facts: dict[str, str]) -> Clock | None:
    day = facts.get("demo_day")
    return FixedClock(date.fromisoformat(day)) if day else None
