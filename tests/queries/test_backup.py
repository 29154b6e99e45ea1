"""Copies are listed from their manifests; what is not ours is passed over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from okr_desk.queries import backup as copies
from okr_desk.queries.backup import Backup


def copy(folder: Path, number: int) -> Backup:
    """A file with its manifest."""
    path = folder / f"{number}.okr"
    path.write_bytes(b"content")
    made = Backup(
        path, number, datetime(2026, 10, number, tzinfo=UTC), "手动", copies.digest(path), 7, "a", 3, "e", 1, "0"
    )
    copies.manifest_path(path).write_bytes(copies.manifest(made))
    return made


def test_manifest_round_trip_newest_first(tmp_path: Path) -> None:
    one, two = copy(tmp_path, 1), copy(tmp_path, 2)
    assert copies.in_folder(tmp_path) == (two, one)
    assert copies.newest(tmp_path) == two and two.is_whole


def test_no_folder_has_no_copies(tmp_path: Path) -> None:
    assert copies.newest(tmp_path / "none") is None


def test_foreign_and_orphaned_manifests_are_passed_over(tmp_path: Path) -> None:
    copy(tmp_path, 1).path.unlink()
    (tmp_path / "list.json").write_text("[1]", encoding="utf-8")
    (tmp_path / "text.json").write_text("nothing", encoding="utf-8")
    assert copies.in_folder(tmp_path) == ()


def test_a_changed_copy_is_not_whole(tmp_path: Path) -> None:
    made = copy(tmp_path, 1)
    made.path.write_bytes(b"CONTENT")
    assert not made.is_whole
    made.path.unlink()
    assert not made.is_whole
