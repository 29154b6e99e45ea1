"""A database of every earlier schema opens: copied first, migrated, nothing lost, its trail still sound."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from okr_desk import cli
from okr_desk.model import audit, engine
from okr_desk.model.store import Store
from okr_desk.queries import library
from okr_desk.rules.library import seed

PASSWORD = "x1y2z3Aa"
FOLDER = Path(__file__).parents[1] / "data" / "old_databases"
PACKED = sorted(FOLDER.glob("*.okr.gz"))


@pytest.fixture(params=PACKED, ids=lambda path: path.name.partition(".")[0])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An unpacked file of an earlier schema."""
    path = tmp_path / "青山镇.okr"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def counts(path: Path) -> dict[str, int]:
    """How many rows each table holds."""
    with closing(sqlite3.connect(path)) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_every_schema_before_this_one_has_its_file() -> None:
    assert [path.name for path in PACKED] == [f"v{n}.okr.gz" for n in range(1, engine.SCHEMA_VERSION)]


def test_it_is_copied_first_and_nothing_is_lost(old: Path) -> None:
    before, content = counts(old), old.read_bytes()
    _application, schema = engine.facts(old)
    with Store.open(old) as store, store.read() as session:
        assert audit.first_broken(session) is None
        day = store.clock.today()
        assert len(library.library(session, day)) == before["indicator"]
        usual = {line.code: line.points for line in library.preset_lines(session, day)}
        assert usual == {one.code: one.usual_points for one in seed() if one.code in usual}  # said since schema 2
    copy = old.with_name(f"青山镇.升级前v{schema}.okr")
    assert counts(copy) == before
    assert engine.facts(copy) == (engine.APPLICATION_ID, schema)
    after = counts(old)
    grown = {"auditentry", "meta"}  # what newer tables begin with stands in the trail
    assert {name: after[name] for name in before if name not in grown} == {
        name: rows for name, rows in before.items() if name not in grown
    }
    assert all(after[name] >= before[name] for name in grown)
    assert engine.facts(old) == (engine.APPLICATION_ID, engine.SCHEMA_VERSION)
    assert content != old.read_bytes()


def test_it_comes_back_from_a_backup_that_stays_as_it_is(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = old.read_bytes()
    monkeypatch.setenv("OKR_DESK_PASSWORD", PASSWORD)
    database = tmp_path / "恢复.okr"
    assert cli.main(["restore", str(old), str(database), "--user", "admin"]) == 0
    assert old.read_bytes() == kept and "已恢复" in capsys.readouterr().out
    assert [path.name for path in tmp_path.glob("*升级前*")] == []
    with Store.open(database) as store:
        assert store.facts()["township"] == "青山镇"
