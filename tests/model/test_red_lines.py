"""Files from before red lines were rows begin with the seed, schemes keep theirs, and the trail knows all of it."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from okr_desk.model import audit_check, engine, migrate
from okr_desk.model.store import Store
from okr_desk.model.tables import RedLineEntry, RedLineRule, RedLineVersion, SchemeVersion
from okr_desk.rules import red_lines

OLD = Path(__file__).parents[1] / "data" / "old_databases" / "v2.okr.gz"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file of the second schema with a scheme of 青海, one of an office's own, and a red line that was entered."""
    path = tmp_path / "青山镇.okr"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    with closing(sqlite3.connect(path)) as raw:
        org, quarter, category, account = (
            raw.execute(f"SELECT min(id) FROM {table}").fetchone()[0]
            for table in ("org", "quarter", "category", "account")
        )
        for number, preset in enumerate(("qinghai", ""), start=1):
            raw.execute(
                "INSERT INTO scheme (id, uid, category_id, year, name, preset) VALUES (?, ?, ?, 2026, '方案', ?)",
                (number, f"u{number}", category + number, preset),
            )
            raw.execute(
                "INSERT INTO schemeversion (id, scheme_id, version, from_quarter, state, grades, bonus_cap, bonus_from,"
                " reason, recorded_at) VALUES (?, ?, 1, 1, 'active', 'grades', 0, 0, '', '2026-01-05 00:00:00')",
                (number, number),
            )
        raw.execute(
            "INSERT INTO redlineentry (uid, org_id, quarter_id, code, kind, highest, happened_on, fact, document,"
            " account_id, recorded_at, lifted_reason) VALUES ('e', ?, ?, 'V4', 'lock', '', '2026-01-06', '照片挪用',"
            " '青纪〔2026〕3号', ?, '2026-01-07 00:00:00', '')",
            (org, quarter, account),
        )
        raw.commit()
    return path


def test_an_older_file_begins_with_the_seed(old: Path) -> None:
    with Store.open(old) as store, store.rows() as session:
        rules = session.exec(select(RedLineRule).order_by("position")).all()
        versions = {row.rule_id: row for row in session.exec(select(RedLineVersion))}
    assert [(row.code, row.list_name) for row in rules] == [(one.code, one.list_name) for one in red_lines.seed()]
    assert [versions[row.key].trigger for row in rules] == [one.trigger for one in red_lines.seed()]
    assert {(row.version, row.valid_from.isoformat()) for row in versions.values()} == {(1, "2026-01-01")}


def test_schemes_keep_the_red_lines_they_had_and_entries_stay_as_they_were(old: Path) -> None:
    """Before, 青海 had the eight of every scheme beside its own six, every other scheme the eight."""
    with Store.open(old) as store, store.rows() as session:
        lists = [row.red_lists for row in session.exec(select(SchemeVersion).order_by("id"))]
        (entry,) = session.exec(select(RedLineEntry)).all()
    assert lists == ["通用,青海反向", "通用"]
    assert (entry.code, entry.fact, entry.version_id) == ("V4", "照片挪用", None)


def test_what_is_filled_in_stands_in_the_trail(tmp_path: Path) -> None:
    path = tmp_path / "青山镇.okr"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    with Store.open(path) as store, store.read() as session:
        assert audit_check.first_fault(session) is None


def test_it_begins_once_and_all_or_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(red_lines, "seed", lambda: (_ for _ in ()).throw(OSError("no seed")))
        with pytest.raises(OSError, match="no seed"):
            migrate.upgrade(old)
    assert engine.facts(old)[1] == 2
    migrate.upgrade(old)
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("DELETE FROM redlineversion WHERE rule_id = (SELECT id FROM redlinerule WHERE code = 'V8')")
        raw.execute("DELETE FROM redlinerule WHERE code = 'V8'")
        raw.commit()
    migrate.upgrade(old)
    with closing(sqlite3.connect(old)) as raw:
        assert raw.execute("SELECT count(*) FROM redlinerule").fetchone()[0] == len(red_lines.seed()) - 1
