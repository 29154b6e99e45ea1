"""Migrations build the same database that a new one gets, and an older file is copied before it is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from okr_desk.errors import DatabaseRefused
from okr_desk.model import engine, migrate
from okr_desk.model.store import Store


def _schema(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Tables with their columns and foreign keys, whatever the order and spelling of the SQL."""
    with closing(sqlite3.connect(path)) as raw:
        names = [r[0] for r in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        found = {}
        for name in names:
            columns = {tuple(r[1:]) for r in raw.execute(f"PRAGMA table_info('{name}')")}
            keys = {("fk", *r[2:5]) for r in raw.execute(f"PRAGMA foreign_key_list('{name}')")}
            strict = {r[:5] for r in raw.execute(f"PRAGMA table_list('{name}')")}
            found[name] = columns | keys | strict
            found[name] |= {
                ("ix", r[2], *(c[2] for c in raw.execute(f"PRAGMA index_info('{r[1]}')")))
                for r in raw.execute(f"PRAGMA index_list('{name}')")
            }
        return found


def _old_file(path: Path) -> Path:
    """A file of this program from before the first schema."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id={engine.APPLICATION_ID}")
        raw.execute("CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY) STRICT")
        raw.commit()
    return path


def test_migrations_give_the_schema_of_a_new_database(tmp_path: Path) -> None:
    new = tmp_path / "新.okr"
    Store.create(new).close()
    old = _old_file(tmp_path / "旧.okr")
    migrate.upgrade(old)
    assert _schema(old) == _schema(new)
    assert engine.facts(old) == (engine.APPLICATION_ID, engine.SCHEMA_VERSION)


def test_opening_an_older_file_copies_it_first(tmp_path: Path) -> None:
    old = _old_file(tmp_path / "旧.okr")
    Store.open(old).close()
    copies = [p.name for p in tmp_path.iterdir() if "升级前" in p.name]
    assert copies == ["旧.升级前v0.okr"]
    assert engine.facts(tmp_path / copies[0]) == (engine.APPLICATION_ID, 0)


def test_a_failed_migration_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    old = _old_file(tmp_path / "旧.okr")
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("CREATE TABLE keyresult (id INTEGER PRIMARY KEY) STRICT")
        raw.commit()
    before = _schema(old)
    with pytest.raises(Exception, match="keyresult"):
        migrate.upgrade(old)
    assert _schema(old) == before


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("newer", "更新版本"), ("foreign", "不是本程序"), ("text", "不是本程序"), ("missing", "找不到"), ("cut", "损坏")],
)
def test_a_file_that_cannot_be_opened_is_refused_in_one_sentence(tmp_path: Path, kind: str, sentence: str) -> None:
    path = tmp_path / "数据.okr"
    if kind in ("newer", "cut"):
        Store.create(path).close()
    if kind == "newer":
        with closing(sqlite3.connect(path)) as raw:
            raw.execute(f"PRAGMA user_version={engine.SCHEMA_VERSION + 1}")
    if kind == "foreign":
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("CREATE TABLE t (x)")
    if kind == "text":
        path.write_text("这不是数据库" * 100, encoding="utf-8")
    if kind == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    before = path.read_bytes() if path.exists() else b""
    with pytest.raises(DatabaseRefused, match=sentence) as refused:
        Store.open(path)
    assert refused.value.sentence.endswith("。")
    assert (path.read_bytes() if path.exists() else b"") == before
