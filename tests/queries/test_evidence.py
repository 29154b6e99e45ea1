"""Kept evidence as a copy to look at: its own name, nothing that runs, nothing that was changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from okr_desk.clock import FixedClock
from okr_desk.errors import FileRefused
from okr_desk.model.store import Store
from okr_desk.queries import evidence
from okr_desk.queries.evidence import Kept

CONTENT = b"\xff\xd8\xff picture"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Store:
    """A database beside which one file is kept."""
    made = Store.create(tmp_path / "镇.okr", clock)
    with made.read() as session:
        place = evidence.folder(session)
    place.mkdir()
    (place / DIGEST).write_bytes(CONTENT)
    return made


def copied(store: Store, name: str, into: Path, digest: str = DIGEST) -> Path:
    with store.read() as session:
        return evidence.copy_out(session, Kept(digest, name), into)


def test_a_copy_has_the_name_people_know_and_cannot_be_mistaken_for_the_file_itself(
    store: Store, tmp_path: Path
) -> None:
    path = copied(store, "到会照片.jpg", tmp_path / "看")
    assert (path.name, path.read_bytes()) == ("到会照片.jpg", CONTENT)
    assert not path.stat().st_mode & 0o222
    assert copied(store, "到会照片.jpg", tmp_path / "看") == path
    store.close()


@pytest.mark.parametrize("name", ["../../照片.jpg", "C:\\照片.jpg", "a/b:照片.jpg"])
def test_a_name_never_leads_elsewhere(store: Store, tmp_path: Path, name: str) -> None:
    into = tmp_path / "看"
    path = copied(store, name, into)
    assert path.parent.parent == into and path.name.endswith("照片.jpg")
    store.close()


@pytest.mark.parametrize("name", ["ev.exe", "照片.jpg.bat", "照片", "照片.exe. ", ".."])
def test_what_is_no_paper_and_no_picture_is_not_opened(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(FileRefused, match="不能作佐证材料。可用的有：jpg、"):
        copied(store, name, tmp_path / "看")
    assert not (tmp_path / "看").exists()
    store.close()


def test_missing_and_changed_files_are_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"不在数据文件旁的“镇\.okr\.佐证”里"):
        copied(store, "照片.jpg", tmp_path / "看", "0" * 64)
    with store.read() as session:
        (evidence.folder(session) / DIGEST).write_bytes(b"other")
    with pytest.raises(FileRefused, match="和提交时不一致"):
        copied(store, "照片.jpg", tmp_path / "看")
    store.close()
