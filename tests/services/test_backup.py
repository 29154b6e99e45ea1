"""Copies are checked before they count, thinned by number, and come back with a new epoch."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from okr_desk.clock import FixedClock
from okr_desk.errors import DatabaseRefused, FileRefused, NotAllowed
from okr_desk.model import audit, engine
from okr_desk.model.store import Store
from okr_desk.model.tables import AuditEntry, Person
from okr_desk.queries import backup as copies
from okr_desk.queries.backup import Backup
from okr_desk.rules.permissions import Actor
from okr_desk.services import backup
from okr_desk.services.permits import SETUP

NOW = datetime(2026, 10, 8, 1, 32, tzinfo=UTC)
NOBODY = Actor(0, "nobody", "", ())


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock) -> Iterator[Path]:
    """A closed database with one person and a trail."""
    path = tmp_path / "青山镇.okr"
    store = Store.create(path, clock)
    add(store, "王玥")
    store.close()
    yield path


def add(store: Store, name: str) -> None:
    """One more person, written like any other."""
    with store.write(SETUP) as session:
        session.add(Person(name=name))


def names(path: Path) -> list[str]:
    """Who stands in a database."""
    store = Store.open(path)
    try:
        with store.rows() as session:
            return list(session.exec(select(Person.name).order_by(col(Person.id))))
    finally:
        store.close()


def test_a_copy_is_whole_described_and_equal(database: Path, tmp_path: Path) -> None:
    made = backup.take(database, tmp_path / "u盘", NOW, backup.MANUAL)
    assert made.path.name == "青山镇_20261008-093200_手动.okr"
    assert made.is_whole and names(made.path) == ["王玥"]
    assert copies.in_folder(tmp_path / "u盘") == (made,)
    told = json.loads(copies.manifest_path(made.path).read_text(encoding="utf-8"))
    assert told["sha256"] == copies.digest(made.path) and told["audit_entries"] == 1
    assert told["schema"] == engine.SCHEMA_VERSION
    store = Store.open(database)
    with store.rows() as session:
        assert told["audit_head"] == audit.head(session)
    assert told["epoch"] == store.facts()["epoch"]
    store.close()


def test_a_copy_is_one_moment_while_somebody_writes(database: Path, tmp_path: Path, clock: FixedClock) -> None:
    store = Store.open(database, clock)
    with store.write(SETUP) as session:
        session.add(Person(name="未提交"))
        session.flush()
        made = backup.take(database, tmp_path / "copies", NOW, backup.MANUAL)
    store.close()
    assert names(made.path) == ["王玥"]
    assert names(database) == ["王玥", "未提交"]


def test_a_named_file_is_written_where_it_was_asked_for(database: Path, tmp_path: Path) -> None:
    made = backup.take(database, tmp_path / "年底.okr", NOW, backup.MANUAL)
    assert made.path == tmp_path / "年底.okr" and made.is_whole


def test_the_database_never_overwrites_itself(database: Path) -> None:
    with pytest.raises(FileRefused):
        backup.take(database, database, NOW, backup.MANUAL)
    assert names(database) == ["王玥"]


def test_two_copies_in_the_same_second_stay_two(database: Path, tmp_path: Path) -> None:
    first = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    second = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    assert first.path != second.path and (first.number, second.number) == (1, 2)


def test_a_damaged_database_is_not_called_a_backup(database: Path, tmp_path: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xff" * 4096 * 4
    database.write_bytes(content)
    with pytest.raises(DatabaseRefused, match="损坏"):
        backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    assert not (tmp_path / "c").exists()


def test_a_trail_changed_behind_the_program_is_found(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute("UPDATE auditentry SET after = replace(after, '王玥', '李四')")
    with pytest.raises(DatabaseRefused, match="第 1 条"):
        backup.take(database, tmp_path / "c", NOW, backup.MANUAL)


def test_a_row_changed_behind_the_program_is_found_in_the_database_and_in_a_copy(
    database: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    for path in (database, made.path):
        with closing(sqlite3.connect(path)) as raw, raw:
            raw.execute("UPDATE person SET name='李四'")
    with pytest.raises(DatabaseRefused, match="没有备份：表 person 第 1 行的 name"):
        backup.take(database, tmp_path / "d", NOW, backup.MANUAL)
    assert not (tmp_path / "d").exists()
    copies.manifest_path(made.path).unlink()
    with pytest.raises(DatabaseRefused, match="不能用作备份：表 person 第 1 行的 name"):
        backup.restore(made.path, tmp_path / "新.okr", SETUP, clock)


def test_an_orphaned_row_is_found(database: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(database)) as raw, raw:
        raw.execute(
            "INSERT INTO appointment (org_id, post, acting, valid_from, note) VALUES (9, 'x', 0, '2026-01-01', '')"
        )
    with pytest.raises(DatabaseRefused, match="完整性"):
        backup.take(database, tmp_path / "c", NOW, backup.MANUAL)


def test_no_room_is_said_before_anything_is_written(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(FileRefused, match="空间不足"):
        backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    assert not (tmp_path / "c").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(database: Path, tmp_path: Path) -> None:
    (tmp_path / "c").write_text("x")
    with pytest.raises(FileRefused):
        backup.take(database, tmp_path / "c", NOW, backup.MANUAL)


def test_without_the_right_nothing_is_copied_and_the_denial_stays(database: Path, clock: FixedClock) -> None:
    store = Store.open(database, clock)
    with pytest.raises(NotAllowed):
        backup.make(store, NOBODY)
    with store.rows() as session:
        assert session.exec(select(AuditEntry.action)).all() == ["insert", "denied"]
    store.close()
    assert not backup.default_folder(database).exists()


def test_the_day_has_one_automatic_copy(database: Path) -> None:
    assert backup.take_daily(database, NOW) is not None
    assert backup.take_daily(database, NOW + timedelta(hours=5)) is None
    assert backup.take_daily(database, NOW + timedelta(hours=20)) is not None


def test_restore_brings_back_the_copy_keeps_the_old_file_and_starts_an_epoch(
    database: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    store = Store.open(database, clock)
    add(store, "后来的人")
    epoch = store.facts()["epoch"]
    store.close()
    aside = backup.restore(made.path, database, SETUP, clock)
    assert names(database) == ["王玥"]
    assert aside is not None and names(aside) == ["王玥", "后来的人"]
    store = Store.open(database, clock)
    assert store.facts()["epoch"] != epoch
    with store.rows() as session:
        assert session.exec(select(AuditEntry.action)).all()[-1] == "restored"
        assert audit.first_broken(session) is None
    store.close()
    assert made.is_whole


def test_restore_moves_left_over_side_files_away(database: Path, tmp_path: Path, clock: FixedClock) -> None:
    made = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    database.write_bytes(b"not a database")
    side_files = [Path(f"{database}{side}") for side in ("-wal", "-shm")]
    for path in side_files:
        path.write_bytes(b"left over")
    aside = backup.restore(made.path, database, SETUP, clock)
    assert not any(path.exists() for path in [*side_files, Path(f"{database}-journal")])
    assert Path(f"{aside}-wal").read_bytes() == b"left over"
    assert names(database) == ["王玥"]


def test_restore_where_nothing_is_left(database: Path, tmp_path: Path, clock: FixedClock) -> None:
    made = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    database.unlink()
    assert backup.restore(made.path, database, NOBODY, clock) is None
    assert names(database) == ["王玥"]


def test_restore_refuses_a_copy_that_changed_since(database: Path, tmp_path: Path, clock: FixedClock) -> None:
    made = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    with made.path.open("ab") as file:
        file.write(b"\0" * 4096)
    before = database.read_bytes()
    with pytest.raises(DatabaseRefused, match="校验码"):
        backup.restore(made.path, database, SETUP, clock)
    assert database.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if "恢复" in p.name] == []


def test_restore_refuses_a_foreign_file(database: Path, tmp_path: Path, clock: FixedClock) -> None:
    foreign = tmp_path / "别的.okr"
    with closing(sqlite3.connect(foreign)) as raw, raw:
        raw.execute("CREATE TABLE t (x)")
    with pytest.raises(DatabaseRefused, match="不是本程序"):
        backup.restore(foreign, database, SETUP, clock)
    assert names(database) == ["王玥"]


def test_restore_needs_the_right_while_the_database_can_be_asked(
    database: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = backup.take(database, tmp_path / "c", NOW, backup.MANUAL)
    with pytest.raises(NotAllowed):
        backup.restore(made.path, database, NOBODY, clock)
    assert names(database) == ["王玥"]


def copy_on(number: int, day: date) -> Backup:
    """A copy of that day, as thinning sees it."""
    taken = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    return Backup(Path(f"{number}.okr"), number, taken, "", "", 0, "", 0, "", 1, "")


def test_thinning_over_two_years_of_days() -> None:
    """5 newest, 14 days, 8 weeks, 12 months overlap; counted by hand for copies of every day of 2025 and 2026."""
    start = date(2025, 1, 1)
    made = [copy_on(n, start + timedelta(days=n)) for n in range(730)]
    kept = {b.taken_at.date() for b in made} - {b.taken_at.date() for b in backup.superseded(made)}
    days = {date(2026, 12, 31) - timedelta(days=n) for n in range(14)}
    sundays = {date(2026, 12, 31), *(date(2026, 12, 27) - timedelta(weeks=n) for n in range(7))}
    months = {
        date(2026, m, d) for m, d in zip(range(1, 13), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True)
    }
    assert kept == days | sundays | months


@given(st.lists(st.dates(date(1980, 1, 1), date(2099, 12, 31)), max_size=60))
def test_the_newest_five_stay_whatever_the_clock_said(days: list[date]) -> None:
    made = [copy_on(number, day) for number, day in enumerate(days)]
    gone = backup.superseded(made)
    assert set(gone).isdisjoint(made[-5:])
    assert len(made) - len(gone) <= 5 + 14 + 8 + 12
    assert backup.superseded([b for b in made if b not in gone]) == []


def test_a_folder_is_thinned_for_its_own_database_only(database: Path, tmp_path: Path, clock: FixedClock) -> None:
    other = Store.create(tmp_path / "另一镇.okr", clock)
    other.close()
    folder = tmp_path / "c"
    first = backup.take(tmp_path / "另一镇.okr", folder, NOW, backup.MANUAL)
    made = [backup.take(database, folder, NOW, backup.MANUAL) for _again in range(7)]
    left = copies.in_folder(folder)
    assert [b.number for b in left] == [8, 7, 6, 5, 4, 1]
    assert first in left and made[6] in left
    assert len(list(folder.iterdir())) == 2 * len(left)
