"""SQLite as this program uses it: settings set on each connection and read back before any work.

TRUNCATE + FULL lost nothing in simulated power cuts where Python's default did; BEGIN IMMEDIATE because a
deferred transaction loses concurrent updates without an error.
"""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import OperationalError

from okr_desk.errors import Conflict, DatabaseInUse, DatabaseRefused, FileRefused
from okr_desk.i18n import _

APPLICATION_ID = 0x4F4B5244
SCHEMA_VERSION = 6

_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("busy_timeout", "8000", 8000),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
    ("recursive_triggers", "ON", 1),
    ("temp_store", "MEMORY", 2),
)


def connect(path: Path, *, foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection with every setting applied and read back; the file must exist (`mode=rw`)."""
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    raw = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=8)
    try:
        for name, value, expected in _PRAGMAS:
            wanted: object = expected
            if name == "foreign_keys" and not foreign_keys:
                value, wanted = "OFF", 0
            raw.execute(f"PRAGMA {name}={value}")
            got = raw.execute(f"PRAGMA {name}").fetchone()
            if got is not None and got[0] != wanted:
                raise DatabaseRefused(
                    _("数据库设置 {name} 未能生效，为免丢失数据不予打开。请把数据文件移到本机硬盘上再试。").format(
                        name=name
                    )
                )
    except BaseException:
        raw.close()
        raise
    return raw


def engine_for(path: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine whose writing transactions begin IMMEDIATE (execution option `writes`).

    The pool is named because SQLAlchemy takes a URL without a path for a memory database, and its pool for those
    closes connections that other threads still use.
    """
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, foreign_keys=foreign_keys), poolclass=QueuePool, pool_size=4
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def facts(path: Path) -> tuple[int, int]:
    """`(application_id, user_version)` of a file; raises DatabaseRefused when it is not a sound SQLite database.

    DatabaseInUse when another program holds it.
    """
    if not path.is_file():
        raise DatabaseRefused(_("找不到数据文件“{name}”。请检查文件位置，或从备份恢复。").format(name=path.name))
    try:
        raw = connect(path)
        try:
            numbers: list[Any] = [
                raw.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
            ]
            verdict = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            raw.close()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the latter: a damaged schema in SQLite's message
        if "locked" in str(error) or "busy" in str(error):
            raise DatabaseInUse(
                _("数据文件“{name}”正被另一个程序占用。请关闭那个程序后再打开。").format(name=path.name)
            ) from error
        raise DatabaseRefused(
            _("“{name}”不是本程序的数据文件，或文件已经损坏。请从备份恢复，原文件请保留。").format(name=path.name)
        ) from error
    if verdict != "ok":
        raise DatabaseRefused(
            _("数据文件“{name}”已损坏，未作任何改动。请从最近一次备份恢复，原文件请保留。").format(name=path.name)
        )
    return int(numbers[0]), int(numbers[1])


def refusal_of(error: OperationalError) -> Exception:
    """What SQLite could not do, in the words of the office; the error itself when it is a fault of the program."""
    text = str(error.orig)
    if "full" in text or "I/O" in text:
        return FileRefused(_("磁盘空间不足，没有保存，您填的内容还在。请清理磁盘后再点保存。"))
    if "locked" in text or "busy" in text:
        return Conflict(_("数据文件正被另一个程序占用，没有保存。请稍等片刻再点保存。"))
    if "readonly" in text:
        return FileRefused(_("数据文件是只读的，没有保存。请取消文件的只读属性后再试。"))
    return error
