"""Bring an older database up to date: a verified copy first, then Alembic in batch mode with foreign keys off.

Foreign keys are off because SQLite rebuilds a table by dropping it, and a cascade would delete its children;
they are checked before the commit. A change of a CHECK constraint is written by hand: Alembic does not see it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from okr_desk.errors import DatabaseRefused
from okr_desk.i18n import _
from okr_desk.model import beginning, engine

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
HEAD = "head"


def upgrade(path: Path, revision: str = HEAD) -> Path:
    """Migrate `path` to `revision`; returns the verified copy that was made before. All or nothing."""
    copy, before = _verified_copy(path), engine.facts(path)[1]
    bound = engine.engine_for(path, foreign_keys=False).execution_options(writes=True)
    try:
        with bound.begin() as connection:
            _run(connection, revision)
            if revision == HEAD:
                beginning.fill(connection, before)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise DatabaseRefused(
                    _("数据升级后检查未通过，已全部退回，原数据未变。升级前的副本是“{name}”。").format(name=copy.name)
                )
            connection.exec_driver_sql(f"PRAGMA user_version={engine.SCHEMA_VERSION}")
    finally:
        bound.dispose()
    return copy


def _run(connection: Connection, revision: str) -> None:
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(FOLDER))
    with EnvironmentContext(_config(), script, fn=lambda rev, _c: script._upgrade_revs(revision, rev)) as environment:
        environment.configure(connection=connection, render_as_batch=True, transactional_ddl=True)
        environment.run_migrations()


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def _verified_copy(path: Path) -> Path:
    with closing(engine.connect(path)) as raw:
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        copy = path.with_name(f"{path.stem}.升级前v{version}{path.suffix}")
        copy.unlink(missing_ok=True)
        raw.execute("VACUUM INTO ?", (str(copy),))
    with closing(sqlite3.connect(copy)) as check:
        if check.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise DatabaseRefused(_("升级前的备份未通过检查，没有升级。请先检查磁盘。"))
    return copy
