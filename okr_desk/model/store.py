"""The store: opens and creates databases, and gives sessions. The caller's `store.write(actor)` commits, once."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session as Session
from sqlmodel import SQLModel, select

from okr_desk.clock import Clock, FixedClock, SystemClock
from okr_desk.errors import Conflict, DatabaseRefused, FileRefused, NotAllowed
from okr_desk.i18n import _
from okr_desk.model import audit, engine, tables
from okr_desk.model.base import new_uid
from okr_desk.rules.permissions import Actor

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
    def open(cls, path: Path | str, clock: Clock | None = None) -> "Store":
        """Open an existing database; an older one is backed up and migrated first.

        Raises DatabaseRefused when the file is missing, foreign, damaged or newer than this program.
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
        try:
            _lay_out(path, demo_day)
        except BaseException as error:
            remove(path)  # a database without its tables would be in the way of the next try
            if isinstance(error, OperationalError):
                raise _refusal_of(error) from error
            raise
        return cls(path, clock)

    @contextmanager
    def write(self, actor: Actor) -> Iterator[Session]:
        """A writing session: commits once at the end, rolls everything back on any error.

        A denial (NotAllowed) is recorded in a transaction of its own, after the roll-back.
        """
        try:
            with self._session(self._writing, actor) as session:
                audit.watch(session)
                yield session
                session.flush()
                audit.write_pending(session)
                session.commit()
        except NotAllowed as denial:
            self._record_denial(actor, denial)
            raise
        except StaleDataError as error:
            raise Conflict(_("这条内容刚被别人改过，没有保存。请刷新后再改。")) from error
        except OperationalError as error:
            raise _refusal_of(error) from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading session; nothing written in it survives."""
        with self._session(self._engine, NOBODY) as session:
            session.autoflush = False
            yield session

    def facts(self) -> dict[str, str]:
        """The database's own facts by name."""
        with Session(self._engine) as session:
            return {row.name: row.value for row in session.exec(select(tables.Meta))}

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @contextmanager
    def _session(self, bound: Engine, actor: Actor) -> Iterator[Session]:
        with Session(bound, expire_on_commit=False) as session:
            session.info.update(
                actor=actor,
                clock=self.clock,
                path=self.path,
                transaction=new_uid(),
                audit_key=self._audit_key,
            )
            yield session

    def _record_denial(self, actor: Actor, denial: NotAllowed) -> None:
        with suppress(OperationalError), self._session(self._writing, actor) as session:
            audit.append(session, [audit.entry(session, "denied", after=denial.sentence)])
            session.commit()


def remove(path: Path) -> None:
    """Take a database that was never finished off the disk, its journal included."""
    for side in ("", "-journal"):
        Path(f"{path}{side}").unlink(missing_ok=True)


def _lay_out(path: Path, demo_day: date | None) -> None:
    making = engine.engine_for(path).execution_options(writes=True)
    facts = {"epoch": new_uid(), "audit_key": secrets.token_hex(32)}
    if demo_day:
        facts |= {"demo": "yes", "demo_day": demo_day.isoformat()}
    try:
        with making.begin() as connection:
            SQLModel.metadata.create_all(connection)
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


def today(session: Session) -> date:
    """The office's date in this session."""
    clock: Clock = session.info["clock"]
    return clock.today()


def now(session: Session) -> datetime:
    """The instant in this session, UTC."""
    clock: Clock = session.info["clock"]
    return clock.now()


def _demo_clock(facts: dict[str, str]) -> Clock | None:
    day = facts.get("demo_day")
    return FixedClock(date.fromisoformat(day)) if day else None


def _refusal_of(error: OperationalError) -> Exception:
    text = str(error.orig)
    if "full" in text or "I/O" in text:
        return FileRefused(_("磁盘空间不足，没有保存，您填的内容还在。请清理磁盘后再点保存。"))
    if "locked" in text or "busy" in text:
        return Conflict(_("数据文件正被另一个程序占用，没有保存。请稍等片刻再点保存。"))
    if "readonly" in text:
        return FileRefused(_("数据文件是只读的，没有保存。请取消文件的只读属性后再试。"))
    return error
