"""A file is either the old one whole or the new one whole, and a refusal says what to do."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest

from okr_desk.errors import Cancelled, FileRefused
from okr_desk.files import write_atomically


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name != "home")


def test_bytes_and_writers_end_in_the_file(tmp_path: Path) -> None:
    one = write_atomically(tmp_path / "甲.txt", "王喆".encode())
    two = write_atomically(tmp_path / "new" / "乙.txt", lambda stream: stream.write(b"2"))
    assert one.read_text(encoding="utf-8") == "王喆"
    assert two.read_bytes() == b"2"
    assert names(tmp_path / "new") == ["乙.txt"]


@pytest.mark.skipif(os.name == "nt", reason="file modes belong to Linux")
def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="file modes belong to Linux")
def test_a_new_file_is_readable_as_other_files_are(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    made = write_atomically(tmp_path / "made", b"")
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.parametrize("error", [Cancelled("已取消"), ValueError("bug"), KeyboardInterrupt()])
def test_whatever_the_writer_raises_passes_and_leaves_the_old_file(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def writer(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise error

    with pytest.raises(type(error)):
        write_atomically(target, writer)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.pdf"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "没有权限"),
        (errno.EROFS, "没有权限"),
        (errno.ENAMETOOLONG, "换一个文件名"),
        (errno.EIO, "检查磁盘"),
    ],
)
def test_the_system_s_refusal_becomes_a_sentence(tmp_path: Path, number: int, words: str) -> None:
    def writer(_stream: BinaryIO) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(FileRefused, match=words) as refused:
        write_atomically(tmp_path / "评审表.pdf", writer)
    assert "评审表.pdf" in refused.value.sentence
    assert names(tmp_path) == []


def test_a_writer_that_misses_a_file_of_its_own_is_a_bug_and_no_refusal(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "out" / "a.pdf", lambda _stream: (tmp_path / "none.ttf").read_bytes())
    assert names(tmp_path / "out") == []


def test_a_full_disk_is_really_met() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")

    def writer(_stream: BinaryIO) -> None:
        with full.open("wb", buffering=0) as stream:
            stream.write(b"x")

    with pytest.raises(FileRefused, match="磁盘空间不足"):
        write_atomically(Path(os.environ["OKR_DESK_HOME"]) / "a", writer)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "文件夹").mkdir()
    with pytest.raises(FileRefused, match="是一个文件夹"):
        write_atomically(tmp_path / "文件夹", b"")


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(FileRefused, match="上级路径不是文件夹"):
        write_atomically(tmp_path / "a" / "b.pdf", b"")
